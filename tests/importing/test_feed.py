"""RSS, Atom and RDF, as they should be and as they are."""

import json
import time
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.importing.documents import Document, ImageCredit, ParseError, StatedSource
from articles.importing.formats import json_feed
from articles.importing.formats.feed import parse
from articles.importing.formats.markup import clean
from articles.web.markdown import to_html
from articles.web.plain_text import to_text
from tests.importing.feeds import ITEM, atom, rss

# How long an example takes says more of the machine than of the parser.
UNHURRIED = settings(deadline=None)


URL = "https://nordlys.example/feed.xml"


def only(raw: bytes, **options: Any) -> Document:
    """The one story of a feed."""
    (document,) = parse(raw, options.pop("zone", UTC), **options)
    assert isinstance(document, Document)
    return document


def messages_of(document: Document) -> str:
    return "\n".join(warning.message for warning in document.warnings)


class RssTests:
    def test_item(self) -> None:
        document = only(rss(ITEM))
        assert document.headline == "Kestrel opens a station"
        assert document.body == "It has **two** now."
        assert document.sources == (StatedSource("Nordlys Tech", "https://nordlys.example/1"),)
        assert document.published_at == datetime(2026, 11, 20, 12, tzinfo=UTC)
        assert (document.updated_as_stated, document.is_from_archive) == ("", False)
        assert (document.identity, document.language, document.warnings) == ("n-1", "en", ())

    def test_original_is_the_item_alone_and_reads_the_same_again(self) -> None:
        document = only(rss(ITEM), url=URL)
        (again,) = json_feed.parse(document.original, UTC)
        assert again == document
        assert len(json.loads(document.original)["items"]) == 1

    def test_everything_else(self) -> None:
        fields = """<item><title>AT&amp;amp;T &lt;b&gt;buys&lt;/b&gt;</title>
            <guid>https://nordlys.example/1</guid><author>ann@nordlys.example (Ann Wu)</author>
            <category>Phones</category><category>phones</category><category domain="x">Mergers</category>
            <dc:creator>Bo Li</dc:creator><dc:language>pt_BR</dc:language>
            <dcterms:modified>2026-11-21T08:00:00Z</dcterms:modified>
            <media:content url="https://nordlys.example/a.jpg"><media:credit>Ann Wu</media:credit></media:content>
            <enclosure url="https://nordlys.example/a.mp3" type="audio/mpeg" length="1"/>
            <description>Short &lt;i&gt;summary&lt;/i&gt;.</description>
            <content:encoded>&lt;p&gt;The &lt;a href="/2"&gt;whole&lt;/a&gt; text.&lt;/p&gt;&lt;img src="x"&gt;
            </content:encoded>
            </item>"""
        namespaces = {
            "dc": "http://purl.org/dc/elements/1.1/",
            "dcterms": "http://purl.org/dc/terms/",
            "media": "http://search.yahoo.com/mrss/",
            "content": "http://purl.org/rss/1.0/modules/content/",
        }
        raw = rss(fields).replace(
            b"<rss", b"<rss " + " ".join(f'xmlns:{n}="{u}"' for n, u in namespaces.items()).encode()
        )
        document = only(raw)
        assert document.headline == "AT&T buys"
        assert (document.standfirst, document.body) == (
            "Short summary.",
            "The [whole](https://nordlys.example/2) text.",
        )
        assert document.byline == "Ann Wu, Bo Li"
        assert document.topics == ("Phones", "Mergers")
        assert (document.credits, document.language) == ((ImageCredit("Ann Wu"),), "pt-BR")
        assert (document.published_at, document.updated_as_stated) == (None, "2026-11-21T08:00:00+00:00")
        assert document.is_from_archive
        assert document.sources[0].url == "https://nordlys.example/1"
        assert "an attachment is not taken over: https://nordlys.example/a.mp3" in messages_of(document)
        assert "pictures are not taken over: 1" in messages_of(document)

    def test_summary_that_only_begins_the_text_is_not_said_twice(self) -> None:
        text = " ".join(f"word{number}" for number in range(40))
        encoded = f"<content:encoded>{text}</content:encoded>"
        document = only(rss(f"<item><title>A</title><description>{text[:100]} […]</description>{encoded}</item>"))
        assert (document.standfirst, document.body) == ("", text)

    def test_long_summary_of_its_own_stands_below_the_text(self) -> None:
        text, summary = (" ".join(f"{word}{number}" for number in range(120)) for word in ("longer", "other"))
        encoded = f"<content:encoded>{text}</content:encoded>"
        document = only(rss(f"<item><title>A</title><description>{summary}</description>{encoded}</item>"))
        assert (document.standfirst, document.body) == ("", f"{text}\n\n{summary}")
        assert "its summary is long and says something else: put at the end of the text" in messages_of(document)

    def test_plain_text_is_no_markup(self) -> None:
        document = only(rss("<item><title>A *b*</title><description>5 &lt; 6 and *stars*</description></item>"))
        assert (document.headline, document.body) == ("A *b*", "5 < 6 and \\*stars\\*")

    def test_script_is_gone(self) -> None:
        evil = (
            "&lt;p onclick=x&gt;Hello&lt;script&gt;alert(1)&lt;/script&gt; &lt;a href='javascript:x'&gt;you&lt;/a&gt;"
        )
        assert only(rss(f"<item><title>A</title><description>{evil}</description></item>")).body == "Hello you"

    def test_item_of_another_outlet_names_that(self) -> None:
        raw = rss("<item><title>A</title><source url='https://s.example/feed'>Sham Wire</source></item>")
        assert only(raw).sources == (StatedSource("Sham Wire", ""),)

    def test_feed_without_a_title_goes_by_its_host(self) -> None:
        raw = rss(ITEM, head="")
        assert only(raw).sources[0].name == "nordlys.example"


