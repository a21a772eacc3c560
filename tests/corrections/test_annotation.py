"""A report as a W3C Web Annotation, for everybody and for editors."""

import json

import pytest

from articles.corrections.annotation import collection, full_annotation, public_annotation
from articles.corrections.models import Report
from tests.world import desk, edie, make_article, make_report, max_admin, rita

pytestmark = pytest.mark.django_db

WORDS = {
    "what": "I live there.",
    "right": "Forty, by my count.",
    "url": "https://rita.example/",
    "email": "rita@example.org",
}


def full_report(**changes: object) -> Report:
    article = make_article(body="Tarn has six dishes on its roof.", slug="tarn")
    place = {"quote": "six dishes", "prefix": "Tarn has ", "suffix": " on its roof.", "version": 1}
    return make_report(article, **{**place, **WORDS, **changes})


class PublicAnnotationTests:
    def test_it_says_where_in_which_version_and_of_what_kind(self) -> None:
        report = full_report()
        found = public_annotation(report)
        assert found["@context"] == "http://www.w3.org/ns/anno.jsonld"
        assert (found["type"], found["motivation"]) == ("Annotation", "editing")
        assert found["id"] == f"http://testserver{report.get_absolute_url()}annotation.jsonld"
        assert found["target"] == {
            "type": "SpecificResource",
            "source": "http://testserver/articles/tarn/",
            "state": {"type": "TimeState", "cached": "http://testserver/articles/tarn/history/1/"},
            "selector": {
                "type": "TextQuoteSelector",
                "exact": "six dishes",
                "prefix": "Tarn has ",
                "suffix": " on its roof.",
            },
        }
        assert [body["value"] for body in found["body"]] == ["A fact is wrong"]

    def test_no_word_of_the_reader_is_in_it(self) -> None:
        report = full_report()
        report.settle(by=edie(), outcome="no_change", answer="It has six.")
        report.contradict("But I counted.")
        report.settle(by=edie(), outcome="no_change", answer="So did we.")
        text = json.dumps(public_annotation(report))
        for words in (*WORDS.values(), "But I counted.", "edie", "Edie"):
            assert words not in text
        assert [body["value"] for body in public_annotation(report)["body"]][1:] == [
            "It has six.",
            "No change. So did we.",
        ]

    @pytest.mark.parametrize("changes", [{"quote": "call me on 0123"}, {"version": 0}])
    def test_passage_that_is_not_the_storys_is_left_out(self, changes: dict[str, object]) -> None:
        assert "selector" not in json.dumps(public_annotation(full_report(**changes)))

    def test_report_on_the_site(self) -> None:
        assert public_annotation(make_report())["target"] == "http://testserver/"
        assert public_annotation(make_report(make_article(slug="tarn")))["target"] == "http://testserver/articles/tarn/"

    def test_address(self) -> None:
        report = full_report()
        answer = rita().get(f"{report.get_absolute_url()}annotation.jsonld")
        assert json.loads(answer.content) == public_annotation(report)
        assert answer.headers["Content-Type"].startswith("application/ld+json")
        assert answer.headers["X-Robots-Tag"] == "noindex"
        assert rita().get("/reports/R-0000-0000-0000/annotation.jsonld").status_code == 404


class FullAnnotationTests:
    def test_readers_words_are_in_it_and_no_address_or_account(self) -> None:
        report = full_report()
        report.settle(by=edie(), outcome="corrected", answer="You are right.")
        found = full_annotation(report)
        text = json.dumps(found)
        for words in ("I live there.", "Forty, by my count.", "https://rita.example/", "Corrected. You are right."):
            assert words in text
        for words in ("rita@example.org", "edie", "Edie", "Torres"):
            assert words not in text

    def test_quote_is_kept_as_it_was_written(self) -> None:
        assert full_annotation(full_report(quote="seven"))["target"]["selector"]["exact"] == "seven"

    def test_several_make_a_page(self) -> None:
        found = collection([full_report(), make_report()])
        assert (found["type"], len(found["items"])) == ("AnnotationPage", 2)
        assert all("@context" not in item for item in found["items"])

    def test_editors_alone_get_it(self) -> None:
        report = full_report()
        address = f"/admin/articles/report/{report.pk}/annotation.jsonld"
        assert json.loads(desk().get(address).content) == full_annotation(report)
        assert rita().get(address).status_code == 302

    def test_export_of_the_queue(self) -> None:
        report = full_report()
        chosen = {"action": "export_selected", "_selected_action": [report.pk]}
        answer = desk(max_admin()).post("/admin/articles/report/", chosen)
        assert json.loads(answer.content) == collection([report])
        assert "attachment" in answer.headers["Content-Disposition"]
