"""What a feed holds, whatever its format."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.catalogue.models import Article
from articles.corrections.models import notices_of, published_notices
from articles.publishing.pieces import pieces_of
from articles.revisions.models import Revision
from articles.summaries.models import visible_points
from articles.web.site import absolute_url

SIZE = 30
# Everything that XML 1.0 has no way to write.
ILLEGAL = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Entry(NamedTuple):
    """A story, or a version of one. ``html`` is its summary as markup, ``summary`` one line of plain text.

    ``listed_at`` is the first publication, or the day on which the story was added where that is unknown.
    """

    url: str
    title: str
    summary: str
    html: str
    listed_at: datetime
    changed_at: datetime
    topics: Sequence[str]
    author: str
    language: str


@dataclass(frozen=True)
class Feed:
    """A list of stories, newest first, and the page that it belongs to; addresses are absolute."""

    title: str
    description: str
    page_url: str
    feed_url: str
    language: str
    entries: Sequence[Entry]


def make_feed(newest: Sequence[Article], *, title: str, description: str, page: str, path: str) -> Feed:
    """The feed of the ``newest`` stories (``with_state``); ``page`` and ``path`` are those of its page and its own.

    No query if all entries are kept, five if none is.
    """
    entries = pieces_of(newest, ["entry"] * len(newest), whole_entries, _entry)
    return Feed(
        title=legal(title),
        description=legal(description),
        page_url=absolute_url(page),
        feed_url=absolute_url(path),
        language=settings.LANGUAGE_CODE,
        entries=[entry for entry in entries if entry],
    )


def whole_entries(keys: Sequence[int]) -> dict[int, Article]:
    """The public stories with these keys, with all that a feed tells of them."""
    return Article.objects.public().for_lists().prefetch_related(visible_points(), published_notices()).in_bulk(keys)


def make_changes_feed(article: Article, *, path: str) -> Feed:
    """The feed of what was published of one story: its newest versions, each with its reason. One query."""
    url = absolute_url(article.get_absolute_url())
    return Feed(
        title=legal(_("Changes: %(headline)s") % {"headline": article.headline}),
        description=_("Every published version of this story, and why it changed."),
        page_url=url,
        feed_url=absolute_url(path),
        language=settings.LANGUAGE_CODE,
        entries=[_change(article, revision) for revision in article.revisions.all()[:SIZE]],
    )


def _change(article: Article, revision: Revision) -> Entry:
    page = reverse("reading:article_version", args=[article.slug, revision.number])
    reason = revision.reason or _("Version %(number)d of this story.") % {"number": revision.number}
    about = {"number": revision.number, "kind": revision.get_kind_display().lower(), "headline": article.headline}
    return Entry(
        url=absolute_url(page),
        title=legal(_("Version %(number)d, %(kind)s: %(headline)s") % about),
        summary=legal(reason),
        html=legal(render_to_string("feeds/change.html", {"reason": reason}).strip()),
        listed_at=revision.created_at,
        changed_at=revision.created_at,
        topics=[],
        author="",
        language=article.language,
    )


def _entry(_name: str, story: Article) -> Entry:
    return Entry(
        url=absolute_url(story.get_absolute_url()),
        title=legal(story.headline),
        summary=legal(story.summary_line),
        html=legal(render_to_string("feeds/item.html", {"article": story, "notices": notices_of(story)}).strip()),
        listed_at=story.listed_at,
        changed_at=story.changed_at,
        topics=[legal(filed.topic.name) for filed in story.article_topics.all()],
        author=legal(story.byline),
        language=story.language,
    )


def legal(text: str) -> str:
    """``text`` without what XML has no way to write."""
    return ILLEGAL.sub("", text)
