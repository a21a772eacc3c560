"""Words of a text as the finder sees them: folded, without possessives, hyphens and stop words, stemmed."""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from articles.summaries.lexicon import STOP_WORDS, SYNONYMS
from articles.summaries.stems import stem

# One character for one, so that offsets hold.
FOLDING = str.maketrans(
    {
        **dict.fromkeys("\u2019\u2018\u02bc\u201b\u00b4\uff07`", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\uff02", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u00ad", "-"),
        **dict.fromkeys("\u00a0\u202f\u2007\u2009\u3000\t\n\r\v\f", " "),
        **{chr(zero + digit): str(digit) for zero in (0x0660, 0x06F0, 0xFF10) for digit in range(10)},
        **dict.fromkeys("\u066a\uff05", "%"),
        **dict(zip("\u017f\u212a\u0130\u0131", "sKIi", strict=True)),  # letters that a pattern takes for these
        "\u066c": ",",
        "\u066b": ".",
    }
)
CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af"
MARKS = "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f\u0951-\u0957"
LETTERS = rf"[^\W_{CJK}]+(?:[{MARKS}]+[^\W_{CJK}]*)*"
TOKEN = re.compile(
    rf"[{CJK}]+|(?:[A-Za-z]\.){{2,}}|{LETTERS}(?:(?:['&]|\.(?=\d|[A-Za-z]{{1,3}}\b)){LETTERS})*(?:'(?=\W|$))?"
)
POSSESSIVE = re.compile("(?:'s|(?<=s)'|'S|(?<=S)'|')$")


class Word(NamedTuple):
    """A word where it stands: ``text`` is folded but keeps its case; ``key`` is "" for a stop word."""

    text: str
    start: int
    end: int
    key: str


def fold(text: str) -> str:
    """``text`` with one kind of quote, dash, space and digit; every character keeps its place."""
    return text.translate(FOLDING)


def find_words(text: str) -> list[Word]:
    """The words of ``text`` (any case and script) in order, stop words included.

    Parts of a hyphenated word count as words; a run of Chinese or Japanese as its pairs of characters.
    """
    words = []
    for token in TOKEN.finditer(fold(text)):
        start = token.start()
        written = token[0]
        if written[0] > "\u3000":
            pairs = range(max(1, len(written) - 1))
            words += [Word(written[i : i + 2], start + i, start + i + 2, written[i : i + 2]) for i in pairs]
            continue
        bare = POSSESSIVE.sub("", written)
        words.append(Word(bare, start, start + len(bare), key_of(bare)))
    return words


@lru_cache(maxsize=65536)
def key_of(word: str) -> str:
    """What a word counts as, the same for its forms, spellings and headline synonyms; "" for a stop word."""
    if word in ("US", "U.S.", "U.S", "USA", "U.S.A."):
        return "usa"
    low = plain(word)
    if low in STOP_WORDS or (len(low) == 1 and not low.isdigit()):
        return ""
    low = SYNONYMS.get(low, low)
    key = stem(low)
    return SYNONYM_STEMS.get(key, key)


def plain(word: str) -> str:
    """One word in lower case without accents or inner full stops: ``Düsseldorf`` and ``U.N.`` to dusseldorf and un."""
    low = word.lower()
    if not low.isascii():
        low = "".join(c for c in unicodedata.normalize("NFKD", low) if not unicodedata.combining(c))
        low = low.replace("ß", "ss")
    return low if low[:1].isdigit() else low.replace(".", "")


SYNONYM_STEMS = {stem(word): stem(first) for word, first in SYNONYMS.items()}
