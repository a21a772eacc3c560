"""A made-up translation, ⟦every message⟧ in brackets, to find the words of a page that no translator would see."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from html.parser import HTMLParser

import pytest
from django.utils import translation
from django.utils.translation import trans_real

from articles.web import fragments

# Words for people; a data attribute holds some for the scripts if it looks like it.
ATTRIBUTES = {"alt", "aria-description", "aria-label", "aria-placeholder", "aria-roledescription", "aria-valuetext"}
ATTRIBUTES |= {"label", "placeholder", "title"}
WORDS = re.compile(r"^[^\W\d_]*[A-Z]|[^\W\d_]\s+[^\W\d_]")
LETTERS = re.compile(r"[^\W\d_]")
# What stands in these is no language, or no page.
SILENT = {"script", "style", "kbd", "code"}
# The language that the interface says it speaks while its messages are in brackets: no story's.
LANGUAGE = "zz"
VOID = set("area base br col embed hr img input link meta source track wbr".split())
DESCRIPTIONS = {"description", "og:title", "og:description", "og:image:alt"}


@contextmanager
def bracketed() -> Iterator[None]:
    """Every message that goes through gettext, lazily or not, comes out as ⟦message⟧.

    Placeholders and markup in it stay what they are, and the interface says that its language is LANGUAGE. Pieces of
    pages kept so far are forgotten, before and after.
    """
    real = {name: getattr(trans_real, name) for name in ("gettext", "ngettext", "pgettext", "npgettext")}

    def gettext(message: str) -> str:
        return f"⟦{message}⟧" if message else real["gettext"](message)

    def ngettext(singular: str, plural: str, number: int) -> str:
        return gettext(singular if number == 1 else plural)

    def pgettext(context: str, message: str) -> str:
        return gettext(str(message))

    def npgettext(context: str, singular: str, plural: str, number: int) -> str:
        return ngettext(singular, plural, number)

    fragments.forget()
    with pytest.MonkeyPatch.context() as patch, translation.override(LANGUAGE):
        for made in (gettext, ngettext, pgettext, npgettext):
            for module in (translation._trans, trans_real):  # type: ignore[attr-defined]
                patch.setattr(module, made.__name__, made)
        yield
    fragments.forget()


def untranslated(html: str, *data: str) -> list[str]:
    """The words of a page, bracketed, that stand outside of ⟦⟧: its text, its title and what attributes say.

    Left out are the strings in ``data`` (names, which are nobody's to translate), keys, code, and whatever stands in
    an element with a language of its own (``lang``), the words of a story, save what in it has the interface's again.
    """
    reader = Reader()
    reader.feed(html)
    reader.close()
    return [left for text in reader.texts if (left := without(text, data))]


def without(text: str, data: Sequence[str]) -> str:
    """What is left of a text outside of its brackets when ``data`` is taken out; "" where no letter is."""
    depth, left = 0, ""
    for sign in text:
        depth += {"⟦": 1, "⟧": -1}.get(sign, 0)
        left += sign if not depth and sign != "⟧" else ""
    for name in sorted(data, key=len, reverse=True):
        left = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", " ", left)
    return " ".join(left.split()) if LETTERS.search(left) else ""


class Reader(HTMLParser):
    """Collects the texts of a page, each run between two blocks of brackets on its own."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.depth = 0
        # Open elements; whether one is silent, for itself or for one around it.
        self.open: list[tuple[str, bool]] = []

    @property
    def is_silent(self) -> bool:
        """Whether what comes next is in an element that holds no words of the interface."""
        return bool(self.open) and self.open[-1][1]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        is_silent = tag in SILENT or self.is_silent
        if "lang" in given and tag != "html":
            is_silent = tag in SILENT or given["lang"] != LANGUAGE
        if not is_silent:
            self.texts += words_in(tag, given)
        if tag not in VOID:
            self.open.append((tag, is_silent))

    def handle_endtag(self, tag: str) -> None:
        if tag in (name for name, _ in self.open):
            while self.open.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        if not self.is_silent:
            self.texts.append("⟦" * self.depth + data)
        self.depth = max(0, self.depth + data.count("⟦") - data.count("⟧"))


def words_in(tag: str, given: dict[str, str]) -> Iterator[str]:
    """What the attributes of an element say to people."""
    for name, value in given.items():
        is_for_scripts = name.startswith("data-") and not name.startswith("data-hx") and WORDS.search(value)
        is_label = name == "value" and tag == "input" and given.get("type") in {"submit", "button", "reset"}
        is_told = name == "content" and (given.get("name") or given.get("property")) in DESCRIPTIONS
        if name in ATTRIBUTES or is_for_scripts or is_label or is_told:
            yield value
