"""The page of a story, made once for each state of it."""

from collections.abc import Sequence
from typing import NamedTuple

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from articles.catalogue.models import Article
from articles.corrections.models import notices_of
from articles.corrections.told import answers_on
from articles.reading.rivers import Row, rows_of
from articles.reading.story import summary_note, was_published_before, whole_stories, words_of
from articles.revisions.models import FIXES, Revision

MORE_COUNT = 3


class StoryPage(NamedTuple):
    """What the page of a story shows of the story itself; ``topic`` is the name of its first topic."""

    headline: str
    description: str
    head: SafeString
    main: SafeString
    status: int
    section: str
    has_details: bool
    topic: str
    topic_key: int | None


def whole_pages(keys: Sequence[int]) -> dict[int, Article]:
    """The public stories with these keys, with all that their pages show."""
    return whole_stories().in_bulk(keys)


def make_page(_name: str, article: Article) -> StoryPage:
    """The page of one of ``whole_pages``."""
    shown = shown_of(article)
    filed = next(iter(article.article_topics.all()), None)
    return StoryPage(
        headline=article.headline,
        description=article.summary_line,
        head=render_to_string("reading/_story_head.html", shown),
        main=render_to_string("reading/_story.html", shown),
        status=410 if article.is_sealed else 200,
        section="reviews" if article.kind == Article.Kind.REVIEW else "",
        has_details=article.details is not None,
        topic=filed.topic.name if filed else "",
        topic_key=filed.topic_id if filed else None,
    )


def shown_of(article: Article) -> dict[str, object]:
    """What the templates of a story's page take."""
    revisions = list(Revision.objects.filter(article=article).select_related("correction"))
    article.corrected_versions = [each for each in revisions if each.kind in FIXES]  # type: ignore[attr-defined]
    notices = notices_of(article)
    return {
        "article": article,
        "words": words_of(article) if article.is_published else None,
        "notices": notices,
        "top_notices": [notice for notice in notices if notice.is_on_top],
        "foot_notices": [notice for notice in notices if not notice.is_on_top],
        "summary_note": summary_note(article),
        "revisions": revisions,
        "version": revisions[0].number,
        "was_published_before": was_published_before(article, revisions[-1].created_at),
        "answers": answers_on(article),
        "EMAIL_IS_SET_UP": settings.EMAIL_IS_SET_UP,
    }


def more_like(story: Article, page: StoryPage) -> Sequence[Row]:
    """The newest other stories of the story's first topic; none where it has no topic."""
    if page.topic_key is None:
        return []
    others = Article.objects.published().filter(article_topics__topic=page.topic_key).exclude(pk=story.pk)
    newest = list(others.with_state().newest_first()[:MORE_COUNT])
    return rows_of(newest, ["reading/_next.html"] * len(newest), load=labelled)


def labelled(keys: Sequence[int]) -> dict[int, Article]:
    """The public stories with these keys, with their topics and sources: four queries."""
    return Article.objects.public().for_lists().in_bulk(keys)
