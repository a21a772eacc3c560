"""The text of an export in pieces: lines that are not blank, with their numbers, without the page chrome.

Signs that some program left in or broke are mended here: HTML entities, invisible signs, lines wrapped at a width.
"""

import html
import re
from itertools import pairwise
from typing import NamedTuple

from django.utils.translation import gettext as _

from articles.importing.documents import EDGES, LineWarning, ParseError

LONGEST, MOST_PIECES = 1_000_000, 20_000
FIRST_LINE, LAST_LINE = "top of page", "bottom of page"
MOST_ABOVE_PAGE = 3
INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
# Every white space that Unicode has, and the signs that show nothing at the edge of a line.
MARGINS = EDGES + "\u200e\u200f\u1680\u205f" + "".join(map(chr, range(0x2000, 0x200B)))
ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
# What ends a line besides a line feed: vertical tab, form feed, next line, line and paragraph separator.
BREAKS = re.compile("[\v\f\x85\u2028\u2029]")
# The first word of a line that is wrapped: no sign of a list, no label.
GOES_ON = re.compile(r"[^\W_]|[\"'\u201c\u2018($£€₹&]")
LABELLED = re.compile(r"[\w ]{1,30}:|\d{1,2}[.)]\s")
BROKEN_WORD = re.compile(r"[^\W\d_]-")
NARROWEST, WIDEST, FEWEST_WRAPS = 40, 120, 3


class Piece(NamedTuple):
    """One line as it stands: its number from 1, and its text with the white space in front of it."""

    number: int
    raw: str

    @property
    def text(self) -> str:
        return self.raw.strip(MARGINS)

    @property
    def width(self) -> int:
        return len(self.raw.rstrip(MARGINS))

    @property
    def is_first(self) -> bool:
        return self.text.casefold() == FIRST_LINE

    @property
    def is_last(self) -> bool:
        return self.text.casefold() == LAST_LINE

    @property
    def is_chrome(self) -> bool:
        return self.is_first or self.is_last


Pieces = list[Piece]


def cut(text: str, warnings: list[LineWarning]) -> tuple[Pieces, Pieces]:
    """The pieces of the page that ``text`` holds, and those that stand outside of it.

    Raises ParseError for a text that is empty, too long for a story, or holds several pages.
    """
    if len(text) > LONGEST:
        message = _("%(count)s characters, which is no single story; split the file")
        raise ParseError(1, message % {"count": f"{len(text):,}"})
    lines = enumerate(INVISIBLE.sub("", _read_entities(text, warnings)).split("\n"), start=1)
    pieces = [Piece(number, raw) for number, line in lines for raw in BREAKS.split(line) if raw.strip(MARGINS)]
    if len(pieces) > MOST_PIECES:
        message = _("over %(count)s lines, which is no single story; split it")
        raise ParseError(pieces[MOST_PIECES].number, message % {"count": f"{MOST_PIECES:,}"})
    inside, outside = _page(pieces)
    return _unwrapped(inside, warnings), outside


def _read_entities(text: str, warnings: list[LineWarning]) -> str:
    """HTML's names for signs, left in by the program that wrote the export, as the signs that they stand for."""
    first = next((entity for entity in ENTITY.finditer(text) if _sign_of(entity) != entity[0]), None)
    if first is None:
        return text
    line = text.count("\n", 0, first.start()) + 1
    what = _("HTML entities such as %(entity)s were read as the signs they stand for") % {"entity": first[0]}
    warnings.append(LineWarning(line, what))
    return ENTITY.sub(_sign_of, text)


def _sign_of(entity: re.Match[str]) -> str:
    sign = html.unescape(entity[0])
    return " " if sign.isspace() else sign


def _page(pieces: Pieces) -> tuple[Pieces, Pieces]:
    """What stands between the first and the last line of the page, and what stands around them."""
    if all(piece.is_chrome for piece in pieces):
        raise ParseError(1, _("the file holds no story; export it again"))
    start = _start_of_page(pieces)
    rest = pieces[start:]
    again = next((piece for piece in rest if piece.is_first), None)
    if again and not all(piece.is_chrome for piece in rest[rest.index(again) :]):
        message = _("another page starts here, and a file holds one story; split the file")
        raise ParseError(again.number, message)
    end = next((place for place, piece in enumerate(rest) if piece.is_chrome), len(rest))
    outside = [piece for piece in pieces[:start] + rest[end:] if not piece.is_chrome]
    return rest[:end], outside


def _start_of_page(pieces: Pieces) -> int:
    """Where the story starts: below the first line of the page, above which a few stray lines may stand."""
    first = next((place for place, piece in enumerate(pieces) if piece.is_first), len(pieces))
    is_alone = all(piece.is_chrome for piece in pieces[first:])
    start = 0 if is_alone or first > MOST_ABOVE_PAGE or any(piece.is_last for piece in pieces[:first]) else first
    return next(place for place in range(start, len(pieces)) if not pieces[place].is_chrome)


def _unwrapped(pieces: Pieces, warnings: list[LineWarning]) -> Pieces:
    """Paragraphs put together again, where the whole file was wrapped at a width: no word had room a line above."""
    width = max((piece.width for piece in pieces), default=0)
    if not NARROWEST <= width <= WIDEST:
        return pieces
    pairs = [pair for pair in pairwise(pieces) if _may_be_wrapped(*pair)]
    wraps = {other.number for one, other in pairs if one.width + 1 + len(other.text.split()[0]) > width}
    if len(wraps) < FEWEST_WRAPS or len(wraps) < 0.9 * len(pairs):
        return pieces
    what = _("lines are wrapped at %(width)s characters: put together again") % {"width": width}
    warnings.append(LineWarning(min(wraps), what))
    whole: list[Pieces] = []
    for piece in pieces:
        if piece.number in wraps:
            whole[-1].append(piece)
        else:
            whole.append([piece])
    return [_one_of(run) for run in whole]


def _one_of(run: Pieces) -> Piece:
    """The piece that was wrapped into ``run``; a word that was broken at its hyphen is one word again."""
    ends = [above.raw.rstrip(MARGINS) for above in run]
    gaps = ["" if BROKEN_WORD.match(end[-2:]) else " " for end in ends]
    rest = (f"{gap}{piece.text}" for gap, piece in zip(gaps, run[1:], strict=False))
    return Piece(run[0].number, "".join([ends[0], *rest]))


def _may_be_wrapped(above: Piece, piece: Piece) -> bool:
    is_below = piece.number - above.number == 1
    return is_below and bool(GOES_ON.match(piece.text)) and not LABELLED.match(piece.text)
