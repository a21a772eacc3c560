"""What changed between two versions of a story, as a reader would tell it: paragraph by paragraph, word by word. Pure.

Words are never cut, white space alone is no change, and a paragraph that moved is not one removed and one added.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

# Words with what joins them inside (it's, 3.5, 15:30), signs one by one, and scripts without spaces letter by letter.
SPACELESS = "\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff"
WORDS = re.compile(rf"[{SPACELESS}]|[^\W{SPACELESS}]+(?:['\u2019.,:/-][^\W{SPACELESS}]+)*|[^\w\s]")
SHORT = re.compile(rf"[^{SPACELESS}]{{1,3}}")
BLANK = re.compile(r"\n\s*\n")
# Two paragraphs that share this much of their words are two states of one; more of it, and one that moved.
KIN, MOVED = 0.5, 0.8
# Pairs of words beyond which two paragraphs are shown one after the other, and of paragraphs beyond which only equal
# ones are looked for.
MOST_PAIRS, MOST_PAIRED = 4_000_000, 20_000
# The words kept so far, and the last pair with the way before it.
_Way = tuple[float, "tuple[tuple[int, int], _Way] | None"]


@dataclass(frozen=True)
class Run:
    """Words in a row that stayed ("="), were taken out ("-") or were added ("+")."""

    sign: str
    text: str


@dataclass(frozen=True)
class Change:
    """A paragraph, or several in a row that stayed as they were.

    ``kind`` is "same" (no runs, ``count`` paragraphs), "changed", "removed", "added", "left" (it stands elsewhere now)
    or "moved" (it stood elsewhere before).
    """

    kind: str
    runs: tuple[Run, ...] = ()
    count: int = 1


@dataclass(frozen=True)
class Tally:
    """How many words were taken out, and how many added; what only moved counts for neither."""

    removed: int = 0
    added: int = 0


def compare(before: str, after: str) -> tuple[Change, ...]:
    """The paragraphs of two texts, blank lines between them, as one sequence of changes; () if both say the same."""
    old, new = _paragraphs(before), _paragraphs(after)
    if [paragraph.text for paragraph in old] == [paragraph.text for paragraph in new]:
        return ()
    return tuple(_together(_mark_moves(list(_aligned(old, new)))))


def compare_lists(before: Sequence[str], after: Sequence[str]) -> tuple[Change, ...]:
    """The points of two summaries, each a paragraph of its own; () if both say the same."""
    return compare(*("\n\n".join(" ".join(point.split()) for point in points) for points in (before, after)))


def compare_line(before: str, after: str) -> tuple[Run, ...]:
    """Two states of one paragraph as runs of words; () if they differ in white space at most."""
    runs = _runs(_split(before), _split(after))
    return runs if any(run.sign != "=" for run in runs) else ()


def tally(changes: Sequence[Change]) -> Tally:
    """The words that were taken out and added, as a reader counts them: signs are no words."""
    counted = {"-": 0, "+": 0, "=": 0}
    for change in changes:
        for run in change.runs if change.kind != "left" else ():
            counted[run.sign] += sum(word[0].isalnum() for word in WORDS.findall(run.text))
    return Tally(counted["-"], counted["+"])


@dataclass(frozen=True)
class _Paragraph:
    """A paragraph on one line, with its words in lower case, in their order and counted."""

    text: str
    words: tuple[str, ...]
    counts: Counter[str]

    def likeness(self, other: "_Paragraph") -> float:
        """How much of their words two paragraphs share, from 0 to 1: twice what is in both, to what is in either."""
        if self.text == other.text:
            return 1.0
        total = len(self.words) + len(other.words)
        if not total or 2 * (self.counts & other.counts).total() < KIN * total:
            return 0.0
        if len(self.words) * len(other.words) > MOST_PAIRS:
            return 0.0
        return SequenceMatcher(None, self.words, other.words).ratio()


def _paragraphs(text: str) -> list[_Paragraph]:
    lines = [" ".join(part.split()) for part in BLANK.split(text) if part.strip()]
    return [_paragraph(line) for line in lines]


def _paragraph(line: str) -> _Paragraph:
    words = tuple(WORDS.findall(line.casefold()))
    return _Paragraph(line, words, Counter(words))


def _aligned(old: Sequence[_Paragraph], new: Sequence[_Paragraph]) -> Iterator[Change]:
    """Every paragraph of both texts in its place: pairs of kin as one, in their order, the others on their own."""
    done = place = 0
    for first, second in [*_pairs(old, new), (len(old), len(new))]:
        yield from (_whole("removed", "-", paragraph.text) for paragraph in old[done:first])
        yield from (_whole("added", "+", paragraph.text) for paragraph in new[place:second])
        if first < len(old):
            runs = _runs(_split(old[first].text), _split(new[second].text))
            yield Change("same") if old[first].text == new[second].text else Change("changed", runs)
        done, place = first + 1, second + 1


def _pairs(old: Sequence[_Paragraph], new: Sequence[_Paragraph]) -> list[tuple[int, int]]:
    """The places of paragraphs that are two states of one, in order: first and last ones that stayed, then kin."""
    limit = min(len(old), len(new))
    head = next((i for i in range(limit) if old[i].text != new[i].text), limit)
    tail = next((i for i in range(limit - head) if old[-1 - i].text != new[-1 - i].text), limit - head)
    middle = _kin(old[head : len(old) - tail], new[head : len(new) - tail])
    return [
        *((place, place) for place in range(head)),
        *((head + first, head + second) for first, second in middle),
        *((len(old) - place, len(new) - place) for place in range(tail, 0, -1)),
    ]


def _kin(old: Sequence[_Paragraph], new: Sequence[_Paragraph]) -> list[tuple[int, int]]:
    """Of all ways to pair paragraphs in order, the one that keeps most words together; equal ones alone if many."""
    if len(old) * len(new) > MOST_PAIRED:
        blocks = SequenceMatcher(None, [p.text for p in old], [p.text for p in new])
        return [(at + n, to + n) for at, to, size in blocks.get_matching_blocks() for n in range(size)]
    best: list[list[_Way]] = [[(0.0, None)] * (len(new) + 1)]
    for first, paragraph in enumerate(old):
        row: list[_Way] = [(0.0, None)]
        for second, other in enumerate(new):
            options = [best[-1][second + 1], row[-1]]
            if (alike := paragraph.likeness(other)) >= KIN:
                before = best[-1][second]
                options.append((before[0] + alike * (1 + len(other.words)), ((first, second), before)))
            row.append(max(options, key=lambda way: way[0]))
        best.append(row)
    return list(_steps(best[-1][-1]))[::-1]


def _steps(way: "_Way") -> Iterator[tuple[int, int]]:
    while way[1]:
        pair, way = way[1]
        yield pair


def _mark_moves(changes: list[Change]) -> list[Change]:
    """``changes``, with a paragraph that was removed here and added there told as one that moved."""
    gone = {place: _paragraph(_text_of(change)) for place, change in enumerate(changes) if change.kind == "removed"}
    come = [place for place, change in enumerate(changes) if change.kind == "added"]
    for place in come if len(gone) * len(come) <= MOST_PAIRED else ():
        here = _paragraph(_text_of(changes[place]))
        alike, source = max(((there.likeness(here), -other) for other, there in gone.items()), default=(0.0, 0))
        if alike >= MOVED:
            before = gone.pop(-source)
            changes[-source] = Change("left", changes[-source].runs)
            changes[place] = Change("moved", _runs(_split(before.text), _split(here.text)))
    return changes


def _text_of(change: Change) -> str:
    return change.runs[0].text


def _together(changes: Sequence[Change]) -> Iterator[Change]:
    """``changes``, with paragraphs in a row that stayed counted as one."""
    kept = 0
    for change in changes:
        if change.kind == "same":
            kept += change.count
            continue
        if kept:
            yield Change("same", count=kept)
        kept = 0
        yield change
    if kept:
        yield Change("same", count=kept)


def _whole(kind: str, sign: str, text: str) -> Change:
    return Change(kind, (Run(sign, text),))


@dataclass(frozen=True)
class _Word:
    """A word and the white space before it, which is never compared."""

    text: str
    space: str

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Word) and self.text == other.text

    def __hash__(self) -> int:
        return hash(self.text)


def _split(text: str) -> list[_Word]:
    text = " ".join(text.split())
    found = list(WORDS.finditer(text))
    ends = [0, *(match.end() for match in found)]
    return [_Word(match[0], text[end : match.start()]) for match, end in zip(found, ends, strict=False)]


def _runs(old: Sequence[_Word], new: Sequence[_Word]) -> tuple[Run, ...]:
    if len(old) * len(new) > MOST_PAIRS:
        return (Run("-", _joined(old)), Run("+", _joined(new)))
    codes = SequenceMatcher(None, old, new).get_opcodes()
    steps = _without_confetti([(kind == "equal", old[a:b], new[c:d]) for kind, a, b, c, d in codes])
    return tuple(_in_words(steps))


_Step = tuple[bool, Sequence[_Word], Sequence[_Word]]


def _without_confetti(steps: Sequence[_Step]) -> list[_Step]:
    """``steps``, with short words that stayed between two changes taken as changed with them, for easier reading."""
    joined: list[_Step] = []
    for place, (is_same, old, new) in enumerate(steps):
        is_between = 0 < place < len(steps) - 1
        stays = is_same and not (is_between and all(SHORT.fullmatch(word.text) for word in new))
        if joined and not stays and not joined[-1][0]:
            joined[-1] = (False, [*joined[-1][1], *old], [*joined[-1][2], *new])
        else:
            joined.append((stays, old, new))
    return joined


def _in_words(steps: Sequence[_Step]) -> Iterator[Run]:
    """Runs of words; white space at the edge of a change belongs to what stays, so that no mark starts with it."""
    for place, (stays, old, new) in enumerate(steps):
        if stays:
            yield Run("=", _joined(new, is_whole=place == 0))
            continue
        space = (new or old)[0].space
        if space:
            yield Run("=", space)
        if old:
            yield Run("-", _joined(old))
        if old and new:
            yield Run("=", " ")
        if new:
            yield Run("+", _joined(new))


def _joined(words: Sequence[_Word], *, is_whole: bool = True) -> str:
    first = words[0] if words else _Word("", "")
    lead = first.text if is_whole else first.space + first.text
    return lead + "".join(word.space + word.text for _, word in pairwise(words))
