"""Scores and prices as reviews write them. Pure; each answers with None for a text that is no such figure.

A figure that can't be kept exactly (a score off its scale, two decimals where one fits, a currency that the sign does
not settle) has no value, and a ``fault`` that says why it stays in the text: nothing is rounded or supposed.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from articles.importing.documents import fold

SCORE_LABEL = (
    r"(?:(?:editor(?:['\u2019]?s)?|final|my|our|overall|reviewer(?:['\u2019]?s)?|star|the|total)\s+)*"
    r"(?:grade|mark|overall|rated|rating|score|verdict)"
)
NUMBER = r"\d{1,4}(?:[.,]\d+)?"
SCORE = re.compile(
    rf"(?P<label>{SCORE_LABEL}(?:\s*[:=\u2013\u2014-]\s*|\s+))?"
    rf"(?:(?P<score>{NUMBER})(?:\s*(?:stars?|points?))?\s*(?P<between>/|out\s+of|of)\s*(?P<scale>{NUMBER})"
    r"(?:\s*(?P<unit>stars?|points?|[★⭐]))?"
    rf"|(?P<percent>{NUMBER})\s*(?:%|per\s?cent)"
    r"|(?P<full>[★⭐🌟✭]+)(?P<half>½?)(?P<empty>[☆✩]*)(?:\s*\((?P<figures>[^()]{1,20})\))?)"
    r"\.?(?:\s*(?P<more>[\u2013\u2014:(-].*))?",
    re.IGNORECASE,
)
LABEL_ALONE = re.compile(rf"{SCORE_LABEL}\s*:?", re.IGNORECASE)
USUAL_SCALES = frozenset({5, 10, 20, 100})
# Full stars alone say of how many only where there are so many.
WHOLE_ROWS = frozenset({5, 10})
LARGEST = 9999
LONGEST = 120

PRICE_LABEL = (
    r"(?:(?:current|indian|launch|list|official|our|retail|starting|street|uk|us)\s+)*(?:cost|mrp|msrp|price|pricing|rrp)"
    r"(?:\s+(?:in\s+[\w ]{2,20}|as\s+(?:tested|reviewed)|at\s+launch))?"
)
SIGNS = {
    "$": "USD", "US$": "USD", "US $": "USD", "A$": "AUD", "AU$": "AUD", "C$": "CAD", "CA$": "CAD", "NZ$": "NZD",
    "HK$": "HKD",
    "S$": "SGD", "SG$": "SGD", "NT$": "TWD", "R$": "BRL", "₹": "INR", "RS.": "INR", "RS": "INR", "£": "GBP",
    "€": "EUR", "CN¥": "CNY", "RMB": "CNY", "JP¥": "JPY", "₩": "KRW", "₱": "PHP", "₦": "NGN", "₺": "TRY", "₫": "VND",
    "฿": "THB", "RM": "MYR", "RP": "IDR", "₽": "RUB", "₪": "ILS", "₴": "UAH",
}  # fmt: skip
CODES = frozenset(
    "AED AUD BRL CAD CHF CNY CZK DKK EGP EUR GBP HKD HUF IDR ILS INR JPY KES KRW KWD MXN MYR NGN NOK NZD PHP PKR PLN"
    " QAR RON RUB SAR SEK SGD THB TRY TWD UAH USD VND ZAR".split()
)
CURRENCY = "|".join(re.escape(sign) for sign in sorted([*SIGNS, "¥", *CODES], key=len, reverse=True))
AMOUNT = r"(?:\d{1,3}(?:[.,'\u2019]\d{2,3})+(?:[.,]\d{2})?|\d{1,10}(?:[.,]\d{2})?)(?!\d)"
SPACED_AMOUNT = r"\d{1,3}(?: \d{3})+(?:[.,]\d{2})?(?!\d)"
PRICE = re.compile(
    rf"{PRICE_LABEL}\s*[:=\u2013\u2014-]\s*(?P<from>(?:from|start(?:s|ing)\s+(?:at|from))\s+)?"
    rf"(?:(?P<before>{CURRENCY})\s*(?P<amount>{AMOUNT})(?:\s*(?P<code>{'|'.join(sorted(CODES))})\b)?"
    rf"|(?P<first>{SPACED_AMOUNT}|{AMOUNT})\s*(?P<after>{CURRENCY})(?!\w))"
    r"(?:/-|\.(?=\s*$))?(?P<more>.*)",
    re.IGNORECASE,
)
WHOLE = r"[1-9]\d{0,2}(?P<mark>[.,'])(?:\d{2,3}(?P=mark))*\d{3}|\d+"
EXACT = re.compile(rf"(?P<whole>{WHOLE})(?:(?P<point>[.,])(?P<cents>\d{{2}}))?")
ANOTHER = re.compile(rf"(?:{CURRENCY})\s*\d|\d\s*(?:{CURRENCY})(?!\w)", re.IGNORECASE)
MAGNITUDE = re.compile(r"[.,]?\d|\s*(?:k|thousand|lakhs?|crores?|million|billion|m|bn)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Score:
    """A score and its scale; ``is_labelled`` if a word such as "Rating" leads it, ``more`` what else the line says."""

    value: Decimal | None
    scale: Decimal
    is_labelled: bool
    more: str = ""
    fault: str = ""


@dataclass(frozen=True)
class Price:
    """A price and its currency (ISO 4217); ``more`` is what else the line says, such as "from"."""

    amount: Decimal | None
    currency: str
    more: str = ""
    fault: str = ""


def read_score(text: str) -> Score | None:
    """The score that a whole line states; None for a sentence, a date, and a score without a scale."""
    match = SCORE.fullmatch(text.replace("\ufe0f", "")) if len(text) <= LONGEST else None
    if not match:
        return None
    value, scale = _stars(match) if match["full"] else _figures(match)
    if scale is None:
        return None
    is_usual = match["between"] != "of" and not match["percent"] and scale in USUAL_SCALES
    if not (match["label"] or match["unit"] or match["full"] or is_usual):
        return None
    fault = _fault_of(value, scale) % {"line": text}
    return Score(None if fault else value, scale, bool(match["label"]), fold(match["more"] or ""), fault)


def _fault_of(value: Decimal | None, scale: Decimal) -> str:
    if value is None or not value <= scale <= LARGEST or not scale:
        return _("“%(line)s” does not lie on its scale: kept in the text")
    is_exact = value == round(value, 1) and scale == round(scale, 1)
    return "" if is_exact else _("“%(line)s” has more decimals than fit: kept in the text")


def _figures(match: re.Match[str]) -> tuple[Decimal | None, Decimal | None]:
    if match["percent"]:
        return _number(match["percent"]), Decimal(100)
    return _number(match["score"]), _number(match["scale"])


def _stars(match: re.Match[str]) -> tuple[Decimal | None, Decimal | None]:
    """The number of full stars and of all stars; what figures behind them say counts more."""
    stated = read_score(match["figures"]) if match["figures"] else None
    if stated:
        return stated.value, stated.scale
    row = len(match["full"]) + len(match["half"]) + len(match["empty"])
    if match["figures"] or not (match["empty"] or row in WHOLE_ROWS):
        return None, None
    return len(match["full"]) + Decimal("0.5") * len(match["half"]), Decimal(row)


def _number(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))


def read_price(text: str) -> Price | None:
    """The price that a whole line states behind a label such as "Price:"; None for any other line."""
    match = PRICE.fullmatch(text) if len(text) <= LONGEST else None
    if not match:
        return None
    sign = (match["code"] or match["before"] or match["after"]).upper()
    currency = sign if sign in CODES else SIGNS.get(sign, "")
    amount = _amount(match["amount"] or match["first"])
    more = fold(f"{match['from'] or ''} {match['more']}")
    fault = ""
    if not currency:
        fault = _("“%(line)s” %(sign)s is the sign of several currencies: kept in the text")
    elif ANOTHER.search(match["more"]):
        fault = _("“%(line)s” names several prices: kept in the text")
    elif amount is None or MAGNITUDE.match(match["more"]):
        fault = _("“%(line)s” is no exact amount: kept in the text")
    fault %= {"line": text, "sign": sign}
    return Price(None if fault else amount, "" if fault else currency, more, fault)


def _amount(text: str) -> Decimal | None:
    """The amount, whichever of comma, point, apostrophe and space part its thousands and its cents."""
    match = EXACT.fullmatch(text.replace(" ", "").replace("\u2019", "'"))
    if not match or (match["mark"] and match["mark"] == match["point"]):
        return None
    whole = re.sub(r"\D", "", match["whole"])
    return Decimal(f"{whole}.{match['cents'] or '00'}") if len(whole) <= 10 else None
