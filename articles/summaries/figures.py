"""Whether a figure of an article bears out a figure of a bullet."""

from math import floor, log10

from articles.summaries.numbers import Number

HEDGE = 0.1  # "about", "nearly", "over": within a tenth
PARTS = 1.0  # a fraction said as a percentage: within a point
COUNTED = frozenset({"plain", "year", "ordinal"})
DOLLARS = frozenset({"$", "USD", "AUD", "CAD", "NZD", "HKD", "SGD"})


def bears_out(said: Number, found: Number) -> bool:
    """Whether ``found``, in an article, is what ``said`` in a bullet claims.

    Percentages and fractions match each other, a sum of money only the same currency, years and ordinals only
    exactly. Otherwise the two are equal, or ``found`` rounded to the digits of ``said``, or within a tenth of it
    where ``said`` is hedged.
    """
    return any(
        _agree(said, kind, value, found, other_kind, other_value)
        for kind, value in said.readings
        for other_kind, other_value in found.readings
    )


def _agree(said: Number, kind: str, value: float, found: Number, other_kind: str, other_value: float) -> bool:
    if kind in ("percent", "fraction") or other_kind in ("percent", "fraction"):
        return _agree_on_share(said, kind, value, other_kind, other_value)
    if "score" in (kind, other_kind):
        return _agree_on_score(kind, value, other_kind, other_value)
    if kind == "time" or other_kind == "time":
        return _agree_on_time(kind, value, other_kind, other_value)
    if "decade" in (kind, other_kind):
        return kind == other_kind and value == other_value
    if kind == "currency" and not (other_kind == "currency" and _same_currency(said.unit, found.unit)):
        return False
    if kind in ("year", "ordinal") or other_kind in ("year", "ordinal"):
        return value == other_value
    return _near(value, other_value, said)


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


def _agree_on_share(said: Number, kind: str, value: float, other_kind: str, other: float) -> bool:
    kinds = {kind, other_kind}
    if kinds == {"percent"}:
        return _near(value, other, said)
    if kinds == {"fraction", "percent"}:
        value, other = (
            share * 100 if of == "fraction" else share for of, share in ((kind, value), (other_kind, other))
        )
        return abs(value - other) <= (HEDGE * max(value, other) if said.is_hedged else PARTS)
    return kinds == {"fraction"} and abs(value - other) < 0.001


def _agree_on_score(kind: str, value: float, other_kind: str, other: float) -> bool:
    first, second = divmod(other if other_kind == "score" else value, 1000)
    if kind == other_kind:
        return value in (first * 1000 + second, second * 1000 + first)
    count = value if other_kind == "score" else other
    return kind in COUNTED and count in (first, second)


def _agree_on_time(kind: str, value: float, other_kind: str, other: float) -> bool:
    if kind == other_kind:
        return value % 720 == other % 720
    return kind == "plain" and other % 720 == value * 60 % 720


def _same_currency(one: str, other: str) -> bool:
    return one == other or ("$" in (one, other) and {one, other} <= DOLLARS)
