"""Each format is known by its content, and what is none is refused with words."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.importing.documents import Document, ListedSource, ParseError
from articles.importing.formats import FORMATS, detect, read
from tests.importing.feeds import ITEM, atom, rss
from tests.importing.stories import SEED, export, story

# How long an example takes says more of the machine than of the parser.
UNHURRIED = settings(deadline=None)


JSON_FEED = b'{"version": "https://jsonfeed.org/version/1", "items": [{"title": "A", "content_text": "One."}]}'
OPML = b'<opml version="1.0"><body><outline text="A" xmlUrl="https://a.example/f"/></body></opml>'
PAGE = b"<!doctype html><title>A</title><p>Words of a page."


class DetectTests:
    @pytest.mark.parametrize(
        ("raw", "name"),
        [
            (rss(ITEM), "feed"),
            (atom("<title>A</title>"), "feed"),
            (b'\xef\xbb\xbf<?xml version="1.0"?>\n<!-- x -->\n<rdf:RDF>', "feed"),
            (b'<?xml-stylesheet href="x"?><!DOCTYPE rss PUBLIC "a" "b"><RSS version="0.91">', "feed"),
            ("<?xml version='1.0' encoding='utf-16'?><feed/>".encode("utf-16"), "feed"),
            (JSON_FEED, "feed"),
            (b'\xef\xbb\xbf\n{ "items": []}', "feed"),
            (OPML, "opml"),
            (b"<?xml version='1.0'?><OPML>", "opml"),
            (PAGE, "html"),
            (b"\n<html><head>", "html"),
            (b"<p>Just this", "html"),
            (story().encode(), "markdown"),
            (b"\xef\xbb\xbf---\r\nheadline: A\r\n---\r\n", "markdown"),
            (export("A title", "Text.").encode(), "text"),
            (b"[Edited] words", "text"),
            (b"<3 is a heart", "text"),
            (b"{ words }", "text"),
            (b'{"newsroom": 1}', "jsonl"),
            (b"", "text"),
        ],
    )
    def test_by_content(self, raw: bytes, name: str) -> None:
        assert detect(raw) == name
        assert name in FORMATS

    def test_xml_of_another_kind(self) -> None:
        with pytest.raises(ParseError, match=r"XML of another kind: its first element is <urlset>"):
            detect(b"<?xml version='1.0'?><urlset>")


class ReadTests:
    def test_each_format_is_read(self) -> None:
        for raw in (rss(ITEM), JSON_FEED, PAGE, story().encode(), export("A title", "Text.").encode()):
            (document,) = read(raw)
            assert isinstance(document, Document)
        (source,) = read(OPML)
        assert isinstance(source, ListedSource)

    def test_wanted_format_comes_before_the_content(self) -> None:
        (document,) = read(PAGE + b"\n\nText.", "text")
        assert isinstance(document, Document)
        assert document.headline.startswith("<!doctype html>")
        with pytest.raises(ParseError, match="no OPML"):
            read(PAGE, "opml")

    def test_warnings_of_decoding_are_kept(self) -> None:
        (document,) = read(export("A title", "Caf\u00e9.").encode("cp1252"))
        assert isinstance(document, Document)
        assert document.warnings[0].message == "not UTF-8: read as Windows-1252"

    def test_export_of_a_site_is_not_read_here(self) -> None:
        with pytest.raises(ParseError, match="the export of a whole site: say --format jsonl"):
            read(b'{"newsroom": 1}')

    @pytest.mark.parametrize(
        ("raw", "what"),
        [
            (b"PK\x03\x04rest", "a ZIP archive or an office document"),
            (b"\x1f\x8b\x08rest", "a gzip archive"),
            (b"x" * 257 + b"ustar\0", "a tar archive"),
            (b"%PDF-1.7 rest", "a PDF"),
            (b"\x89PNG\r\n", "a picture"),
            (b"RIFF....WEBP", "a picture"),
            (b"....ftypisom", "a film or a picture"),
            (b"{\\rtf1 words}", "a rich text document"),
        ],
    )
    @pytest.mark.parametrize("wanted", ["auto", "text", "feed"])
    def test_archives_and_binaries_are_refused(self, raw: bytes, what: str, wanted: str) -> None:
        with pytest.raises(ParseError, match=f"line 1: {what}, which is not read: "):
            read(raw, wanted)

    def test_bombs_are_refused_whatever_their_root(self) -> None:
        for root in ("rss", "feed", "opml"):
            bomb = f'<!DOCTYPE {root} [<!ENTITY a "b">]><{root}>&a;</{root}>'
            with pytest.raises(ParseError, match="declares entities of its own"):
                read(bomb.encode())


STARTS = [
    b"",
    b"<rss>",
    b"<?xml ?>",
    b"<opml>",
    b"{",
    b'{"items":[',
    b"---\n",
    b"top of page\n\n",
    b"<html>",
    SEED.read_bytes(),
]


class FuzzTests:
    @UNHURRIED
    @given(
        st.sampled_from(STARTS),
        st.binary(max_size=40) | st.text(max_size=40).map(str.encode),
        st.sampled_from(["auto", *FORMATS]),
    )
    def test_only_parse_errors_come_out(self, start: bytes, rest: bytes, wanted: str) -> None:
        with suppress(ParseError):
            assert all(isinstance(piece, (Document, ListedSource, ParseError)) for piece in read(start + rest, wanted))
