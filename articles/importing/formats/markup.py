"""Bytes of HTML, XML and JSON as text, and what such text must not hold."""

import codecs
import re

from django.utils.translation import gettext as _

from articles.importing.documents import LineWarning, ParseError

# No text at all: controls, halves of surrogate pairs, which no encoding can write, and noncharacters.
NO_TEXT = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
# Controls that keep words apart.
SPACES = re.compile("[\x0b\x0c\x1c-\x1f]")
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
DECLARED = re.compile(rb"""<(?:\?xml|meta)\b[^>]*?(?:encoding|charset)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
# What browsers read under these names (WHATWG Encoding Standard).
READ_AS = {"iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030"}
HEAD = 2048
OWN_DECLARATIONS = re.compile(
    rb"""(?>\s+|<!--.*?-->|<\?.*?\?>)*+<!DOCTYPE(?:[^>\["']|"[^"]*"|'[^']*')*+\[""", re.DOTALL | re.IGNORECASE
)


def clean(text: str) -> str:
    """``text`` without what no text holds, and no XML either."""
    return SPACES.sub(" ", NO_TEXT.sub("", text))


def decode_markup(raw: bytes, charset: str = "") -> tuple[str, tuple[LineWarning, ...]]:
    """The text of HTML or XML: by its byte order mark, ``charset`` (what the server said), what it declares, UTF-8.

    Bytes that fit none of these are read as Windows-1252, or replaced, with a warning.
    """
    for mark, name in MARKS:
        if raw.startswith(mark):
            return _tidy(raw.decode(name, "replace")), ()
    declared = DECLARED.search(raw[:HEAD])
    names = [charset, declared[1].decode() if declared else "", "utf-8"]
    for name in filter(None, map(_known, names)):
        try:
            return _tidy(raw.decode(name)), ()
        except UnicodeError:
            continue
    told = _("not in the encoding that it states: read as Windows-1252, some letters may be wrong")
    return _tidy(raw.decode("cp1252", "replace")), (LineWarning(1, told),)


def without_mark(raw: bytes) -> bytes:
    """``raw`` with one byte for each letter of its markup: without byte order mark, without the zeros of UTF-16."""
    for mark in (codecs.BOM_UTF8, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        raw = raw.removeprefix(mark)
    return raw.replace(b"\0", b"")


def refuse_entities(raw: bytes) -> None:
    """Raise ParseError if ``raw`` declares XML entities of its own: they can unfold without end, or name files.

    To be called before any XML parser sees ``raw``. A plain DOCTYPE may stay: nothing follows it anywhere.
    """
    plain = without_mark(raw)
    declared = DECLARED.match(plain.lstrip()[:HEAD])
    name = _known(declared[1].decode()) if declared else ""
    if name and "<!DOCTYPE[+".encode(name, "replace") != b"<!DOCTYPE[+":
        raise ParseError(1, _("written in %(encoding)s: convert it to UTF-8") % {"encoding": name})
    if OWN_DECLARATIONS.match(plain):
        raise ParseError(
            1, _("declares entities of its own (<!DOCTYPE … [ … ]>), which are not read; take that part out")
        )


def _known(name: str) -> str:
    """The codec that reads text written under ``name``; "" if there is none."""
    try:
        codec = codecs.lookup(name)
    except (LookupError, ValueError):
        return ""
    # A name that can be read byte by byte is no name of these.
    name = "utf-8" if codec.name.startswith(("utf-16", "utf-32")) else codec.name
    return READ_AS.get(name, name) if getattr(codec, "_is_text_encoding", True) else ""


def _tidy(text: str) -> str:
    return clean(text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"))
