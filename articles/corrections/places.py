"""Where in a story a report points, as a link to the form or the form itself says it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from articles.catalogue.models import Article
from articles.corrections.models import MAX_CONTEXT, MAX_QUOTE
from articles.revisions.models import Revision

MAX_NUMBER = 32_767


@dataclass(frozen=True)
class Place:
    """A passage or a bullet of one version of a story.

    ``quote`` with ``prefix`` and ``suffix`` is a W3C TextQuoteSelector. ``version`` is the number of the version that
    the reader saw, 0 where unknown. ``bullet`` is the number of a point as that version shows it, from 1.
    """

    quote: str = ""
    prefix: str = ""
    suffix: str = ""
    version: int = 0
    bullet: int | None = None


def read_place(sent: Mapping[str, str]) -> Place:
    """The place that ``sent`` names; what is too long is cut, and what can't be is left out, never an error."""
    return Place(
        quote=_text(sent.get("quote", ""))[:MAX_QUOTE],
        prefix=_text(sent.get("prefix", ""))[-MAX_CONTEXT:],
        suffix=_text(sent.get("suffix", ""))[:MAX_CONTEXT],
        version=_number(sent.get("version", "")) or 0,
        bullet=_number(sent.get("bullet", "")),
    )


def place_in(article: Article, place: Place) -> Place:
    """``place`` as far as the story has it: no version or bullet that never was; a bullet's own text is the quote."""
    revisions = Revision.objects.filter(article=article).with_texts()
    seen = revisions.filter(number=place.version).first()
    shown = seen or revisions.first()
    words = shown.words if shown else None
    points = words.bullets if words else ()
    version = seen.number if seen else 0
    if place.bullet is None or place.bullet > len(points):
        return replace(place, version=version, bullet=None)
    return Place(quote=place.quote or points[place.bullet - 1][:MAX_QUOTE], version=version, bullet=place.bullet)


def _text(value: str) -> str:
    return value.replace("\x00", "").replace("\r\n", "\n").strip("\n")


def _number(value: str) -> int | None:
    try:
        number = int(value)
    except ValueError:
        return None
    return number if 1 <= number <= MAX_NUMBER else None
