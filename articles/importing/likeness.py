"""How alike two stories are, from their words alone, and keys by which alike ones find each other. Pure.

A copy shares phrases with its original, however it was shortened or its paragraphs moved. Another outlet's report
of the same event shares few of those; it shares names, figures and many of the longer words. A later story on the
same subject shares the names alone.
The keys are MinHash signatures (Broder 1997) cut into bands (Leskovec, Rajaraman and Ullman, Mining of Massive
Datasets, chapter 3): the more alike two stories are, the more keys they have in common.
"""

import re
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain, islice
from math import sqrt
from zlib import crc32

# What two stories have to reach to be called alike, as measured by tests/bench/repeats.py.
ALIKE = 0.4

WORD = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+")
SENTENCE_END = re.compile(r"[.!?:;]\W*\s+|\n+|[“\"]")
YEAR = re.compile(r"(?:19|20)\d\d")
CALENDAR = frozenset(
    "january february march april may june july august september october november december"
    " monday tuesday wednesday thursday friday saturday sunday".split()
)
LONG_WORD, STEM = 6, 6
# A few phrases of a short text are soon the same by chance.
FEWEST_PHRASES = 15
FEWEST_FACTS = 3
FACT_BANDS, PHRASE_BINS = 14, 6
BITS = 0xFFFFFFFF
MULTIPLIERS = [crc32(b"multiplier %d" % number) | 1 for number in range(2 * FACT_BANDS)]


@dataclass(frozen=True)
class Traits:
    """What is compared of a story: its names, figures and longer words, and its phrases, all as hashes.

    A phrase is three words in a row of which the first is a longer one: a third of all would-be phrases, and the
    more telling ones.
    """

    names: frozenset[int]
    figures: frozenset[int]
    words: frozenset[int]
    phrases: frozenset[int]

    def packed(self) -> bytes:
        """For a database: how many hashes of each kind, then the hashes; each number takes four bytes."""
        kinds = (self.names, self.figures, self.words, self.phrases)
        numbers = [*map(len, kinds), *chain.from_iterable(kinds)]
        return struct.pack(f"<{len(numbers)}I", *numbers)

    @classmethod
    def unpacked(cls, raw: bytes) -> "Traits":
        """What ``packed`` put into ``raw``."""
        names, figures, words, phrases, *hashes = struct.unpack(f"<{len(raw) // 4}I", raw)
        rest = iter(hashes)
        return cls(*(frozenset(islice(rest, count)) for count in (names, figures, words, phrases)))

    @property
    def facts(self) -> frozenset[int]:
        """Names and figures."""
        return self.names | self.figures


def traits_of(headline: str, text: str) -> Traits:
    """The traits of a story of plain text. Only ``text`` gives names: in headlines every word may have a capital."""
    words = WORD.findall(f"{headline}\n{text}".casefold())
    runs = zip(words, words[1:], words[2:], strict=False)
    phrases = [crc32(f"{run[0]} {run[1]} {run[2]}".encode()) for run in runs if len(run[0]) >= LONG_WORD]
    return Traits(
        names=frozenset([crc32(name.encode()) for name in _names_in(text)]),
        figures=frozenset([crc32(word.replace(",", "").encode()) for word in words if _is_figure(word)]),
        words=frozenset([crc32(word[:STEM].encode()) for word in words if len(word) >= LONG_WORD]),
        phrases=frozenset(phrases),
    )


def _is_figure(word: str) -> bool:
    """Years and single digits say too little."""
    return word[0].isdigit() and len(word) > 1 and not YEAR.fullmatch(word)


def _names_in(text: str) -> Iterable[str]:
    """Words with a capital that no start of a sentence explains; no days, no months."""
    for sentence in SENTENCE_END.split(text):
        for word in WORD.findall(sentence)[1:]:
            if word[0].isupper() and len(word) > 1 and (name := word.casefold()) not in CALENDAR:
                yield name


def resemblance(one: Traits, other: Traits) -> float:
    """From 0 to 1: how far one story is the other's copy, or tells the same anew; ``ALIKE`` and above is much."""
    return max(_copied(one, other), _retold(one, other))


def _copied(one: Traits, other: Traits) -> float:
    """How many of the shorter story's phrases stand in the longer one."""
    shorter = min(len(one.phrases), len(other.phrases))
    return len(one.phrases & other.phrases) / max(shorter, FEWEST_PHRASES)


def _retold(one: Traits, other: Traits) -> float:
    """Facts by Jaccard's measure, longer words by the cosine; figures and facts count double."""
    facts = len(one.names | other.names) + 2 * len(one.figures | other.figures)
    if not facts or not one.words or not other.words:
        return 0.0
    shared_facts = (len(one.names & other.names) + 2 * len(one.figures & other.figures)) / facts
    shared_words = len(one.words & other.words) / sqrt(len(one.words) * len(other.words))
    return (2 * shared_facts + shared_words) / 3


def keys_of(traits: Traits) -> list[int]:
    """Numbers below 2**31, the same for the same traits on every machine, to look up alike stories by."""
    return [*_fact_keys(traits), *_phrase_keys(traits)]


def _fact_keys(traits: Traits) -> Iterable[int]:
    """A key for each two minima."""
    if len(traits.facts) < FEWEST_FACTS:
        return
    facts = traits.facts
    minima = [min([fact * multiplier & BITS for fact in facts]) for multiplier in MULTIPLIERS]
    for band in range(FACT_BANDS):
        yield crc32(b"fact %d %d %d" % (band, minima[2 * band], minima[2 * band + 1])) >> 1


def _phrase_keys(traits: Traits) -> Iterable[int]:
    """A key for the least of each bin (one permutation hashing, Li, Owen and Zhang 2012)."""
    least: dict[int, int] = {}
    for number in traits.phrases:
        place, mixed = number % PHRASE_BINS, number * MULTIPLIERS[0] & BITS
        if mixed < least.get(place, BITS + 1):
            least[place] = mixed
    for place, mixed in sorted(least.items()):
        yield crc32(b"phrase %d %d" % (place, mixed)) >> 1
