"""The formats that stories and outlets come in: each a pure function from bytes, or text, to what they hold."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, tzinfo
from importlib import import_module
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.importing.decoding import decode
from articles.importing.documents import Document, Found, LineWarning, ParseError
from articles.importing.formats import markdown_story, site_lines, text_export
from articles.importing.formats.detection import detect, refuse_binary
from articles.web.markdown import is_too_hard

__all__ = ["FORMATS", "PARSER_VERSION", "detect", "parse", "read"]

FORMATS = ("text", "markdown", "feed", "opml", "html", site_lines.NAME)
# Raised by one with every change to what the parsers make of a file: files read by an older one can be read anew.
PARSER_VERSION = 2
TOO_HARD = gettext_lazy("so long, or so full of signs, that its Markdown is shown as plain words")


def read(
    raw: bytes, wanted: str = "auto", *, zone: tzinfo = UTC, url: str = "", charset: str = "", statement: str = ""
) -> Sequence[Found]:
    """What ``raw`` holds, in the format ``wanted`` or, where that is "auto", in the one that its content shows.

    Stories, outlets, and a ParseError in the place of each that can't be read. ``zone`` is that of times which state
    no offset; ``url`` and ``charset`` are where it was fetched from and what the server said; ``statement`` is the
    site's standing statement, with which that of a text export is compared. Raises ParseError if nothing of it can
    be read.
    """
    refuse_binary(raw)
    found: Sequence[Found]
    match detect(raw) if wanted == "auto" else wanted:
        case "feed" if raw.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
            found = _reader("json_feed").parse(raw, zone, url)
        case "feed":
            found = _reader("feed").parse(raw, zone, url, charset)
        case "opml":
            found = _reader("opml").parse(raw)
        case "html":
            found = [_reader("web_page").parse(raw, zone, url, charset)]
        case site_lines.NAME:
            raise ParseError(1, _("the export of a whole site: say --format %(name)s") % {"name": site_lines.NAME})
        case line_format:
            text, warnings = decode(raw)
            document = parse(text, line_format, zone=zone, statement=statement)
            found = [replace(document, warnings=warnings + document.warnings)]
    return [_told_if_too_hard(piece) for piece in found]


def parse(text: str, wanted: str = "auto", *, zone: tzinfo = UTC, statement: str = "") -> Document:
    """The story of a "markdown" file or a "text" export. Raises ParseError for what can't be read.

    ``zone`` is that of times which state no offset; ``statement`` is the site's standing statement, with which that
    of a text export is compared.
    """
    line_format = detect(text.encode(errors="replace")) if wanted == "auto" else wanted
    if line_format == "markdown":
        return markdown_story.parse(text, zone)
    return text_export.parse(text, statement, zone)


def _reader(name: str) -> Any:
    """A format's module, loaded when it is needed: the libraries behind it take a second to load."""
    return import_module(f"articles.importing.formats.{name}")


def _told_if_too_hard(piece: Found) -> Found:
    if isinstance(piece, Document) and is_too_hard(piece.body):
        return replace(piece, warnings=(*piece.warnings, LineWarning(0, str(TOO_HARD))))
    return piece
