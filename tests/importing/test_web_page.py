"""Stored web pages."""

import time
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.importing.documents import Document, ParseError, StatedSource
from articles.importing.formats.web_page import parse

HEAD = """<title>Kestrel opens a station - Nordlys Tech</title>
<meta property="og:title" content="Kestrel opens a station">
<meta property="og:site_name" content="Nordlys Tech"><link rel="canonical" href="/news/1">"""
BODY = """<nav><a href="/">Home</a><a href="/more">More of the same</a></nav><article><h1>Kestrel opens a station</h1>
<p>Kestrel has switched on a <b>second</b> ground station. It says that 40,000 homes can now
<a href="/order">order a dish</a>, and that * stars * need no telescope.</p><h2>What it does</h2>
<ul><li>It turns around and listens.</li><li>It sends what it heard to the south.</li></ul>
<blockquote><p>We are glad, said the head of stations.</p></blockquote>
<p>The first of its stations opened a year ago, and nobody has complained of it since that day.</p></article>
<footer>All rights reserved by whom it may concern.</footer>"""
FIRST = (
    "Kestrel has switched on a **second** ground station. It says that 40,000 homes can now "
    "[order a dish](https://www.n.example/order), and that \\* stars \\* need no telescope."
)
LINKED = """<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [{"@type": "WebSite"},
{"@type": ["NewsArticle"], "datePublished": "2026-11-20T13:00:00+01:00", "dateModified": "2026-11-21T12:00:00Z",
"author": [{"@type": "Person", "name": "Ann Wu"}, {"name": "Bo Li"}]}]}</script>"""


def page(head: str = HEAD, body: str = BODY, attributes: str = 'lang="en-GB"') -> bytes:
    encoding = '<meta charset="utf-8">'
    return f"<!DOCTYPE html><html {attributes}><head>{encoding}{head}</head><body>{body}</body></html>".encode()


NORDLYS = page(HEAD.replace("Kestrel opens a station", "Nordlýs")).decode()


def messages_of(document: Document) -> str:
    return "\n".join(warning.message for warning in document.warnings)


class PageTests:
    def test_story_is_told_from_what_stands_around_it(self) -> None:
        document = parse(page(HEAD + LINKED), UTC, "https://www.n.example/news/1?utm_source=x")
        assert document.headline == "Kestrel opens a station"
        assert document.body.split("\n\n") == [
            FIRST,
            "## What it does",
            "-   It turns around and listens.\n-   It sends what it heard to the south.",
            "> We are glad, said the head of stations.",
            "The first of its stations opened a year ago, and nobody has complained of it since that day.",
        ]
        assert document.sources == (StatedSource("Nordlys Tech", "https://www.n.example/news/1"),)
        assert (document.byline, document.language) == ("Ann Wu, Bo Li", "en-GB")
        assert document.published_at == datetime(2026, 11, 20, 12, tzinfo=UTC)
        assert (document.updated_as_stated, document.is_from_archive) == ("2026-11-21T12:00:00+00:00", False)
        assert (document.identity, document.warnings) == ("https://www.n.example/news/1", ())

    def test_page_that_says_nothing_of_itself(self) -> None:
        document = parse(page("", BODY, ""), UTC)
        assert (document.headline, document.language) == ("Kestrel opens a station", "en")
        assert (document.published_at, document.updated_as_stated, document.is_from_archive) == (None, "", True)
        assert (document.sources, document.identity, document.byline) == ((), "", "")

    def test_outlet_without_a_name_goes_by_its_host(self) -> None:
        head = '<link rel="canonical" href="https://www.sham.example/1">'
        (source,) = parse(page(head), UTC).sources
        assert (source.name.lower(), source.url) == ("sham.example", "https://www.sham.example/1")

    @pytest.mark.parametrize(
        "body", ["<p>Only this.</p>", "Only this.", "<nav>no</nav><div>Only this.</div><footer>no</footer>"]
    )
    def test_tiny_page(self, body: str) -> None:
        assert parse(f"<html><body>{body}</body></html>".encode(), UTC).body == "Only this."

    def test_missing_title(self) -> None:
        document = parse(b"<html><body><div>Only these words.</div></body></html>", UTC)
        assert (document.headline, "no title: headed “Only these words.”" in messages_of(document)) == (
            "Only these words.",
            True,
        )

    @pytest.mark.parametrize(
        "raw",
        [
            b"",
            b"<html></html>",
            b"<html><head><title>A</title></head><body><script>x</script></body></html>",
            b"<nav>x</nav>",
        ],
    )
    def test_page_without_text(self, raw: bytes) -> None:
        with pytest.raises(ParseError, match="no text can be told"):
            parse(raw, UTC)

    @pytest.mark.parametrize(
        ("raw", "charset"),
        [
            (NORDLYS.encode(), ""),
            (NORDLYS.replace("utf-8", "iso-8859-1").encode("latin-1"), ""),
            (NORDLYS.encode("latin-1"), "latin-1"),
            (NORDLYS.encode("utf-16"), ""),
        ],
    )
    def test_encodings(self, raw: bytes, charset: str) -> None:
        assert parse(raw, UTC, "", charset).headline == "Nordlýs"

    def test_script_is_gone(self) -> None:
        evil = BODY.replace(
            "</article>", "<p onclick=x>Evil <a href='javascript:x'>link</a><script>alert(1)</script></p></article>"
        )
        body = parse(page(HEAD, evil), UTC).body
        assert "Evil link" in body
        assert "alert" not in body
        assert "javascript" not in body


