"""Where the points that readers see come from: what a story's page says of it, in words and to machines."""

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext as _

from articles.catalogue.models import Article, SiteStatement
from articles.summaries.checks import RED
from articles.summaries.models import Bullet, BulletEvent

SCHEMA = "https://schema.org/"
TRAINED = f"{SCHEMA}TrainedAlgorithmicMediaDigitalSource"
PARTLY_TRAINED = f"{SCHEMA}CompositeWithTrainedAlgorithmicMediaDigitalSource"
PICKED = f"{SCHEMA}AlgorithmicallyEnhancedDigitalSource"


@dataclass(frozen=True)
class SummaryNote:
    """What may be said of the points of a story as a whole, and no more.

    ``is_stated``: the publication says that AI had a part in those that came from it; ``is_drafted``: a machine drafted
    some; ``names`` and ``checked_at``: who approved points by name, and when the last of them; ``is_partial``: nobody
    has stood behind the others by name. ``source_type`` is a schema.org IPTCDigitalSourceEnumeration, "" for none.
    """

    is_stated: bool
    is_drafted: bool
    is_partial: bool
    names: tuple[str, ...]
    checked_at: datetime | None
    source_type: str

    @property
    def checked_by(self) -> str:
        """The names as a phrase: "A, B and C"."""
        *first, last = self.names or ("",)
        names = {"names": _(", ").join(first), "last": last}
        return _("%(names)s and %(last)s") % names if first else last


def note_of(article: Article, points: Sequence[Bullet], statement: SiteStatement | None) -> SummaryNote:
    """The note on ``points``, those of ``article`` that readers see."""
    named = [point for point in points if point.approved_by_name]
    is_stated = _is_stated(article, points, statement)
    return SummaryNote(
        is_stated=is_stated,
        is_drafted=any(point.origin == Bullet.Origin.MACHINE for point in points),
        is_partial=0 < len(named) < len(points),
        names=tuple(dict.fromkeys(point.approved_by_name for point in named)),
        checked_at=max((point.approved_at for point in named if point.approved_at), default=None),
        source_type=_source_type(points, is_stated=is_stated),
    )


def _is_stated(article: Article, points: Sequence[Bullet], statement: SiteStatement | None) -> bool:
    """Whether there are imported points to which a statement applies that speaks of AI; samples are none of its."""
    says_ai = statement is not None and re.search(r"\bAI\b", statement.text) is not None
    is_imported = any(point.origin == Bullet.Origin.IMPORTED for point in points)
    return says_ai and is_imported and article.is_from_archive and not article.is_sample


def _source_type(points: Sequence[Bullet], *, is_stated: bool) -> str:
    """The nature of the points in the words of the IPTC's vocabulary of digital source types.

    A machine that was asked with a prompt is a trained one. The built-in method picks a story's own sentences: it is
    neither trained nor does it make words. What people wrote alone has no code.
    Source: https://cv.iptc.org/newscodes/digitalsourcetype/ and https://schema.org/IPTCDigitalSourceEnumeration
    """
    drafted = [point for point in points if point.origin == Bullet.Origin.MACHINE]
    trained = [point for point in drafted if point.prompt_version]
    if trained and len(trained) == len(points) and not any(point.is_reworded for point in points):
        return TRAINED
    if trained or is_stated:
        return PARTLY_TRAINED
    return PICKED if drafted else ""


class Run(NamedTuple):
    """Words that follow on each other: ``sign`` is "-" for those taken out, "+" for those put in, "" for the others."""

    sign: str
    text: str


@dataclass(frozen=True)
class Making:
    """How one point was made: ``changes`` are empty unless it says something else than it was drafted with.

    ``overridden`` names what red flags were about that its editor answered with a reason.
    """

    point: Bullet
    changes: Sequence[Run]
    edits: Sequence[BulletEvent]
    overridden: Sequence[str]


def makings_of(points: Sequence[Bullet]) -> list[Making]:
    """How each of ``points``, which readers see, was made. One query.

    The first words of what a person wrote are nobody's business; a publication's were public before.
    """
    edits = list(BulletEvent.objects.filter(bullet__in=points, kind=BulletEvent.Kind.REWORDED))
    return [
        Making(
            point=point,
            changes=tuple(_changes(point)),
            edits=[edit for edit in edits if edit.bullet_id == point.pk],
            overridden=list(_overridden(point)),
        )
        for point in points
    ]


def word_changes(before: str, after: str) -> Iterator[Run]:
    """What became of the words of ``before`` in ``after``, in the order in which one reads them."""
    old, new = before.split(), after.split()
    for tag, i, j, k, m in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Run("", " ".join(new[k:m]))
        else:
            yield from (Run(sign, " ".join(words)) for sign, words in (("-", old[i:j]), ("+", new[k:m])) if words)


def _changes(point: Bullet) -> Iterable[Run]:
    is_shown = point.is_reworded and point.origin != Bullet.Origin.PERSON
    return word_changes(point.drafted_text, point.text) if is_shown else ()


def _overridden(point: Bullet) -> Iterator[str]:
    for flag in point.flags if point.override else ():
        if flag["colour"] == RED:
            yield (
                _("the whole point")
                if flag["kind"] == "unsupported"
                else _("“%(words)s”") % {"words": _(", ").join(flag["words"])}
            )
