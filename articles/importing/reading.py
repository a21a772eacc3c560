"""From bytes to documents, in the format that is asked for or that they show."""

from dataclasses import replace

from django.utils import timezone

from articles.importing.decoding import decode
from articles.importing.documents import Document, ParseError
from articles.importing.formats import parse


def read(raw: bytes, wanted: str, statement: str = "") -> tuple[Document | ParseError, ...]:
    """The documents that a file holds, each with its ``original``, and an error in the place of one that can't be read.

    ``statement`` is the standing statement of the site, with which that of a text export is compared. Raises ParseError
    if nothing can be read.
    """
    text, warnings = decode(raw)
    document = parse(text, wanted, zone=timezone.get_default_timezone(), statement=statement)
    return (replace(document, original=raw, warnings=warnings + document.warnings),)


def read_one(raw: bytes, wanted: str, statement: str = "") -> Document:
    """The document that an original holds. Raises ParseError."""
    (document,) = read(raw, wanted, statement)
    if isinstance(document, ParseError):
        raise document
    return document