class AtomTests:
    def test_entry(self) -> None:
        entry = """<title type="html">One &amp;lt;b&gt; &lt;i&gt;two&lt;/i&gt;</title><id>tag:n,2026:1</id>
            <link href="/1"/><link rel="enclosure" href="/a.mp3"/><published>2026-11-20T12:00:00Z</published>
            <updated>2026-11-21T12:00:00Z</updated><author><name>Ann Wu</name></author>
            <contributor><name>Bo Li</name></contributor><category term="phones" label="Phones"/>
            <content type="xhtml" xml:base="https://b.example/"><div xmlns="http://www.w3.org/1999/xhtml">
            <p>Text with <a href="x">a link</a>.</p></div></content>"""
        document = only(atom(entry, attributes='xml:lang="de"'), url=URL)
        assert document.headline == "One <b> two"
        assert document.body == "Text with [a link](https://b.example/x)."
        assert document.sources == (StatedSource("Nordlys Tech", "https://nordlys.example/1"),)
        assert (document.byline, document.topics, document.language) == ("Ann Wu, Bo Li", ("Phones",), "de")
        assert document.published_at == datetime(2026, 11, 20, 12, tzinfo=UTC)
        assert (document.updated_as_stated, document.identity) == ("2026-11-21T12:00:00+00:00", "tag:n,2026:1")

    def test_author_of_the_feed_stands_for_those_of_its_entries(self) -> None:
        head = "<title>N</title><author><name>Ann Wu</name></author>"
        assert only(atom("<title>A</title>", head=head)).byline == "Ann Wu"

    def test_update_alone_is_no_publication(self) -> None:
        document = only(atom("<title>A</title><updated>2026-11-21T12:00:00Z</updated>"))
        assert (document.published_at, document.updated_as_stated) == (None, "2026-11-21T12:00:00+00:00")

    def test_update_at_publication_is_none(self) -> None:
        moment = "2026-11-21T12:00:00Z"
        document = only(atom(f"<title>A</title><updated>{moment}</updated><published>{moment}</published>"))
        assert document.updated_as_stated == ""

    def test_picture_as_content_is_no_text(self) -> None:
        document = only(atom('<title>A</title><content type="image/png">iVBORw0KGgo=</content>'))
        assert document.body == ""

    def test_content_elsewhere_is_named(self) -> None:
        raw = atom('<title>A</title><content type="text/html" src="https://n.example/1.html"/>')
        assert "not taken over: https://n.example/1.html" in messages_of(only(raw))


