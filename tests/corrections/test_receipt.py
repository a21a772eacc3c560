"""Rita follows her report on the page of its code."""

from datetime import timedelta
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from articles.catalogue.models import Article
from articles.corrections import acts
from articles.corrections.models import Report
from tests.world import NOON, correct, edie, make_article, max_admin, rita, sam

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
        assert "We mean to answer by the end of" in page
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
        correct(article, bullets=["Else."])
        page = self.page(report)
        assert self.steps(page) == ["done", "done", "done", "now"]
        assert "the story has been changed" in page

    def test_change_before_the_report_does_not_count(self) -> None:
        article = make_article()
        correct(article, bullets=["Else."])
        assert self.steps(self.page(self.settled(article)))[-1] == "next"

    def test_change_does_not_show_before_the_answer(self) -> None:
        article = make_article()
        report = self.report(article=article)
        correct(article, bullets=["Else."])
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
        with django_assert_max_num_queries(4):
            self.page(report)

    def test_passage_that_is_gone_is_kept_and_marked_so(self) -> None:
        article = make_article(body="Tarn has six dishes.")
        report = self.report(article=article, quote="six dishes", version=1)
        assert "no longer stand in the story" not in self.page(report)
        correct(article, body="Tarn has four dishes.")
        page = self.page(report)
        assert "<mark>six dishes</mark>" in page
        assert "These words no longer stand in the story. They are kept here as you sent them." in page

    def test_correction_is_shown_with_its_difference_and_leads_to_the_version(self) -> None:
        article = make_article(body="Tarn has six dishes.")
        report = self.report(article=article)
        correction = correct(article, body="Tarn has four dishes.", reports=[report])
        page = self.page(report)
        assert '<del><span class="vh" lang="en">removed: </span>six</del>' in page
        assert '<ins><span class="vh" lang="en">added: </span>four</ins>' in page
        assert f'href="{article.get_absolute_url()}history/{correction.revision.number}/"' in page
        assert f'href="{article.get_absolute_url()}#{correction.anchor}"' in page

    def test_sealed_story_takes_our_words_about_it_along(self) -> None:
        article = make_article(body="Tarn has six dishes.")
        report = self.report(article=article, quote="six dishes")
        correct(article, body="Tarn has four dishes.", reports=[report])
        acts.withdraw(article, by=edie(), reason="A court says so.")
        acts.seal(article, by=max_admin(), reason="By order of a court.")
        for address in ("", "feed.atom", "annotation.jsonld"):
            text = rita().get(f"{report.get_absolute_url()}{address}").text
            assert "dishes" not in text
        assert "The story was sealed for legal cause" in self.page(report)

    def test_each_of_a_group_is_told_of_the_others(self) -> None:
        lead = self.report()
        follower = self.report(duplicate_of=lead)
        assert "reported this passage too" not in self.page(self.report())
        for report in (lead, follower):
            page = self.page(report)
            assert "Another reader has reported this passage too. One answer goes to all." in page
            assert (lead if report == follower else follower).code not in page

    def test_late_one_says_so(self) -> None:
        assert "We are late." in self.page(self.report(received_at=NOON - timedelta(days=60)))

    def test_spam_says_so_and_nothing_of_what_is_to_come(self) -> None:
        report = self.report()
        report.set_aside(by=edie())
        page = self.page(report)
        assert "An editor has set this report aside." in page
        assert self.steps(page) == ["done", "now"]


class ReportReplyTests:
    """After "no change" Rita may answer once."""

    def answered(self, outcome: str = "no_change", **changes: Any) -> Report:
        report = Report.objects.create(**{"article": make_article(), **ANSWERS, **changes})
        report.settle(by=edie(), outcome=outcome, answer="The source says 400.")
        return report

    def url(self, report: Report) -> str:
        return f"{report.get_absolute_url()}reply/"

    def test_answer_is_kept_and_shown_and_the_report_waits_again(self) -> None:
        report = self.answered()
        assert f'action="{self.url(report)}#reply-h"' in rita().get(report.get_absolute_url()).text
        answer = rita().post(self.url(report), {"words": "I counted <forty>."})
        assert (answer.status_code, answer.headers["Location"]) == (303, report.get_absolute_url())
        page = rita().get(report.get_absolute_url()).text
        for words in ("The source says 400.", "I counted &lt;forty&gt;.", "An editor will look again.", "Your answer"):
            assert words in page
        assert "Send your answer" not in page
        assert page.index("Your answer") < page.index("Being checked again")

    def test_second_one_changes_nothing(self) -> None:
        report = self.answered()
        rita().post(self.url(report), {"words": "I counted."})
        assert rita().post(self.url(report), {"words": "Again."}).status_code == 302
        report.refresh_from_db()
        assert report.objection == "I counted."

    def test_final_answer_ends_it(self) -> None:
        report = self.answered()
        report.contradict("I counted.")
        report.settle(by=edie(), outcome="no_change", answer="So did we.")
        page = rita().get(report.get_absolute_url()).text
        assert "So did we." in page
        assert "Send your answer" not in page

    @pytest.mark.parametrize("words", ["", "x" * 5001])
    def test_refused_with_what_was_typed(self, words: str) -> None:
        report = self.answered()
        answer = rita().post(self.url(report), {"words": words})
        assert answer.status_code == 422
        assert '<p class="wrong"' in answer.text
        assert words in answer.text
        report.refresh_from_db()
        assert report.answered_at

    @pytest.mark.parametrize("outcome", ["corrected", "clarified", "updated"])
    def test_not_after_another_answer(self, outcome: str) -> None:
        report = self.answered(outcome)
        assert "Send your answer" not in rita().get(report.get_absolute_url()).text
        assert rita().post(self.url(report), {"words": "But."}).status_code == 302
        report.refresh_from_db()
        assert report.objection == ""

    def test_page_of_another_site_can_not_send_it(self) -> None:
        report = self.answered()
        assert sam().post(self.url(report), {"words": "But."}).status_code == 403
        report.refresh_from_db()
        assert report.objection == ""

    def test_address_itself_leads_to_the_receipt(self) -> None:
        report = self.answered()
        assert rita().get(self.url(report)).headers["Location"] == report.get_absolute_url()
        assert rita().get("/reports/R-0000-0000-0000/reply/").status_code == 404
