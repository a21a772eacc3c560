"""What the tests of this folder say of a parsed page."""

from articles.importing.documents import Document
from articles.importing.formats.text_export import parse
from articles.web.markdown import to_html
from articles.web.plain_text import to_text
from tests.importing.stories import export

NEEDS = ("needs source", "needs summary")


def page(*lines: str, statement: str = "") -> Document:
    """The story of a page with these lines below the title "Title of it"."""
    return parse(export("Title of it", *lines), statement)


def words_of(document: Document) -> list[str]:
    """The paragraphs of the body as readers see them."""
    return to_text(to_html(document.body)).split("\n\n")


def names_of(document: Document) -> list[str]:
    return [source.name for source in document.sources]


def credits_of(document: Document) -> list[tuple[str, int]]:
    return [(credit.name, credit.after_paragraph) for credit in document.credits]


def warned(document: Document) -> list[int]:
    """The lines that warnings name; what the page as a whole still needs is left out."""
    return [line for line, message in document.warnings if message not in NEEDS]


def said(document: Document, line: int) -> str:
    """The warnings of one line."""
    return "; ".join(warning.message for warning in document.warnings if warning.line == line)
