"""Negations and antonyms that a bullet and its passages do not share."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from articles.summaries.lexicon import ANTONYMS, DENIALS, FUNCTION_WORDS, NEGATIONS
from articles.summaries.pool import Passage
from articles.summaries.stems import stem
from articles.summaries.words import Word, fold, key_of, plain

REACH = 2  # how many words of content a negation bears on
NEARBY = 3  # how many words apart neighbours may stand
CLAUSE_END = re.compile(r"[,;:.!?()\"…]|--|\s-\s")
NOUN_NEGATIONS = frozenset({"no", "none", "nothing", "nobody", "neither", "nor", "without"})


@dataclass(frozen=True, slots=True)
class Opposition:
    """Words of a bullet that a passage contradicts, or seems to, and why, in words."""

    words: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Negation:
    """A negating word; the keys of the next words of content in its clause, which it bears on; that of the one before.

    ``is_of_verb`` tells "not" and "never" from "no" and "without".
    """

    word: str
    heads: tuple[str, ...]
    before: str

    @property
    def is_of_verb(self) -> bool:
        return self.word.lower() not in NOUN_NEGATIONS

    @property
    def is_of_sentence(self) -> bool:
        """Whether it may turn the sentence round; "without" only adds to it."""
        return self.word.lower() != "without"


def find_negations(
    words: Sequence[Word], text: str, passages: Sequence[Passage], pool: Sequence[Passage]
) -> Iterator[Opposition]:
    """What the bullet ``text`` negates and its ``passages`` state, and the other way round.

    What any passage of the ``pool`` negates of the same thing, the bullet may.
    """
    said = _negations(text, words)
    if said:
        yield from _only_in_bullet(said, words, passages, pool)
        return
    stated = {_key(word) for passage in passages for word in passage.words}
    if not any(_is_denial(word) and _key(word) not in stated for word in words):
        yield from _only_in_passages(words, passages)


def find_antonyms(words: Sequence[Word], passages: Sequence[Passage]) -> Iterator[Opposition]:
    """Words of the bullet that its passages do not have, but the opposite of, beside the same neighbours."""
    keys = [stem(plain(word.text)) for word in words]
    there = [[stem(plain(word.text)) for word in passage.words] for passage in passages]
    known = {key for passage in there for key in passage}
    for place, word in enumerate(words):
        if keys[place] in known:
            continue
        found = [
            passage.words[at].text
            for passage, others in zip(passages, there, strict=True)
            for at in _opposites_at(keys, place, others)
        ]
        if found:
            said = {"word": word.text, "opposite": found[0]}
            yield Opposition((word.text,), _("The bullet says “%(word)s”, a passage “%(opposite)s”.") % said)


def _opposites_at(keys: Sequence[str], place: int, others: Sequence[str]) -> Iterator[int]:
    """Where ``others`` have the opposite of the word at ``place`` with a neighbour of it."""
    opposites = OPPOSITES.get(keys[place], frozenset()) - set(keys)
    for at, other in enumerate(others):
        if other in opposites and _near(keys, place) & _near(others, at):
            yield at


def _near(keys: Sequence[str], place: int) -> set[str]:
    around = [*keys[max(0, place - NEARBY) : place], *keys[place + 1 : place + 1 + NEARBY]]
    return set(around) - SKIPPED


def _only_in_bullet(
    said: Sequence[Negation], words: Sequence[Word], passages: Sequence[Passage], pool: Sequence[Passage]
) -> Iterator[Opposition]:
    keys = {word.key for word in words} - {""}
    excused = {head for passage in pool for head in _excused(passage, said, keys, is_chosen=passage in passages)}
    stated = {_key(word) for passage in passages for word in passage.words}
    opposed = {stem(plain(word.text)) for passage in passages for word in passage.words}
    for negation in filter(lambda negation: negation.is_of_sentence, said):
        if any(head in excused or OPPOSITES.get(head, frozenset()) & opposed for head in negation.heads):
            continue
        is_stated = any(head in stated for head in negation.heads)
        if (is_stated and negation.is_of_verb) or not _denies(passages, words):
            reason = _("The bullet says “%(word)s”; its passages do not.") % {"word": negation.word}
            yield Opposition((negation.word,), reason)


def _excused(passage: Passage, said: Sequence[Negation], keys: set[str], *, is_chosen: bool) -> Iterator[str]:
    """What of the bullet's negated words the passage negates too, provided that it is about the same thing."""
    for found in _negations(passage.text, passage.words):
        for negation in said:
            shared = {*found.heads, found.before} & set(negation.heads)
            is_same_head = found.heads[:1] == negation.heads[:1]
            if is_chosen or is_same_head or len(shared) > 1 or (keys & passage.keys) - shared:
                yield from shared


def _only_in_passages(words: Sequence[Word], passages: Sequence[Passage]) -> Iterator[Opposition]:
    """The first word that the bullet states and its passages, where they have it beside another of it, negate."""
    keys = {_key(word): word.text for word in words}
    content = {word.key for word in words} - {""}
    stated = [_key(word) for passage in passages for word in passage.words]
    for passage in passages:
        for negation in _negations(passage.text, passage.words):
            head = negation.heads[0] if negation.heads else ""
            is_alone = not content & passage.keys - {head}
            if head not in keys or is_alone or stated.count(head) > 1 or not negation.is_of_sentence:
                continue
            if negation.is_of_verb or set(negation.heads) <= keys.keys():
                said_of = {"word": negation.word, "subject": keys[head]}
                reason = _("A passage says “%(word)s” of “%(subject)s”; the bullet does not.") % said_of
                yield Opposition((keys[head],), reason)
                return


def _negations(text: str, words: Sequence[Word]) -> list[Negation]:
    folded = fold(text)
    return [
        Negation(word.text, tuple(_heads(folded, words, place)), _key(words[place - 1]) if place else "")
        for place, word in enumerate(words)
        if word.text.lower() in NEGATIONS and not _is_no_negation(words, place)
    ]


def _is_no_negation(words: Sequence[Word], place: int) -> bool:
    """ "Not only", "No. 1"."""
    if place + 1 == len(words):
        return False
    follower = words[place + 1].text
    return follower in ("only", "just", "least") or (words[place].text.lower() == "no" and follower[0].isdigit())


def _heads(text: str, words: Sequence[Word], place: int) -> Iterator[str]:
    end, count = words[place].end, 0
    for word in words[place + 1 :]:
        if count == REACH or CLAUSE_END.search(text, end, word.start):
            return
        end = word.end
        if word.text.lower() not in FUNCTION_WORDS:
            count += 1
            yield _key(word)


def _key(word: Word) -> str:
    return word.key or stem(plain(word.text))


def _denies(passages: Sequence[Passage], words: Sequence[Word]) -> bool:
    """Whether the passages say no, in any words but those of the bullet."""
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
    for one, other in ANTONYMS:
        for side, opposite in ((one, other), (other, one)):
            stems = frozenset(stem(word) for word in opposite)
            for word in side:
                for key in {stem(word), key_of(word)} - {""}:
                    found[key] = found.get(key, frozenset()) | stems
    return found


OPPOSITES = _opposites()
SKIPPED = frozenset(stem(word) for word in FUNCTION_WORDS)
