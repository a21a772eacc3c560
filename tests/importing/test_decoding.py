"""Bytes to text, whoever wrote them."""

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

    def test_every_line_end_becomes_one_sign(self) -> None:
        assert decode(b"a\r\nb\rc\n")[0] == "a\nb\nc\n"

    def test_control_characters_are_left_out_with_a_warning(self) -> None:
        text, warnings = decode(b"Title\nA\x1b[31mred\x02 word")
        assert text == "Title\nA[31mred word"
        assert [warning.line for warning in warnings] == [2]

    @pytest.mark.parametrize(("raw", "line", "cause"), [
        (b"", 1, "empty"),
        (b" \r\n\t\n", 1, "empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", 3, "zero byte at offset 8"),
        ("Title".encode("utf-16"), 1, "zero byte at offset 3"),
        (b"one\ntwo\n\x81\xff", 3, "0x81 at offset 8"),
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
