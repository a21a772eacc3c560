"""The formats that stories come in: each a pure function from text to Document."""

from dataclasses import replace
from datetime import UTC, tzinfo

from articles.importing.documents import Document, LineWarning
from articles.importing.formats import markdown_story, site_lines, text_export
from articles.web.markdown import is_too_hard

FORMATS = ("text", "markdown", site_lines.NAME)
# Raised by one with every change to what the parsers make of a file: files read by an older one can be read anew.
PARSER_VERSION = 2
TOO_HARD = LineWarning(0, "so long, or so full of signs, that its Markdown is shown as plain words")


def detect(text: str) -> str:
    """The format of ``text`` by its content: Markdown starts with front matter, everything else is a text export."""
    return "markdown" if text.partition("\n")[0].rstrip() == markdown_story.FENCE else "text"


def parse(text: str, wanted: str = "auto", *, zone: tzinfo = UTC, statement: str = "") -> Document:
    """Read ``text`` in the format ``wanted``, or in the one that its content shows where that is "auto".

    ``zone`` is that of times which state no offset; ``statement`` is the site's standing statement, with which that
    of a text export is compared. Raises ParseError for what can't be read.
    """
    if (detect(text) if wanted == "auto" else wanted) == "markdown":
        document = markdown_story.parse(text, zone)
    else:
        document = text_export.parse(text, statement, zone)
    return replace(document, warnings=(*document.warnings, TOO_HARD)) if is_too_hard(document.body) else document
