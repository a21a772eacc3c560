"""The formats that stories come in: each a pure function from text to Document."""

from datetime import UTC, tzinfo

from articles.importing.documents import Document
from articles.importing.formats import markdown_story, site_lines, text_export

FORMATS = ("text", "markdown", site_lines.NAME)
# Raised by one with every change to what the parsers make of a file: files read by an older one can be read anew.
PARSER_VERSION = 1


def detect(text: str) -> str:
    """The format of ``text`` by its content: Markdown starts with front matter, everything else is a text export."""
    return "markdown" if text.partition("\n")[0].rstrip() == markdown_story.FENCE else "text"


def parse(text: str, wanted: str = "auto", *, zone: tzinfo = UTC) -> Document:
    """Read ``text`` in the format ``wanted``, or in the one that its content shows where that is "auto".

    ``zone`` is that of times which state no offset. Raises ParseError for what can't be read.
    """
    if (detect(text) if wanted == "auto" else wanted) == "markdown":
        return markdown_story.parse(text, zone)
    return text_export.parse(text)
