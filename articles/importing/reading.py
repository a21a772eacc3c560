"""From bytes to documents and outlets, in the format that is asked for or that they show."""

from dataclasses import replace

from django.utils import timezone
from django.utils.translation import gettext as _

from articles.importing import formats
from articles.importing.documents import Document, Found, ParseError


def read(raw: bytes, wanted: str, *, url: str = "", charset: str = "", statement: str = "") -> tuple[Found, ...]:
    """What a file holds: documents, each with its ``original``, outlets, and errors in the place of what can't be read.

    ``url`` and ``charset`` are where it was fetched from, and what the server said of its encoding; ``statement`` is
    the standing statement of the site, with which that of a text export is compared. Raises ParseError if nothing can
    be read.
    """
    zone = timezone.get_default_timezone()
    found = formats.read(raw, wanted, zone=zone, url=url, charset=charset, statement=statement)
    return tuple(
        replace(piece, original=raw) if isinstance(piece, Document) and not piece.original else piece for piece in found
    )


def read_one(raw: bytes, wanted: str, *, url: str = "", statement: str = "") -> Document:
    """The document that an original holds. Raises ParseError."""
    found = read(raw, wanted, url=url, statement=statement)
    if len(found) != 1 or not isinstance(found[0], Document):
        raise found[0] if found and isinstance(found[0], ParseError) else ParseError(1, _("no single story"))
    return found[0]