class DateTests:
    @pytest.mark.parametrize(
        "stated",
        [
            '<meta property="article:published_time" content="2026-11-20T12:00:00Z">',
            '<meta name="DC.date.issued" content="2026-11-20T12:00:00Z">',
            '<meta itemprop="datePublished" content="2026-11-20T12:00:00Z">',
            '<meta name="date" content="Fri, 20 Nov 2026 12:00:00 GMT">',
            '<script type="application/ld+json">[{"@type":"Report","datePublished":"2026-11-20T12:00:00Z"}]</script>',
        ],
    )
    def test_in_the_head(self, stated: str) -> None:
        assert parse(page(HEAD + stated), UTC).published_at == datetime(2026, 11, 20, 12, tzinfo=UTC)

    @pytest.mark.parametrize(
        "stated",
        [
            '<time itemprop="datePublished" datetime="2026-11-20T12:00:00Z">a while ago</time>',
            '<time pubdate datetime="2026-11-20T12:00:00Z">a while ago</time>',
            '<time class="entry-date published" datetime="2026-11-20T12:00:00Z">a while ago</time>',
        ],
    )
    def test_in_the_page(self, stated: str) -> None:
        document = parse(page(HEAD, BODY.replace("<h2>", f"{stated}<h2>")), UTC)
        assert document.published_at == datetime(2026, 11, 20, 12, tzinfo=UTC)

    @pytest.mark.parametrize(
        "extra",
        [
            "<p>Published on 20 November 2026, and on 2026-11-20 too.</p>",
            '<time datetime="2026-11-20">the day of the concert</time>',
            '<script type="application/ld+json">{"@type": "Event", "datePublished": "2026-11-20"}</script>',
            "<footer>© 2026</footer>",
        ],
    )
    def test_none_is_guessed(self, extra: str) -> None:
        raw = page(HEAD, BODY.replace("<h2>", f"{extra}<h2>"))
        assert parse(raw, UTC, "https://n.example/2026/11/20/story").published_at is None

    @pytest.mark.parametrize("stated", ["2026", "November 2026", "2026-11", "soon"])
    def test_no_part_is_made_up(self, stated: str) -> None:
        document = parse(page(f'{HEAD}<meta name="date" content="{stated}">'), UTC)
        assert document.published_at is None
        assert f"“{stated}” is not a whole date, and none is made up" in messages_of(document)

    def test_time_without_a_zone(self) -> None:
        document = parse(page(f'{HEAD}<meta name="date" content="2026-11-20T12:00">'), ZoneInfo("Asia/Tokyo"))
        assert document.published_at == datetime(2026, 11, 20, 3, tzinfo=UTC)
        assert "names no time zone: read as Asia/Tokyo" in messages_of(document)

    @pytest.mark.parametrize("linked", ["{", "[" * 100_000, '"x"', "[null, 1]", '{"@graph": 5}', '{"@type": {"a": 1}}'])
    def test_json_ld_that_is_none(self, linked: str) -> None:
        raw = page(f'{HEAD}<script type="application/ld+json">{linked}</script>')
        assert parse(raw, UTC).published_at is None


class HostileTests:
    @pytest.mark.parametrize(
        "body",
        [
            "<div>" * 50_000 + "deep words",
            "<table><tr><td>" * 5_000 + "deep words",
            "<p>" + "word [x] *y* " * 20_000,
            "<p>words here<a" * 10_000,
        ],
    )
    def test_ends_soon(self, body: str) -> None:
        start = time.monotonic()
        with suppress(ParseError):
            parse(page(HEAD, body), UTC)
        assert time.monotonic() - start < 20

    @settings(deadline=None, max_examples=60)
    @given(
        st.lists(
            st.sampled_from(
                "<p> </p> <h1> <article> <script> <!-- --> <time datetime='x'> <meta name=date content=y> <title> & < >"
                " ' <ul> <li> <table> <tr> <td> &#0; <svg> <math> <template> words and more words".split(" ")
            )
            | st.text(max_size=8)
        )
    )
    def test_only_parse_errors_come_out(self, pieces: list[Any]) -> None:
        with suppress(ParseError):
            assert parse(" ".join(["<html>", *pieces]).encode(errors="replace"), UTC).body
