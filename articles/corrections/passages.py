"""Passages of a story that was changed: what was written, what it now says, and where. Pure functions on texts."""

import re
from collections.abc import Sequence

from articles.revisions.diff import Run

MAX_PASSAGE = 1000
# Where a sentence can end: a full stop and the like with what closes behind it, or a blank line.
BREAK = re.compile(r"[.?!…]+[”\u2019\"')\]]*\s+|\n\s*\n")


def changed_passages(before: str, after: str) -> tuple[str, str]:
    """The sentences in which two texts differ, from the first to the last difference; "" twice for equal texts.

    Either is "" where the other text only has sentences more.
    """
    if before == after:
        return "", ""
    start = shared_start(before, after)
    shorter = min(len(before), len(after)) - start
    tail = min(shared_start(before[::-1], after[::-1]), shorter)
    one, other = (_sentences(text, start, len(text) - tail) for text in (before, after))
    return one, other


def places_of(passage: str, text: str) -> list[tuple[int, int]]:
    """The start and end of each place of ``text`` where ``passage`` stands, whatever white space is in it."""
    pattern = r"\s+".join(map(re.escape, passage.split()))
    return [match.span() for match in re.finditer(pattern, text)] if pattern else []


def changed_place(passage: str, before: str, after: str) -> tuple[int, int] | None:
    """Where in the text ``after``, which said ``before``, the corrected ``passage`` stands; None if nowhere.

    Of several places it is the one nearest to where the two texts begin to differ.
    """
    differ = shared_start(before, after)
    return min(places_of(passage, after), key=lambda place: max(place[0] - differ, differ - place[1], 0), default=None)


def same_place(passage: str, prefix: str, suffix: str, text: str) -> tuple[int, int] | None:
    """Where in ``text`` the ``passage`` stands that once stood between ``prefix`` and ``suffix``; None if nowhere.

    Of several places it is the one with the most of its surroundings left.
    """

    def surroundings(place: tuple[int, int]) -> int:
        ahead = text[max(0, place[0] - len(prefix)) : place[0]]
        return shared_start(ahead[::-1], prefix[::-1]) + shared_start(text[place[1] :], suffix)

    return max(places_of(passage, text), key=surroundings, default=None)


def one_side(runs: Sequence[Run], sign: str) -> list[Run]:
    """Of ``runs`` that hold two states of a passage the one with the changes of this ``sign``, "-" before, "+" after.

    White space before a change of the other sign goes with it.
    """
    following = [run.sign for run in runs[1:]] + [""]
    kept = ("=", sign)
    return [
        run
        for run, after in zip(runs, following, strict=True)
        if run.sign in kept and (after in (*kept, "") or run.sign == sign or not run.text.isspace())
    ]


def shared_start(one: str, other: str) -> int:
    """How many characters two texts have in common at their start."""
    pairs = zip(one, other, strict=False)
    return next((at for at, (left, right) in enumerate(pairs) if left != right), min(len(one), len(other)))


def sentences_around(text: str, start: int, end: int) -> tuple[int, int]:
    """From where to where the sentences of ``text`` reach that have a part between ``start`` and ``end``."""
    breaks = [match.end() for match in BREAK.finditer(text)]
    first = max((at for at in breaks if at <= start), default=0)
    last = min((at for at in breaks if at >= max(end, start + 1)), default=len(text)) if end > first else first
    return first, last


def _sentences(text: str, start: int, end: int) -> str:
    """The sentences of ``text`` that have a part between ``start`` and ``end``, on one line."""
    first, last = sentences_around(text, start, end)
    return " ".join(text[first:last].split())
