"""The questions of the report form and its words about answers that won't do."""

from typing import Any

import pytest
from django.test import override_settings
from pytest_django import Settings

from articles.catalogue.models import Article
from articles.corrections.forms import SiteReportForm, StoryReportForm
from articles.corrections.models import MAX_QUOTE, MAX_WHAT
from articles.corrections.places import Place

STORY = Article(headline="Kestrel opens ground station")


ANSWERS = {"kind": "fact", "what": "It is 40."}


NOWHERE = Place()


def form(*, place: Place = NOWHERE, **answers: str) -> StoryReportForm:
    return StoryReportForm({**ANSWERS, **answers}, article=STORY, place=place)


def errors(answered: SiteReportForm) -> dict[str, list[str]]:
    return {name: [str(error) for error in found] for name, found in answered.errors.items()}


class AnswerTests:
    def test_two_answers_are_enough(self) -> None:
        assert form().is_valid()

    def test_what_is_wrong_must_be_said(self) -> None:
        assert errors(form(what="  \r\n ")) == {
            "what": ["Tell us what is wrong with the passage, so an editor knows what to check."]
        }

    def test_site_as_a_whole_has_no_passage_and_no_summary(self) -> None:
        assert errors(SiteReportForm({"kind": "summary"})) == {
            "kind": ["Choose what kind of error it is."],
            "what": ["Tell us what is wrong, so an editor knows what to check."],
        }
        assert "quote" not in SiteReportForm().fields
        assert next(iter(form().fields)) == "quote"

    @pytest.mark.parametrize("kind", ["", "gossip"])
    def test_kind_is_one_of_those_offered(self, kind: str) -> None:
        assert errors(form(kind=kind)) == {"kind": ["Choose what kind of error it is."]}

    @pytest.mark.parametrize(
        "url", ["javascript:alert(1)", "ftp://files.example/a", "not an address", "http://", "https://[bad"]
    )
    def test_address_is_one_of_the_web(self, url: str) -> None:
        assert errors(form(url=url))["url"][0].startswith("Give a web address that starts with https://")

    def test_address_without_a_scheme_is_helped(self) -> None:
        answered = form(url="example.org/page")
        assert answered.is_valid()
        assert answered.cleaned_data["url"] == "https://example.org/page"

    def test_line_ends_of_the_browser_do_not_count(self) -> None:
        answered = form(quote="a\r\n" * (MAX_QUOTE // 2))
        assert answered.is_valid()
        assert "\r" not in answered.cleaned_data["quote"]

    def test_too_long_is_said_with_the_limit(self) -> None:
        found = errors(form(quote="q" * (MAX_QUOTE + 1), what="w" * (MAX_WHAT + 1)))
        assert found == {
            "quote": ["Shorten the passage to 1000 characters."],
            "what": ["Shorten this to 5000 characters."],
        }

    def test_nul_is_refused_before_the_database_sees_it(self) -> None:
        assert not form(what="It is \x0040.").is_valid()


class AddressTests:
    def test_no_mail_no_question_for_an_address(self, settings: Settings) -> None:
        settings.EMAIL_IS_SET_UP = False
        answered = form(email="rita@example.org")
        assert answered.is_valid()
        assert answered.report().email == ""

    @override_settings(EMAIL_IS_SET_UP=True)
    def test_address_needs_its_sign(self) -> None:
        assert errors(form(email="reader.example.org")) == {
            "email": ["An email address needs an @ sign, like name@example.org."]
        }


class ReportTests:
    def answered(self, place: Place, **answers: Any) -> StoryReportForm:
        answered = form(place=place, **answers)
        assert answered.is_valid()
        return answered

    def test_passage_takes_its_context_along(self) -> None:
        report = self.answered(Place("400", "of ", " homes", version=2), quote="400").report()
        assert (report.quote, report.prefix, report.suffix, report.version) == ("400", "of ", " homes", 2)

    def test_emptied_passage_leaves_its_context_behind(self) -> None:
        report = self.answered(Place("400", "of ", " homes"), quote="").report()
        assert (report.quote, report.prefix, report.suffix) == ("", "", "")

    def test_bullet_suggests_that_the_summary_is_wrong(self) -> None:
        assert StoryReportForm(article=STORY, place=Place("Point.", bullet=3)).initial["kind"] == "summary"
        assert self.answered(Place("Point.", bullet=3)).report().bullet_position == 3
