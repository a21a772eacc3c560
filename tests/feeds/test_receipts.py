"""Rita follows her report in a feed reader."""

import json

import feedparser  # type: ignore[import-untyped]
import pytest

from articles.corrections.models import Report
from tests.world import correct, edie, make_article, make_report, rita

pytestmark = pytest.mark.django_db


def items(report: Report) -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads(rita().get(f"{report.get_absolute_url()}feed.json").content)["items"]
    return found


class ReportTests:
    def test_each_step_is_an_entry_the_newest_first(self) -> None:
        article = make_article(body="Tarn has six dishes.")
        report = make_report(article)
        assert [item["title"] for item in items(report)] == ["Received"]
        report.take_up(by=edie())
        correction = correct(article, body="Tarn has four dishes.", reports=[report])
        assert [item["title"] for item in items(report)] == [
            "Published: the story has been changed.",
            "Decision: Corrected. We were wrong.",
            "Being checked by an editor",
            "Received",
        ]
        assert items(report)[1]["summary"] == correction.text
        assert len({item["id"] for item in items(report)}) == 4

    def test_contradicted_answer_goes_on(self) -> None:
        report = make_report()
        report.settle(by=edie(), outcome="no_change", answer="It has six.")
        report.contradict("But I counted.")
        titles = [item["title"] for item in items(report)]
        assert titles[:3] == ["Being checked again by an editor", "Your answer", "Decision: No change."]

    @pytest.mark.parametrize("extension", ["rss", "atom"])
    def test_formats(self, extension: str) -> None:
        report = make_report()
        answer = rita().get(f"{report.get_absolute_url()}feed.{extension}")
        feed = feedparser.parse(answer.content)
        assert not feed.bozo
        assert feed.feed.title == f"Report {report.code}"
        assert feed.entries[0].link == f"http://testserver{report.get_absolute_url()}#received"
        assert answer.headers["X-Robots-Tag"] == "noindex"

    def test_no_word_or_address_of_a_person(self) -> None:
        report = make_report(what="I live there.", email="rita@example.org", quote="Six\x0cdishes")
        report.settle(by=edie(), outcome="no_change", answer="It has\x0c six.")
        for extension in ("rss", "atom", "json"):
            text = rita().get(f"{report.get_absolute_url()}feed.{extension}").text
            for words in ("I live there.", "rita@example.org", "Edie", "edie"):
                assert words not in text

    def test_unknown_code_and_format_are_not_found(self) -> None:
        report = make_report()
        for address in (f"{report.get_absolute_url()}feed.xml", "/reports/R-0000-0000-0000/feed.atom"):
            assert rita().get(address).status_code == 404
