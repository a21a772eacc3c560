"""Which numbers of a bullet its article does not bear out."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from articles.summaries.claims import Claim
from articles.summaries.evidence import Evidence
from articles.summaries.figures import bears_out
from articles.summaries.number_readers import Number
from articles.summaries.pool import Pool
from articles.summaries.words import Word

SMALL = 31  # days of a month, small counts: most articles have them somewhere
NEARBY, NEARBY_THERE = 3, 5  # so many words around a number tell what it is of
LEAST_SHARE, LEAST_SHARE_OF_SMALL = 0.1, 0.15
AROUND = 2  # a table has what a number is of in another cell
BEFORE_AGE = (", ", "aged ", "(", "the ", "The ", "a ", "A ", "an ", "An ")
AGE = re.compile(r"[- ]years?[- ]olds?\b|\s*(?:[,)]|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Doubt:
    """A number of a bullet that no passage has (``is_absent``), or that only passages about something else have."""

    text: str
    is_absent: bool


def find_doubtful_numbers(claim: Claim, pool: Pool, evidence: Evidence) -> Iterator[Doubt]:
    """The numbers of a bullet that its article does not bear out.

    A number that stands outside the evidence, or a small one anywhere, is borne out only by a passage that has one of
    the words around it around it too, or a share of the bullet's words: a tenth with the two passages before and
    the two after, or for a small number a seventh by itself.
    """
    for place, term in enumerate(claim.terms):
        if term.number is None:
            continue
        where = [at for at, terms in enumerate(evidence.terms) if place in terms]
        if not where:
            yield Doubt(term.text, is_absent=True)
        elif not any(_is_meant(claim, term.number, pool, at, evidence) for at in where):
            yield Doubt(term.text, is_absent=False)


def _is_meant(claim: Claim, number: Number, pool: Pool, at: int, evidence: Evidence) -> bool:
    """Whether the passage with this place speaks of what the bullet counts."""
    passage = pool.passages[at]
    is_small = number.value <= SMALL and number.value.is_integer() and number.kind in ("plain", "ordinal")
    if passage in evidence.passages and not is_small:
        return True
    terms = (
        evidence.terms[at] if is_small else frozenset().union(*evidence.terms[max(0, at - AROUND) : at + AROUND + 1])
    )
    share = claim.share(place for place in terms if claim.terms[place].number is None)
    if share >= (LEAST_SHARE_OF_SMALL if is_small else LEAST_SHARE):
        return True
    around, is_age = _around(claim.words, number, NEARBY), _is_age(claim.text, number)
    return any(
        around & _around(passage.words, found, NEARBY_THERE) or (is_age and _is_age(passage.text, found))
        for found in passage.numbers
        if bears_out(number, found)
    )


def _around(words: Sequence[Word], number: Number, count: int) -> set[str]:
    first = bisect_right(words, number.start, key=lambda word: word.end)
    after = bisect_left(words, number.end, key=lambda word: word.start)
    near = (*words[max(0, first - count) : first], *words[after : after + count])
    return {word.key for word in near} - {""}


def _is_age(text: str, number: Number) -> bool:
    """ "Anna Lund, 36," and "the 36-year-old" say the same."""
    is_whole = number.kind == "plain" and number.text.isdigit()
    is_framed = number.start == 0 or text[: number.start].endswith(BEFORE_AGE)
    return is_whole and is_framed and bool(AGE.match(text, number.end))
