"""How much a word tells of what a text is about."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from math import log
from pathlib import Path

from articles.summaries.names import COMMON_STEMS
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

    ``frequent_words.txt`` has the frequent ones in bands, ``common_words.txt`` the others that stand in dictionaries;
    names and rare words count as never seen.
    """
    frequencies = dict.fromkeys(COMMON_STEMS, UNCOMMON)
    for line in Path(__file__).with_name("frequent_words.txt").read_text(encoding="utf-8").splitlines():
        frequency, words = line.split(":")
        for word in words.split():
            key = key_of(word)
            frequencies[key] = max(int(frequency), frequencies.get(key, 0))
    return Weights(THOUSAND, frequencies)
