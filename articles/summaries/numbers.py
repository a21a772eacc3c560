"""Numbers in a text, however they are written, as values of a kind."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from articles.summaries.numerals import (
    COINS,
    CURRENCIES,
    IMPLIED,
    LETTERS,
    ORDINALS,
    PARTS,
    PENNIES,
    SCALES,
    TENS,
    UNITS,
    one_of,
    read_numeral,
    read_words,
)
from articles.summaries.words import fold

HEDGE = re.compile(
    r"\b(?:about|above|almost|approximately|around|below|beyond|circa|(?:(?:more|less|fewer|greater|better) than)|"
    r"at (?:least|most)|nearly|over|roughly|some|under|up to|close to|as (?:many|much|few|little) as|an estimated|"
    r"well over|just (?:over|under)|rund|etwa|über|fast)\W{1,3}(?:an?\W)?$",
    re.IGNORECASE,
)
HEDGE_AFTER = re.compile(r"\+|\W(?:or (?:so|more|fewer|less)|plus)\b", re.IGNORECASE)

SCALE = rf"(?i:{one_of(SCALES)})(?![A-Za-z])"
PERCENT = r"(?:[ -]?(?:%|(?i:per[ -]?cent|percentage|prozent|pct|pc)\b))"
SIGN = re.compile(rf"(?<![A-Za-z])(?:{one_of(CURRENCIES)})\s?$")
COIN = rf"(?:[ -]?(?P<coin>(?i:{one_of(COINS)})\b)|(?P<penny>p\b|\s(?:pence|cents?)\b))"
WORD = rf"(?i:{one_of([*UNITS, *TENS, *SCALES])})"
PART = rf"(?i:{one_of(PARTS)})s?"

MODEL = re.compile(r"(?<![\w$£€¥₹])(?:[A-Za-z]+-?\d[\w-]*|\d+(?:[xX]\d+\b|(?![KMB]\b)[A-Z]+\d*\b))")
CLOCK = re.compile(
    r"(?<![\d.,:$£€])(?P<hour>\d{1,2})"
    r"(?:(?:[:.](?P<minute>\d\d))?\s?(?P<half>[ap])(?:m\b|\.m\b\.?)|:(?P<only>\d\d)(?![\d:]))",
    re.IGNORECASE,
)
DECADE = re.compile(r"(?<![\w'])'?(\d\d(?:\d\d)?)'?s\b")
SCORE = re.compile(rf"(?<![\w.,$£€-])(\d{{1,3}})-(\d{{1,3}})(?![\w%-]|[.,]\d|\s?(?:per[ -]?cent|{SCALE}))")
COUNT = rf"(?:\d+|(?i:{one_of(UNITS)}))"
SHARE = re.compile(
    rf"\b(?:(?P<part>{COUNT})|(?P<one>(?i:one))(?: \w+){{1,2}}) (?:in|out of)(?: every)? (?P<whole>{COUNT})\b"
    r"(?! (?:\w+ )?(?:years|months|weeks|days|hours|minutes|seconds|decades)\b)"
)
FRACTION = re.compile(
    rf"\b(?:(?P<count>(?i:an?|one|two|three|four|five))[ -])?(?P<part>{PART})\b(?!-(?!an?\b|of\b|{SCALE})\w)"
    rf"(?:(?:[ -]of)?[ -]an?[ -](?P<whole>{SCALE}|(?i:hour|year|century|decade)\b))?"
)
HALF_TIME = re.compile(r"(?:first|second|last|opening|other|better)[ -]$", re.IGNORECASE)
SPANS = {"hour": 60, "year": 12, "century": 100, "decade": 10}  # in minutes, months and years
MIXED = re.compile(
    rf"\b(?P<count>\d+|(?i:{one_of(UNITS)})) and (?:an? (?P<part>{PART})|(?P<parts>(?i:three) quarters))\b"
    rf"(?: (?P<scale>{SCALE}))?"
)
DIGITS = re.compile(
    r"(?<![\d.])(?P<numeral>\d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d+)?|\d+,\d{1,2}(?!\d)|\d+(?:\.\d+)*|\.\d+)"
    rf"(?:(?P<ordinal>(?i:st|nd|rd|th)\b)|[ -]?(?P<scale>{SCALE})|(?P<letter>(?i:{one_of(LETTERS)}))(?![A-Za-z]))?"
    rf"(?:(?P<percent>{PERCENT})|{COIN})?"
)
WORDS = re.compile(
    rf"\b(?P<words>(?:(?i:an?) (?={SCALE}))?{WORD}(?:(?:[ -]| (?i:and) ){WORD})*)\b"
    rf"(?:(?P<percent>{PERCENT})|{COIN})?"
)
ORDINAL = re.compile(rf"\b(?:(?:{'|'.join(TENS)})-)?(?:{one_of(ORDINALS)})\b", re.IGNORECASE)
IMPLYING = re.compile(rf"\b(?:{one_of(IMPLIED)})\b", re.IGNORECASE)
LONGEST_NUMERAL = 24  # beyond, it is a key or a serial number
HAS_DIGIT = re.compile(r"\d")
LETTERS_ONLY = re.compile(r"[a-z]+")
NUMBER_WORDS = frozenset([*UNITS, *TENS, *SCALES, *PARTS, *ORDINALS, *IMPLIED, *(f"{part}s" for part in PARTS)])
MONTH = re.compile(r"(?:January|February|March|April|May|June|July|August|September|October|November|December) $")
RANGE = re.compile(r"-?,? ?(?:to|and|or|-) ?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Number:
    """A number where it stands.

    ``kind`` is plain, percent, currency, year, ordinal, fraction, time, decade or score. ``value`` counts in ones
    (2bn is 2e9, a percentage 15.0, a fraction a share of 1, a time minutes, a score 1000 x first + second).
    ``digits`` says how many significant digits are written, ``unit`` the currency. ``others`` are further readings,
    (kind, value). ``is_implied`` marks a word that says a number without being one ("both", "decade").
    """

    kind: str
    value: float
    start: int
    end: int
    text: str
    digits: int = 3
    unit: str = ""
    is_hedged: bool = False
    is_implied: bool = False
    others: tuple[tuple[str, float], ...] = ()

    @property
    def readings(self) -> tuple[tuple[str, float], ...]:
        """Every way to take it as (kind, value), the likeliest first."""
        return ((self.kind, self.value), *self.others)


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
        found += [_hedged(number, rest) for _, number in read_now]
        for match, _ in read_now:
            rest = rest[: match.start()] + _blank(match) + rest[match.end() :]
    return _with_shared_units(sorted(found, key=lambda number: number.start), text)


def _blank(match: re.Match[str]) -> str:
    return "\0" * len(match[0])


def _hedged(number: Number, text: str) -> Number:
    before = text[max(0, number.start - 20) : number.start]
    is_hedged = HEDGE.search(before) or HEDGE_AFTER.match(text, number.end)
    return replace(number, is_hedged=True) if is_hedged else number


def _with_shared_units(numbers: list[Number], text: str) -> list[Number]:
    """Give "10" in "10 to 15 percent" the reading that its neighbour has, and in "10 to 15" that of a score."""
    shared = list(numbers)
    for place, (first, second) in enumerate(pairwise(numbers)):
        if first.kind != "plain" or not RANGE.fullmatch(text[first.end : second.start]):
            continue
        scale = _scale_of(second)
        if second.kind in ("percent", "currency") or scale > 1:
            reading = (second.kind, first.value * scale)
            shared[place] = replace(first, others=(*first.others, reading), unit=second.unit)
        elif second.kind == "plain" and second.value < 1000:
            shared[place] = replace(first, others=(*first.others, ("score", first.value * 1000 + second.value)))
    return shared


def _scale_of(number: Number) -> float:
    found = re.search(SCALE, number.text)
    return SCALES[found[0].lower()] if found else 1.0


def _read_clock(match: re.Match[str]) -> Iterator[Number]:
    minute = int(match["minute"] or match["only"] or 0)
    hour = int(match["hour"]) % 12 if match["half"] else int(match["hour"])
    afternoon = 12 if (match["half"] or "").lower() == "p" else 0
    yield _number(match, "time", (hour + afternoon) * 60 + minute)


def _read_decade(match: re.Match[str]) -> Iterator[Number]:
    yield _number(match, "decade", float(match[1]) % 100)


def _read_score(match: re.Match[str]) -> Iterator[Number]:
    yield _number(match, "score", int(match[1]) * 1000 + int(match[2]))


def _read_share(match: re.Match[str]) -> Iterator[Number]:
    part, whole = (_count(match[name] or match["one"]) for name in ("part", "whole"))
    is_date = MONTH.search(match.string, max(0, match.start() - 12), match.start())
    if 0 < part < whole and not is_date:
        yield _number(match, "fraction", part / whole, digits=2)


def _count(word: str) -> float:
    return float(word) if word.isdigit() else UNITS[word.lower()]


def _read_fraction(match: re.Match[str]) -> Iterator[Number]:
    part = match["part"].lower()
    parts = PARTS.get(part) or PARTS[part.removesuffix("s")]
    count = (match["count"] or "").lower()
    whole = (match["whole"] or "").lower()
    share = UNITS.get(count, 1) / parts
    if whole in SCALES:
        yield _number(match, "plain", share * SCALES[whole], digits=2)
    elif parts == 2 and not HALF_TIME.search(match.string, max(0, match.start() - 8), match.start()):
        yield _number(match, "fraction", share, digits=2, others=(("plain", share * SPANS.get(whole, 1)),))
    elif parts > 2 and count:
        is_ordinal = part in ORDINALS and count in ("a", "an", "one")
        others = (("ordinal", float(ORDINALS[part])),) if is_ordinal else ()
        yield _number(match, "fraction", share, digits=2, others=others)


def _read_mixed(match: re.Match[str]) -> Iterator[Number]:
    share = 0.75 if match["parts"] else 1 / PARTS[match["part"].lower()]
    yield _number(
        match, "plain", (_count(match["count"]) + share) * SCALES.get((match["scale"] or "").lower(), 1.0), digits=2
    )


def _read_digits(match: re.Match[str]) -> Iterator[Number]:
    if len(match["numeral"]) > LONGEST_NUMERAL:
        return
    value, digits = read_numeral(match["numeral"])
    letter = (match["letter"] or "").lower()
    value *= SCALES.get((match["scale"] or "").lower(), LETTERS.get(letter, 1.0))
    if not (match["scale"] or letter):
        digits = max(digits, 2)
    sign = SIGN.search(match.string, max(0, match.start() - 4), match.start())
    unit = CURRENCIES[sign[0].strip()] if sign else COINS.get((match["coin"] or "").lower(), "")
    if match["penny"] and not unit:
        unit, value = PENNIES[match["penny"].strip()], value / 100
    others: tuple[tuple[str, float], ...] = ()
    if letter in ("m", "k", "b", "t") and not unit:
        others = (("plain", value / LETTERS[letter]),)
    number = _number(match, _kind(match, unit), value, digits=digits, unit=unit, others=others)
    yield replace(number, start=sign.start(), text=sign[0] + number.text) if sign else number


def _kind(match: re.Match[str], unit: str) -> str:
    if match["percent"]:
        return "percent"
    if match["ordinal"]:
        return "ordinal"
    if unit:
        return "currency"
    is_year = re.fullmatch(r"1[5-9]\d\d|20\d\d", match["numeral"]) and not (match["scale"] or match["letter"])
    return "year" if is_year else "plain"


def _read_words(match: re.Match[str]) -> Iterator[Number]:
    words = list(re.finditer(r"[A-Za-z]+", match["words"]))
    numbers = read_words([word[0].lower() for word in words])
    base = match.start("words")
    for value, first, after in numbers:
        is_last = after == len(words)
        start, end = base + words[first].start(), match.end() if is_last else base + words[after - 1].end()
        unit = COINS.get((match["coin"] or "").lower(), "") if is_last else ""
        kind = "percent" if is_last and match["percent"] else "currency" if unit else "plain"
        text = match.string[start:end]
        yield Number(kind, value, start, end, text, 2, unit, is_implied=text.lower() == "one")


def _read_ordinal(match: re.Match[str]) -> Iterator[Number]:
    tens, _, unit = match[0].lower().rpartition("-")
    yield _number(match, "ordinal", TENS.get(tens, 0) + ORDINALS[unit])


def _read_implied(match: re.Match[str]) -> Iterator[Number]:
    yield replace(_number(match, "plain", IMPLIED[match[0].lower()]), is_implied=True)


def _number(
    match: re.Match[str],
    kind: str,
    value: float,
    *,
    digits: int = 3,
    unit: str = "",
    others: tuple[tuple[str, float], ...] = (),
) -> Number:
    lead = len(match[0]) - len(match[0].lstrip())
    return Number(kind, float(value), match.start() + lead, match.end(), match[0][lead:], digits, unit, others=others)


Reader = Callable[[re.Match[str]], Iterator[Number]]
# In this order: what one has read, the next does not see.
READERS: tuple[tuple[re.Pattern[str], Reader], ...] = (
    (CLOCK, _read_clock),
    (DECADE, _read_decade),
    (SCORE, _read_score),
    (SHARE, _read_share),
    (MIXED, _read_mixed),
    (FRACTION, _read_fraction),
    (DIGITS, _read_digits),
    (ORDINAL, _read_ordinal),
    (WORDS, _read_words),
    (IMPLYING, _read_implied),
)
DIGIT_READERS = tuple(reader for reader in READERS if reader[0] in (CLOCK, DECADE, SCORE, SHARE, DIGITS))
