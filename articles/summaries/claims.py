"""A bullet taken apart into what can be looked for in an article."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from articles.summaries.figures import bears_out
from articles.summaries.names import Vocabulary, find_names, other_keys
from articles.summaries.number_readers import Number
from articles.summaries.numbers import HAS_DIGIT, find_numbers
from articles.summaries.pool import Passage, Pool
from articles.summaries.weights import Weights
from articles.summaries.words import Word, find_words, fold, key_of

NUMBER_SHARE = 0.5  # a number is found by chance more often than a word as rare


@dataclass(frozen=True)
class Term:
    """One thing that a bullet says, a word or a number as it is written there, and what it weighs.

    ``keys`` are what a word counts as: more than one for a name that the article may have otherwise.
    """

    text: str
    weight: float
    keys: frozenset[str] = frozenset()
    number: Number | None = None
    is_name: bool = False

    def is_in(self, passage: Passage) -> bool:
        """Whether ``passage`` says it too."""
        if self.number is None:
            return not self.keys.isdisjoint(passage.keys)
        return any(bears_out(self.number, found) for found in passage.numbers)


@dataclass(frozen=True)
class Claim:
    """A bullet, its words, and its terms: each word of content and each number once."""

    text: str
    words: tuple[Word, ...]
    terms: tuple[Term, ...]

    @property
    def numbers(self) -> list[Number]:
        """The numbers that it states."""
        return [term.number for term in self.terms if term.number]

    @cached_property
    def weight(self) -> float:
        """What all its terms weigh."""
        return sum(term.weight for term in self.terms)

    def terms_in(self, passage: Passage) -> frozenset[int]:
        """Which of its terms ``passage`` has, by their place."""
        return frozenset(place for place, term in enumerate(self.terms) if term.is_in(passage))

    def share(self, places: Iterable[int]) -> float:
        """The weighted share of these terms in all, from 0 to 1; 0 for a claim without terms."""
        return sum(self.terms[place].weight for place in places) / (self.weight or 1.0)


def make_claim(bullet: str, pool: Pool, weights: Weights) -> Claim:
    """The terms of ``bullet``, weighed; ``pool`` tells which capitalised words are names, and the language.

    Number words are those of English, so none is read where the article is in another language.
    """
    words = tuple(find_words(bullet))
    is_foreign = pool.vocabulary.is_foreign
    numbers = [n for n in find_numbers(bullet) if not n.is_implied and (not is_foreign or HAS_DIGIT.search(n.text))]
    names = {word.key: word.text for word in find_names(bullet, words, pool.vocabulary)}
    counted = {place for number in numbers for place in range(number.start, number.end)}
    others = [word for word in words if word.start not in counted]
    said = dict(_keys(fold(bullet), others, pool.vocabulary.keys))
    terms = [
        Term(text, weights.of(key), _keys_of(key, names.get(key), pool.vocabulary), is_name=key in names)
        for key, text in said.items()
    ]
    terms += [Term(n.text, weights.of(n.text.lower()) * NUMBER_SHARE, number=n) for n in numbers]
    return Claim(bullet, words, tuple(terms))


def _keys(text: str, words: Sequence[Word], known: frozenset[str]) -> Iterator[tuple[str, str]]:
    """The words of content as (key, text); a hyphenated pair as one word if the article has it as one."""
    skipped = -1
    for place, word in enumerate(words):
        follower = words[place + 1] if place + 1 < len(words) else None
        if place == skipped or not word.key or word.text[0].isdigit():
            continue
        joined = key_of(word.text + follower.text) if follower and text[word.end : follower.start] == "-" else ""
        if follower and joined and joined in known:
            skipped = place + 1
            yield joined, text[word.start : follower.end]
        else:
            yield word.key, word.text


def _keys_of(key: str, name: str | None, vocabulary: Vocabulary) -> frozenset[str]:
    return frozenset({key}) | (other_keys(name, vocabulary) if name else frozenset())
