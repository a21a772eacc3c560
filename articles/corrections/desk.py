"""What the desk does with reports: one answer for all that are about the same passage, and the mails that tell of it.

Each act locks the reports that it changes, and says with ``by`` who did it.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from articles.corrections import mail
from articles.corrections.marking import sentences_of
from articles.corrections.models import Report
from articles.revisions.record import words_of

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from articles.corrections.models import Correction

# Among how many reports that wait on a story one on the same passage is looked for.
MOST_COMPARED = 200


class DeskError(ValueError):
    """The act can't be done to the report as it stands; the message says why."""


@transaction.atomic
def receive(report: Report) -> Report:
    """Keep what a reader sent, with an earlier one on the same passage if that waits, and queue the editors' mail.

    Of a form sent twice it is the report that is there already.
    """
    kept, is_new = Report.objects.receive(report)
    if is_new:
        kept.duplicate_of = _earlier(kept)
        kept.save(update_fields=["duplicate_of"])
        if mail.is_wanted():
            mail.tell_editors.enqueue(kept.pk)
    return kept


@transaction.atomic
def take_up(report: Report, *, by: "User", severity: str = "") -> None:
    """Say that an editor is checking a report, and those that wait for its answer, and how grave the error is."""
    for each in _with_followers([report]):
        each.take_up(by=by, severity=severity)


@transaction.atomic
def hand_to(report: Report, person: "User") -> None:
    """Make ``person`` the one who checks a report and those that wait for its answer."""
    for each in _with_followers([report]):
        each.hand_to(person)


@transaction.atomic
def answer(
    reports: Iterable[Report], *, by: "User", outcome: str, words: str, correction: "Correction | None" = None
) -> None:
    """Answer reports in public, with all that wait for the same answer, and queue the mails to who sent them.

    Raises DeskError if one of ``reports`` has been answered or set aside.
    """
    reports = list(reports)
    waiting = _with_followers(reports)
    gone = {report.pk for report in reports} - {report.pk for report in waiting}
    if gone:
        raise DeskError(_("This has been answered already, or set aside as spam."))
    for each in waiting:
        each.settle(by=by, outcome=outcome, answer=words, correction=correction)
        _tell(each)


@transaction.atomic
def merge(report: Report, lead: Report, *, by: "User") -> None:
    """Make ``report`` a duplicate: it gets the answer to ``lead``, now if there is one.

    Raises DeskError for two reports on different stories, and if ``report`` is closed or ``lead`` is spam.
    """
    report, lead = _locked(report), _locked(lead)
    if lead.is_waiting and lead.duplicate_of and lead.duplicate_of.is_waiting:
        lead = lead.duplicate_of
    if report.pk == lead.pk or report.article_id != lead.article_id:
        raise DeskError(_("Give the code of another report on the same story."))
    if not report.is_waiting or lead.set_aside_at:
        raise DeskError(_("Only a report that waits can be a duplicate, and not one of spam."))
    moved = _with_followers([report])
    Report.objects.filter(pk__in=[each.pk for each in moved]).update(duplicate_of=lead)
    if lead.answered_at:
        answer(moved, by=by, outcome=lead.outcome, words=lead.answer, correction=lead.correction)
    elif lead.checked_at:
        take_up(lead, by=by)


@transaction.atomic
def separate(report: Report) -> None:
    """Let a report have an answer of its own."""
    Report.objects.filter(pk=report.pk).update(duplicate_of=None)


@transaction.atomic
def set_aside(report: Report, *, by: "User") -> None:
    """Call a report spam; those that waited for its answer wait on their own. Raises DeskError if it is answered."""
    report = _locked(report)
    if report.answered_at:
        raise DeskError(_("This has been answered already."))
    report.set_aside(by=by)
    report.duplicates.update(duplicate_of=None)


@transaction.atomic
def contradict(report: Report, words: str) -> bool:
    """Keep what a reader says to an answer without a change: the report waits again. False if that can't be."""
    report = _locked(report)
    if not report.can_contradict:
        return False
    report.contradict(words)
    if mail.is_wanted():
        mail.tell_editors.enqueue(report.pk)
    return True


def _earlier(report: Report) -> Report | None:
    """The report that waits and is about the same sentences of the same story."""
    if report.article is None or not report.quote:
        return None
    waiting = Report.objects.waiting().leading().filter(article=report.article).exclude(pk=report.pk).exclude(quote="")
    words = words_of(report.article)
    place = sentences_of(report, words)
    compared = waiting.order_by("received_at")[:MOST_COMPARED]
    return next((other for other in compared if sentences_of(other, words) == place), None)


def _with_followers(reports: list[Report]) -> list[Report]:
    """Those of ``reports`` that wait, and those that wait for their answer, locked, in the order of their keys."""
    keys = [report.pk for report in reports]
    waiting = Report.objects.waiting().select_for_update(of=("self",)).order_by("pk")
    return list(waiting.filter(pk__in=keys) | waiting.filter(duplicate_of__in=keys))


def _locked(report: Report) -> Report:
    return Report.objects.select_for_update(of=("self",)).get(pk=report.pk)


def _tell(report: Report) -> None:
    if report.email and mail.is_set_up():
        mail.tell_reader.enqueue(report.pk)
