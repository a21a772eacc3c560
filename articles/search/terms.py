"""What a reader types, read as words and quoted phrases. No input is an error."""

import re
import string
from dataclasses import dataclass

MAX_TERMS = 12
MAX_TERM_LENGTH = 200
MIN_PREFIX = 2

PIECE = re.compile(r'"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+)')
QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂", '"'))  # noqa: RUF001
EDGES = string.punctuation + "…‘’‚‹›–—·•¡¿"  # noqa: RUF001


@dataclass(frozen=True)
class Term:
    """A word or a phrase that a story must hold; a prefix also stands for the words that begin with it."""

    text: str
    is_prefix: bool = False


@dataclass(frozen=True)
class Query:
    """Every one of ``terms`` must be in a story. ``is_cut``: more was typed than is looked for."""

    terms: tuple[Term, ...]
    is_cut: bool = False


def parse(typed: str) -> Query:
    """Read words and quoted phrases: at most MAX_TERMS, each of at most MAX_TERM_LENGTH characters.

    Operators have no meaning, a quote without its partner does not count, and what holds neither letter nor digit
    is left out. The last word, unless quoted, is a prefix: the reader may not have finished it.
    """
    typed = typed.encode("utf-8", "ignore").decode().replace("\0", " ").translate(QUOTES)
    found: dict[tuple[str, bool], str] = {}
    for piece in PIECE.finditer(typed):
        is_phrase = piece["phrase"] is not None
        if text := _trimmed(piece["phrase"] if is_phrase else piece["word"]):
            found[text.casefold(), is_phrase] = text
    pieces = [Term(text, is_prefix=not is_phrase) for (_, is_phrase), text in found.items()][:MAX_TERMS]
    terms = [Term(term.text) for term in pieces[:-1]]
    if pieces:
        last = pieces[-1]
        terms.append(Term(last.text, last.is_prefix and sum(map(str.isalnum, last.text)) >= MIN_PREFIX))
    return Query(tuple(terms), is_cut=len(found) > MAX_TERMS)


def _trimmed(text: str) -> str:
    """The words of ``text`` without punctuation around them, or "" if it holds no letter or digit."""
    text = " ".join(text.split())[:MAX_TERM_LENGTH].strip(EDGES + " ")
    return text if any(map(str.isalnum, text)) else ""
