"""From a report to a published correction, on one form."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from pytest_django import Settings

from articles.catalogue.models import Article
from articles.corrections.models import Correction, ProposedCorrection, Report
from articles.outbox.models import QueuedTask
from articles.summaries.models import Bullet
from tests.world import correct, desk, edie, make_article, make_report, max_admin, rita

pytestmark = pytest.mark.django_db

BODY = "Tarn has opened.\n\nIt has **six dishes** on its roof. Each is new."


def form_of(report: Report, kind: str = "correction") -> str:
    return f"/admin/articles/report/{report.pk}/correct/?kind={kind}"


def answers_on(report: Report, client: Client, kind: str = "correction", **changes: Any) -> dict[str, Any]:
    """What the form holds when it is opened, with ``changes``."""
    form = client.get(form_of(report, kind)).context["form"]
    held = {field.html_name: field.value() for field in form}
    return {name: "" if value is None else value for name, value in {**held, **changes}.items()}


def publish(report: Report, kind: str = "correction", **changes: Any) -> str:
    """Edie fills the form in and sends it; the page that follows."""
    client = desk()
    return client.post(form_of(report, kind), answers_on(report, client, kind, **changes), follow=True).text


def reported(quote: str = "dishes** on its roof", **changes: Any) -> Report:
    article = make_article(body=BODY, headline="Tarn opens", bullets=["It has six dishes.", "Each is new."])
    return make_report(article, quote=quote, version=1, **changes)


class PassageTests:
    def test_sentence_of_the_passage_is_there_to_be_put_right(self) -> None:
        report = make_report(make_article(body="Tarn has opened. It has six dishes. Each is new."), quote="six dishes")
        assert answers_on(report, desk())["passage"] == "It has six dishes."
        publish(report, passage="It has four dishes.")
        article = Article.objects.get()
        assert article.body_markdown == "Tarn has opened. It has four dishes. Each is new."
        correction = Correction.objects.get()
        assert (correction.wrote, correction.says) == ("It has six dishes.", "It has four dishes.")
        report.refresh_from_db()
        assert (report.correction, report.outcome, report.answered_by) == (correction, "corrected", edie())

    def test_passage_in_a_point(self) -> None:
        article = make_article(body="Tarn opened.", bullets=["Tarn is new.", "It has six dishes."])
        report = make_report(article, quote="It has six dishes.", bullet_position=2, kind="summary")
        assert answers_on(report, desk())["change_origin"] == "summary"
        assert "is in no sentence of the article" in publish(report, passage="It has four dishes.")
        assert not Correction.objects.exists()
        publish(report, passage="It has four dishes.", override_reason="The picture shows four.")
        assert list(Bullet.objects.values_list("text", flat=True)) == ["Tarn is new.", "It has four dishes."]
        assert Correction.objects.get().is_on_top

    @pytest.mark.parametrize("quote", ["", "six dishes on", "never there"])
    def test_words_are_open_where_the_passage_can_not_be_told(self, quote: str) -> None:
        report = reported(quote)
        page = desk().get(form_of(report)).text
        assert 'name="passage"' not in page
        assert "change the words below" in page or "change them below" in page
        publish(report, body_markdown=BODY.replace("six", "four"))
        assert "four dishes" in Article.objects.get().body_text

    def test_passage_changed_here_and_in_the_words_is_refused_with_both_kept(self) -> None:
        report = make_report(make_article(body="It has six dishes."), quote="six")
        page = publish(report, passage="It has four dishes.", body_markdown="It has five dishes.")
        assert "Change it in one place." in page
        assert "It has four dishes.</textarea>" in page
        assert "It has five dishes.</textarea>" in page
        assert not Correction.objects.exists()

    def test_what_was_left_alone_stays_as_it_was(self) -> None:
        article = make_article(body="It has six dishes.\n", headline="Tarn\nopens", standfirst=" A first. ")
        report = make_report(article, quote="six")
        publish(report, passage="It has four dishes.")
        article.refresh_from_db()
        assert (article.headline, article.standfirst) == ("Tarn\nopens", " A first. ")

    def test_point_taken_out_and_draft_kept(self) -> None:
        report = reported()
        first, _ = Bullet.objects.all()
        Bullet.objects.create(article=Article.objects.get(), position=3, text="A draft.")
        publish(report, **{f"point_{first.pk}": "", "change_wrote": "It has six dishes."})
        assert list(Bullet.objects.values_list("text", "status")) == [
            ("Each is new.", "approved"),
            ("A draft.", "draft"),
        ]


class NoticeTests:
    def test_report_fills_it_in(self) -> None:
        report = reported(severity="critical")
        held = answers_on(report, desk(), "update")
        assert (held["change_kind"], held["change_severity"], held["change_origin"]) == ("update", "critical", "story")

    def test_refused_with_everything_typed(self) -> None:
        report = make_report(make_article(body="It has six dishes."), quote="six")
        page = publish(report, passage="It has four dishes.", change_kind="", change_reason="Because <it> is so.")
        assert "Say what kind of change this is" in page
        assert "It has four dishes.</textarea>" in page
        assert "Because &lt;it&gt; is so." in page
        report.refresh_from_db()
        assert report.is_waiting

    def test_nothing_changed_is_refused(self) -> None:
        report = reported()
        assert "Nothing in the story would change" in publish(report)
        assert "Nothing in the story would change" in publish(report, change_kind="minor", change_reason="A comma.")
        report.refresh_from_db()
        assert report.is_waiting

    def test_spelling_goes_to_the_history_and_answers_the_report(self) -> None:
        report = make_report(make_article(body="It has sicks dishes."), quote="sicks", kind="spelling")
        publish(report, passage="It has six dishes.", change_kind="minor", change_reason="The word is six.")
        report.refresh_from_db()
        assert (report.outcome, report.answer, report.correction) == ("corrected", "The word is six.", None)
        assert not Correction.objects.exists()
        assert "the story has been changed" in rita().get(report.get_absolute_url()).text

    def test_story_changed_meanwhile_is_not_overwritten_and_nothing_typed_is_lost(self) -> None:
        report = make_report(make_article(body="It has six dishes."), quote="six")
        client = desk()
        answers = answers_on(report, client, body_markdown="It has four dishes.")
        correct(Article.objects.get(), body="It has six new dishes.")
        page = client.post(form_of(report), answers).text
        assert "Another editor has changed this story meanwhile" in page
        assert "It has four dishes.</textarea>" in page
        answers["version"] = 0
        assert client.post(form_of(report), answers).status_code == 200
        assert Article.objects.get().body_text == "It has six new dishes."

    def test_clarified_fact_waits_for_a_second_editor(self) -> None:
        max_admin()
        report = make_report(make_article(body="It has six dishes."), quote="six")
        page = publish(report, "clarification", passage="It has four dishes.")
        assert "The change waits: another editor has to agree" in page
        assert list(ProposedCorrection.objects.get().reports.all()) == [report]
        assert (
            "A correction waits for a second editor" in desk().get(f"/admin/articles/report/{report.pk}/change/").text
        )
        assert Article.objects.get().body_text == "It has six dishes."

    def test_fact_that_a_merged_reader_calls_wrong_counts_too(self) -> None:
        max_admin()
        report = make_report(make_article(body="It has old dishes."), quote="old", kind="other")
        make_report(report.article, duplicate_of=report, kind="fact")
        publish(report, "clarification", passage="It has new dishes.")
        assert ProposedCorrection.objects.exists()


class OneActTests:
    def test_all_reports_are_answered_and_their_mails_queued(self, settings: Settings) -> None:
        settings.EMAIL_IS_SET_UP = True
        report = make_report(make_article(body="It has six dishes."), quote="six", email="rita@example.org")
        other = make_report(report.article, duplicate_of=report, email="sam@example.org")
        publish(report, passage="It has four dishes.")
        other.refresh_from_db()
        assert other.correction == Correction.objects.get()
        assert QueuedTask.objects.count() == 2
        page = rita().get(Correction.objects.get().article.get_absolute_url()).text
        assert "reported by 2 readers" in page

    def test_editor_sees_the_next_report(self) -> None:
        report = make_report(make_article(body="It has six dishes."), quote="six")
        following = make_report()
        assert f"<title>Report {following} |" in publish(report, passage="It has four dishes.")


class WhoTests:
    def test_who_may_not_change_stories_may_not_correct_them(self) -> None:
        reporter = User.objects.create(username="vera", is_staff=True)
        reporter.user_permissions.set(Permission.objects.filter(codename="change_report"))
        report = reported()
        assert "?kind=correction" not in desk(reporter).get(f"/admin/articles/report/{report.pk}/change/").text
        desk(reporter).post(form_of(report), {"passage": "Else."})
        assert not Correction.objects.exists()

    def test_answered_report_leads_back(self) -> None:
        report = reported()
        report.settle(by=edie(), outcome="no_change", answer="No.")
        assert desk().get(form_of(report)).status_code == 302

    def test_report_on_the_site_has_no_words_to_change(self) -> None:
        assert desk().get(form_of(make_report())).status_code == 403
        assert desk().get("/admin/articles/report/404/correct/").status_code == 404


class WithdrawTests:
    def test_withdrawal_answers_the_report_that_led_to_it(self) -> None:
        report, other = reported(), make_report()
        page = desk().get(f"/admin/articles/report/{report.pk}/change/").text
        address = f"/admin/articles/article/{report.article_id}/withdraw/?report={report}"
        assert f'href="{address}"' in page
        answers = {"reason": "Its source has taken it back.", "severity": "critical", "origin": "source"}
        desk().post(address, answers)
        report.refresh_from_db()
        assert report.correction == Correction.objects.get(kind="withdrawal")
        assert list(Report.objects.waiting()) == [other]
