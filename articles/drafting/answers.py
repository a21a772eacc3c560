"""Reading what a drafting server answered: three to five plain, short bullets in JSON, or nothing."""

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from articles.drafting.prompt import FEWEST, LONGEST, MOST

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

FENCE = re.compile(r"\A```(?:json)?\s*\n(.*)\n\s*```\Z", re.DOTALL)
LINK = re.compile(r"\w://|\bwww\.|\]\(|\bmailto:|\S@\w[\w-]*\.\w", re.IGNORECASE)
MARKUP = re.compile(r"</?[a-z!]|&(?:amp|lt|gt|quot|nbsp|#\w+);|\*\*|__|`|^\s*(?:[-*#•>]|\d+[.)])\s", re.IGNORECASE)
# Control characters, and those that turn or hide what is around them.
INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u2028-\u202e\u2060-\u2069\ud800-\udfff\ufeff\U000e0000-\U000e007f]"
)
SITE = re.compile(r"(?<![\w.])(?:[\w-]+\.)+[a-z]{2,}(?!\w)")


class AnswerError(ValueError):
    """The answer can't be used; ``str`` says why as a sentence, in the language of the moment.

    An editor is told in the site's, the server in that of its instructions.
    """

    def __init__(self, reason: "StrPromise", **values: int) -> None:
        super().__init__(reason, values)
        self.reason = reason
        self.values = values

    def __str__(self) -> str:
        return self.reason % self.values


def read_answer(answer: str, *, article: str, mark: str) -> tuple[str, ...]:
    """The bullets of ``answer``: a JSON object with the list ``bullets``, or that list alone.

    ``article`` is what the server was given, ``mark`` what its quotation was marked with. Raises AnswerError for
    anything but three to five different texts of one line, without links, markup, characters that can't be seen,
    and names of web sites that the article does not have.
    """
    bullets = [" ".join(bullet.split()) for bullet in _texts(_decode(answer))]
    if not FEWEST <= len(bullets) <= MOST:
        reason = ngettext_lazy(
            "It has %(count)s bullet instead of %(fewest)s to %(most)s.",
            "It has %(count)s bullets instead of %(fewest)s to %(most)s.",
            "count",
        )
        raise AnswerError(reason, count=len(bullets), fewest=FEWEST, most=MOST)
    if len({bullet.casefold() for bullet in bullets}) < len(bullets):
        raise AnswerError(_("It says the same twice."))
    for bullet in bullets:
        for fault in _faults(bullet, article, mark):
            raise fault
    return tuple(bullets)


def _decode(answer: str) -> object:
    fenced = FENCE.match(answer.strip())
    try:
        return json.loads(fenced[1] if fenced else answer)
    except (ValueError, RecursionError):
        raise AnswerError(_("It is not JSON.")) from None


def _texts(decoded: object) -> list[str]:
    listed = decoded.get("bullets") if isinstance(decoded, dict) else decoded
    if not isinstance(listed, list) or not all(isinstance(text, str) for text in listed):
        raise AnswerError(_("It is not an object with a list of texts under “bullets”."))
    return listed


def _faults(bullet: str, article: str, mark: str) -> Iterator[AnswerError]:
    if not bullet:
        yield AnswerError(_("It has an empty bullet."))
    if len(bullet) > LONGEST:
        yield AnswerError(_("A bullet has %(count)s characters, more than %(most)s."), count=len(bullet), most=LONGEST)
    if INVISIBLE.search(bullet):
        yield AnswerError(_("A bullet has characters that cannot be seen."))
    if LINK.search(bullet):
        yield AnswerError(_("A bullet has a link or an address in it."))
    if MARKUP.search(bullet):
        yield AnswerError(_("A bullet has markup in it."))
    if mark in bullet:
        yield AnswerError(_("A bullet repeats the instructions."))
    known = article.casefold()
    if any(site[0].casefold() not in known for site in SITE.finditer(bullet)):
        yield AnswerError(_("A bullet names a web site that the article does not name."))
