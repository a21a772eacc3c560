"""Whether a figure of an article bears out a figure of a bullet."""

from math import floor, log10

from articles.summaries.money import is_same_currency
from articles.summaries.number_readers import Number

HEDGE = 0.1  # "about", "nearly", "over": within a tenth
PARTS = 1.0  # a fraction said as a percentage: within a point
COUNTED = frozenset({"plain", "year", "ordinal"})
HALF_DAY = 12 * 60
SPAN = 0.005  # 52 weeks are a year

Reading = tuple[str, float]


def bears_out(said: Number, found: Number) -> bool:
    """Whether ``found``, in an article, is what ``said`` in a bullet claims.

    Percentages and fractions match each other, a sum of money only the same currency, years and ordinals only
    exactly. Otherwise the two are equal, or ``found`` rounded to the digits of ``said``, or within a tenth of it
    where ``said`` is hedged.
    """
    return any(_agree(said, found, one, other) for one in said.readings for other in found.readings)


def _agree(said: Number, found: Number, one: Reading, other: Reading) -> bool:
    for kinds, agree in RULES:
        if one[0] in kinds or other[0] in kinds:
            return agree(said, one, other)
    is_money = {one[0], other[0]} == {"currency"} and is_same_currency(said.unit, found.unit)
    return (one[0] != "currency" or is_money) and _near(one[1], other[1], said)


def _near(value: float, other: float, said: Number) -> bool:
    if value == other or _rounded(other, said.digits) == value:
        return True
    return said.is_hedged and abs(value - other) <= HEDGE * max(value, other)


def _rounded(value: float, digits: int) -> float:
    """``value`` to that many significant digits, halves up as people round."""
    if value == 0:
        return 0.0
    unit = 10.0 ** (floor(log10(abs(value))) - digits + 1)
    return round(floor(value / unit + 0.5) * unit, 9)


def _agree_on_share(said: Number, one: Reading, other: Reading) -> bool:
    kinds = {one[0], other[0]}
    if kinds == {"percent"}:
        return _near(one[1], other[1], said)
    if kinds == {"fraction", "percent"}:
        value, found = (share * 100 if kind == "fraction" else share for kind, share in (one, other))
        return abs(value - found) <= (HEDGE * max(value, found) if said.is_hedged else PARTS)
    return kinds == {"fraction"} and abs(one[1] - other[1]) < 0.001


def _agree_on_score(_: Number, one: Reading, other: Reading) -> bool:
    if one[0] == other[0]:
        return one[1] in (other[1], other[1] % 1000 * 1000 + other[1] // 1000)
    if one[0] == "score":
        return False
    return one[0] in COUNTED and one[1] in divmod(other[1], 1000)


def _agree_on_time(_: Number, one: Reading, other: Reading) -> bool:
    if one[0] == other[0]:
        return one[1] % HALF_DAY == other[1] % HALF_DAY
    return one[0] == "plain" and one[1] * 60 % HALF_DAY == other[1] % HALF_DAY


def _agree_on_span(said: Number, one: Reading, other: Reading) -> bool:
    """Two days and 48 hours, six years and 2015 beside 2021."""
    return one[0] == other[0] and abs(one[1] - other[1]) <= (HEDGE if said.is_hedged else SPAN) * one[1]


def _agree_on_decade(_: Number, one: Reading, other: Reading) -> bool:
    """In her 40s and 44, in the 1990s and 1994."""
    return one[0] == "decade" and other[0] in COUNTED | {"decade"} and one[1] <= other[1] % 100 < one[1] + 10


def _agree_exactly(_: Number, one: Reading, other: Reading) -> bool:
    return one[0] != "currency" and one[1] == other[1]


# The first rule for a kind of either number is the one that counts.
RULES = (
    ({"percent", "fraction"}, _agree_on_share),
    ({"score"}, _agree_on_score),
    ({"time"}, _agree_on_time),
    ({"span"}, _agree_on_span),
    ({"decade"}, _agree_on_decade),
    ({"year", "ordinal"}, _agree_exactly),
)
