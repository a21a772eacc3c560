"""Bytes to text. UTF-8, or else the Windows-1252 that older programs write."""

import re

from articles.importing.documents import LineWarning, ParseError

CONTROLS = re.compile("[\x01-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")


def decode(raw: bytes) -> tuple[str, tuple[LineWarning, ...]]:
    """The text of a file, its line ends as ``\\n``, with a warning for whatever was not plain UTF-8.

    Raises ParseError for an empty file and for bytes that are no text, naming the first of them.
    """
    if not raw.strip():
        raise ParseError(1, "the file is empty; export the story again")
    if b"\0" in raw:
        place = raw.index(b"\0")
        raise ParseError(_line_of(raw, place), f"a zero byte at offset {place}: not a text file; save it as UTF-8")
    text, warnings = _decode(raw)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    strange = CONTROLS.search(text)
    if strange:
        line = text.count("\n", 0, strange.start()) + 1
        warnings += (LineWarning(line, "control characters were left out"),)
    return CONTROLS.sub("", text), warnings


def _decode(raw: bytes) -> tuple[str, tuple[LineWarning, ...]]:
    try:
        return raw.decode("utf-8-sig"), ()
    except UnicodeDecodeError as error:
        line = _line_of(raw, error.start)
    try:
        return raw.decode("cp1252"), (LineWarning(line, "not UTF-8: read as Windows-1252"),)
    except UnicodeDecodeError as error:
        what = f"byte 0x{raw[error.start]:02x} at offset {error.start} is neither UTF-8 nor Windows-1252"
        raise ParseError(_line_of(raw, error.start), f"{what}: not a text file; save it as UTF-8") from None


def _line_of(raw: bytes, offset: int) -> int:
    """The line, from 1, on which the byte at ``offset`` stands, whether lines end in LF, CR LF or CR."""
    return len(re.findall(rb"\r\n|\r|\n", raw[:offset])) + 1
