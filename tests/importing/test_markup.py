"""Bytes of markup as text, and markup that is refused before any parser sees it."""

import codecs
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.importing.documents import ParseError
from articles.importing.formats.markup import clean, decode_markup, refuse_entities

# How long an example takes says more of the machine than of the parser.
UNHURRIED = settings(deadline=None)


BOMB = '<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;">]><rss>&lol2;</rss>'
EXTERNAL = '<?xml version="1.0"?>\n<!DOCTYPE rss [<!ENTITY xxe SYSTEM "file:///etc/passwd">]><rss>&xxe;</rss>'


class DecodeTests:
    @pytest.mark.parametrize(
        ("raw", "charset"),
        [
            ("<p>é".encode(), ""),
            ("<p>é".encode("utf-8-sig"), "latin-1"),
            ("<p>é".encode("utf-16"), ""),
            ("<p>é".encode("utf-16-le"), ""),
            ("<p>é".encode("utf-16-be"), ""),
            ("<p>é".encode("utf-32"), ""),
            ("<p>é".encode("latin-1"), "iso-8859-1"),
            ('<meta charset="windows-1252"><p>é'.encode("cp1252"), ""),
            ("<meta content='text/html; charset=latin-1'><p>é".encode("latin-1"), ""),
            ("<?xml version='1.0' encoding='iso-8859-15'?><p>é".encode("iso-8859-15"), ""),
            ('<meta charset="utf-16"><p>é'.encode(), ""),
            ('<meta charset="nonsense"><p>é'.encode(), "hex"),
        ],
    )
    def test_encoding_is_found(self, raw: bytes, charset: str) -> None:
        text, warnings = decode_markup(raw, charset)
        assert (text.endswith("<p>é"), warnings) == (True, ())

    def test_what_the_server_says_comes_before_the_page(self) -> None:
        assert decode_markup('<meta charset="utf-8"><p>é'.encode("latin-1"), "latin-1")[0].endswith("é")

    def test_latin_1_is_read_as_browsers_do(self) -> None:
        assert decode_markup(b"<p>\x93quoted\x94", "iso-8859-1")[0] == "<p>“quoted”"

    def test_bytes_that_are_not_what_they_say(self) -> None:
        text, (warning,) = decode_markup('<meta charset="utf-8"><p>é'.encode("latin-1"))
        assert text.endswith("<p>é")
        assert "read as Windows-1252" in warning.message

    def test_line_ends_and_what_is_no_text(self) -> None:
        assert decode_markup(b"a\r\nb\rc\0\x1b")[0] == "a\nb\nc"
        assert clean("a\ud800\ufffe\x85\t\nb\x0cc\x1fd") == "a\x85\t\nb c d"

    @pytest.mark.parametrize("charset", ["undefined", "idna", "punycode", "utf-7", "unicode_escape", "hex", "mbcs"])
    def test_codec_that_is_none_for_pages_is_no_error(self, charset: str) -> None:
        assert decode_markup(b"xn--a\xff\\N", charset)[0]

    @UNHURRIED
    @given(st.binary(max_size=60), st.text(max_size=12))
    def test_no_bytes_are_an_error(self, raw: bytes, charset: str) -> None:
        text, _ = decode_markup(raw, charset)
        assert clean(text) == text


class RefuseEntitiesTests:
    @pytest.mark.parametrize("document", [BOMB, EXTERNAL, BOMB.replace("DOCTYPE", "doctype"), f"<!-- [ -->\n{BOMB}"])
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-32"])
    def test_declared_entities(self, document: str, encoding: str) -> None:
        with pytest.raises(ParseError, match="line 1: declares entities of its own"):
            refuse_entities(document.encode(encoding))

    @pytest.mark.parametrize(
        "document",
        [
            "<!DOCTYPE x SYSTEM '>' [<!ENTITY a 'b'>]><x/>",
            '<!DOCTYPE x PUBLIC "a" "[" [<!ENTITY a "b">]><x/>',
            "<?x <!DOCTYPE y> ?><!--<!DOCTYPE y>--><!DOCTYPE x [<!ENTITY a 'b'>]><x/>",
            "<!DOCTYPE x [<!ELEMENT x ANY>]><x/>",
        ],
    )
    def test_declarations_in_hiding(self, document: str) -> None:
        with pytest.raises(ParseError, match="declares entities"):
            refuse_entities(document.encode())

    @pytest.mark.parametrize("encoding", ["utf-7", "cp037", "UTF7"])
    def test_encoding_in_which_markup_can_hide(self, encoding: str) -> None:
        with pytest.raises(ParseError, match=r"written in .*: convert it to UTF-8"):
            refuse_entities(f"<?xml version='1.0' encoding='{encoding}'?>+ADw-!DOCTYPE x+AFs-".encode())

    @pytest.mark.parametrize(
        "document",
        [
            "<rss/>",
            "",
            '<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://n.example/rss-0.91.dtd"><rss/>',
            f"<rss><![CDATA[How it works: {BOMB}]]></rss>",
            "<?xml version='1.0' encoding='shift_jis'?><rss/>",
            "<?xml version='1.0' encoding='no-such'?><rss/>",
        ],
    )
    def test_what_may_pass(self, document: str) -> None:
        refuse_entities(document.encode())
        refuse_entities(codecs.BOM_UTF8 + document.encode())

    def test_long_prologues_take_no_time(self) -> None:
        start = time.monotonic()
        refuse_entities(b"<!---->" * 50_000 + b"<?x?>" * 50_000 + b"<!DOCTYPE " + b"'\"" * 50_000)
        assert time.monotonic() - start < 2
