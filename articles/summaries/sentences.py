"""Sentences of plain text, each with its place in that text.

A sentence never crosses a blank line, so that a passage made of sentences stays inside one block of a page.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

# A full stop after one of these never ends a sentence.
TITLES = frozenset(
    "adj adm approx attys brig bzw ca capt cdr cf cmdr col cpl d.h det dr drs e.g eg fig fr gen ggf gov hon hr i.e"
    " insp lt maj messrs mlle mme mr mrs ms mt nos nr pfc pp pres prof rep reps rev sen sens sgt sog st supt u.a"
    " usw vgl viz vol vs z.b".split()
)
# After one of these it does where a word follows that begins sentences.
ABBREVIATIONS = frozenset(
    "a.m al assn ave b.a blvd bros co corp d.c dept etc inc jr ltd l.l.c m.a m.d p.m ph.d plc rd sr u.k u.n u.s"
    " u.s.a univ".split()
)
# The same, written with a capital: others are words of their own ("sat").
CALENDAR = frozenset(
    "Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Mon Tue Tues Wed Thu Thur Thurs Fri Sat Sun".split()
)
GERMAN_MONTHS = frozenset("Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split())
STARTERS = frozenset(
    "a according after all also although among an and another any as asked at because before both but by despite did do"
    " does during each earlier even every few for from had has have he her here his how however i if in instead is it"
    " its last later many meanwhile more most my neither no nobody none nor not now of officials on once one only or"
    " other others our over police prosecutors researchers scientists she since so some such than that the their then"
    " there these they this those though three to two under until was we were what when where whether which while who"
    " why with yet you your".split()
)

BLOCK_END = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")
CLOSERS = "\"'\u201d\u2019\u00bb\u203a)]\u300d\u300f\uff09\uff3d\u3011\u3015\u3009\u300b"
# What may end a sentence: marks with their closing quotes before white space, or a full-width mark anywhere.
CANDIDATE = re.compile(
    rf"(?P<marks>[.!?\u2026\u061f\u06d4\u0964]+)[{re.escape(CLOSERS)}]*(?=\s|$)"
    rf"|[\u3002\uff01\uff1f]+[{re.escape(CLOSERS)}]*|\n"
)
LAST_WORD = re.compile(r"[^\s(\[\"'\u201c\u2018\u00ab/-]*$")
INITIALS = re.compile(r"(?:[A-Z]\.-?)*[A-Z]")
NEXT_WORD = re.compile(r"[\s\"'\u201c\u201d\u2018\u2019\u00ab\u00bb(\[-]*([^\W_]+)")
SHORT_LINE = 60


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and where it stands: ``text == source[start:end]``, without white space around it."""

    start: int
    end: int
    text: str


def split_sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of ``text`` in order. Every character that is not white space is in exactly one of them.

    Knows abbreviations, initials, decimals, ellipses, closing quotes, list numbers, and the marks of Chinese,
    Japanese, Arabic, Urdu and Hindi.
    """
    return tuple(sentence for start, end in _blocks(text) for sentence in _split_block(text, start, end))


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for gap in BLOCK_END.finditer(text):
        yield start, gap.start()
        start = gap.end()
    yield start, len(text)


def _split_block(text: str, start: int, end: int) -> Iterator[Sentence]:
    for candidate in CANDIDATE.finditer(text, start, end):
        if _ends_sentence(text, start, candidate, end):
            yield from _stripped(text, start, candidate.end())
            start = candidate.end()
    if start < end:
        yield from _stripped(text, start, end)


def _stripped(text: str, start: int, end: int) -> Iterator[Sentence]:
    piece = text[start:end]
    lead = len(piece) - len(piece.lstrip())
    words = piece.strip()
    if words:
        yield Sentence(start + lead, start + lead + len(words), words)


def _ends_sentence(text: str, start: int, candidate: re.Match[str], end: int) -> bool:
    if candidate[0] == "\n":
        return _ends_line(text, start, candidate.start(), end)
    if candidate["marks"] is None:
        return True
    follower = NEXT_WORD.match(text, candidate.end(), end)
    if follower is None:
        return True
    if follower[1][0].islower() and "\n" not in text[candidate.end() : follower.start(1)]:
        return False
    return candidate["marks"] != "." or not _is_abbreviation(text[start : candidate.start()], follower[1])


def _ends_line(text: str, start: int, at: int, end: int) -> bool:
    """A line break ends a sentence after a short line before a capital, as a heading or a list has it."""
    line_start = max(start, text.rfind("\n", start, at) + 1)
    follower = text[at:end].lstrip()[:1]
    return at - line_start < SHORT_LINE and not follower.islower()


def _is_abbreviation(before: str, follower: str) -> bool:
    """Whether the full stop after ``before`` belongs to its last word rather than to the sentence."""
    found = LAST_WORD.search(before)
    word = found[0] if found else ""
    if not word:
        return False
    if word.isdigit():
        return word == before.strip() or follower in GERMAN_MONTHS  # a list's number, a German date
    key = word.lower()
    if key in TITLES or (key == "no" and follower[0].isdigit()):
        return True
    is_short = bool(INITIALS.fullmatch(word)) or key in ABBREVIATIONS or word in CALENDAR
    return is_short and follower.lower() not in STARTERS
