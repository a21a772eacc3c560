"""What each pattern of a number says."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from articles.summaries.money import COINS, NOT_ONLY_MONEY, PENNIES, SIGNS
from articles.summaries.number_patterns import (
    CLOCK,
    DECADE,
    DECADE_WORD,
    DIGITS,
    FRACTION,
    HALF_TIME,
    IMPLYING,
    MIXED,
    MONTH,
    ORDINAL,
    QUARTER,
    ROMAN_NUMERAL,
    SCORE,
    SHARE,
    SIGN,
    SLASHED,
    VAGUE,
    WORDS,
)
from articles.summaries.numerals import (
    IMPLIED,
    LETTERS,
    ORDINALS,
    PARTS,
    SCALES,
    SPANS,
    TENS,
    UNITS,
    VULGAR,
    read_numeral,
    read_roman,
    read_words,
)

LONGEST_NUMERAL = 24  # beyond, it is a key or a serial number
ROUND = frozenset(SCALES) - {"dozen"}  # "million" alone says no number
THOUSANDS = re.compile(r"\d{1,3}\.\d{3}")


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


def _read_clock(match: re.Match[str]) -> Iterator[Number]:
    minute = int(match["minute"] or match["only"] or 0)
    hour = int(match["hour"]) % 12 if match["half"] else int(match["hour"])
    afternoon = 12 if (match["half"] or "").lower() == "p" else 0
    yield _number(match, "time", (hour + afternoon) * 60 + minute)


def _read_decade(match: re.Match[str]) -> Iterator[Number]:
    yield _number(match, "decade", float(match[1]) % 100)


def _read_decade_word(match: re.Match[str]) -> Iterator[Number]:
    yield _number(match, "decade", TENS[match[1].lower() + "y"])


def _read_quarter(match: re.Match[str]) -> Iterator[Number]:
    yield _number(match, "ordinal", float(match[1] or match[2]))


def _read_roman(match: re.Match[str]) -> Iterator[Number]:
    before = match.string[: match.start() - 1]
    if before[before.rfind(" ") + 1 :][:1].isupper():
        yield _number(match, "plain", read_roman(match[0]))


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
    elif whole and parts > 2:
        yield _number(match, "plain", share * SPANS[whole], digits=2)
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


def _read_slashed(match: re.Match[str]) -> Iterator[Number]:
    share = VULGAR[match["sign"]] if match["sign"] else int(match["part"]) / int(match["whole"])
    if share >= 1:
        return
    value = (int(match["count"] or 0) + share) * SCALES.get((match["scale"] or "").lower(), 1.0)
    yield _number(match, "plain" if match["count"] or match["scale"] else "fraction", value, digits=2)


def _read_digits(match: re.Match[str]) -> Iterator[Number]:
    if len(match["numeral"]) > LONGEST_NUMERAL:
        return
    value, digits = read_numeral(match["numeral"])
    letter = (match["letter"] or "").lower()
    value *= SCALES.get((match["scale"] or "").lower(), LETTERS.get(letter, 1.0))
    if not (match["scale"] or letter):
        digits = max(digits, 2)
    sign = SIGN.search(match.string, max(0, match.start() - 4), match.start())
    unit = SIGNS[sign[0].strip(" -")] if sign else _unit(match["coin"])
    if match["penny"] and not unit:
        unit, value = PENNIES[match["penny"].strip()], value / 100
    others: tuple[tuple[str, float], ...] = ()
    if letter in ("m", "k", "b", "t") and not unit:
        others = (("plain", value / LETTERS[letter]),)
    kind = _kind(match, unit)
    if (match["coin"] or "").lower().startswith(NOT_ONLY_MONEY):
        others = (("plain", value),)  # or a weight, a title
    if THOUSANDS.fullmatch(match["numeral"]):
        others = (*others, (kind, value * 1000))  # as most of Europe writes them
    number = _number(match, kind, value, digits=digits, unit=unit, others=others)
    yield replace(number, start=sign.start(), text=sign[0] + number.text) if sign else number


def _unit(coin: str | None) -> str:
    return COINS.get(coin.lower(), SIGNS.get(coin, "")) if coin else ""


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
        if _is_vague([word[0].lower() for word in words[first:after]], match.string, base + words[first].start()):
            continue
        is_last = after == len(words)
        start, end = base + words[first].start(), match.end() if is_last else base + words[after - 1].end()
        unit = _unit(match["coin"]) if is_last else ""
        kind = "percent" if is_last and match["percent"] else "currency" if unit else "plain"
        text = match.string[start:end]
        yield Number(kind, value, start, end, text, 2, unit, is_implied=text.lower() == "one")


def _is_vague(words: list[str], text: str, start: int) -> bool:
    """ "Several dozen", "multimillion", "hundred": a size without a count."""
    return words[0] in SCALES and (words[0] in ROUND or bool(VAGUE.search(text, max(0, start - 12), start)))


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
    (DECADE_WORD, _read_decade_word),
    (QUARTER, _read_quarter),
    (ROMAN_NUMERAL, _read_roman),
    (SCORE, _read_score),
    (SHARE, _read_share),
    (MIXED, _read_mixed),
    (FRACTION, _read_fraction),
    (SLASHED, _read_slashed),
    (DIGITS, _read_digits),
    (ORDINAL, _read_ordinal),
    (WORDS, _read_words),
    (IMPLYING, _read_implied),
)
WORD_PATTERNS = (DECADE_WORD, MIXED, FRACTION, ORDINAL, WORDS, IMPLYING)
DIGIT_READERS = tuple(reader for reader in READERS if reader[0] not in WORD_PATTERNS)
