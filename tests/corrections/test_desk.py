"""Edie answers once for all who reported the same passage."""

import pytest
from django.db import transaction
from pytest_django import Settings

from articles.corrections import desk
from articles.corrections.models import Report
from articles.outbox.models import QueuedTask
from tests.world import correct, edie, make_article, make_report, max_admin

pytestmark = pytest.mark.django_db

BODY = "Tarn has six dishes on its roof. Each is new."


@pytest.fixture
def _mail(settings: Settings) -> None:
    settings.EMAIL_IS_SET_UP = True


def sent(**changes: object) -> Report:
    return desk.receive(Report(**{"kind": "fact", "what": "It is four.", **changes}))


class ReceiveTests:
    def test_second_report_on_a_sentence_joins_the_first(self) -> None:
        article = make_article(body=BODY)
        first = sent(article=article, quote="six dishes")
        second = sent(article=article, quote="Tarn has six", what="Four, I think.")
        third = sent(article=article, quote="on its roof", what="Two.")
        assert (first.duplicate_of, second.duplicate_of, third.duplicate_of) == (None, first, first)

    @pytest.mark.parametrize("quote", ["Each is new.", ""])
    def test_another_sentence_and_the_whole_story_stand_alone(self, quote: str) -> None:
        article = make_article(body=BODY)
        sent(article=article, quote=quote)
        assert sent(article=article, quote="six dishes", what="Else.").duplicate_of is None
        assert sent(article=article, quote="", what="All of it.").duplicate_of is None

    def test_another_story_and_a_closed_report_are_not_joined(self) -> None:
        article = make_article(body=BODY)
        sent(article=make_article(body=BODY), quote="six dishes")
        desk.answer([sent(article=article, quote="six dishes")], by=edie(), outcome="no_change", words="No.")
        desk.set_aside(sent(article=article, quote="six dishes", what="Buy."), by=edie())
        assert sent(article=article, quote="six dishes", what="Again.").duplicate_of is None

    def test_words_that_no_longer_stand_join_the_same_words(self) -> None:
        article = make_article(body=BODY)
        first = sent(article=article, quote="seven dishes")
        assert sent(article=article, quote="seven  dishes", what="Four.").duplicate_of == first

    def test_severity_is_presumed_from_the_kind(self) -> None:
        kinds = {"fact": "major", "summary": "major", "outdated": "minor", "spelling": "minor", "credit": "minor"}
        assert {kind: sent(kind=kind).severity for kind in kinds} == kinds

    def test_form_sent_twice_makes_one_report_and_one_mail(self, settings: Settings) -> None:
        settings.EMAIL_IS_SET_UP, settings.EDITORS_EMAIL = True, "desk@example.org"
        assert sent() == sent()
        assert QueuedTask.objects.count() == 1


class AnswerTests:
    @pytest.mark.usefixtures("_mail")
    def test_one_answer_goes_to_all_and_each_is_told(self) -> None:
        article = make_article(body=BODY)
        lead = sent(article=article, quote="six dishes", email="rita@example.org")
        other = sent(article=article, quote="six dishes on", email="sam@example.org")
        silent = sent(article=article, quote="dishes", what="Two.")
        desk.answer([lead], by=edie(), outcome="no_change", words="It has six.")
        for report in (lead, other, silent):
            report.refresh_from_db()
            assert (report.outcome, report.answer, report.answered_by) == ("no_change", "It has six.", edie())
        assert {task.args_kwargs["args"][0] for task in QueuedTask.objects.all()} == {lead.pk, other.pk}
        assert not QueuedTask.objects.filter(args_kwargs__icontains="@").exists()

    def test_correction_answers_the_group_in_its_transaction(self) -> None:
        article = make_article(body=BODY)
        lead, other = sent(article=article, quote="six dishes"), sent(article=article, quote="six dishes on")
        correction = correct(article, body=BODY.replace("six", "four"), reports=[lead])
        other.refresh_from_db()
        assert (other.correction, other.outcome, other.answer) == (correction, "corrected", correction.text)

    @pytest.mark.usefixtures("_mail")
    def test_rolled_back_answer_leaves_no_mail(self) -> None:
        report = sent(email="rita@example.org")
        with transaction.atomic():
            desk.answer([report], by=edie(), outcome="no_change", words="No.")
            assert QueuedTask.objects.exists()
            transaction.set_rollback(True)
        assert not QueuedTask.objects.exists()
        report.refresh_from_db()
        assert report.is_waiting

    def test_without_mail_nothing_is_queued(self) -> None:
        desk.answer([sent(email="rita@example.org")], by=edie(), outcome="no_change", words="No.")
        assert not QueuedTask.objects.exists()

    def test_answered_one_is_refused_and_its_group_left_alone(self) -> None:
        report = sent()
        desk.answer([report], by=edie(), outcome="no_change", words="No.")
        with pytest.raises(desk.DeskError, match="answered already"):
            desk.answer([report, sent(what="Else.")], by=edie(), outcome="corrected", words="Yes.")
        assert Report.objects.waiting().count() == 1

    def test_taking_up_counts_for_the_group(self) -> None:
        article = make_article(body=BODY)
        lead, other = sent(article=article, quote="six dishes"), sent(article=article, quote="six dishes on")
        desk.take_up(lead, by=edie(), severity="critical")
        other.refresh_from_db()
        assert (other.checked_by, other.severity) == (edie(), "critical")
        desk.hand_to(lead, max_admin())
        other.refresh_from_db()
        lead.refresh_from_db()
        assert lead.checked_by == other.checked_by == max_admin()


