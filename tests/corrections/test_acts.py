"""Edie publishes a correction: one act, and everything follows or nothing does."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.core.management import call_command
from django.db import connection

from articles.catalogue.models import Article
from articles.corrections import acts
from articles.corrections.drafts import CHANGED_MEANWHILE, NOT_THERE, CorrectionError, Draft, SecondEditorNeededError
from articles.corrections.models import Correction, Report
from articles.corrections.notices import Notice
from articles.outbox.models import QueuedTask
from articles.outbox.worker import run_due
from articles.revisions import acts as revisions
from articles.revisions.acts import ActError
from articles.revisions.models import Revision
from tests.importing.stories import every_row
from tests.world import correct, edie, make_article, max_admin

pytestmark = pytest.mark.django_db

SIX = "Tarn is open. It has six dishes. More will come."
FOUR = SIX.replace("six", "four")


def make_report(article: Article, **changes: Any) -> Report:
    return Report.objects.create(**{"article": article, "kind": "summary", "what": "It has four.", **changes})


def faults(article: Article, **changes: Any) -> dict[str, str]:
    """What is wrong with a correction that is refused; nothing is written then."""
    before = every_row()
    with pytest.raises(CorrectionError) as error:
        correct(article, **changes)
    assert every_row() == before
    return error.value.faults


class CorrectTests:
    def test_one_act_publishes_words_version_notice_and_answers(self) -> None:
        article = make_article(body=SIX, bullets=["Tarn has six dishes."])
        reports = [make_report(article), make_report(article, kind="fact", email="rita@example.org")]
        correction = correct(article, body=FOUR, bullets=["Tarn has four dishes."], reports=reports)
        article.refresh_from_db()
        assert (article.body_text, article.is_edited, article.updated_at) == (FOUR, True, correction.published_at)
        revision = Revision.objects.get(number=2)
        assert revision == correction.revision
        assert (revision.kind, revision.reason, revision.notice_hash) == (
            "correction",
            correction.text,
            correction.hash,
        )
        assert revision.text.bullets == ["Tarn has four dishes."]
        assert (correction.wrote, correction.says) == ("It has six dishes.", "It has four dishes.")
        assert correction.text == "An earlier version said “It has six dishes.” It now says “It has four dishes.”"
        assert (correction.by_name, correction.number) == ("Edie Torres", 1)
        assert correction.code.startswith("C-")
        for report in Report.objects.all():
            assert (report.outcome, report.answer, report.correction) == ("corrected", correction.text, correction)
        call_command("verify_record")

    @pytest.mark.parametrize(
        ("kind", "outcome"), [("correction", "corrected"), ("clarification", "clarified"), ("update", "updated")]
    )
    def test_outcome_of_the_reports_is_that_of_the_kind(self, kind: str, outcome: str) -> None:
        article = make_article(body="It cannot burn. So they say.")
        correct(article, body="It did not burn. So they say.", kind=kind, reports=[make_report(article)])
        assert Report.objects.get().outcome == outcome

    def test_note_leaves_the_words_and_makes_a_version(self) -> None:
        article = make_article()
        correction = correct(article, kind="note", text="Kestrel is a client of our owner.")
        assert (correction.revision.number, correction.revision.kind) == (2, "note")
        assert (correction.wrote, correction.says) == ("", "")

    @pytest.mark.parametrize(
        ("change", "placement"),
        [
            ({"body": FOUR}, "foot"),
            ({"body": FOUR, "severity": "critical"}, "top"),
            ({"body": FOUR, "headline": "Four dishes"}, "top"),
            ({"body": FOUR, "bullets": ["Four."]}, "top"),
            ({"standfirst": "Four dishes."}, "foot"),
        ],
    )
    def test_placement(self, change: dict[str, Any], placement: str) -> None:
        assert correct(make_article(body=SIX), **change).placement == placement

    def test_corrected_words_are_found_in_the_body(self) -> None:
        correction = correct(make_article(body=SIX), body=FOUR)
        assert correction.is_in_body
        assert (correction.prefix, correction.suffix) == ("Tarn is open. ", " More will come.")

    def test_words_of_the_headline_are_not_taken_for_the_body(self) -> None:
        correction = correct(make_article(headline="Old", body="It is New."), headline="New")
        assert (correction.is_in_body, correction.prefix, correction.suffix) == (False, "", "")

    def test_withdrawn_story_can_be_corrected(self) -> None:
        assert correct(make_article(body=SIX, status="withdrawn"), body=FOUR).revision.number == 3

    def test_reader_is_told_once_it_is_published(self, settings: Any) -> None:
        settings.EMAIL_IS_SET_UP = True
        article = make_article(body=SIX, headline="Tarn opens")
        reports = [make_report(article, email="rita@example.org"), make_report(article)]
        correct(article, body=FOUR, reports=reports)
        assert mail.outbox == []
        run_due()
        (sent,) = mail.outbox
        assert sent.to == ["rita@example.org"]
        assert sent.subject == f"Your report {reports[0].code}: Corrected"
        assert "It now says “It has four dishes.”" in str(sent.body)
        assert reports[0].get_absolute_url() in str(sent.body)

    def test_mail_of_a_correction_that_fails_is_not_queued(self, settings: Any) -> None:
        settings.EMAIL_IS_SET_UP = True
        article = make_article(body=SIX)
        report = make_report(article, email="rita@example.org")
        other = make_report(make_article())
        with pytest.raises(CorrectionError):
            correct(article, body=FOUR, reports=[report, other])
        assert not QueuedTask.objects.exists()


class RefusedTests:
    def test_passage_that_was_never_there(self) -> None:
        article = make_article(body=SIX)
        assert faults(article, body=FOUR, wrote="It has nine.", says="four dishes") == {"wrote": str(NOT_THERE)}
        assert faults(article, body=FOUR, wrote="six dishes", says="five dishes") == {"says": str(NOT_THERE)}

    def test_notice_against_the_rules(self) -> None:
        found = faults(make_article(body=SIX), body=FOUR, text="An earlier version was wrong.")
        assert found.keys() == {"text"}

    def test_nothing_to_correct(self) -> None:
        assert "Nothing in the story would change" in faults(make_article(), wrote="40,000", says="40,000 homes")[""]

    def test_note_with_other_words(self) -> None:
        assert "kind" in faults(make_article(body=SIX), body=FOUR, kind="note", text="So.")

    def test_withdrawal_is_an_act_of_its_own(self) -> None:
        text = "We no longer stand by this story."
        assert "kind" in faults(make_article(body=SIX), body=FOUR, kind="withdrawal", text=text)

    @pytest.mark.parametrize("status", ["draft", "in_review"])
    def test_draft_has_nothing_to_correct(self, status: str) -> None:
        with pytest.raises(ActError, match="edit the draft"):
            correct(make_article(body=SIX, status=status), body=FOUR)

    def test_report_about_another_story_or_answered_already(self) -> None:
        article = make_article(body=SIX)
        answered = make_report(article)
        answered.settle(by=edie(), outcome="no_change", answer="It is right.")
        assert "answered already" in faults(article, body=FOUR, reports=[answered])[""]
        elsewhere = make_report(make_article())
        assert "about something else" in faults(article, body=FOUR, reports=[elsewhere])[""]

    def test_change_with_a_notice_is_not_made_without_it(self) -> None:
        article = make_article(body=SIX)
        with pytest.raises(ActError, match="with its notice"):
            revisions.change(article, article.wording, [], by=edie(), kind="correction", reason="It has four.")


class MeanwhileTests:
    def test_words_of_another_editor_are_not_overwritten(self) -> None:
        article = make_article(body=SIX)
        correct(article, body=FOUR, version=1)
        assert faults(article, body=SIX.replace("six", "nine"), version=1) == {"": str(CHANGED_MEANWHILE)}

    def test_nor_by_a_minor_change(self) -> None:
        article = make_article(body=SIX)
        correct(article, body=FOUR)
        draft = Draft(article, article.wording, [], Notice("minor", "", "", text="Order."), version=1)
        with pytest.raises(CorrectionError, match="meanwhile"):
            acts.publish(draft, by=edie())
        assert Article.objects.get().body_text == FOUR


class AtOnceTests:
    @pytest.mark.django_db(transaction=True)
    def test_of_two_corrections_at_once_one_is_published_and_the_other_told(self) -> None:
        if connection.vendor == "sqlite":
            pytest.skip("the test database of SQLite lives in memory; its transactions queue by themselves")
        article = make_article(body=SIX)
        editors, start = [edie(), max_admin()], Barrier(2)

        def publish(number: int) -> str:
            connection.ensure_connection()
            start.wait(timeout=30)
            try:
                body = SIX.replace("six", ["four", "five"][number])
                return correct(article, body=body, by=editors[number], version=1).says
            except CorrectionError as error:
                return error.faults[""]
            finally:
                connection.close()

        with ThreadPoolExecutor(2) as both:
            ends = set(both.map(publish, range(2)))
        assert str(CHANGED_MEANWHILE) in ends
        (correction,) = Correction.objects.all()
        assert ends == {CHANGED_MEANWHILE, correction.says}
        assert Revision.objects.count() == 2
        call_command("verify_record")


class SupersedeTests:
    def test_wrong_correction_is_replaced_by_one_that_says_so(self) -> None:
        article = make_article(body=SIX)
        first = correct(article, body=FOUR)
        before = Correction.objects.values().get()
        second = correct(article, body=SIX, supersedes=first)
        assert second.supersedes == first
        assert second.text.endswith(f"This replaces our notice of {first.published_at:%-d %B %Y}.")
        assert Correction.objects.filter(pk=first.pk).values().get() == before
        assert list(Correction.objects.standing()) == [second]
        call_command("verify_record")

    def test_chain_of_three(self) -> None:
        article = make_article(body=SIX)
        chain = [correct(article, body=FOUR)]
        for body in (SIX, FOUR):
            chain.append(correct(article, body=body, supersedes=chain[-1]))
        assert [one.number for one in chain] == [1, 2, 3]
        assert list(Correction.objects.standing()) == chain[2:]

    def test_notice_alone_is_replaced_while_the_words_stay(self) -> None:
        article = make_article(body=SIX)
        first = correct(article, body=FOUR)
        second = correct(
            article,
            supersedes=first,
            wrote="It has six dishes.",
            says="four dishes",
            text="An earlier version: four dishes.",
        )
        assert second.revision.number == 3
        assert second.is_in_body

    def test_replaced_one_is_not_replaced_again_nor_one_of_another_story(self) -> None:
        article = make_article(body=SIX)
        first = correct(article, body=FOUR)
        correct(article, body=SIX, supersedes=first)
        other = correct(make_article(body=SIX), body=FOUR)
        for wrong in (first, other):
            assert faults(article, body=FOUR, supersedes=wrong).keys() == {"supersedes"}


class SecondEditorTests:
    """A wrong fact is called a correction, or two editors say why not."""

    def clarify(self, article: Article, **changes: Any) -> Correction:
        return correct(article, body=FOUR, kind="clarification", **changes)

    def test_changed_figure_needs_a_second_editor_where_there_is_one(self) -> None:
        article = make_article(body=SIX)
        max_admin()
        with pytest.raises(SecondEditorNeededError):
            self.clarify(article, ground="They count otherwise.")
        correction = self.clarify(article, seconded_by=max_admin())
        assert (correction.seconded_by, correction.seconded_by_name) == (max_admin(), "Max Okafor")

    def test_fact_that_a_reader_calls_wrong_needs_one_too(self) -> None:
        article = make_article(body="It cannot burn. So they say.")
        max_admin()
        with pytest.raises(SecondEditorNeededError):
            correct(
                article,
                body="It did not burn. So they say.",
                kind="clarification",
                reports=[make_report(article, kind="fact")],
            )

    def test_where_there_is_none_readers_learn_why(self) -> None:
        article = make_article(body=SIX)
        User.objects.create_user("vera", is_staff=True)
        User.objects.create_user("gone", is_superuser=True, is_active=False)
        with pytest.raises(CorrectionError, match="say in public why it is no correction"):
            self.clarify(article)
        assert self.clarify(article, ground="Two were being built.").ground == "Two were being built."

    def test_nobody_seconds_themselves_or_without_the_right(self) -> None:
        article = make_article(body=SIX)
        max_admin()
        for second in (edie(), User.objects.create_user("vera", is_staff=True)):
            with pytest.raises(CorrectionError, match="Another editor has to agree"):
                self.clarify(article, seconded_by=second)

    def test_correction_needs_nobody(self) -> None:
        max_admin()
        assert correct(make_article(body=SIX), body=FOUR).seconded_by is None


class WithdrawTests:
    def test_notice_stands_in_place_of_the_story_and_answers_reports(self) -> None:
        article = make_article()
        report = make_report(article)
        correction = acts.withdraw(article, by=edie(), reason="its source lied", origin="source", reports=[report])
        assert Article.objects.get().status == "withdrawn"
        assert correction.text == "We no longer stand by this story because its source lied."
        assert (correction.kind, correction.severity, correction.placement) == ("withdrawal", "critical", "top")
        assert Report.objects.get().correction == correction
        call_command("verify_record")

    def test_reason_is_demanded(self) -> None:
        with pytest.raises(ActError, match="why"):
            acts.withdraw(make_article(), by=edie(), reason=" ")
        assert Article.objects.get().is_published


class SealTests:
    def test_words_go_and_the_chain_holds(self) -> None:
        article = make_article(status="withdrawn", body="The libel.", headline="A libel", bullets=["A libel."])
        report = make_report(article, quote="The libel.", prefix="A", suffix="B")
        revision = acts.seal(article, by=max_admin(), reason="The court of Tarn ordered it.")
        assert (revision.number, revision.kind, revision.words) == (3, "sealed", None)
        article.refresh_from_db()
        assert (article.status, article.headline, article.body_markdown) == ("sealed", "Sealed story", "")
        assert not article.bullets.exists()
        assert [version.words for version in Revision.objects.with_texts()] == [None] * 3
        report.refresh_from_db()
        assert (report.quote, report.what) == ("", "It has four.")
        call_command("verify_record")

    def test_only_an_administrator_and_with_a_reason_and_after_a_withdrawal(self) -> None:
        withdrawn = make_article(status="withdrawn")
        for article, by, reason in (
            (withdrawn, edie(), "A court ordered it."),
            (withdrawn, max_admin(), " "),
            (make_article(), max_admin(), "A court ordered it."),
        ):
            before = every_row()
            with pytest.raises(ActError):
                acts.seal(article, by=by, reason=reason)
            assert every_row() == before

    def test_sealed_story_is_neither_published_nor_changed_again(self) -> None:
        article = make_article(status="withdrawn")
        acts.seal(article, by=max_admin(), reason="A court ordered it.")
        with pytest.raises(ActError):
            correct(article, headline="New")
        with pytest.raises(ActError, match="sealed"):
            revisions.publish(article, by=edie())
