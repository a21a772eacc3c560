"""What numerals and number words are worth, one at a time."""

import re
from collections.abc import Iterable

UNITS = {
    word: value
    for value, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
        " eighteen nineteen".split(),
        start=1,
    )
}
TENS = {
    word: value * 10
    for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)
}
SCALES = {
    "hundred": 1e2,
    "thousand": 1e3,
    "million": 1e6,
    "millions": 1e6,
    "billion": 1e9,
    "billions": 1e9,
    "trillion": 1e12,
    "trillions": 1e12,
    "dozen": 12.0,
    "lakh": 1e5,
    "lakhs": 1e5,
    "crore": 1e7,
    "crores": 1e7,
    "mln": 1e6,
    "mn": 1e6,
    "bln": 1e9,
    "bn": 1e9,
    "trln": 1e12,
    "trn": 1e12,
    "tn": 1e12,
    **dict.fromkeys(
        "millionen millones millón milhões milioni miljoen miljoner миллион миллионов млн مليون".split(), 1e6
    ),
    **dict.fromkeys("milliarden milliards miliardi miljard miljarder миллиардов млрд مليار".split(), 1e9),
    "тысяч": 1e3,
    "लाख": 1e5,
    "करोड़": 1e7,
    "万": 1e4,
    "萬": 1e4,
    "亿": 1e8,
    "億": 1e8,
}
LETTERS = {"k": 1e3, "m": 1e6, "mn": 1e6, "b": 1e9, "bn": 1e9, "t": 1e12, "tn": 1e12}
ORDINALS = {
    word: value
    for value, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth"
        " fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split(),
        start=1,
    )
}
PARTS = {
    "half": 2, "halves": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
    "ninth": 9, "tenth": 10,
}  # fmt: skip
# Words that say a number without being one: they bear a number out and are not checked themselves.
IMPLIED = {
    "one": 1, "once": 1, "single": 1, "both": 2, "couple": 2, "pair": 2, "twin": 2, "twins": 2, "twice": 2, "double": 2,
    "doubled": 2, "doubles": 2, "duo": 2, "brace": 2, "trio": 3, "triple": 3, "tripled": 3, "triples": 3, "treble": 3,
    "thrice": 3, "triplets": 3, "quadruple": 4, "quadrupled": 4, "quartet": 4, "fortnight": 14, "century": 100,
    "centenarian": 100, "decade": 10, "tenfold": 10, "twofold": 2, "threefold": 3, "teen": 19,
}  # fmt: skip
SPANS = {"hour": 60, "year": 12, "century": 100, "decade": 10}  # in minutes, months and years
MINUTES = {
    "minute": 1, "hour": 60, "day": 1440, "week": 10_080, "fortnight": 20_160, "month": 43_800, "year": 525_600,
    "decade": 5_256_000,
}  # fmt: skip
VULGAR = {"½": 1 / 2, "¼": 1 / 4, "¾": 3 / 4, "⅓": 1 / 3, "⅔": 2 / 3, "⅛": 1 / 8}
ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50}


def one_of(words: Iterable[str]) -> str:
    """A pattern for any of ``words``, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def read_numeral(written: str) -> tuple[float, int]:
    """The value of digits with their separators and how many digits of it are significant.

    ``18,000`` is (18000.0, 2): zeros at the end of a whole number only fill it. ``1,1`` is read as 1.1.
    """
    if re.fullmatch(r"\d+,\d{1,2}", written):
        written = written.replace(",", ".")
    written = re.sub("[, ']", "", written)
    if written.count(".") > 1:
        written = written.replace(".", "")
    shown = written.replace(".", "").lstrip("0")
    digits = len(shown if "." in written else shown.rstrip("0"))
    return float(written), max(1, digits)


def read_roman(written: str) -> int:
    """The value of a Roman numeral in capitals: 14 for ``XIV``."""
    values = [ROMAN[letter] for letter in written]
    return sum(-one if one < other else one for one, other in zip(values, [*values[1:], 0], strict=True))


def read_words(words: list[str]) -> list[tuple[float, int, int]]:
    """The numbers in a run of number words in lower case: (value, first word, word after the last), in order.

    ``two hundred and fifty thousand`` is one number, ``two three`` are two; ``a`` counts before a scale alone.
    """
    found: list[tuple[float, int, int]] = []
    at = 0
    while at < len(words):
        value, after = _read_number(words, at)
        if value:
            found.append((value, at, after))
        at = max(after, at + 1)
    return found


def _read_number(words: list[str], at: int) -> tuple[float, int]:
    """The number that starts at ``at`` and where it ends; 0 if none does."""
    total = part = 0.0
    limit = float("inf")
    after = at
    for place in range(at, len(words)):
        word = words[place]
        if word in ("a", "an", "and"):
            if not _joins(words, place, is_first=place == at):
                break
            continue
        if word in SCALES and SCALES[word] < limit:
            total, part, limit = _scaled(total, part, SCALES[word], limit)
        elif _fits(part, word):
            part += UNITS.get(word, 0) + TENS.get(word, 0)
        else:
            break
        after = place + 1
    return total + part, after


def _joins(words: list[str], place: int, *, is_first: bool) -> bool:
    follower = words[place + 1] if place + 1 < len(words) else ""
    if words[place] == "and":
        return not is_first and words[place - 1] in SCALES and follower in UNITS | TENS
    return is_first and follower in SCALES


def _fits(part: float, word: str) -> bool:
    """Whether a unit or a ten can follow what is read so far: "twenty two" but not "two twenty"."""
    if word in TENS:
        return part % 100 == 0
    if word not in UNITS:
        return False
    return part % 100 == 0 or (part % 10 == 0 and part % 100 >= 20 and UNITS[word] < 10)


def _scaled(total: float, part: float, scale: float, limit: float) -> tuple[float, float, float]:
    """What a scale makes of the number so far; "hundred" and "dozen" still take units after them."""
    if scale <= 100:
        return total, (part or 1) * scale, limit
    return total + (part or 1) * scale, 0.0, scale