class MergeTests:
    def test_duplicate_waits_for_the_answer_with_those_that_waited_for_its_own(self) -> None:
        article = make_article(body=BODY)
        lead, report = make_report(article), make_report(article)
        follower = make_report(article, duplicate_of=report)
        desk.merge(report, lead, by=edie())
        desk.answer([lead], by=edie(), outcome="updated", words="It has moved on.")
        assert set(Report.objects.filter(outcome="updated")) == {lead, report, follower}

    def test_duplicate_of_a_duplicate_goes_to_its_lead(self) -> None:
        article = make_article()
        lead = make_report(article)
        middle, report = make_report(article, duplicate_of=lead), make_report(article)
        desk.merge(report, middle, by=edie())
        report.refresh_from_db()
        assert report.duplicate_of == lead

    @pytest.mark.usefixtures("_mail")
    def test_duplicate_of_an_answered_report_gets_its_answer_at_once(self) -> None:
        article = make_article(body=BODY)
        lead, report = make_report(article), make_report(article, email="rita@example.org")
        correction = correct(article, body=BODY.replace("six", "four"), reports=[lead])
        desk.merge(report, lead, by=edie())
        report.refresh_from_db()
        assert (report.outcome, report.correction) == ("corrected", correction)
        assert QueuedTask.objects.count() == 1

    def test_what_can_not_be_merged(self) -> None:
        article = make_article()
        report, other, spam = make_report(article), make_report(make_article()), make_report(article)
        spam.set_aside(by=edie())
        follower = make_report(article, duplicate_of=report)
        for lead in (report, other, spam, follower):
            with pytest.raises(desk.DeskError):
                desk.merge(report, lead, by=edie())
        report.refresh_from_db()
        assert report.duplicate_of is None

    def test_separated_again(self) -> None:
        report = make_report(duplicate_of=make_report())
        desk.separate(report)
        assert Report.objects.leading().count() == 2


class SetAsideTests:
    def test_spam_leaves_the_queue_and_its_followers_in_it(self) -> None:
        spam = make_report()
        follower = make_report(duplicate_of=spam)
        desk.set_aside(spam, by=edie())
        assert list(Report.objects.waiting().leading()) == [follower]
        spam.refresh_from_db()
        assert (spam.state, spam.set_aside_by) == ("set aside", edie())
        spam.bring_back()
        assert spam in Report.objects.waiting().leading()

    def test_answered_report_is_no_spam(self) -> None:
        report = make_report()
        report.settle(by=edie(), outcome="no_change", answer="No.")
        with pytest.raises(desk.DeskError):
            desk.set_aside(report, by=edie())


class ContradictTests:
    def answered(self, **changes: object) -> Report:
        report = make_report(**changes)  # type: ignore[arg-type]
        report.settle(by=edie(), outcome="no_change", answer="It has six.")
        return report

    def test_report_waits_again_with_both_sides(self, settings: Settings) -> None:
        settings.EMAIL_IS_SET_UP, settings.EDITORS_EMAIL = True, "desk@example.org"
        report = self.answered(duplicate_of=make_report())
        assert desk.contradict(report, " But I counted. ")
        report.refresh_from_db()
        assert (report.state, report.duplicate_of, report.checked_by) == ("being checked", None, edie())
        assert (report.first_answer, report.objection) == ("It has six.", "But I counted.")
        assert QueuedTask.objects.count() == 1

    def test_once(self) -> None:
        report = self.answered()
        desk.contradict(report, "But I counted.")
        assert not desk.contradict(report, "And again.")
        report.refresh_from_db()
        report.settle(by=edie(), outcome="no_change", answer="So did we.")
        assert not desk.contradict(report, "And again.")
        report.refresh_from_db()
        assert (report.objection, report.answer) == ("But I counted.", "So did we.")

    @pytest.mark.parametrize("outcome", ["corrected", "clarified", "updated"])
    def test_other_answers_can_not_be_contradicted(self, outcome: str) -> None:
        report = make_report()
        report.settle(by=edie(), outcome=outcome, answer="You are right.")
        assert not desk.contradict(report, "But.")
        with pytest.raises(ValueError, match="once"):
            report.contradict("But.")
