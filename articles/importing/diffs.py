"""A change of a field as lines that a person can read. Pure."""

import difflib
import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

from articles.importing.merge import FieldChange

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

# The parts of a review, each at the start of its line.
PARTS: "dict[str, StrPromise]" = {
    "product": pgettext_lazy("before a colon", "product"),
    "maker": pgettext_lazy("before a colon", "maker"),
    "score": pgettext_lazy("before a colon", "score"),
    "scale": pgettext_lazy("before a colon", "scale"),
    "price": pgettext_lazy("before a colon", "price"),
    "currency": pgettext_lazy("before a colon", "currency"),
    "pros": pgettext_lazy("before a colon", "pros"),
    "cons": pgettext_lazy("before a colon", "cons"),
    "verdict": pgettext_lazy("before a colon", "verdict"),
    "specs": pgettext_lazy("before a colon", "specs"),
}

WIDTH = 96
# Of longer texts, comparing line by line takes too long and says too much.
MOST_LINES = 2000


class Line(NamedTuple):
    """A line of a diff: "-" stands, "+" the file says, " " both; "@" where parts are left out, without a text."""

    sign: str
    text: str = ""


def diff_of(change: FieldChange) -> list[str]:
    """What stands against what the file says, as the lines of a unified diff: each starts with -, + or a space.

    A line of @@ stands between parts that do not follow on each other.
    """
    return [line.sign + line.text if line.sign != "@" else "@@" for line in lines_of_diff(change.ours, change.theirs)]


def lines_of_diff(ours: Any, theirs: Any) -> list[Line]:
    """The lines in which two values differ, each with its sign, and the two lines around them."""
    before, after = lines_of(ours), lines_of(theirs)
    if max(len(before), len(after)) > MOST_LINES:
        return [Line("-", _count_of(before)), Line("+", _count_of(after))]
    found = difflib.unified_diff(before, after, n=2, lineterm="")
    return [Line("@") if line[:2] == "@@" else Line(line[0], line[1:]) for line in list(found)[3:]]


def lines_of(value: Any) -> list[str]:
    """A value as lines: paragraphs wrapped, with a blank line between them; the entries of a list one by one."""
    if isinstance(value, list):
        return [line for entry in value for line in _wrapped(in_words(entry))]
    words = in_words(value)
    return [line for paragraph in words.split("\n") for line in _wrapped(paragraph)] if words else []


def in_words(value: Any) -> str:
    """A value on a line of its own, or a text as it is."""
    match value:
        case None | "":
            return ""
        case bool():
            return _("yes") if value else _("no")
        case {"name": name, "url": url}:
            return f"{name} {url}".rstrip()
        case {"name": name, "after_paragraph": place}:
            below = _("%(name)s, below paragraph %(number)s")
            value = below % {"name": name, "number": place} if place else name
        case dict():
            return "\n".join(
                f"{PARTS.get(name, name)}: {said}" for name, part in value.items() if (said := _in_one_line(part))
            )
        case list():
            return ": ".join(value)
    return str(value)


def _count_of(lines: list[str]) -> str:
    return ngettext("%(count)s line", "%(count)s lines", len(lines)) % {"count": len(lines)}


def _in_one_line(part: Any) -> str:
    return _(", ").join(map(in_words, part)) if isinstance(part, list) else in_words(part)


def _wrapped(line: str) -> Iterator[str]:
    yield from textwrap.wrap(line, WIDTH, drop_whitespace=False, replace_whitespace=False) or [""]
