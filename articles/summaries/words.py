"""Words of a text as the finder sees them: folded, without possessives, hyphens and stop words, stemmed."""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from articles.summaries.stems import stem
from articles.summaries.wordlists import STOP_WORDS, SYNONYMS

# One character for one, so that offsets hold.
FOLDING = str.maketrans(
    {
        **dict.fromkeys("’‘ʼ‛`´＇", "'"),
        **dict.fromkeys("“”„‟«»＂", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("\u00a0\u202f\u2007\u2009\u3000\t\n\r\v\f", " "),
        "\u00ad": "-",
        **{chr(0xFF10 + digit): str(digit) for digit in range(10)},
        **{chr(0x0660 + digit): str(digit) for digit in range(10)},
        **{chr(0x06F0 + digit): str(digit) for digit in range(10)},
        "٪": "%",
        "％": "%",
        "٬": ",",
        "٫": ".",
    }
)
CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af"
TOKEN = re.compile(
    rf"[{CJK}]+|(?:[A-Za-z]\.){{2,}}|[^\W_{CJK}]+(?:['.&][^\W_{CJK}]+)*(?:'(?=\W|$))?",
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
