"""Lists of sources, read and written."""

import time
from contextlib import suppress
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.importing.documents import ListedSource, ParseError
from articles.importing.formats.opml import parse, write

# How long an example takes says more of the machine than of the parser.
UNHURRIED = settings(deadline=None)


@dataclass
class Outlet:
    name: str
    home_page: str = ""
    feed_url: str = ""
    description: str = ""


def opml(*outlines: str) -> bytes:
    """A list, its outlines from line 3 on."""
    return "\n".join(['<?xml version="1.0"?>', '<opml version="2.0"><body>', *outlines, "</body></opml>"]).encode()


def messages_of(source: ListedSource) -> str:
    return "\n".join(warning.message for warning in source.warnings)


FEED = '<outline text="Nordlys Tech" xmlUrl="https://n.example/feed" htmlUrl="https://n.example/" description="Tech."/>'


class ParseTests:
    def test_outlet(self) -> None:
        (source,) = parse(opml(FEED))
        assert source == ListedSource("Nordlys Tech", "https://n.example/", "https://n.example/feed", "Tech.", line=3)

    @pytest.mark.parametrize(
        "outline",
        [
            '<outline TITLE="A" XMLURL="https://a.example/f"/>',
            '<OUTLINE text=" A " xmlurl=" https://a.example/f "></OUTLINE>',
            '<outline text="" title="A" type="pie" xmlUrl="https://a.example/f"/>',
            '<outline text="A" xmlUrl="feed:https://a.example/f"/>',
        ],
    )
    def test_spellings(self, outline: str) -> None:
        (source,) = parse(opml(outline).replace(b"</body>", b"</body>"))
        assert (source.name, source.feed_url) == ("A", "https://a.example/f")

    def test_feed_scheme_of_old(self) -> None:
        (source,) = parse(opml('<outline text="A" xmlUrl="feed://a.example/f"/>'))
        assert source.feed_url == "http://a.example/f"

    @pytest.mark.parametrize(
        "outline",
        [
            '<outline text="A" type="link" url="https://a.example/"/>',
            '<outline text="A" xmlUrl="" htmlUrl="https://a.example/"/>',
        ],
    )
    def test_outlet_without_a_feed(self, outline: str) -> None:
        (source,) = parse(opml(outline))
        assert (source.home_page, source.feed_url) == ("https://a.example/", "")

    def test_folders_are_taken_apart(self) -> None:
        other = FEED.replace("Nordlys Tech", "B").replace("/feed", "/b")
        nested = f'<outline text="Tech"><outline text="North">{FEED}</outline></outline>{other}'
        first, second = parse(opml(nested))
        assert messages_of(first) == "folders are not kept: it stands in Tech/North"
        assert second.warnings == ()

    def test_outlet_that_has_others_below_it_is_no_folder(self) -> None:
        inner = '<outline text="B" xmlUrl="https://b.example/f"/>'
        first, second = parse(opml(FEED.replace("/>", f">{inner}</outline>")))
        assert (first.name, second.name, second.warnings) == ("Nordlys Tech", "B", ())

    def test_same_feed_or_same_name_is_one_outlet(self) -> None:
        first, other = parse(
            opml(
                '<outline text="A" xmlUrl="https://a.example/f"/>',
                '<outline text="A again" xmlUrl="http://www.a.example/f/" htmlUrl="https://a.example/"/>',
                '<outline text="a" xmlUrl="https://a.example/other" description="D."/>',
                '<outline text="B" htmlUrl="https://a.example/"/>',
            )
        )
        assert (first.name, first.feed_url, first.home_page) == ("A", "https://a.example/f", "https://a.example/")
        assert first.description == "D."
        assert [warning.line for warning in first.warnings] == [4, 5]
        assert "listed again: A again" in messages_of(first)
        assert "https://a.example/other" in messages_of(first)
        assert other.name == "B"

    def test_missing_name_and_bad_addresses(self) -> None:
        first, second = parse(
            opml(
                '<outline xmlUrl="https://a.example/f"/>',
                '<outline text="B" xmlUrl="javascript:x" htmlUrl="https://b.example/"/>',
                '<outline text="C" xmlUrl="nowhere"/>',
                '<outline text="A note"/>',
            )
        )
        assert (first.name, second.name) == ("a.example", "B")
        assert "no name: called “a.example”" in messages_of(first)
        assert "“C” gives no address: left out" in messages_of(first)
        assert "“A note” gives no address: left out" in messages_of(first)
        assert messages_of(second) == "“javascript:x” is not a web address: left out"

    def test_other_lists_are_named(self) -> None:
        include = '<outline text="More" type="include" url="https://a.example/more.opml"/>'
        (source,) = parse(opml(include, FEED))
        assert "another list, to be imported by itself: https://a.example/more.opml" in messages_of(source)

    @pytest.mark.parametrize(
        ("outline", "name"),
        [
            ('<outline text="A & B" xmlUrl="https://a.example/?x=1&y=2"/>', "A & B"),
            ('<outline text="Caf&eacute; &foo;" xmlUrl="https://a.example/?x=1&y=2"/>', "Café &foo;"),
            ('<outline text="A" xmlUrl="https://a.example/?x=1&amp;y=2" type=rss/>', "A"),
            ('<outline text="A" xmlUrl="https://a.example/?x=1&amp;y=2"></folder>', "A"),
        ],
    )
    def test_not_well_formed(self, outline: str, name: str) -> None:
        (source,) = parse(opml(outline))
        assert (source.name, source.feed_url) == (name, "https://a.example/?x=1&y=2")

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1", "cp1252"])
    def test_encodings(self, encoding: str) -> None:
        text = '<opml><body><outline text="Nordlýs" xmlUrl="https://n.example/f"/></body></opml>'
        (source,) = parse(text.encode(encoding))
        assert source.name == "Nordlýs"

    def test_cut_off(self) -> None:
        (source,) = parse(opml(FEED, "<outline text="))
        assert "not well-formed" in messages_of(source)

    def test_too_long_for_the_site(self) -> None:
        raw = opml(
            f'<outline text="{"long " * 50}" xmlUrl="https://a.example/f" htmlUrl="https://a.example/{"x" * 600}"/>'
        )
        (source,) = parse(raw)
        assert (len(source.name) <= 120, source.home_page) == (True, "")
        assert "its address is too long and left out" in messages_of(source)

    @pytest.mark.parametrize(
        ("raw", "message"),
        [
            (b"", "no OPML"),
            (b"words", "no OPML"),
            (b"<rss/>", "its first element is not <opml>"),
            (b"<opml/>", "lists no outlet with an address"),
            (opml('<outline text="x"/>'), "lists no outlet with an address"),
            (opml("<outline text='x'>" * 1000), "lists no outlet with an address; not well-formed"),
            (b"<!DOCTYPE opml [<!ENTITY a 'b'>]>" + opml(FEED)[21:], "declares entities"),
        ],
    )
    def test_nothing_usable(self, raw: bytes, message: str) -> None:
        with pytest.raises(ParseError, match=message):
            parse(raw)

    def test_long_list_takes_no_time(self) -> None:
        start = time.monotonic()
        outlines = (f'<outline text="Outlet {number}" xmlUrl="https://a.example/{number}"/>' for number in range(5_000))
        assert len(parse(opml(*outlines))) == 5_000
        assert time.monotonic() - start < 5

    @UNHURRIED
    @given(
        st.lists(
            st.sampled_from([FEED, *"<outline > /> & &eacute; &#0; \" ' text= xmlUrl=".split()]) | st.text(max_size=5)
        )
    )
    def test_only_parse_errors_come_out(self, pieces: list[str]) -> None:
        with suppress(ParseError):
            assert all(source.name for source in parse(opml("".join(pieces))))


