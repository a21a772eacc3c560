"""Names of a bullet that its article has, but where it speaks of something else."""

from collections.abc import Iterator
from itertools import pairwise

from articles.summaries.claims import Claim
from articles.summaries.evidence import Evidence
from articles.summaries.lexicon import DAYS_AND_MONTHS
from articles.summaries.words import key_of

LEAST_SHARE = 0.2
DAY_KEYS = frozenset(key_of(word) for word in DAYS_AND_MONTHS)
LEAST_DIFFERENCE = 0.5


def find_misplaced_names(claim: Claim, evidence: Evidence) -> Iterator[str]:
    """The names that stand where the article says little of the rest of the bullet, while it says it elsewhere.

    "Where" is the passage that has the name, the one before and the one after, since a story goes on with "he". Little
    is less than a fifth of the bullet's other words, elsewhere is where half of them more stand. A name of the first
    passage is left alone: what a story opens with, it speaks of throughout, by other words.
    """
    opening = evidence.terms[0] if evidence.terms else frozenset()
    for place, here, anywhere in _shares(claim, evidence):
        if here < LEAST_SHARE and anywhere - here > LEAST_DIFFERENCE and place not in opening:
            yield claim.terms[place].text


def fit_of_names(claim: Claim, evidence: Evidence) -> float:
    """How well the names sit: 0 where each stands where most of the bullet does, down to -1."""
    return min((here - anywhere for _, here, anywhere in _shares(claim, evidence)), default=0.0)


def _shares(claim: Claim, evidence: Evidence) -> Iterator[tuple[int, float, float]]:
    """The place of each name that the article has, the share of other terms around it, and the largest anywhere."""
    others = frozenset(place for place, term in enumerate(claim.terms) if not term.is_name)
    total = claim.share(others)
    if not total:
        return
    pairs = pairwise((*evidence.terms, frozenset()))
    shares = [claim.share((one | other) & others) / total for one, other in pairs]
    for place, term in enumerate(claim.terms):
        if not term.is_name or term.keys & DAY_KEYS:
            continue
        where = [at for at, terms in enumerate(evidence.terms) if place in terms]
        if where:
            yield place, max(max(shares[at], shares[at - 1] if at else 0.0) for at in where), max(shares)
