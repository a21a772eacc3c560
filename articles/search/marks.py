"""Where the hits are: marks that a database sets in a text, read into runs for a template.

A database can only put characters around a hit. Two private-use characters stand there, and are taken apart here,
so that no markup is made outside the templates.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from unicodedata import normalize

START = "\ue000"
STOP = "\ue001"
HIT = re.compile(f"{START}([^{START}{STOP}]*){STOP}")
CLUSTER = re.compile(r".[\u0300-\u036f]*", re.DOTALL)

LENGTH = 220
LEAD = 60
WORD = 40

Run = tuple[str, bool]
Span = tuple[int, int]


@dataclass(frozen=True)
class Marked:
    """A text and its hits, as pairs of offsets in order."""

    text: str
    spans: tuple[Span, ...] = ()


def read_marks(delimited: str) -> Marked:
    """Take the delimiters out of a text; one that has no partner is dropped."""
    pieces: list[str] = []
    spans: list[Span] = []
    length = 0
    for number, piece in enumerate(HIT.split(delimited)):
        text = piece.replace(START, "").replace(STOP, "")
        if number % 2 and text:
            spans.append((length, length + len(text)))
        pieces.append(text)
        length += len(text)
    return Marked("".join(pieces), tuple(spans))


def carry_over(folded: Marked, text: str) -> Marked:
    """The hits of a text that was folded before they were marked, as hits of the text as it was written.

    Folding keeps one character for each of the text in normal form C, save that it drops combining accents that
    follow a Latin letter. Where the two do not fit together all the same, nothing is marked.
    """
    text = normalize("NFC", text)
    places = [place for cluster in CLUSTER.finditer(text) for place in _kept(cluster)]
    if len(places) != len(folded.text):
        return Marked(text)
    places.append(len(text))
    return Marked(text, tuple((places[start], places[stop]) for start, stop in folded.spans))


def runs(marked: Marked, start: int = 0, stop: int | None = None) -> list[Run]:
    """The text between two offsets as runs of plain text and hits."""
    stop = len(marked.text) if stop is None else stop
    found: list[Run] = []
    at = start
    for first, last in marked.spans:
        if start <= first and last <= stop:
            found += [(marked.text[at:first], False), (marked.text[first:last], True)]
            at = last
    found.append((marked.text[at:stop], False))
    return [run for run in found if run[0]]


def passage(marked: Marked) -> list[Run]:
    """The line with the most hits, cut to about LENGTH characters around them; empty where there is no hit."""
    lines = [line.span() for line in re.finditer(r"[^\n]+", marked.text)]
    line = max(lines, key=lambda line: len(_within(marked.spans, *line)), default=(0, 0))
    hits = _within(marked.spans, *line)
    if not hits:
        return []
    first = max(hits, key=lambda hit: len(_within(hits, hit[0], hit[0] + LENGTH - LEAD)))
    start, stop = _window(marked.text, line, first)
    before: list[Run] = [("… ", False)] if start > line[0] else []
    after: list[Run] = [(" …", False)] if stop < line[1] else []
    return [*before, *runs(marked, start, stop), *after]


def _kept(cluster: re.Match[str]) -> range:
    """The places of a letter and its accents that folding keeps."""
    base = normalize("NFD", cluster[0])[0]
    is_latin = base.isascii() and base.isalpha()
    return range(cluster.start(), cluster.start() + 1 if is_latin else cluster.end())


def _within(spans: Sequence[Span], start: int, stop: int) -> list[Span]:
    return [span for span in spans if start <= span[0] and span[1] <= stop]


def _window(text: str, line: Span, hit: Span) -> Span:
    """A piece of ``line`` of about LENGTH characters that shows ``hit`` and starts and ends between words."""
    if line[1] - line[0] <= LENGTH:
        return line
    start = max(line[0], hit[0] - LEAD)
    if start > line[0]:
        space = text.rfind(" ", max(line[0], start - WORD), start)
        start = space + 1 if space >= 0 else start
    stop = min(line[1], max(start + LENGTH, hit[1]))
    if stop < line[1]:
        space = text.rfind(" ", max(hit[1], stop - WORD), stop + 1)
        stop = space if space >= 0 else stop
    return start, stop
