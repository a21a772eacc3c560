"""Feeds as RSS 2.0, Atom (RFC 4287) and JSON Feed 1.1."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed

from articles.feeds.entries import Entry, Feed


@dataclass(frozen=True)
class Format:
    """A format, by its media type and what writes it."""

    content_type: str
    write: Callable[[Feed], str]


def rss(feed: Feed) -> str:
    """``feed`` as RSS 2.0."""
    return _xml(feed, Rss201rev2Feed)


def atom(feed: Feed) -> str:
    """``feed`` as Atom. Its author is the site, since every entry must have one."""
    return _xml(feed, Atom1Feed)


def json_feed(feed: Feed) -> str:
    """``feed`` as JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "description": feed.description,
        "home_page_url": feed.page_url,
        "feed_url": feed.feed_url,
        "language": feed.language,
        "items": [_item(entry) for entry in feed.entries],
    }
    return json.dumps(document, ensure_ascii=False, indent=1)


FORMATS = {
    "rss": Format("application/rss+xml; charset=utf-8", rss),
    "atom": Format("application/atom+xml; charset=utf-8", atom),
    "json": Format("application/feed+json", json_feed),
}


def _xml(feed: Feed, kind: type[SyndicationFeed]) -> str:
    document = kind(
        title=feed.title,
        link=feed.page_url,
        description=feed.description,
        language=feed.language,
        feed_url=feed.feed_url,
        author_name=settings.SITE_NAME,
    )
    for entry in feed.entries:
        document.add_item(
            title=entry.title,
            link=entry.url,
            description=entry.html,
            unique_id=entry.url,
            unique_id_is_permalink=True,
            pubdate=entry.listed_at,
            updateddate=entry.changed_at,
            categories=entry.topics,
            author_name=entry.author or None,
        )
    text: str = document.writeString("utf-8")
    return text


def _item(entry: Entry) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": entry.url,
        "url": entry.url,
        "title": entry.title,
        "content_html": entry.html,
        "summary": entry.summary,
        "date_published": entry.listed_at.isoformat(timespec="seconds"),
        "date_modified": entry.changed_at.isoformat(timespec="seconds"),
        "tags": list(entry.topics),
        "language": entry.language,
    }
    return {**item, "authors": [{"name": entry.author}]} if entry.author else item