class WriteTests:
    OUTLETS = [
        Outlet("A & <B> “C”", "https://a.example/?x=1&y=2", "https://a.example/f", 'Line 1\nLine "2"'),
        Outlet("No feed", "https://b.example/"),
        Outlet("Name alone"),
    ]

    def test_reads_back_the_same_and_writes_the_same_bytes(self) -> None:
        written = write(self.OUTLETS, "Sources of Newsroom")
        listed = parse(written)
        assert [Outlet(s.name, s.home_page, s.feed_url, s.description) for s in listed] == self.OUTLETS
        assert [source.warnings for source in listed] == [(), (), ()]
        assert write(listed, "Sources of Newsroom") == written

    def test_form(self) -> None:
        lines = write([self.OUTLETS[1]], "S & T").decode().splitlines()
        assert lines[:2] == ["<?xml version='1.0' encoding='utf-8'?>", '<opml version="2.0">']
        assert "    <title>S &amp; T</title>" in lines
        assert '    <outline type="link" text="No feed" url="https://b.example/"/>' in lines

    @UNHURRIED
    @given(st.text(), st.text())
    def test_any_words_can_be_written(self, name: str, description: str) -> None:
        written = write([Outlet("x" + name, "", "https://a.example/f", description)], name)
        (source,) = parse(written)
        assert source.feed_url == "https://a.example/f"