class RdfTests:
    def test_item(self) -> None:
        raw = b"""<?xml version="1.0" encoding="ISO-8859-1"?>
            <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
            xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Nordl\xfds</title></channel>
            <item rdf:about="https://n.example/1"><title>One</title><link>https://n.example/1</link>
            <dc:creator>Ann Wu</dc:creator><dc:subject>Phones</dc:subject>
            <description>Words.</description></item></rdf:RDF>"""
        document = only(raw)
        assert document.sources == (StatedSource("Nordlýs", "https://n.example/1"),)
        assert (document.headline, document.body, document.byline) == ("One", "Words.", "Ann Wu")
        assert (document.identity, document.topics) == ("https://n.example/1", ("Phones",))


class DateTests:
    @pytest.mark.parametrize("stated", ["2026", "2026-11", "26", "--11-20", "Novembre"])
    def test_no_part_of_a_date_is_made_up(self, stated: str) -> None:
        document = only(rss(f"<item><title>A</title><pubDate>{stated}</pubDate></item>"))
        assert (document.published_at, document.is_from_archive) == (None, True)
        assert f"date_published: “{stated}” is not a whole date, and none is made up" in messages_of(document)

    def test_time_without_a_zone_is_one_of_the_site_with_a_warning(self) -> None:
        raw = rss("<item><title>A</title><pubDate>Fri, 20 Nov 2026 12:00:00</pubDate></item>")
        document = only(raw, zone=ZoneInfo("Asia/Tokyo"))
        assert document.published_at == datetime(2026, 11, 20, 3, tzinfo=UTC)
        assert "names no time zone: read as Asia/Tokyo" in messages_of(document)

    def test_missing_update_is_not_the_publication(self) -> None:
        assert only(rss(ITEM)).updated_as_stated == ""


class MissingTests:
    """What lacks a title, a link or a date is kept."""

    def test_title_from_the_first_words(self) -> None:
        words = " ".join(f"word{number}" for number in range(20))
        document = only(rss(f"<item><description>{words}</description></item>"))
        assert document.headline == " ".join(words.split()[:12]) + " …"
        assert "no title: headed “word0 word1" in messages_of(document)
        assert document.warnings[0].line == 2

    def test_link_alone(self) -> None:
        document = only(rss("<item><link>https://nordlys.example/9</link></item>"))
        assert (document.headline, document.body) == ("https://nordlys.example/9", "")

    def test_author_alone(self) -> None:
        document = only(rss("<item><author>Ann Wu</author></item>", head="<title>N</title>"))
        assert (document.headline, document.byline) == ("Untitled", "Ann Wu")

    def test_guid_that_is_only_a_name_is_no_address(self) -> None:
        document = only(rss("<item><title>A</title><guid>n-1</guid></item>"), url=URL)
        assert (document.identity, document.sources) == ("n-1", (StatedSource("Nordlys Tech"),))

    def test_link_that_leads_nowhere_is_named(self) -> None:
        document = only(rss("<item><title>A</title><link>/here</link></item>", head=""))
        assert (document.sources, "none that can be followed: /here" in messages_of(document)) == ((), True)

    def test_too_long_for_the_site(self) -> None:
        document = only(rss(f"<item><title>{'long ' * 200}</title><category>{'c' * 90}</category></item>"))
        assert len(document.headline) <= 500
        assert len(document.topics[0]) <= 80
        assert f"its title of 999 characters is cut: {('long ' * 200).strip()}" in messages_of(document)


