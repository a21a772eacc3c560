"""The formats, held against what feed readers demand of them."""

import json
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from articles.feeds.entries import ILLEGAL, Entry, Feed
from articles.feeds.formats import FORMATS, atom, json_feed, rss

ATOM = "{http://www.w3.org/2005/Atom}"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
LISTED = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
CHANGED = datetime(2026, 11, 21, 8, 30, 15, 250, tzinfo=UTC)
URL = "https://news.example/articles/dish/"


def make_feed(*, title: str = "Dish <flat> & wide", author: str = "Ada Lind") -> Feed:
    entry = Entry(
        url=URL,
        title=title,
        summary="Flat.",
        html="<p>Flat &amp; wide.</p>",
        listed_at=LISTED,
        changed_at=CHANGED,
        topics=["Networks", "R&D"],
        author=author,
        language="ar",
    )
    return Feed("Newsroom", "In brief.", "https://news.example/", "https://news.example/feed.x", "en", [entry])


def parse(xml: str) -> ElementTree.Element:
    return ElementTree.fromstring(xml)  # noqa: S314 (our own)


class RssTests:
    def test_channel_names_itself_its_page_and_its_language(self) -> None:
        channel = parse(rss(make_feed())).find("channel")
        assert channel is not None
        assert [channel.findtext(name) for name in ("title", "link", "description", "language")] == [
            "Newsroom",
            "https://news.example/",
            "In brief.",
            "en",
        ]
        link = channel.find(f"{ATOM}link")
        assert link is not None
        assert link.attrib == {"rel": "self", "href": "https://news.example/feed.x"}

    def test_item_has_address_date_topics_and_author(self) -> None:
        item = parse(rss(make_feed())).find("channel/item")
        assert item is not None
        assert item.findtext("title") == "Dish <flat> & wide"
        assert item.findtext("description") == "<p>Flat &amp; wide.</p>"
        assert item.findtext("link") == item.findtext("guid") == URL
        guid = item.find("guid")
        assert guid is not None
        assert guid.get("isPermaLink") == "true"
        assert parsedate_to_datetime(item.findtext("pubDate") or "") == LISTED
        assert [category.text for category in item.findall("category")] == ["Networks", "R&D"]
        assert item.findtext(CREATOR) == "Ada Lind"

    def test_story_without_byline_has_no_author(self) -> None:
        assert parse(rss(make_feed(author=""))).find(f"channel/item/{CREATOR}") is None


class AtomTests:
    def test_entry_has_both_dates_as_rfc_3339(self) -> None:
        entry = parse(atom(make_feed())).find(f"{ATOM}entry")
        assert entry is not None
        assert datetime.fromisoformat(entry.findtext(f"{ATOM}published") or "") == LISTED
        assert datetime.fromisoformat(entry.findtext(f"{ATOM}updated") or "") == CHANGED
        assert entry.findtext(f"{ATOM}id") == URL
        summary = entry.find(f"{ATOM}summary")
        assert summary is not None
        assert (summary.get("type"), summary.text) == ("html", "<p>Flat &amp; wide.</p>")

    def test_site_is_the_author_of_what_names_none(self) -> None:
        feed = parse(atom(make_feed(author="")))
        assert feed.findtext(f"{ATOM}author/{ATOM}name") == "Newsroom"
        assert feed.find(f"{ATOM}entry/{ATOM}author") is None


class JsonFeedTests:
    def test_document_is_json_feed_1_1(self) -> None:
        document = json.loads(json_feed(make_feed()))
        assert document["version"] == "https://jsonfeed.org/version/1.1"
        assert document["feed_url"] == "https://news.example/feed.x"
        assert document["items"] == [
            {
                "id": URL,
                "url": URL,
                "title": "Dish <flat> & wide",
                "content_html": "<p>Flat &amp; wide.</p>",
                "summary": "Flat.",
                "date_published": "2026-11-20T12:00:00+00:00",
                "date_modified": "2026-11-21T08:30:15+00:00",
                "tags": ["Networks", "R&D"],
                "language": "ar",
                "authors": [{"name": "Ada Lind"}],
            }
        ]

    def test_story_without_byline_has_no_author(self) -> None:
        assert "authors" not in json.loads(json_feed(make_feed(author="")))["items"][0]


class AnyTitleTests:
    @given(st.text())
    def test_every_format_can_be_read_again(self, title: str) -> None:
        feed = make_feed(title=ILLEGAL.sub("", title))
        assert json.loads(json_feed(feed))["items"][0]["title"] == feed.entries[0].title
        for write in (rss, atom):
            parse(write(feed))

    def test_each_has_its_media_type(self) -> None:
        assert {name: form.content_type.partition(";")[0] for name, form in FORMATS.items()} == {
            "rss": "application/rss+xml",
            "atom": "application/atom+xml",
            "json": "application/feed+json",
        }
