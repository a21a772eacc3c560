"""What an editor should look at in a bullet before standing behind it: flags, each with its reason in words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from articles.summaries.claims import Claim, make_claim
from articles.summaries.evidence import Evidence, find_evidence, find_verbatim
from articles.summaries.name_check import find_misplaced_names, fit_of_names
from articles.summaries.names import Vocabulary, find_missing_names
from articles.summaries.number_check import find_doubtful_numbers
from articles.summaries.opposites import find_antonyms, find_negations
from articles.summaries.pool import Pool
from articles.summaries.weights import Weights

RED, AMBER = "red", "amber"
# A bullet from another story shares words with this one by chance, seldom its names and numbers.
FOUND_NAME = 0.1
ABSENT = {"name": 0.2, "number": 0.15}
LEAST_STANDING = 0.3


@dataclass(frozen=True)
class Flag:
    """A doubt about a bullet.

    ``kind`` is number, name, negation, antonym or unsupported; ``colour`` "red" for what the article does not have,
    "amber" for what an editor should compare; ``words`` the words of the bullet in question.
    """

    kind: str
    colour: str
    words: tuple[str, ...]
    reason: str


@dataclass(frozen=True)
class Finding:
    """What the checks have to say of one bullet.

    ``score`` runs from 0 to 1 and only orders bullets by how likely they are to be right: those with a red flag have
    less than a third, those with an amber one less than two, and within each third the better supported have more.
    ``unchecked`` names the kinds of doubt that were not looked for, since the article is not in English.
    """

    bullet: str
    evidence: Evidence
    flags: tuple[Flag, ...]
    score: float
    unchecked: tuple[str, ...] = ()

    @property
    def red_flags(self) -> list[Flag]:
        """The flags that an editor has to answer."""
        return [flag for flag in self.flags if flag.colour == RED]


def check_bullet(bullet: str, pool: Pool, weights: Weights) -> Finding:
    """The passages behind ``bullet`` and the flags it earns, the red ones first; a sentence of it earns none."""
    claim = make_claim(bullet, pool, weights)
    verbatim = find_verbatim(claim, pool)
    if verbatim:
        return Finding(bullet, verbatim, (), 1.0)
    evidence = find_evidence(claim, pool, weights)
    flags = [
        *_check_numbers(claim, pool, evidence),
        *_check_names(claim, pool, evidence),
        *(_check_opposites(claim, pool, evidence) if not pool.vocabulary.is_foreign else ()),
    ]
    flags += _check_support(claim, pool, evidence, flags)
    flags.sort(key=lambda flag: flag.colour != RED)
    return Finding(bullet, evidence, tuple(flags), _score(claim, evidence, flags), _unchecked(pool.vocabulary))


def _unchecked(vocabulary: Vocabulary) -> tuple[str, ...]:
    opposites = ("negation", "antonym") if vocabulary.is_foreign else ()
    return (*opposites, *(() if vocabulary.has_capitals else ("name",)))


def _check_support(claim: Claim, pool: Pool, evidence: Evidence, flags: Sequence[Flag]) -> Iterator[Flag]:
    """Unsupported: by its coverage, or by that and the names and numbers that the article has or has not."""
    absent = {flag.kind for flag in flags if flag.colour == RED}
    has_name = any(term.is_name and not term.keys.isdisjoint(pool.vocabulary.keys) for term in claim.terms)
    standing = evidence.support + FOUND_NAME * has_name - sum(ABSENT[kind] for kind in absent)
    if evidence.level == "unsupported" or standing < LEAST_STANDING:
        yield Flag("unsupported", RED, (claim.text,), _("No passage of the article says this in similar words."))


def _check_numbers(claim: Claim, pool: Pool, evidence: Evidence) -> Iterator[Flag]:
    for doubt in find_doubtful_numbers(claim, pool, evidence):
        if doubt.is_absent:
            reason = _("“%(number)s” is in no sentence of the article.") % {"number": doubt.text}
            yield Flag("number", RED, (doubt.text,), reason)
        else:
            yield Flag("number", AMBER, (doubt.text,), _elsewhere(doubt.text))


def _check_names(claim: Claim, pool: Pool, evidence: Evidence) -> Iterator[Flag]:
    for name in find_missing_names(claim.text, claim.words, pool.vocabulary):
        yield Flag("name", RED, (name,), _("“%(name)s” is nowhere in the article.") % {"name": name})
    for name in find_misplaced_names(claim, evidence):
        yield Flag("name", AMBER, (name,), _elsewhere(name))


def _elsewhere(words: str) -> str:
    return _("“%(words)s” is in the article, but not where it speaks of this.") % {"words": words}


def _check_opposites(claim: Claim, pool: Pool, evidence: Evidence) -> Iterator[Flag]:
    for found in find_negations(claim.words, claim.text, evidence.passages, pool.passages):
        yield Flag("negation", AMBER, found.words, found.reason)
    for found in find_antonyms(claim.words, evidence.passages):
        yield Flag("antonym", AMBER, found.words, found.reason)


def _score(claim: Claim, evidence: Evidence, flags: Sequence[Flag]) -> float:
    colours = {flag.colour for flag in flags}
    third = 0 if RED in colours else 1 if AMBER in colours else 2
    return (third + (evidence.support + 1 + fit_of_names(claim, evidence)) / 2) / 3
