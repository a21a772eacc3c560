"""Patterns of what numbers look like in a text that has been folded (``words.fold``)."""

import re

from articles.summaries.money import CODES, COINS, LETTER_SIGNS, SIGNS
from articles.summaries.numerals import IMPLIED, LETTERS, MINUTES, ORDINALS, PARTS, SCALES, SPANS, TENS, UNITS, one_of

SCALE = rf"(?i:{one_of(SCALES)})(?![A-Za-z])"
PERCENT = r"(?:[ -]?(?:%|(?i:per[ -]?cent|percentage|prozent|pct|pc)\b))"
SIGN = re.compile(rf"(?<![A-Za-z])(?:{one_of(SIGNS)})[\s-]?$")
NATION = r"(?:(?:U\.?S\.?|[A-Z][a-z]+) )?"  # "5 million Australian dollars"
COIN = rf"(?:[ -]?{NATION}(?P<coin>(?i:{one_of(COINS)})\b|(?:{one_of(CODES)})\b)|(?P<penny>p\b|\s(?:pence|cents?)\b))"
WORD = rf"(?i:{one_of([*UNITS, *TENS, *SCALES])})"
PART = rf"(?i:{one_of(PARTS)})s?"
COUNT = rf"(?:\d+|(?i:{one_of(UNITS)}))"
SPAN = rf"(?i:{one_of(SPANS)})\b"

# Names of models, but neither sums of money nor a quarter ("Q4"), a degree ("38C") or a thing like "mid-1990s".
MODEL = re.compile(
    rf"(?<![\w.$£€¥₹])(?!(?:{one_of(LETTER_SIGNS)})\d|Q[1-4]\b|[1-4]Q\b)"
    r"(?:[A-Za-z]+\d[\w-]*|[A-Za-z]?[A-Z][A-Za-z]*-\d[\w-]*|\d+(?:[xX]\d+\b|(?![KMBTCF]\b)[A-Z]+\d*\b))"
)
CLOCK = re.compile(
    r"(?<![\d.,:$£€])(?P<hour>\d{1,2})"
    r"(?:(?:[:.](?P<minute>\d\d))?\s?(?P<half>[ap])(?:m\b|\.m\b\.?)|:(?P<only>\d\d)(?![\d:]))",
    re.IGNORECASE,
)
DECADE = re.compile(r"(?<![\w'])'?(\d\d(?:\d\d)?)'?s\b")
DECADE_WORD = re.compile(rf"\b({'|'.join(ten.removesuffix('y') for ten in TENS)})ies\b", re.IGNORECASE)
QUARTER = re.compile(r"\bQ([1-4])\b|\b([1-4])Q\b")
ROMAN_NUMERAL = re.compile(r"(?<=[A-Za-z] )(?=[IVXL]{2})(?:XL|L?X{0,3})(?:IX|IV|V?I{0,3})\b")
SCORE = re.compile(rf"(?<![\w.,$£€-])(\d{{1,3}})-(\d{{1,3}})(?![\w%-]|[.,]\d|\s?(?:per[ -]?cent|{SCALE}))")
SHARE = re.compile(
    rf"\b(?:(?P<part>{COUNT})|(?P<one>(?i:one))(?: \w+){{1,2}})[ -](?:in|out of)(?: every)?[ -](?P<whole>{COUNT})\b"
    r"(?! (?:\w+ )?(?:years|months|weeks|days|hours|minutes|seconds|decades)\b)"
)
FRACTION = re.compile(
    rf"\b(?:(?P<count>(?i:an?|one|two|three|four|five))[ -])?(?P<part>{PART})\b(?!-(?!an?\b|of\b|{SCALE}|{SPAN})\w)"
    rf"(?:(?:[ -]of)?[ -](?:an?[ -])?(?P<whole>{SCALE}|{SPAN}))?"
)
HALF_TIME = re.compile(r"(?:first|second|last|opening|other|better)[ -]$", re.IGNORECASE)
MIXED = re.compile(
    rf"\b(?P<count>\d+|(?i:{one_of(UNITS)})) and (?:an? (?P<part>{PART})|(?P<parts>(?i:three) quarters))\b"
    rf"(?: (?P<scale>{SCALE}))?"
)
SLASHED = re.compile(
    r"(?<![\d/.])(?:(?P<count>\d+)(?:[ -]|(?=[½¼¾⅓⅔⅛])))?"
    r"(?:(?P<sign>[½¼¾⅓⅔⅛])|(?P<part>[1-9])/(?P<whole>[2-9]|10)(?![\d/]))"
    rf"(?:[ -]?(?P<scale>{SCALE}))?"
)
NUMERAL = (
    r"\d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d+)?|\d{1,3}(?:[ ']\d{3})+(?![\d,.])|\d+,\d{1,2}(?!\d)|\d+(?:\.\d+)*|(?<!\w)\.\d+"
)
DIGITS = re.compile(
    rf"(?<!\d)(?<!\d\.)(?P<numeral>{NUMERAL})"
    rf"(?:(?P<ordinal>(?i:st|nd|rd|th)\b)|[ -]?(?P<scale>{SCALE})|(?P<letter>(?i:{one_of(LETTERS)}))(?![A-Za-z]))?"
    rf"(?:(?P<percent>{PERCENT})|{COIN})?"
)
WORDS = re.compile(
    rf"\b(?P<words>(?:(?i:an?) (?={SCALE}))?{WORD}(?:(?:[ -]| (?i:and) ){WORD})*)\b"
    rf"(?:(?P<percent>{PERCENT})|{COIN})?"
)
VAGUE = re.compile(r"\b(?:several|few|some|many|multi|couple|couple of)[ -]$", re.IGNORECASE)
ORDINAL = re.compile(rf"\b(?:(?:{'|'.join(TENS)})-)?(?:{one_of(ORDINALS)})\b", re.IGNORECASE)
IMPLYING = re.compile(rf"\b(?:{one_of(IMPLIED)})\b", re.IGNORECASE)
LENGTH_OF_TIME = re.compile(rf"[ -](?P<unit>{one_of(MINUTES)})s?\b", re.IGNORECASE)
MONTH = re.compile(r"(?:January|February|March|April|May|June|July|August|September|October|November|December) $")
