"""Reading what a drafting server answered: three to five plain, short bullets in JSON, or nothing."""

import json
import re
from collections.abc import Iterator

from articles.drafting.prompt import FEWEST, LONGEST, MOST

FENCE = re.compile(r"\A```(?:json)?\s*\n(.*)\n\s*```\Z", re.DOTALL)
LINK = re.compile(r"\w://|\bwww\.|\]\(|\bmailto:|\S@\w[\w-]*\.\w", re.IGNORECASE)
MARKUP = re.compile(r"</?[a-z!]|&(?:amp|lt|gt|quot|nbsp|#\w+);|\*\*|__|`|^\s*(?:[-*#•>]|\d+[.)])\s", re.IGNORECASE)
# Control characters, and those that turn or hide what is around them.
INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u2028-\u202e\u2060-\u2069\ud800-\udfff\ufeff\U000e0000-\U000e007f]"
)
SITE = re.compile(r"(?<![\w.])(?:[\w-]+\.)+[a-z]{2,}(?!\w)")


class AnswerError(ValueError):
    """The answer can't be used; says why as a sentence."""


def read_answer(answer: str, *, article: str, mark: str) -> tuple[str, ...]:
    """The bullets of ``answer``: a JSON object with the list ``bullets``, or that list alone.

    ``article`` is what the server was given, ``mark`` what its quotation was marked with. Raises AnswerError for
    anything but three to five different texts of one line, without links, markup, characters that can't be seen,
    and names of web sites that the article does not have.
    """
    bullets = [" ".join(bullet.split()) for bullet in _texts(_decode(answer))]
    if not FEWEST <= len(bullets) <= MOST:
        raise AnswerError(f"It has {len(bullets)} bullets instead of {FEWEST} to {MOST}.")
    if len({bullet.casefold() for bullet in bullets}) < len(bullets):
        raise AnswerError("It says the same twice.")
    for bullet in bullets:
        for fault in _faults(bullet, article, mark):
            raise AnswerError(fault)
    return tuple(bullets)


def _decode(answer: str) -> object:
    fenced = FENCE.match(answer.strip())
    try:
        return json.loads(fenced[1] if fenced else answer)
    except (ValueError, RecursionError):
        raise AnswerError("It is not JSON.") from None


def _texts(decoded: object) -> list[str]:
    listed = decoded.get("bullets") if isinstance(decoded, dict) else decoded
    if not isinstance(listed, list) or not all(isinstance(text, str) for text in listed):
        raise AnswerError("It is not an object with a list of texts under “bullets”.")
    return listed


def _faults(bullet: str, article: str, mark: str) -> Iterator[str]:
    if not bullet:
        yield "It has an empty bullet."
    if len(bullet) > LONGEST:
        yield f"A bullet has {len(bullet)} characters, more than {LONGEST}."
    if INVISIBLE.search(bullet):
        yield "A bullet has characters that cannot be seen."
    if LINK.search(bullet):
        yield "A bullet has a link or an address in it."
    if MARKUP.search(bullet):
        yield "A bullet has markup in it."
    if mark in bullet:
        yield "A bullet repeats the instructions."
    known = article.casefold()
    if any(site[0].casefold() not in known for site in SITE.finditer(bullet)):
        yield "A bullet names a web site that the article does not name."
