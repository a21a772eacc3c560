"""The way of a report, step by step, as its receipt and the feed of it tell."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from articles.corrections.models import Report
from articles.revisions.acts import CHANGES
from articles.revisions.models import Revision


@dataclass(frozen=True)
class Step:
    """A step on the way of a report: done (or the one it is at now) if it has a time, else to come.

    ``key`` names it in addresses. ``note`` follows the title, ``words`` are an editor's.
    """

    key: str
    title: str
    at: datetime | None
    note: str = ""
    words: str = ""
    is_now: bool = False


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
    yield Step("received", "Received", report.received_at)
    yield Step("set-aside", "Set aside", report.set_aside_at, " by an editor, as advertising or abuse")


def _steps(report: Report, change: Revision | None) -> Iterator[Step]:
    yield Step("received", "Received", report.received_at)
    again = ""
    if report.objected_at:
        again = " again"
        yield Step("first-check", "Being checked", report.checked_at, " by an editor")
        yield Step("first-decision", "Decision", report.first_answered_at, ": No change.", report.first_answer)
        yield Step("contradicted", "Your answer", report.objected_at)
    yield Step("check", f"Being checked{again}", report.objected_at or report.checked_at, " by an editor")
    yield _decision(report)
    if report.article and report.outcome != Report.Outcome.NO_CHANGE:
        yield _publication(report, change)


def _decision(report: Report) -> Step:
    if not report.answered_at:
        return Step("decision", "Decision", None, "You will find it here, with the answer of the editor.")
    meaning = "" if report.outcome == Report.Outcome.NO_CHANGE else f" {report.outcome_in_words}"
    return Step(
        "decision", "Decision", report.answered_at, f": {report.get_outcome_display()}.{meaning}", report.answer
    )


def _publication(report: Report, change: Revision | None) -> Step:
    if change:
        return Step("published", "Published", change.created_at, ": the story has been changed.")
    later = (
        "The story has not been changed yet."
        if report.answered_at
        else "If we change the story, this page will say so."
    )
    return Step("published", "Published", None, later)
