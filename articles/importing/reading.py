"""From bytes to documents, in the format that is asked for or that they show."""

from dataclasses import replace

from django.utils import timezone

from articles.importing.decoding import decode
from articles.importing.documents import Document
from articles.importing.formats import parse


def read(raw: bytes, wanted: str) -> tuple[Document, ...]:
    """The documents that a file holds. Raises ParseError."""
    text, warnings = decode(raw)
    document = parse(text, wanted, zone=timezone.get_default_timezone())
    return (replace(document, raw=raw, warnings=warnings + document.warnings),)
