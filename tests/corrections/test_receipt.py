"""Rita follows her report on the page of its code."""

from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from articles.catalogue.models import Article
from articles.corrections.models import Report
from articles.revisions import acts
from articles.summaries.points import Point
from tests.world import edie, make_article, rita

pytestmark = pytest.mark.django_db

ANSWERS = {"kind": "fact", "what": "It is 40, not 400."}


class ReportTests:
    def report(self, **changes: Any) -> Report:
        return Report.objects.create(**{"article": make_article(), **ANSWERS, **changes})

    def page(self, report: Report) -> str:
        answer = rita().get(report.get_absolute_url())
        assert answer.status_code == 200
        assert not answer.cookies
        return answer.text

    def test_receipt_shows_what_was_told_and_no_address(self) -> None:
        report = self.report(
            quote="400 <homes>", prefix="that ", suffix=" can", email="rita@example.org", url="https://a.example/"
        )
        page = self.page(report)
        assert f'<p class="code">{report.code}</p>' in page
        assert "… that <mark>400 &lt;homes&gt;</mark> can …" in page
        assert "It is 40, not 400." in page
        assert "A fact is wrong" in page
        assert report.article is not None
        assert report.article.headline in page
        assert "https://a.example/" in page
        assert "rita@example.org" not in page
        assert '<meta name="robots" content="noindex">' in page

    def steps(self, page: str) -> list[str]:
        """The state of each step: now, next or done."""
        items = page.partition('<ol class="timeline">')[2].partition("</ol>")[0].split("<li")[1:]
        return ["now" if "is-now" in item else "next" if "is-next" in item else "done" for item in items]

    def test_received(self) -> None:
        page = self.page(self.report())
        assert "Thank you. An editor will check it." in page
        assert self.steps(page) == ["now", "next", "next", "next"]
        assert "<title>Report R-" in page
        assert ": received | " in page

    def test_being_checked(self) -> None:
        report = self.report()
        report.take_up(by=edie())
        page = self.page(report)
        assert self.steps(page) == ["done", "now", "next", "next"]
        assert "Edie" not in page
        assert ": being checked | " in page

    def test_answered_without_a_change(self) -> None:
        report = self.report()
        report.settle(by=edie(), outcome="no_change", answer="The source says 400.\n\nSo <do> we.")
        page = self.page(report)
        assert self.steps(page) == ["done", "done", "now"]
        assert "</b>: No change." in page
        assert "<p>The source says 400.</p>" in page
        assert "So &lt;do&gt; we." in page

    def settled(self, article: Article) -> Report:
        report = self.report(article=article)
        report.settle(by=edie(), outcome="corrected", answer="You are right.")
        return report

    def test_found_right_but_not_yet_changed(self) -> None:
        page = self.page(self.settled(make_article()))
        assert self.steps(page) == ["done", "done", "now", "next"]
        assert "Corrected. We were wrong." in page
        assert "The story has not been changed yet." in page

    def test_found_right_and_changed(self) -> None:
        article = make_article()
        report = self.settled(article)
        acts.change(
            article,
            article.wording,
            [Point("Else.", is_approved=True, override="Edie was there.")],
            by=edie(),
            kind="correction",
            reason="It is 40.",
        )
        page = self.page(report)
        assert self.steps(page) == ["done", "done", "done", "now"]
        assert "the story has been changed" in page

    def test_change_before_the_report_does_not_count(self) -> None:
        article = make_article()
        acts.change(
            article,
            article.wording,
            [Point("Else.", is_approved=True, override="Edie was there.")],
            by=edie(),
            kind="correction",
            reason="It is 40.",
        )
        assert self.steps(self.page(self.settled(article)))[-1] == "next"

    def test_change_does_not_show_before_the_answer(self) -> None:
        article = make_article()
        report = self.report(article=article)
        acts.change(
            article,
            article.wording,
            [Point("Else.", is_approved=True, override="Edie was there.")],
            by=edie(),
            kind="correction",
            reason="It is 40.",
        )
        assert self.steps(self.page(report)) == ["now", "next", "next", "next"]

    def test_report_on_the_site_has_nothing_to_publish(self) -> None:
        page = self.page(self.report(article=None))
        assert self.steps(page) == ["now", "next", "next"]
        assert "About the site as a whole" in page

    def test_code_is_forgiven_its_case_and_dashes(self) -> None:
        report = self.report()
        for typed in (report.code.lower(), report.code.replace("-", ""), report.code[2:].lower()):
            answer = rita().get(f"/reports/{typed}/")
            assert answer.status_code == 301
            assert answer.headers["Location"] == report.get_absolute_url()

    @pytest.mark.parametrize("code", ["R-0000-0000-0000", "nonsense", "%00", "R-"])
    def test_no_such_report_is_not_found_in_words(self, code: str) -> None:
        page = rita().get(f"/reports/{code}/")
        assert page.status_code == 404
        assert "The page you want is" in page.text

    def test_receipt_is_not_kept_by_caches(self) -> None:
        answer = rita().get(self.report().get_absolute_url())
        assert "no-store" in answer.headers["Cache-Control"]

    def test_number_of_queries(self, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
        report = self.settled(make_article())
        with django_assert_max_num_queries(2):
            self.page(report)