class BadFeedTests:
    def test_empty_item_does_not_lose_the_others(self) -> None:
        first, bad, last = parse(rss(ITEM, "<item></item>", ITEM), UTC)
        assert isinstance(first, Document)
        assert isinstance(last, Document)
        assert isinstance(bad, ParseError)
        assert (bad.line, bad.message) == (5, "item 2: holds nothing that can be read")

    def test_item_as_long_as_a_book_does_not_lose_the_others(self) -> None:
        book = f"<item><title>A</title><description>{'<![CDATA[<p>word</p>]]>' * 40_000}</description></item>"
        bad, good = parse(rss(book, ITEM), UTC)
        assert isinstance(good, Document)
        assert "characters, which is no single story" in str(bad)

    @pytest.mark.parametrize(
        "raw",
        [
            rss(ITEM)[:-30],
            rss(ITEM.replace("</item>", "")),
            rss(ITEM).replace(b"</description>", b" & more</description>"),
            rss(ITEM).replace(b"<title>Kestrel", b"<title>&nbsp;Kestrel"),
            rss(ITEM).replace(b"two", b"tw\x93o"),
        ],
    )
    def test_not_well_formed_is_read_with_a_warning(self, raw: bytes) -> None:
        document = only(raw)
        assert "Kestrel opens a station" in document.headline
        assert "the feed is not well-formed" in messages_of(document)

    def test_warning_goes_with_the_first_story_alone(self) -> None:
        found = parse(rss(ITEM, ITEM)[:-12], UTC)
        assert [len(document.warnings) for document in found if isinstance(document, Document)] == [1, 0]

    @pytest.mark.parametrize("raw", [b"", b"words", b"<html><body>x</body></html>", b"<urlset/>", b"\xff\xfe", b"<rss"])
    def test_nothing_usable(self, raw: bytes) -> None:
        with pytest.raises(ParseError, match="no feed that can be read"):
            parse(raw, UTC)

    def test_feed_without_items_is_one(self) -> None:
        assert parse(rss(), UTC) == []

    def test_bomb_is_refused(self) -> None:
        bomb = b'<!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + rss(ITEM)
        with pytest.raises(ParseError, match="declares entities of its own"):
            parse(bomb, UTC)

    @pytest.mark.parametrize(
        "items",
        [
            "<item>" + "<a>" * 20_000,
            "<item><title>x</title>" + "<a " * 10_000,
            "<item><description><![CDATA[" + "<!--" * 20_000 + "]]></description></item>",
            "<item><description>" + "&lt;div&gt;" * 20_000 + "</description></item>",
            "<item><title>x</title></item>" * 2_000,
        ],
    )
    def test_hostile_feed_ends_soon(self, items: str) -> None:
        start = time.monotonic()
        assert parse(rss(items), UTC)
        assert time.monotonic() - start < 10

    def test_charset_of_the_server(self) -> None:
        raw = rss("<item><title>Nordlýs</title></item>").decode().encode("latin-1")
        assert only(raw, charset="latin-1").headline == "Nordlýs"


PARTS = st.sampled_from(
    """<rss> <rss version="2.0"> <channel> <item> <entry> <feed> <title> <link> <pubDate> 2026 <description> <![CDATA[
    ]]> </title> </item> </rss> &lt;p&gt; &amp; & < > " ' <content:encoded> <guid> <dc:date> <atom:link href="x"/>
    <media:credit> <category> <author> --> <!-- <?xml ?> xmlns="http://www.w3.org/2005/Atom" &#x110000; &#0;
    &#55555555555; <source> a@b.c""".split()
)
# feedparser mends UTF-8 that was taken for Latin-1, so it takes some pairs of Latin-1 letters for one other.
LETTERS = st.characters(exclude_categories=["Cs", "Cc"]).filter(lambda sign: not "\x7f" < sign < "Ā")


class FuzzTests:
    @UNHURRIED
    @given(
        st.lists(PARTS | st.text(max_size=5), max_size=25), st.sampled_from(["utf-8", "utf-16", "cp1252", "utf-8-sig"])
    )
    def test_only_parse_errors_come_out(self, parts: list[str], encoding: str) -> None:
        raw = "".join(["<rss version='2.0'><channel><item>", *parts]).encode(encoding, "replace")
        with suppress(ParseError):
            assert all(isinstance(piece, ParseError) or piece.headline for piece in parse(raw, UTC, URL))

    # feedparser mends UTF-8 that was taken for Latin-1, so it takes some pairs of Latin-1 letters for one other. The
    # byte order mark is no part of a word.
    @UNHURRIED
    @given(
        st.text(
            alphabet=st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff").filter(
                lambda sign: not "\x7f" < sign < "Ā"
            )
        )
    )
    def test_no_word_of_a_plain_text_is_lost(self, text: str) -> None:
        escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        document = only(atom(f"<title>A</title><content>{escaped}</content>"))
        assert to_text(to_html(document.body)).split() == clean(text).split()
