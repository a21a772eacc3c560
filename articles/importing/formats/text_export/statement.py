"""The standing statement: what the publication says of itself under every story.

It is known by its likeness to the site's own statement, where there is one, and by its turns of phrase; it may be
cut off, reworded, in two lines, or above the source.
"""

import re
from difflib import SequenceMatcher

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.importing.documents import LineWarning, fold
from articles.importing.formats.text_export.lines import Kind, Lines, Warnings

MARKS = (
    "accurate for all of our readers",
    "aid our readers",
    "as technology advances",
    "being informed is the only way",
    "carefully written",
    "easier to comprehend",
    "fact-checked by our team",
    "if you notice any errors",
    "our news stories",
    "our product reviews",
    "please email us at",
    "trustworthy recommendations",
    "trustworthy sources",
    "with the help of ai",
    "your input will be important",
)
ENOUGH_MARKS = 2
LIKENESS, FEWEST_WORDS = 0.6, 5
MOST_LINES, LONGEST = 12, 3000
OUR = re.compile(r"\b(?:we|our|us)\b", re.IGNORECASE)
MOST_DIFFERENCES, LONGEST_DIFFERENCE = 3, 60


def take_statement(lines: Lines, known: str, warnings: Warnings) -> tuple[str, int, Lines]:
    """The statement ("" for none), the number of its first line (0 for none), and the lines without it.

    ``known`` is the site's own, as far as it has one: a warning says where this one differs.
    """
    texts = [place for place, line in enumerate(lines) if line.is_text and len(line.text) <= LONGEST][-MOST_LINES:]
    marks = {place: _count_marks(lines[place].says) for place in texts}
    words = _words(known)
    found = {place for place in texts if marks[place] >= ENOUGH_MARKS or likeness(lines[place].says, words) >= LIKENESS}
    found |= {place for place in texts if marks[place] and {place - 1, place + 1} & found}
    if not found and not known:
        found = _last_words(lines)
    if not found:
        return "", 0, lines
    parts = dict.fromkeys(lines[place].says for place in sorted(found))
    statement, number = " ".join(parts), lines[min(found)].number
    if known and statement != fold(known):
        what = _("the standing statement differs from the site's: %(differences)s")
        warnings.append(LineWarning(number, what % {"differences": differences(fold(known), statement)}))
    return statement, number, [line for place, line in enumerate(lines) if place not in found]


def _count_marks(text: str) -> int:
    words = text.casefold().replace("\u2019", "'")
    return sum(mark in words for mark in MARKS)


def _last_words(lines: Lines) -> set[int]:
    """The place of a sentence about "us" that stands alone below the source, on a site without a statement so far."""
    last = len(lines) - 1
    if last < 1 or not lines[last].is_text or lines[last - 1].kind is not Kind.SOURCE:
        return set()
    return {last} if lines[last].is_finished and OUR.search(lines[last].says) else set()


def likeness(text: str, known_words: list[str]) -> float:
    """How much of ``text`` stands in the known statement, word for word and in its order, from 0 to 1."""
    words = _words(text) if known_words else []
    if len(words) < FEWEST_WORDS:
        return 0.0
    if words == known_words:
        return 1.0
    known = frozenset(known_words)
    if sum(word in known for word in words) < LIKENESS * len(words):
        return 0.0
    blocks = SequenceMatcher(None, words, known_words, autojunk=False).get_matching_blocks()
    # One word alone in the same order is chance.
    return sum(block.size for block in blocks if block.size > 1) / len(words)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def differences(old: str, new: str) -> str:
    """What ``new`` says otherwise than ``old``, in the first few places."""
    before, after = old.split(), new.split()
    changes = [
        (_shown(before[a:b]), _shown(after[c:d]))
        for what, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
        if what != "equal"
    ]
    told = [_told(removed, added) for removed, added in changes[:MOST_DIFFERENCES]]
    left = len(changes) - MOST_DIFFERENCES
    if left > 0:
        told.append(ngettext("%(count)s more", "%(count)s more", left) % {"count": left})
    return _("; ").join(told)


def _told(removed: str, added: str) -> str:
    words = {"added": added, "removed": removed}
    if removed and added:
        return _("“%(added)s” instead of “%(removed)s”") % words
    return _("“%(added)s” was added") % words if added else _("“%(removed)s” is missing") % words


def _shown(words: list[str]) -> str:
    text = " ".join(words)
    return text if len(text) <= LONGEST_DIFFERENCE else f"{text[: LONGEST_DIFFERENCE - 1].rstrip()}…"
