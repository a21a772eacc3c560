"""How much a word tells of what a text is about."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from math import log

from articles.summaries.lexicon import COMMON_WORDS, FREQUENT_WORDS
from articles.summaries.words import key_of

THOUSAND = 1000
UNCOMMON = 10


@dataclass(frozen=True)
class Weights:
    """In how many of ``articles`` stories each word is found, by its key (``words.key_of``)."""

    articles: int = 0
    frequencies: Mapping[str, int] = field(default_factory=dict)

    def of(self, key: str) -> float:
        """``ln((N+1)/(df+1))+1`` for a word in ``df`` of ``N`` articles; 1 for every word where N is 0."""
        if not self.articles:
            return 1.0
        return log((self.articles + 1) / (self.frequencies.get(key, 0) + 1)) + 1


@cache
def english_weights() -> Weights:
    """Weights for English news where no stories have been counted: rough guesses, in how many of a thousand.

    Frequent words stand in bands, the others of the lexicon in the last; names and rare words count as never seen.
    """
    frequencies = {key_of(word): UNCOMMON for word in COMMON_WORDS}
    for word, frequency in FREQUENT_WORDS.items():
        key = key_of(word)
        frequencies[key] = max(frequency, frequencies.get(key, 0))
    return Weights(THOUSAND, frequencies)
