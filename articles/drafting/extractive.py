"""The embedded drafter: picks sentences of the story itself, with no network and no model.

Each sentence is weighed by how close it is to the story as a whole (the centroid of its TF-IDF vectors) and how early
it stands; then maximal marginal relevance picks those that say most without repeating each other. Sources: D. Radev
and others, "Centroid-based summarization of multiple documents", 2004; J. Carbonell and J. Goldstein, "The use of MMR",
SIGIR 1998.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from math import sqrt
from statistics import median

from articles.summaries.sentences import split_sentences
from articles.summaries.weights import Weights
from articles.summaries.words import find_words

FEWEST, MOST = 3, 5
PER_BULLET = 30  # one more bullet for each so many sentences
FALL = 0.1  # how fast a sentence loses by standing later
SHORTEST, LONGEST = 6, 60  # words
UNFIT = 0.3  # what is left of the weight of one that is shorter, longer, a question or an announcement
QUOTED, DANGLING = 0.5, 0.75  # the same of one with part of a quotation, or that starts with a word leaning on others
RELEVANCE = 0.7
HEADING_WORDS = 14
SECTIONS, SECTION_BLOCKS = 3, 2  # a round-up has so many sections at least, of so many blocks in the median at most

BLOCK_END = re.compile(r"\n\s*\n")
SENTENCE_END = re.compile(r"[.!?:;,\u2026\u3002\uff01\uff1f\u061f\u06d4\u0964][\"')\]\u201d\u2019\u00bb\u300d\u300f]*$")
UNFIT_END = re.compile(r"[?:\uff1f\u061f][\"')\]\u201d\u2019\u00bb\u300d\u300f]*$")
WORD = re.compile(r"[^\W_]+")
QUOTE_START = re.compile("[\"'\u2018\u201c\u201e\u00ab\u300c]")
# "He said so", "But that was all".
DANGLING_START = re.compile(
    r"(?:he|she|it|they|his|her|hers|its|their|this|that|these|those|but|and|so|then|there|here|yet|or|however|instead|"
    r"meanwhile|also|such|another|others?|both|i|we|you|my|our|your)\b",
    re.IGNORECASE,
)
# "OSLO, Norway (Reuters) -- ", "(CNN)", "NAIROBI, Kenya - ".
DATELINE = re.compile(
    r"(?:(?:[A-Z][\w.,' \u2019]{0,40} )?\((?:CNN|Reuters|AP|AFP|UPI|PA)\)\s*(?:(?:--?|[\u2014\u2013])\s*)?"
    r"|(?:[A-Z][\w.,' \u2019]{0,40} )?\([A-Z][\w. ]{1,20}\)\s*(?:--?|[\u2014\u2013])\s*"
    r"|[A-Z]{3,}[A-Z .']*(?:, [\w. ]{2,30}?)? (?:--?|[\u2014\u2013]) )(?=\S)"
)

Vector = dict[str, float]


@dataclass(frozen=True)
class Candidate:
    """A sentence that may become a bullet: where it stands among all, in which section, and what it weighs."""

    place: int
    section: int
    text: str
    vector: Vector

    @cached_property
    def length(self) -> float:
        """The length of its vector; 1 for one without words."""
        return sqrt(sum(weight * weight for weight in self.vector.values())) or 1.0

    @property
    def is_full(self) -> bool:
        """Whether it has as many words as a sentence should."""
        return SHORTEST <= sum(bool(WORD.search(word)) for word in self.text.split()) <= LONGEST

    @property
    def is_half_quoted(self) -> bool:
        """Whether a quotation starts here and ends in another sentence, or the other way round."""
        return self.text.count('"') % 2 == 1 or self.text.count("\u201c") != self.text.count("\u201d")

    @property
    def fitness(self) -> float:
        """What its form leaves of its weight."""
        is_quoted = QUOTE_START.match(self.text) or self.is_half_quoted
        leaning = QUOTED if is_quoted else DANGLING if DANGLING_START.match(self.text) else 1.0
        return leaning * (1.0 if self.is_full and not UNFIT_END.search(self.text) else UNFIT)


def draft_bullets(text: str, weights: Weights) -> list[str]:
    """Three to five sentences of ``text`` in its order, fewer if it has no more; each of a round-up from a section.

    ``text`` is plain, its blocks apart by a blank line; blocks that are headings are not picked.
    """
    sections = _split_sections(text)
    candidates = [
        Candidate(place, section, sentence, _vector(sentence, weights))
        for place, (section, sentence) in enumerate(_sentences(sections))
    ]
    worth = _worth(candidates)
    if _is_round_up(sections):
        best = {c.section: c for c in sorted(candidates, key=lambda c: worth[c.place])}
        picked = sorted(best.values(), key=lambda c: -worth[c.place])[:MOST]
    else:
        picked = _pick(candidates, worth, min(MOST, FEWEST + len(candidates) // PER_BULLET))
    return [c.text for c in sorted(picked, key=lambda c: c.place)]


def read_sentences(text: str) -> list[str]:
    """The sentences that a draft of ``text`` is picked from: those of its paragraphs, without datelines."""
    return [sentence for _, sentence in _sentences(_split_sections(text))]


def _split_sections(text: str) -> list[list[str]]:
    """The blocks of text by section; what stands before the first heading is one of them."""
    sections: list[list[str]] = [[]]
    for block in BLOCK_END.split(text.strip()):
        if _is_heading(block):
            sections.append([])
        elif block.strip():
            sections[-1].append(block)
    return [section for section in sections if section]


def _is_heading(block: str) -> bool:
    return len(block.split()) <= HEADING_WORDS and "\n" not in block and not SENTENCE_END.search(block)


def _is_round_up(sections: Sequence[Sequence[str]]) -> bool:
    return len(sections) >= SECTIONS and median(len(section) for section in sections) <= SECTION_BLOCKS


def _sentences(sections: Sequence[Sequence[str]]) -> list[tuple[int, str]]:
    return [
        (number, _without_dateline(" ".join(sentence.text.split())))
        for number, section in enumerate(sections)
        for block in section
        for sentence in split_sentences(block)
    ]


def _without_dateline(sentence: str) -> str:
    found = DATELINE.match(sentence)
    return sentence[found.end() :] if found else sentence


def _vector(text: str, weights: Weights) -> Vector:
    counts = Counter(word.key for word in find_words(text) if word.key)
    return {key: count * weights.of(key) for key, count in counts.items()}


def _worth(candidates: Sequence[Candidate]) -> list[float]:
    """What each sentence is worth: its closeness to the story, less the later it stands and the odder its form."""
    centroid: Vector = {}
    for candidate in candidates:
        for key, weight in candidate.vector.items():
            centroid[key] = centroid.get(key, 0.0) + weight
    whole = Candidate(-1, -1, "", centroid)
    # Bylines and times before the first sentence do not make it a later one.
    ranks = accumulate((c.is_full for c in candidates[:-1]), initial=0)
    return [_cosine(c, whole) / (1 + FALL * rank) * c.fitness for c, rank in zip(candidates, ranks, strict=False)]


def _pick(candidates: Sequence[Candidate], worth: Sequence[float], count: int) -> list[Candidate]:
    picked: list[Candidate] = []
    rest = list(candidates)
    while rest and len(picked) < count:
        best = max(rest, key=lambda c: _marginal(c, worth[c.place], picked))
        picked.append(best)
        rest.remove(best)
    return picked


def _marginal(candidate: Candidate, worth: float, picked: Sequence[Candidate]) -> float:
    repeated = max((_cosine(candidate, other) for other in picked), default=0.0)
    return RELEVANCE * worth - (1 - RELEVANCE) * repeated


def _cosine(one: Candidate, other: Candidate) -> float:
    small, large = sorted((one.vector, other.vector), key=len)
    shared = sum(weight * large.get(key, 0.0) for key, weight in small.items())
    return shared / (one.length * other.length)
