"""Stems of words: Porter's algorithm for English, after words have been brought to one spelling.

Source: M. F. Porter, "An algorithm for suffix stripping", Program 14(3), 1980. Words of other scripts stay as they
are, but for the Arabic article. British and American spellings, and irregular forms, come to one stem.
"""

import re
from functools import lru_cache

from articles.summaries.lexicon import IRREGULAR

VOWEL = "(?:[aeiou]|(?<=[^aeiou])y)"
MEASURE = re.compile(rf"{VOWEL}(?!{VOWEL}|$)")
HAS_VOWEL = re.compile(VOWEL)
DOUBLE = re.compile(r"([^aeiou])\1$")
SHORT_END = re.compile(rf"[^aeiou]{VOWEL}[^aeiouwxy]$")

STEP_2 = {
    "ational": "ate", "tional": "tion", "enci": "ence", "anci": "ance", "izer": "ize", "abli": "able", "alli": "al",
    "entli": "ent", "eli": "e", "ousli": "ous", "ization": "ize", "ation": "ate", "ator": "ate", "alism": "al",
    "iveness": "ive", "fulness": "ful", "ousness": "ous", "aliti": "al", "iviti": "ive", "biliti": "ble",
}  # fmt: skip
STEP_3 = {"icate": "ic", "ative": "", "alize": "al", "iciti": "ic", "ical": "ic", "ful": "", "ness": ""}
STEP_4 = (
    "al", "ance", "ence", "er", "ic", "able", "ible", "ant", "ement", "ment", "ent", "ion", "ou", "ism", "ate", "iti",
    "ous", "ive", "ize",
)  # fmt: skip

SPELLINGS = (
    (re.compile(r"is(?=(?:e|ed|es|er|ers|ing|ation|ations|ational)$)(?<=\w{4})"), "iz"),
    (re.compile(r"ys(?=(?:e|ed|es|er|ers|ing)$)(?<=\w{4})"), "yz"),
    (re.compile(r"(?<=\w{2})our(?=(?:s|ed|ing|ite|ites|able|al|ful|hood|hoods|er|ers|ly)?$)"), "or"),
    (re.compile(r"(?<=[bt])re(?=s?$)"), "er"),
    (re.compile(r"(?<=[ef]n)ce(?=s?$)"), "se"),
    (re.compile(r"mme(?=s?$)"), "m"),
    (re.compile(r"ogue(?=s?$)"), "og"),
)
ARABIC_MARKS = re.compile("[\u0610-\u061a\u0640\u064b-\u065f\u0670]")
ARABIC_ARTICLE = re.compile("^(?:[وفبك]?ال|لل)(?=\\w{3})")


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The stem of one folded word in lower case: equal for the forms of a word, not itself a word."""
    if word in IRREGULAR:
        return stem(IRREGULAR[word])
    if not word.isascii():
        return ARABIC_ARTICLE.sub("", ARABIC_MARKS.sub("", word))
    if len(word) <= 2 or not word.isalpha():
        return word
    for pattern, spelling in SPELLINGS:
        word = pattern.sub(spelling, word)
    return _porter(word)


def _porter(word: str) -> str:
    word = _step_1c(_step_1b(_step_1a(word)))
    word = _replace(word, STEP_2, least=1)
    word = _replace(word, STEP_3, least=1)
    return _step_5(_step_4(word))


def _measure(stump: str) -> int:
    """How often a vowel gives way to a consonant: Porter's m."""
    return len(MEASURE.findall(stump))


def _step_1a(word: str) -> str:
    if word.endswith(("sses", "ies")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def _step_1b(word: str) -> str:
    if word.endswith("eed"):
        return word[:-1] if _measure(word[:-3]) else word
    stump = word.removesuffix("ed") if word.endswith("ed") else word.removesuffix("ing")
    if stump == word or not HAS_VOWEL.search(stump):
        return word
    if stump.endswith(("at", "bl", "iz", "yz")):
        return stump + "e"
    if DOUBLE.search(stump) and stump[-1] not in "lsz":
        return stump[:-1]
    return stump + "e" if _measure(stump) == 1 and SHORT_END.search(stump) else stump


def _step_1c(word: str) -> str:
    return word[:-1] + "i" if word.endswith("y") and HAS_VOWEL.search(word[:-1]) else word


def _replace(word: str, endings: dict[str, str], *, least: int) -> str:
    ending = next((ending for ending in endings if word.endswith(ending)), None)
    if ending is None or _measure(word[: -len(ending)]) < least:
        return word
    return word[: -len(ending)] + endings[ending]


def _step_4(word: str) -> str:
    ending = max((ending for ending in STEP_4 if word.endswith(ending)), key=len, default="")
    stump = word.removesuffix(ending) if ending else word
    if _measure(stump) < 2 or (ending == "ion" and not stump.endswith(("s", "t"))):
        return word
    return stump


def _step_5(word: str) -> str:
    if word.endswith("e"):
        stump = word[:-1]
        if _measure(stump) > 1 or (_measure(stump) == 1 and not SHORT_END.search(stump)):
            word = stump
    return word[:-1] if word.endswith("ll") and _measure(word) > 1 else word
