"""Whether a figure of an article bears out a figure of a bullet."""

from math import floor, log10

from articles.summaries.numbers import Number

HEDGE = 0.1  # "about", "nearly", "over": within a tenth
PARTS = 1.0  # a fraction said as a percentage: within a point
COUNTED = frozenset({"plain", "year", "ordinal"})
HALF_DAY = 12 * 60
DOLLARS = frozenset({"$", "USD", "AUD", "CAD", "NZD", "HKD", "SGD"})

Reading = tuple[str, float]


def bears_out(said: Number, found: Number) -> bool:
    """Whether ``found``, in an article, is what ``said`` in a bullet claims.

    Percentages and fractions match each other, a sum of money only the same currency, years and ordinals only
    exactly. Otherwise the two are equal, or ``found`` rounded to the digits of ``said``, or within a tenth of it
    where ``said`` is hedged.
    """
    return any(_agree(said, found, one, other) for one in said.readings for other in found.readings)


def _agree(said: Number, found: Number, one: Reading, other: Reading) -> bool:
    (kind, value), (other_kind, other_value) = one, other
    kinds = {kind, other_kind}
    if kinds & {"percent", "fraction"}:
        return _agree_on_share(said, one, other)
    if "score" in kinds:
        return _agree_on_score(one, other)
    if "time" in kinds:
        return _agree_on_time(one, other)
    if kinds & {"year", "ordinal", "decade"} and kind != "currency":
        return value == other_value and ("decade" not in kinds or kind == other_kind)
    is_other_money = kind == "currency" and not (other_kind == kind and _same_currency(said.unit, found.unit))
    return not is_other_money and _near(value, other_value, said)


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


def _agree_on_score(one: Reading, other: Reading) -> bool:
    if one[0] == other[0]:
        return one[1] in (other[1], other[1] % 1000 * 1000 + other[1] // 1000)
    if one[0] == "score":
        return False
    return one[0] in COUNTED and one[1] in divmod(other[1], 1000)


def _agree_on_time(one: Reading, other: Reading) -> bool:
    if one[0] == other[0]:
        return one[1] % HALF_DAY == other[1] % HALF_DAY
    return one[0] == "plain" and one[1] * 60 % HALF_DAY == other[1] % HALF_DAY


def _same_currency(one: str, other: str) -> bool:
    return one == other or ("$" in (one, other) and {one, other} <= DOLLARS)
