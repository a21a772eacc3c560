"""What a story's page shows besides its words."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from articles.catalogue.models import Article, SiteStatement
from articles.summaries.models import Bullet

FIRST_PARAGRAPH = re.compile(r"\s*<p>(?P<lead>.*?)</p>\s*(?P<rest>\S.*)", re.DOTALL)
MORE_COUNT = 3
A_MOMENT = timedelta(minutes=1)


def lead_and_rest(article: Article) -> tuple[str, str]:
    """The markup that stands large under the headline, and the markup of the body.

    A story without a standfirst lends its first paragraph, which is then not shown again; a story of a single
    paragraph keeps it. The lead is "" where the standfirst does the work.
    """
    match = None if article.standfirst else FIRST_PARAGRAPH.fullmatch(article.body_html)
    return (match["lead"], match["rest"]) if match else ("", article.body_html)


def more_like(article: Article) -> Sequence[Article]:
    """The newest other stories of the article's first topic; none where it has no topic."""
    filed = list(article.article_topics.all())
    if not filed:
        return []
    stories = Article.objects.published().in_topic(filed[0].topic).exclude(pk=article.pk)
    return list(stories.for_lists().newest_first()[:MORE_COUNT])


def was_published_before(article: Article, first_revision_at: datetime) -> bool:
    """Whether the story had been published elsewhere before its first revision here."""
    known = article.published_at
    return known is None or first_revision_at - known > A_MOMENT


def summary_note(article: Article, statement: SiteStatement | None) -> str:
    """Who stands behind the points, as far as it is known: "imported", "drafted", "checked" or "" for nothing to say.

    Imported points stand under what the publication says of its summaries, if it says that AI had a part in them.
    """
    points: list[Bullet] = article.points  # type: ignore[attr-defined]
    if any(point.origin == Bullet.Origin.MACHINE for point in points):
        return "drafted"
    if not points or any(point.origin != Bullet.Origin.IMPORTED for point in points):
        return "checked" if points else ""
    says_ai = statement is not None and re.search(r"\bAI\b", statement.text) is not None
    return "imported" if says_ai and article.is_from_archive and not article.is_sample else ""
