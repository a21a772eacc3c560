"""The way of a report, step by step, as its receipt and the feed of it tell."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from articles.corrections.models import Report
from articles.revisions.acts import CHANGES
from articles.revisions.models import Revision


@dataclass(frozen=True)
class Step:
    """A step on the way of a report: done (or the one it is at now) if it has a time, else to come.

    ``key`` names it in addresses. ``note`` follows the title in a sentence, ``result`` after a colon; of a step to come
    ``note`` is a sentence of its own. ``words`` are an editor's.
    """

    key: str
    title: str
    at: datetime | None
    note: str = ""
    result: str = ""
    words: str = ""
    is_now: bool = False

    @property
    def in_words(self) -> str:
        """A step that was taken, in a line."""
        if self.result:
            return _("%(step)s: %(result)s") % {"step": self.title, "result": self.result}
        return f"{self.title} {self.note}".strip()


def change_of(report: Report) -> Revision | None:
    """The version that put right what the report was about; None if there is none."""
    if report.correction:
        return report.correction.revision
    if report.outcome in ("", Report.Outcome.NO_CHANGE):
        return None
    changes = Revision.objects.filter(article=report.article_id, created_at__gt=report.received_at)
    return changes.filter(kind__in=CHANGES).order_by("number").first()


def steps_of(report: Report, change: Revision | None) -> list[Step]:
    """The steps of ``report``, of which ``change`` came: those taken, the one that it is at, and those to come."""
    steps = list(_spam(report) if report.set_aside_at else _steps(report, change))
    last = max(number for number, step in enumerate(steps) if step.at)
    steps = [replace(step, is_now=number == last) for number, step in enumerate(steps)]
    return [replace(step, words="") for step in steps] if report.is_sealed else steps


def _spam(report: Report) -> Iterator[Step]:
    yield Step("received", pgettext("a step of a report", "Received"), report.received_at)
    # Translators: follows “Set aside”
    note = _("by an editor, as advertising or abuse")
    yield Step("set-aside", pgettext("a step of a report", "Set aside"), report.set_aside_at, note)


def _steps(report: Report, change: Revision | None) -> Iterator[Step]:
    yield Step("received", pgettext("a step of a report", "Received"), report.received_at)
    checking = pgettext("a step of a report", "Being checked")
    # Translators: follows “Being checked” and “Being checked again”
    note = _("by an editor")
    if report.objected_at:
        yield Step("first-check", checking, report.checked_at, note)
        result, words = _("No change."), report.first_answer
        yield Step("first-decision", _("Decision"), report.first_answered_at, result=result, words=words)
        yield Step("contradicted", pgettext("a step of a report", "Your answer"), report.objected_at)
        checking = pgettext("a step of a report", "Being checked again")
    yield Step("check", checking, report.objected_at or report.checked_at, note)
    yield _decision(report)
    if report.article and report.outcome != Report.Outcome.NO_CHANGE:
        yield _publication(report, change)


def _decision(report: Report) -> Step:
    if not report.answered_at:
        return Step("decision", _("Decision"), None, _("You will find it here, with the answer of the editor."))
    result = _("No change.")
    if report.outcome != Report.Outcome.NO_CHANGE:
        told = {"outcome": report.get_outcome_display(), "meaning": report.outcome_in_words}
        # Translators: “meaning” is a sentence
        result = _("%(outcome)s. %(meaning)s") % told
    return Step("decision", _("Decision"), report.answered_at, result=result, words=report.answer)


def _publication(report: Report, change: Revision | None) -> Step:
    title = pgettext("a step of a report", "Published")
    if change:
        # Translators: follows “Published:”
        return Step("published", title, change.created_at, result=_("the story has been changed."))
    later = _("If we change the story, this page will say so.")
    return Step("published", title, None, _("The story has not been changed yet.") if report.answered_at else later)
