"""Where the passage of a report stands in a story: as the story is now, or as a version of it was."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from articles.corrections.models import Report
from articles.corrections.passages import same_place, sentences_around
from articles.revisions.chain import Words

LABELS = {
    "headline": gettext_lazy("Headline"),
    "standfirst": gettext_lazy("Standfirst"),
    "byline": gettext_lazy("Byline"),
    "body_text": pgettext_lazy("the text of it", "Story"),
}


@dataclass(frozen=True)
class Spot:
    """A passage in one text of a story: ``field`` names the text, "bullets" with the ``index`` of the point from 0."""

    field: str
    index: int
    start: int
    end: int


@dataclass(frozen=True)
class Paragraph:
    """A paragraph in three pieces, of which ``marked`` is the passage, "" where it stands elsewhere."""

    before: str
    marked: str = ""
    after: str = ""


@dataclass(frozen=True)
class Part:
    """A text of a story under its label."""

    label: str
    paragraphs: tuple[Paragraph, ...]


def spot_of(report: Report, words: Words) -> Spot | None:
    """Where the passage of ``report`` stands in ``words``; None if it names none, and if it stands there no more.

    The report's own point is looked at first, then the body, then the other texts.
    """
    for field, index, text in _texts(report, words) if report.quote else []:
        place = same_place(report.quote, report.prefix, report.suffix, text)
        if place:
            return Spot(field, index, *place)
    return None


def sentences_of(report: Report, words: Words) -> tuple[str, int, int, int] | str:
    """What reports on the same passage have in common: the place of its sentences in ``words``.

    Of a passage that stands there no more it is the passage itself, of no passage "".
    """
    spot = spot_of(report, words)
    if spot is None:
        return " ".join(report.quote.split())
    return (spot.field, spot.index, *sentences_around(_text_at(spot, words), spot.start, spot.end))


def parts_of(words: Words, spot: Spot | None) -> list[Part]:
    """The texts of a story in the order of its page, with the passage at ``spot`` marked; empty ones left out."""
    texts = [("headline", 0), ("standfirst", 0), ("byline", 0), *_numbered(words), ("body_text", 0)]
    return [part for field, index in texts if (part := _part(words, field, index, spot)).paragraphs]


def _part(words: Words, field: str, index: int, spot: Spot | None) -> Part:
    text = words.bullets[index] if field == "bullets" else getattr(words, field)
    here = spot if spot and (spot.field, spot.index) == (field, index) else None
    label = LABELS.get(field) or _("Point %(number)d") % {"number": index + 1}
    return Part(str(label), tuple(_paragraphs(text, here.start if here else 0, here.end if here else 0)))


def _paragraphs(text: str, start: int, end: int) -> Iterator[Paragraph]:
    """The paragraphs of ``text``, each with what lies in it of the passage from ``start`` to ``end``."""
    at = 0
    for paragraph in text.split("\n\n"):
        first, last = (min(max(place - at, 0), len(paragraph)) for place in (start, end))
        if paragraph.strip():
            yield Paragraph(paragraph[:first], paragraph[first:last], paragraph[last:])
        at += len(paragraph) + 2


def _texts(report: Report, words: Words) -> list[tuple[str, int, str]]:
    """The texts of a story by field and index, in the order in which a passage is looked for."""
    points = [(*key, words.bullets[key[1]]) for key in _numbered(words)]
    own = points[report.bullet_position - 1 : report.bullet_position] if report.bullet_position else []
    columns = [(field, 0, getattr(words, field)) for field in ("body_text", "headline", "standfirst", "byline")]
    return [*own, *columns, *points]


def _numbered(words: Words) -> list[tuple[str, int]]:
    return [("bullets", index) for index in range(len(words.bullets))]


def _text_at(spot: Spot, words: Words) -> str:
    text: str = words.bullets[spot.index] if spot.field == "bullets" else getattr(words, spot.field)
    return text
