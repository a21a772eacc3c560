"""ROUGE-1, ROUGE-2 and ROUGE-Lsum, as F1 of lower-cased words without stemming.

Source: C.-Y. Lin, "ROUGE: A Package for Automatic Evaluation of Summaries", 2004; Lsum takes the union of the longest
common subsequences of each reference sentence with every sentence of the summary.
"""

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple


class Rouge(NamedTuple):
    """Three scores from 0 to 1."""

    one: float
    two: float
    lsum: float


def rouge(summary: Sequence[str], reference: Sequence[str]) -> Rouge:
    """The scores of the sentences ``summary`` against the sentences ``reference``."""
    said, wanted = ([_words(sentence) for sentence in text] for text in (summary, reference))
    return Rouge(_overlap(said, wanted, 1), _overlap(said, wanted, 2), _lsum(said, wanted))


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.lower())


def _overlap(said: Sequence[list[str]], wanted: Sequence[list[str]], size: int) -> float:
    one, other = (_grams([word for sentence in text for word in sentence], size) for text in (said, wanted))
    return _f1((one & other).total(), one.total(), other.total())


def _grams(words: Sequence[str], size: int) -> Counter[tuple[str, ...]]:
    return Counter(tuple(words[at : at + size]) for at in range(len(words) - size + 1))


def _lsum(said: Sequence[list[str]], wanted: Sequence[list[str]]) -> float:
    left = Counter(word for sentence in said for word in sentence)
    hits = 0
    for reference in wanted:
        places = set().union(*(_common(reference, sentence) for sentence in said)) if said else set()
        for place in sorted(places):
            if left[reference[place]]:
                left[reference[place]] -= 1
                hits += 1
    return _f1(hits, sum(map(len, said)), sum(map(len, wanted)))


def _common(one: Sequence[str], other: Sequence[str]) -> set[int]:
    """Which places of ``one`` are in a longest common subsequence with ``other``."""
    table = [[0] * (len(other) + 1) for _ in range(len(one) + 1)]
    for i, word in enumerate(one):
        for j, match in enumerate(other):
            table[i + 1][j + 1] = table[i][j] + 1 if word == match else max(table[i][j + 1], table[i + 1][j])
    found, i, j = set(), len(one), len(other)
    while i and j:
        if one[i - 1] == other[j - 1]:
            i, j = i - 1, j - 1
            found.add(i)
        elif table[i - 1][j] >= table[i][j - 1]:
            i -= 1
        else:
            j -= 1
    return found


def _f1(hits: int, said: int, wanted: int) -> float:
    return 2 * hits / (said + wanted) if said + wanted else 0.0
