"""Bytes to text: UTF-8, UTF-16 or UTF-32 with their mark, or else the Windows-1252 that older programs write."""

import codecs
import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles.importing.documents import LineWarning, ParseError

CONTROLS = re.compile("[\x01-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")
# The longer mark first: that of UTF-32 starts like the one of UTF-16.
MARKS = {
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
# How files begin that are no text, or a text of something else.
BEGINNINGS = {
    b"PK\x03\x04": gettext_lazy("a zip archive or a word processor's file"),
    b"\x1f\x8b": gettext_lazy("a gzip archive"),
    b"7z\xbc\xaf\x27\x1c": gettext_lazy("a 7z archive"),
    b"Rar!": gettext_lazy("a rar archive"),
    b"%PDF-": gettext_lazy("a PDF"),
    b"{\\rtf": gettext_lazy("a rich text file"),
    b"\xd0\xcf\x11\xe0": gettext_lazy("an old word processor's file"),
    b"\x89PNG": gettext_lazy("a picture"),
    b"\xff\xd8\xff": gettext_lazy("a picture"),
    b"GIF8": gettext_lazy("a picture"),
}
# More invalid bytes than these, and the file is wholly of the older kind: looking at each would take too long.
MOST_STRAY_BYTES = 2000
STRAY = "newsroom-windows-1252"
MOST_CONTROLS, SHARE_OF_CONTROLS = 8, 0.1


def decode(raw: bytes) -> tuple[str, tuple[LineWarning, ...]]:
    """The text of a file, its line ends as ``\\n``, with a warning for whatever was not plain UTF-8.

    Raises ParseError for an empty file and for bytes that are no text, naming the first of them.
    """
    if not raw.strip():
        raise ParseError(1, _("the file is empty; export the story again"))
    what = next((what for beginning, what in BEGINNINGS.items() if raw.startswith(beginning)), None)
    if what:
        raise ParseError(1, _("%(what)s, not a text file; export the story as plain text") % {"what": what})
    text, warnings = _decode(raw)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    strange = CONTROLS.findall(text)
    if strange:
        line = text.count("\n", 0, text.index(strange[0])) + 1
        if len(strange) > max(MOST_CONTROLS, SHARE_OF_CONTROLS * len(text)):
            message = ngettext(
                "%(count)s control character: not a text file; save it as UTF-8",
                "%(count)s control characters: not a text file; save it as UTF-8",
                len(strange),
            )
            raise ParseError(line, message % {"count": len(strange)})
        warnings += (LineWarning(line, _("control characters were left out")),)
    return CONTROLS.sub("", text), warnings


def _decode(raw: bytes) -> tuple[str, tuple[LineWarning, ...]]:
    marked = next((name for mark, name in MARKS.items() if raw.startswith(mark)), "")
    if marked:
        read_as = _("not UTF-8: read as %(encoding)s") % {"encoding": marked.upper()}
        return _decode_marked(raw, marked), (LineWarning(1, read_as),)
    if b"\0" in raw:
        place = raw.index(b"\0")
        message = _("a zero byte at offset %(offset)s: not a text file; save it as UTF-8") % {"offset": place}
        raise ParseError(_line_of(raw, place), message)
    try:
        return raw.decode("utf-8-sig"), ()
    except UnicodeDecodeError as error:
        line = _line_of(raw, error.start)
    read_as = _("not UTF-8: read as %(encoding)s") % {"encoding": "Windows-1252"}
    return _decode_older(raw), (LineWarning(line, read_as),)


def _decode_marked(raw: bytes, name: str) -> str:
    try:
        text = raw.decode(name)
    except UnicodeDecodeError as error:
        said = {"encoding": name.upper(), "offset": error.start}
        raise ParseError(1, _("broken %(encoding)s at offset %(offset)s; save it as UTF-8") % said) from None
    if not text.strip():
        raise ParseError(1, _("the file is empty; export the story again"))
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise ParseError(line, _("a zero character: not a text file; save it as UTF-8"))
    return text


def _decode_older(raw: bytes) -> str:
    """Windows-1252 throughout, or stray bytes of it among UTF-8."""
    try:
        if raw.decode(errors="replace").count("\ufffd") > MOST_STRAY_BYTES:
            return raw.decode("cp1252")
        return raw.decode(errors=STRAY)
    except UnicodeDecodeError as error:
        message = _(
            "byte %(byte)s at offset %(offset)s is neither UTF-8 nor Windows-1252: not a text file; save it as UTF-8"
        ) % {"byte": f"0x{raw[error.start]:02x}", "offset": error.start}
        raise ParseError(_line_of(raw, error.start), message) from None


def _read_stray(error: UnicodeError) -> tuple[str, int]:
    """The sign that bytes which are no UTF-8 are in Windows-1252; raises ``error``, at its byte, if they are none."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    try:
        return error.object[error.start : error.end].decode("cp1252"), error.end
    except UnicodeDecodeError as none:
        error.start += none.start
        raise error from None


codecs.register_error(STRAY, _read_stray)


def _line_of(raw: bytes, offset: int) -> int:
    """The line, from 1, on which the byte at ``offset`` stands, whether lines end in LF, CR LF or CR."""
    return len(re.findall(rb"\r\n|\r|\n", raw[:offset])) + 1
