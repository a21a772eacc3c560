"""What was reported on a story and what came of it, as everybody may read it: our words, never the readers'."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.text import capfirst
from django.utils.translation import pgettext

from articles.catalogue.models import Article
from articles.corrections.models import Report

MOST = 100


@dataclass
class Told:
    """An answer to one or more reports: what kinds of error they told of, when it was given, and what it says.

    ``anchor`` is that of the notice by which it was given, "" without one.
    """

    at: datetime
    outcome: str
    words: str
    anchor: str
    kinds: list[str] = field(default_factory=list)
    count: int = 0

    @property
    def kinds_in_words(self) -> str:
        """The kinds of error, each once."""
        return capfirst(pgettext("between the items of a list", ", ").join(dict.fromkeys(map(str.lower, self.kinds))))


def answers_on(article: Article) -> list[Told]:
    """The answers to reports on ``article``, the latest first, each once for all who got it: one query.

    Of a sealed story there are none: an answer can repeat the words that had to go.
    """
    if article.is_sealed:
        return []
    answers: dict[tuple[int, str, str], Told] = {}
    for report in Report.objects.told().filter(article=article).select_related("correction")[:MOST]:
        for told in _answers_to(report):
            kept = answers.setdefault((report.duplicate_of_id or report.pk, told.outcome, told.words), told)
            kept.kinds.append(report.get_kind_display())
            kept.count += 1
    return sorted(answers.values(), key=lambda told: told.at, reverse=True)


def _answers_to(report: Report) -> Iterator[Told]:
    if report.answered_at:
        anchor = report.correction.anchor if report.correction else ""
        yield Told(report.answered_at, report.get_outcome_display(), report.answer, anchor)
    if report.first_answered_at:
        yield Told(report.first_answered_at, str(Report.Outcome.NO_CHANGE.label), report.first_answer, "")
