"""The passages of an article behind a bullet, as text quote selectors with their places.

Source of the selectors: Web Annotation Data Model (W3C Recommendation, 2017), sections 4.2.4 and 4.2.5.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from articles.summaries.claims import Claim
from articles.summaries.pool import Passage, Pool
from articles.summaries.weights import Weights
from articles.summaries.words import fold

MOST_PASSAGES = 3
LEAST_GAIN = 0.08
COSINE_SHARE = 0.01
COUNTED_PASSAGES = 2
SUPPORTED, WEAK = 0.5, 0.25
CONTEXT = 32


@dataclass(frozen=True)
class Selector:
    """A TextQuoteSelector with its offsets into the plain text of ``field``: ``exact == text[start:end]``."""

    field: str
    exact: str
    prefix: str
    suffix: str
    start: int
    end: int


@dataclass(frozen=True)
class Evidence:
    """What an article has for a bullet: passages in order of choice.

    ``terms`` says for each passage of the pool which terms of the claim it has. ``coverage`` is the weighted share of
    the bullet's terms in the first two passages, ``best`` in the one that has most, ``found`` in the article as a
    whole, each from 0 to 1.
    """

    passages: tuple[Passage, ...]
    terms: tuple[frozenset[int], ...]
    coverage: float
    best: float
    found: float

    @property
    def support(self) -> float:
        """The mean of the three shares."""
        return (self.best + self.coverage + self.found) / 3

    @property
    def level(self) -> str:
        """Supported where the first two passages have half of the bullet, weak for a quarter, unsupported below."""
        if self.coverage >= SUPPORTED:
            return "supported"
        return "weak" if self.coverage >= WEAK else "unsupported"


def find_evidence(claim: Claim, pool: Pool, weights: Weights) -> Evidence:
    """The passages behind a bullet: chosen one by one, each by what it adds to the words covered so far.

    At most three, none that adds less than 0.08; of two that add as much, the one closer to the bullet as a whole.
    """
    has = [claim.terms_in(passage) for passage in pool.passages]
    chosen: list[int] = []
    covered: list[frozenset[int]] = [frozenset()]
    while len(chosen) < MOST_PASSAGES:
        gains = {place: claim.share(terms - covered[-1]) for place, terms in enumerate(has) if terms - covered[-1]}
        best = max(gains, key=lambda place: gains[place] + _closeness(claim, pool, has, place, weights), default=None)
        if best is None or gains[best] < LEAST_GAIN:
            break
        chosen.append(best)
        covered.append(covered[-1] | has[best])
    return Evidence(
        passages=tuple(pool.passages[place] for place in chosen),
        terms=tuple(has),
        coverage=claim.share(covered[: COUNTED_PASSAGES + 1][-1]),
        best=max(map(claim.share, has), default=0.0),
        found=claim.share(frozenset().union(*has)),
    )


def find_verbatim(claim: Claim, pool: Pool) -> Evidence | None:
    """The evidence for a bullet that is a sentence of the article, None if it is not."""
    wanted = _bare(claim.text)
    passage = next((passage for passage in pool.passages if _bare(passage.text) == wanted), None)
    return Evidence((passage,), (), coverage=1.0, best=1.0, found=1.0) if passage else None


def select(passage: Passage, pool: Pool) -> Selector:
    """The selector of a passage, with up to 32 characters on either side."""
    text = pool.fields[passage.field]
    before, after = text[max(0, passage.start - CONTEXT) : passage.start], text[passage.end : passage.end + CONTEXT]
    return Selector(passage.field, passage.text, before, after, passage.start, passage.end)


def _bare(text: str) -> str:
    """A sentence without what copying changes: kinds of quotes and spaces, quotes around it, the mark at its end."""
    squeezed = " ".join(fold(text).split())
    return squeezed.strip(" .\"'") or squeezed


def _closeness(claim: Claim, pool: Pool, has: Sequence[frozenset[int]], place: int, weights: Weights) -> float:
    """A hundredth of the cosine between the bullet and a passage, which breaks ties."""
    length = sqrt(sum(weights.of(key) ** 2 for key in pool.passages[place].keys) or 1.0)
    own = sqrt(sum(term.weight**2 for term in claim.terms))
    return COSINE_SHARE * sum(claim.terms[term].weight ** 2 for term in has[place]) / (own * length)
