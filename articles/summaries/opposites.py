"""Negations and antonyms that a bullet and its passages do not share."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from articles.summaries.pool import Passage
from articles.summaries.stems import stem
from articles.summaries.wordlists import ANTONYMS, DENIALS, FUNCTION_WORDS, NEGATIONS
from articles.summaries.words import Word, fold, key_of, plain

REACH = 2  # how many words of content a negation bears on
NOUN_NEGATIONS = frozenset({"no", "none", "nothing", "nobody", "neither", "nor", "without"})
NEARBY = 3  # how many words apart neighbours may stand
CLAUSE_END = re.compile(r"[,;:.!?()\"…]|--|\s-\s")

Found = Iterator[tuple[tuple[str, ...], str]]


@dataclass(frozen=True, slots=True)
class Negation:
    """A negating word, the keys of the next words of content in its clause, which it bears on, and of the one before."""

    word: str
    heads: tuple[str, ...]
    before: str


def find_negations(bullet: str, words: Sequence[Word], passages: Sequence[Passage], pool: Sequence[Passage]) -> Found:
    """What the bullet negates and its passages state, and the other way round: (words in question, reason).

    ``pool`` are all passages of the article: what one of them negates, the bullet may.
    """
    said = _negations(bullet, words)
    yield from _only_in_bullet(said, words, passages, pool)
    if not said and not any(_is_denial(word) for word in words):
        yield from _only_in_passages(words, passages)


def _only_in_bullet(
    said: Sequence[Negation], words: Sequence[Word], passages: Sequence[Passage], pool: Sequence[Passage]
) -> Found:
    keys = {word.key for word in words} - {""}
    excused = {head for passage in pool for head in _excused(passage, said, keys, is_chosen=passage in passages)}
    stated = {_key(word) for passage in passages for word in passage.words}
    opposed = {stem(plain(word.text)) for passage in passages for word in passage.words}
    for negation in said:
        head = next((head for head in negation.heads if head in stated | excused), "")
        if head in excused or OPPOSITES.get(head, frozenset()) & opposed:
            continue
        is_verb = negation.word.lower() not in NOUN_NEGATIONS
        if (head and is_verb) or not _denies(passages, words):
            yield (negation.word,), f"The bullet says “{negation.word}”; its passages do not."


def _excused(passage: Passage, said: Sequence[Negation], keys: set[str], *, is_chosen: bool) -> Iterator[str]:
    """What of the bullet's negated words the passage negates too, provided that it is about the same thing."""
    for found in _negations(passage.text, passage.words):
        for negation in said:
            shared = {*found.heads, found.before} & set(negation.heads)
            if is_chosen or len(shared) > 1 or (keys & passage.keys) - shared or found.heads[:1] == negation.heads[:1]:
                yield from shared


def _only_in_passages(words: Sequence[Word], passages: Sequence[Passage]) -> Found:
    keys = {_key(word): word.text for word in words}
    stated = [_key(word) for passage in passages for word in passage.words]
    for passage in passages:
        for negation in _negations(passage.text, passage.words):
            head = negation.heads[0] if negation.heads else ""
            is_verb = negation.word.lower() not in NOUN_NEGATIONS
            if (
                negation.word.lower() != "without"
                and head in keys
                and stated.count(head) == 1
                and (is_verb or set(negation.heads) <= keys.keys())
            ):
                yield (keys[head],), f"A passage says “{negation.word}” of “{keys[head]}”; the bullet does not."
                return


def find_antonyms(words: Sequence[Word], passages: Sequence[Passage]) -> Found:
    """Words of the bullet for which its passages have the opposite in the same place: (words in question, reason)."""
    keys = [stem(plain(word.text)) for word in words]
    there = [[stem(plain(word.text)) for word in passage.words] for passage in passages]
    known = {key for passage in there for key in passage}
    for place, key in enumerate(keys):
        opposites = OPPOSITES.get(key, frozenset())
        if not opposites or key in known:
            continue
        near = _near(keys, place)
        for passage, others in zip(passages, there, strict=True):
            for at, other in enumerate(others):
                if other in opposites and other not in keys and near & _near(others, at):
                    opposite = passage.words[at].text
                    yield (words[place].text,), f"The bullet says “{words[place].text}”, a passage “{opposite}”."
                    break
            else:
                continue
            break


def _near(keys: Sequence[str], place: int) -> set[str]:
    around = keys[max(0, place - NEARBY) : place] + keys[place + 1 : place + 1 + NEARBY]
    return {key for key in around if key not in SKIPPED}


def _negations(text: str, words: Sequence[Word]) -> list[Negation]:
    folded = fold(text)
    return [
        Negation(word.text, tuple(_heads(folded, words, place)), _key(words[place - 1]) if place else "")
        for place, word in enumerate(words)
        if word.text.lower() in NEGATIONS and not _is_no_negation(folded, words, place)
    ]


def _is_no_negation(text: str, words: Sequence[Word], place: int) -> bool:
    """ "Not only", "No. 1"."""
    follower = words[place + 1] if place + 1 < len(words) else None
    if follower is None:
        return False
    return follower.text in ("only", "just", "least") or (
        words[place].text.lower() == "no" and follower.text[0].isdigit()
    )


def _heads(text: str, words: Sequence[Word], place: int) -> Iterator[str]:
    end, found = words[place].end, 0
    for word in words[place + 1 :]:
        if found == REACH or CLAUSE_END.search(text, end, word.start):
            return
        end = word.end
        if word.text.lower() not in FUNCTION_WORDS:
            found += 1
            yield _key(word)


def _key(word: Word) -> str:
    return word.key or stem(plain(word.text))


def _denies(passages: Sequence[Passage], words: Sequence[Word]) -> bool:
    """Whether the passages say no in other words."""
    own = {_key(word) for word in words}
    if any(_negations(passage.text, passage.words) for passage in passages):
        return True
    return any(_is_denial(word) and _key(word) not in own for passage in passages for word in passage.words)


def _is_denial(word: Word) -> bool:
    low = word.text.lower()
    return low in DENIALS or (low.startswith(("un", "non")) and len(low) > 5)


def _opposites() -> dict[str, frozenset[str]]:
    """For the stem and the key of each word of the list, the stems of its opposites."""
    found: dict[str, frozenset[str]] = {}
    for line in ANTONYMS:
        one, other = (side.split() for side in line.split("|"))
        for side, opposite in ((one, other), (other, one)):
            stems = frozenset(stem(word) for word in opposite)
            for word in side:
                for key in {stem(word), key_of(word)} - {""}:
                    found[key] = found.get(key, frozenset()) | stems
    return found


OPPOSITES = _opposites()
SKIPPED = frozenset(stem(word) for word in FUNCTION_WORDS)
