"""Bytes to text, whoever wrote them."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing.decoding import decode
from articles.importing.documents import ParseError


class DecodeTests:
    def test_utf8_is_read_without_a_word(self) -> None:
        assert decode("Café “x”\n".encode()) == ("Café “x”\n", ())

    def test_byte_order_mark_is_no_text(self) -> None:
        assert decode(b"\xef\xbb\xbfTitle") == ("Title", ())

    def test_windows_1252_is_read_with_a_warning_at_its_line(self) -> None:
        text, warnings = decode(b"Title\n\nIt\x92s caf\xe9")
        assert text == "Title\n\nIt’s café"
        assert [(warning.line, warning.message) for warning in warnings] == [(3, "not UTF-8: read as Windows-1252")]

    def test_stray_bytes_spoil_no_other_sign(self) -> None:
        text, warnings = decode("Café “x” — é\n".encode() + b"It\x92s caf\xe9, caf\xc3")
        assert text == "Café “x” — é\nIt’s café, cafÃ"
        assert [(warning.line, warning.message) for warning in warnings] == [(2, "not UTF-8: read as Windows-1252")]

    def test_many_bytes_of_the_older_kind(self) -> None:
        assert decode(b"caf\xe9\n" * 3000)[0] == "café\n" * 3000

    @pytest.mark.parametrize("name", ["utf-16", "utf-32"])
    def test_other_encodings_with_their_mark(self, name: str) -> None:
        text, warnings = decode("Café “x”\r\n".encode(name))
        assert text == "Café “x”\n"
        assert warnings == ((1, f"not UTF-8: read as {name.upper()}"),)
        assert decode(codecs.BOM_UTF16_BE + "Café".encode("utf-16-be"))[0] == "Café"

    def test_every_line_end_becomes_one_sign(self) -> None:
        assert decode(b"a\r\nb\rc\n")[0] == "a\nb\nc\n"

    def test_control_characters_are_left_out_with_a_warning(self) -> None:
        text, warnings = decode(b"Title\nA\x1b[31mred\x02 word")
        assert text == "Title\nA[31mred word"
        assert [warning.line for warning in warnings] == [2]

    @pytest.mark.parametrize(("raw", "line", "cause"), [
        (b"", 1, "empty"),
        (b" \r\n\t\n", 1, "empty"),
        (b"\x7fELF\n\x1a\n\x00\x00", 3, "zero byte at offset 7"),
        (b"one\ntwo\n\x81\xff", 3, "0x81 at offset 8"),
        (b"one\ntwo\n\xc3\xa9\xc3\x81\x8d", 3, "0x8d at offset 12"),
        (b"\xe9" * 3000 + b"\n\x81", 2, "0x81 at offset 3001"),
        (b"PK\x03\x04 and so on", 1, "a zip archive or a word processor's file"),
        (b"\x1f\x8b\x08", 1, "a gzip archive"),
        (b"%PDF-1.7\n1 0 obj", 1, "a PDF"),
        (b"{\\rtf1 Title}", 1, "a rich text file"),
        (b"\x89PNG\r\n\x1a\n", 1, "a picture"),
        (codecs.BOM_UTF16_LE + b"a\0b", 1, "broken UTF-16 at offset 4"),
        (codecs.BOM_UTF16_LE, 1, "empty"),
        ("a\nb\0".encode("utf-16"), 2, "a zero character"),
        ("Title".encode("utf-16-le"), 1, "zero byte at offset 1"),
        (b"Title\n" + b"\x01\x02\x03" * 9, 2, "27 control characters"),
    ])  # fmt: skip
    def test_what_is_no_text_is_refused_with_its_place(self, raw: bytes, line: int, cause: str) -> None:
        with pytest.raises(ParseError, match=cause) as caught:
            decode(raw)
        assert caught.value.line == line

    @given(st.binary(max_size=200))
    def test_any_bytes_are_text_or_refused(self, raw: bytes) -> None:
        try:
            text, _ = decode(raw)
        except ParseError:
            return
        assert "\0" not in text
        assert "\r" not in text
