"""What the screen of a report shows besides its forms."""

from typing import Any

from articles.corrections.annotation import words_seen
from articles.corrections.marking import parts_of, spot_of
from articles.corrections.models import AnswerTemplate, ProposedCorrection, Report
from articles.revisions.record import words_of

EARLIER = 20


def screen_of(report: Report) -> dict[str, Any]:
    """The passage in its story, the sources, who else reported it, and what was reported on the story before."""
    shown: dict[str, Any] = {
        "report": report,
        "followers": list(report.duplicates.order_by("received_at")),
        "templates": list(AnswerTemplate.objects.all()),
    }
    if report.article is None:
        return shown
    words = words_of(report.article)
    spot = spot_of(report, words)
    seen = words_seen(report) if report.quote and not spot else None
    same_story = Report.objects.filter(article=report.article, set_aside_at=None).exclude(pk=report.pk)
    return {
        **shown,
        "parts": parts_of(words, spot),
        "is_gone": bool(report.quote) and spot is None,
        "stood": seen is not None and spot_of(report, seen) is not None,
        "links": list(report.article.article_sources.select_related("source")),
        "earlier": list(same_story.exclude(duplicate_of=report).order_by("-received_at")[:EARLIER]),
        "proposed": ProposedCorrection.objects.open().filter(reports=report).first(),
    }
