"""Numbers in a text, however they are written, as values of a kind."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from articles.summaries.number_patterns import LENGTH_OF_TIME, MODEL, SCALE
from articles.summaries.number_readers import DIGIT_READERS, READERS, Number
from articles.summaries.numerals import IMPLIED, LETTERS, MINUTES, ORDINALS, PARTS, SCALES, TENS, UNITS, one_of
from articles.summaries.words import fold

HEDGE = re.compile(
    r"\b(?:about|above|almost|approximately|around|below|beyond|circa|(?:(?:more|less|fewer|greater|better) than)|"
    r"at (?:least|most)|nearly|over|roughly|some|under|up to|close to|as (?:many|much|few|little) as|an estimated|"
    r"well over|just (?:over|under)|rund|etwa|über|fast)\W{1,3}(?:an?\W)?$",
    re.IGNORECASE,
)
HEDGE_AFTER = re.compile(r"\+|\W(?:or (?:so|more|fewer|less)|plus)\b", re.IGNORECASE)

HAS_DIGIT = re.compile(r"[\d½¼¾⅓⅔⅛]|[IVXL]{2}")
LETTERS_ONLY = re.compile(r"[a-z]+")
NUMBER_WORDS = frozenset(
    [*UNITS, *TENS, *SCALES, *PARTS, *ORDINALS, *IMPLIED, *(f"{part}s" for part in PARTS)]
    + [f"{ten.removesuffix('y')}ies" for ten in TENS]
)
RANGE = re.compile(r"-?,?(?: (?:votes|goals|points|games|seats|wins|runs))? ?(?:to|and|or|against|-) ?", re.IGNORECASE)
SUFFIX = re.compile(rf"(?:(?P<scale>{SCALE})|(?<=\d)(?P<letter>(?i:{one_of(LETTERS)})))(?![A-Za-z])")


def find_numbers(text: str) -> list[Number]:
    """The numbers of ``text`` in order, none within another; digits in model names (5G, A320) are not numbers."""
    rest = fold(text)
    has_words = not NUMBER_WORDS.isdisjoint(LETTERS_ONLY.findall(rest.lower()))
    if not has_words and not HAS_DIGIT.search(rest):
        return []
    rest = MODEL.sub(_blank, rest)
    found: list[Number] = []
    for pattern, read in READERS if has_words else DIGIT_READERS:
        read_now = [(match, number) for match in pattern.finditer(rest) for number in read(match)]
        found += [_with_span(_hedged(number, rest), rest) for _, number in read_now]
        if read_now:
            rest = _without(rest, [match for match, _ in read_now])
    return _with_shared_units(sorted(found, key=lambda number: number.start), text)


def span_since(year: Number, latest: int) -> Number:
    """How long before the year ``latest`` another was, as a length of time: it bears out "six years"."""
    return replace(year, kind="span", value=(latest - year.value) * MINUTES["year"])


def _blank(match: re.Match[str]) -> str:
    return "\0" * len(match[0])


def _without(text: str, matches: Sequence[re.Match[str]]) -> str:
    """``text`` with what has been read blanked."""
    pieces, end = [], 0
    for match in matches:
        pieces += [text[end : match.start()], _blank(match)] if match.start() >= end else []
        end = match.end()
    return "".join([*pieces, text[end:]])


def _hedged(number: Number, text: str) -> Number:
    before = text[max(0, number.start - 20) : number.start]
    is_hedged = HEDGE.search(before) or HEDGE_AFTER.match(text, number.end)
    return replace(number, is_hedged=True) if is_hedged else number


def _with_span(number: Number, text: str) -> Number:
    """The same with a further reading in minutes where it counts hours, days and the like."""
    unit = LENGTH_OF_TIME.match(text, number.end)
    if number.kind not in ("plain", "fraction") or unit is None:
        return number
    return replace(number, others=(*number.others, ("span", number.value * MINUTES[unit["unit"].lower()])))


def _with_shared_units(numbers: list[Number], text: str) -> list[Number]:
    """Give "10" in "10 to 15 percent" the reading that its neighbour has, and in "10 to 15" that of a score."""
    shared = list(numbers)
    for place, (first, second) in enumerate(pairwise(numbers)):
        if first.kind not in ("plain", "currency") or not RANGE.fullmatch(text[first.end : second.start]):
            continue
        scale = _scale_of(second) if _scale_of(first) == 1 else 1.0
        if second.kind in ("percent", "currency") or scale > 1 or first.kind == "currency":
            kind, unit = (second.kind, second.unit) if second.kind != "plain" else (first.kind, first.unit)
            shared[place] = _with_reading(first, kind, first.value * scale, unit)
            shared[place + 1] = _with_reading(second, kind, second.value, unit)
        elif second.kind == "plain" and second.value < 1000:
            shared[place] = _with_reading(first, "score", first.value * 1000 + second.value, "")
    return shared


def _with_reading(number: Number, kind: str, value: float, unit: str) -> Number:
    if (kind, value) in number.readings:
        return number
    return replace(number, others=(*number.others, (kind, value)), unit=number.unit or unit)


def _scale_of(number: Number) -> float:
    found = SUFFIX.search(number.text)
    if found is None:
        return 1.0
    return SCALES[found["scale"].lower()] if found["scale"] else LETTERS[found["letter"].lower()]
