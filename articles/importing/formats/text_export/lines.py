"""The lines of a text export: what each is by its sign or its label, and which of them belong together."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum, auto
from itertools import pairwise

from django.utils.translation import gettext as _

from articles.importing.documents import LineWarning, fold
from articles.importing.formats.text_export import labels
from articles.importing.formats.text_export.pieces import MARGINS, Pieces
from articles.importing.formats.text_export.sources import read_label

SIGN = r"[•▪●◦‣∙\u2043○■□▫►▸➤✓✔✅✗✘❌→➔▶◾◽🔹🔸👉\uf0b7]"
ITEM = re.compile(rf"(?P<sign>{SIGN}|[-*+\u2013\u00b7](?=\s))\s*(?P<text>.*\w.*)")
NUMBERED = re.compile(r"(?P<sign>\d{1,2})[.)]\s+(?P<text>.*\w.*)")
SIGN_ALONE = re.compile(rf"{SIGN}|[-*\u2013]")
RULE = re.compile(r"(?:[-*_=~#·•\u2013\u2014]\s*){3,}|\u2e3b")
SENTENCE_END = re.compile(r"[.!?:;\u2026][\"'\u201d\u2019)\]]*$")
SMALL_WORD = re.compile(r"[a-zß-öø-ÿ][a-zß-öø-ÿ'\u2019-]*[,;:.)]?(?:\s|$)")
TAB = 4


class Kind(Enum):
    """What a line is."""

    TEXT = auto()
    ITEM = auto()
    CREDIT = auto()
    SOURCE = auto()
    UPDATED = auto()
    PUBLISHED = auto()
    RULE = auto()


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank: its number from 1, its text without the white space around it, and what it is.

    ``says`` is what stands behind a sign or label; of a text it is the text itself, on one line. ``sign`` is the
    sign of a list's item, its number where it has one. ``indent`` is how far the line is set in, ``column`` where
    the words of an item start.
    """

    number: int
    text: str
    kind: Kind
    says: str
    sign: str = ""
    indent: int = 0
    column: int = 0

    @property
    def is_text(self) -> bool:
        return self.kind is Kind.TEXT

    @property
    def is_item(self) -> bool:
        return self.kind is Kind.ITEM

    @property
    def is_numbered(self) -> bool:
        return self.is_item and self.sign.isdigit()

    @property
    def is_finished(self) -> bool:
        """Whether the line ends as sentences do."""
        return bool(SENTENCE_END.search(self.text))

    @property
    def starts_small(self) -> bool:
        """Whether the first word is all in small letters, as those of iPhone and eBay are not."""
        return bool(SMALL_WORD.match(self.says))


Lines = list[Line]
Warnings = list[LineWarning]


def read_lines(pieces: Pieces, warnings: Warnings) -> Lines:
    """The lines that ``pieces`` are, with the broken ones joined."""
    return _without_stray_numbers(_joined([line_of(*piece) for piece in pieces], warnings))


def line_of(number: int, raw: str) -> Line:
    """The line that ``raw``, which is not blank, is by its sign or label."""
    text = raw.strip(MARGINS)
    item = ITEM.fullmatch(text) or NUMBERED.fullmatch(text)
    words = item["text"] if item else text
    kind, says = _labelled(labels.unwrap(fold(words)))
    if kind is Kind.TEXT:
        kind = Kind.ITEM if item else Kind.RULE if RULE.fullmatch(text) else Kind.TEXT
        says = fold(words)
    spread = raw.expandtabs(TAB)
    indent = len(spread) - len(spread.lstrip())
    sign = item["sign"] if item and kind is Kind.ITEM else ""
    return Line(number, text, kind, says, sign, indent, indent + item.start("text") if item else 0)


def _labelled(text: str) -> tuple[Kind, str]:
    """The kind of a line with a label, and what stands behind that; any other line is text."""
    if says := labels.credit_of(text):
        return Kind.CREDIT, says
    if says := labels.updated_of(text):
        return Kind.UPDATED, says
    if says := labels.published_of(text):
        return Kind.PUBLISHED, says
    return (Kind.SOURCE, text) if read_label(text) else (Kind.TEXT, "")


def _joined(lines: Lines, warnings: Warnings) -> Lines:
    """Each line that goes on from the one above it as part of that one, with a warning."""
    gaps = [other.number - one.number for one, other in pairwise(lines)]
    is_spaced = sum(gap > 1 for gap in gaps) * 2 >= len(gaps)
    whole: Lines = []
    for place, line in enumerate(lines):
        gap = gaps[place - 1] if place else 0
        below = lines[place + 1] if place + 1 < len(lines) else None
        if whole and line.is_text and _goes_on(whole[-1], line, below, is_below=gap == 1, is_spaced=is_spaced):
            whole[-1] = _join(whole[-1], line)
            warnings.append(LineWarning(line.number, _("joined to the line above, which it goes on from")))
        else:
            whole.append(line)
    return whole


def _goes_on(above: Line, line: Line, below: Line | None, *, is_below: bool, is_spaced: bool) -> bool:
    """Whether ``line`` is the rest of ``above``: below a sign without words, within an item or within a sentence.

    In a file that sets its paragraphs apart, a line right below another is evidence; so is, for an item, that it is
    set in as far as the words of the item.
    """
    if SIGN_ALONE.fullmatch(above.text):
        return is_below or above.text not in "-*\u2013"
    if above.is_item and is_below and line.indent and line.indent >= above.column:
        return True
    if above.is_finished or not line.starts_small or not (above.is_item or above.is_text):
        return False
    if above.is_item:
        return is_below or below is None or below.is_item or below.kind is Kind.SOURCE
    return is_below and is_spaced


def _join(above: Line, line: Line) -> Line:
    if SIGN_ALONE.fullmatch(above.text):
        return line_of(above.number, f"{' ' * above.indent}{above.text} {line.text}")
    return replace(above, text=f"{above.text} {line.text}", says=f"{above.says} {line.says}")


def _without_stray_numbers(lines: Lines) -> Lines:
    """Numbers make a list only where two lines or more count up from one."""
    counted = set()
    for run in _numbered_runs(lines):
        if len(run) > 1 and [int(lines[place].sign) for place in run] == list(range(1, len(run) + 1)):
            counted.update(run)
    return [
        replace(line, kind=Kind.TEXT, says=fold(line.text), sign="")
        if line.is_numbered and place not in counted
        else line
        for place, line in enumerate(lines)
    ]


def _numbered_runs(lines: Lines) -> Iterator[list[int]]:
    run: list[int] = []
    for place, line in enumerate(lines):
        if line.is_numbered:
            run.append(place)
        elif run:
            yield run
            run = []
    if run:
        yield run
