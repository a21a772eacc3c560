"""The head of a page: byline, title, date of the last change, the flag "[Edited]", in the orders that they come in."""

import re
from dataclasses import dataclass, field
from itertools import dropwhile, takewhile

from django.utils.translation import gettext as _

from articles.catalogue.dates import parse_partial_date
from articles.importing.documents import LineWarning, ParseError
from articles.importing.formats.text_export.furniture import READING_TIME, is_counter, is_menu
from articles.importing.formats.text_export.labels import is_bare_date
from articles.importing.formats.text_export.lines import Kind, Line, Lines, Warnings, line_of
from articles.importing.formats.text_export.pieces import MARGINS

# Longer than any title, which the old site cut at about 100 characters.
TITLE_LENGTH = 200
NAME_LENGTH = 60
MOST_NAMES, MOST_NOTES, MOST_NAME_WORDS = 3, 6, 4
BY = re.compile(
    r"writer['\u2019]s picture\s*|(?:by|posted by|reported by|words by|written by)(?:\s*:\s*|\s+)"
    r"|(?:author|editor|reporter|writer)s?\s*:\s*",
    re.IGNORECASE,
)
TITLE_NEVER_ENDS = re.compile(r"[.:;][\"'\u201d\u2019)]?$")
BARE_NUMBER = re.compile(r"\d[\d.,/:-]{0,20}")
AUTHOR = re.compile(r"(?:author|writer)\b", re.IGNORECASE)
BETWEEN_NOTES = re.compile(r"\s+[|·•]\s+|\s*[·•]\s+")
NAME_WORD = re.compile(r"[^\W\d_][^\W\d_.'\u2019-]*(?:[.'\u2019-][^\W\d_]*)*,?")
# Words of titles, and of firms that titles start with, which are in no person's name.
NO_NAME = frozenset(
    "ai amazon analysis app apple apps best breaking briefing ces daily deal deals digest edition evening exclusive"
    " explained feature first galaxy gadget gadgets gaming google guide hands-on headlines how huawei intel interview"
    " iphone launch launches meta microsoft mobile monthly morning new news nvidia oneplus opinion oppo phone phones"
    " pixel preview recap review reviews roundup round-up rumour rumor samsung sony special stories tech tesla the"
    " today top update updates versus vivo vs week weekly what why wrap xiaomi".split()
)
PARTICLES = frozenset("al and bin da de del den der di du el la le van von".split())
EDITED = re.compile(r"[\[({]\s*edited\s*[\])}][:.]?\s*", re.IGNORECASE)
# Cut titles measure about this; cut at a word, they lose up to a long one. Just these widths are those of the cut.
CUT_LENGTHS, CUT_AT_WORD, CUT_WIDTHS = range(95, 106), range(85, 116), (99, 100)
OPEN_END = re.compile(
    r"(?:[,:;&(/\u2013\u2014-]|\u2026|\.\.\.|\b(?:a|about|after|against|an|and|are|as|at|because|before|but|by|can|for"
    r"|from|has|have|her|his|how|if|in|into|is|its|more|most|nor|of|off|on|or|our|over|per|so|than|that|the|their|this"
    r"|to|under|until|up|via|was|were|when|where|which|while|who|whose|will|with|without|your))[\"'\u2018\u201c]?$",
    re.IGNORECASE,
)


@dataclass
class Head:
    """What the head of a page says; ``published`` is a full date (ISO 8601), ``updated`` is as the page states it."""

    headline: str = ""
    updated: str = ""
    published: str = ""
    is_edited: bool = False
    names: list[str] = field(default_factory=list)

    @property
    def byline(self) -> str:
        return ", ".join(self.names)


def take_head(lines: Lines, warnings: Warnings) -> tuple[Head, Lines]:
    """The head of the page, and the lines below it. Raises ParseError where there is no title."""
    head = Head()
    while lines and _take_above(head, lines, warnings):
        lines = lines[1:]
    title = _title(lines)
    head.headline = title.says
    lines = lines[1:]
    while lines and (count := _take_below(head, lines, warnings)):
        lines = lines[count:]
    if _is_cut(title.says, lines):
        what = _("the title seems to have been cut, at %(count)s characters: kept as it is")
        warnings.append(LineWarning(title.number, what % {"count": len(title.says)}))
    return head, _take_edited_flag(head, lines)


def _title(lines: Lines) -> Line:
    """The first line. Raises ParseError where that is something else than a title."""
    if not lines:
        raise ParseError(1, _("no title: put it on the first line"))
    first = lines[0]
    if not _may_be_title(first):
        found = f"{first.text[:40]}{'…' if first.text[40:] else ''}"
        message = _("no title: “%(line)s” stands in its place; put the title on a line above it")
        raise ParseError(first.number, message % {"line": found})
    return first


def _may_be_title(line: Line) -> bool:
    return line.is_text and len(line.text) <= TITLE_LENGTH and not EDITED.match(line.text)


def _take_above(head: Head, lines: Lines, warnings: Warnings) -> bool:
    """Whether the first of ``lines`` stands above the title; what it says is then in ``head``, or in a warning."""
    line, rest = lines[0], lines[1:]
    if line.is_item:
        _take_item(head, line, warnings)
        return True
    if _names_author(line, rest, warnings):
        head.names.append(_name_in(line.says))
        return True
    # Anything else stands above the title only if the title follows.
    follows = (other for other in rest if other.is_text and not _is_note(other.says) and not is_menu(other.says))
    title = next(follows, None)
    is_above = title is not None and _may_be_title(title) and not TITLE_NEVER_ENDS.search(title.text)
    return is_above and _take_note(head, line, warnings)


def _take_item(head: Head, line: Line, warnings: Warnings) -> None:
    """The notes in an item above the title: names of authors, a date, a reading time. Raises ParseError for others."""
    for words in BETWEEN_NOTES.split(line.says):
        if len(words) > NAME_LENGTH or len(head.names) >= MOST_NAMES:
            message = _("no title: a list stands in its place; put the title on a line above it")
            raise ParseError(line.number, message)
        if _is_note(words):
            warnings.append(LineWarning(line.number, _fits_nowhere(words)))
        elif not is_menu(words):
            head.names.append(_name_in(words))


def _take_note(head: Head, line: Line, warnings: Warnings) -> bool:
    """Whether ``line`` is a note on the story that may stand above or below the title; takes what it says."""
    if line.kind is Kind.UPDATED and not head.updated:
        head.updated = line.says
        if parse_partial_date(line.says) is None:
            what = _("“%(stated)s” can't be read as a date: kept as it is written") % {"stated": line.says}
            warnings.append(LineWarning(line.number, what))
    elif line.kind is Kind.PUBLISHED and not head.published:
        head.published = line.says
    elif EDITED.fullmatch(line.text) and not head.is_edited:
        head.is_edited = True
    elif line.is_text and _is_note(line.says):
        warnings.append(LineWarning(line.number, _fits_nowhere(line.says)))
    else:
        return line.kind is Kind.RULE or is_counter(line.says) or (not head.headline and is_menu(line.says))
    return True


def _fits_nowhere(words: str) -> str:
    return _("“%(line)s” beside the title fits no field: left out") % {"line": words}


def _is_note(words: str) -> bool:
    """Whether ``words`` are a date that does not say of what, a reading time or a bare number."""
    return is_bare_date(words) or bool(READING_TIME.fullmatch(words) or BARE_NUMBER.fullmatch(words))


def _take_below(head: Head, lines: Lines, warnings: Warnings) -> int:
    """How many of the first ``lines`` below the title belong to the head; what they say is then in ``head``."""
    line = lines[0]
    if line.is_item:
        items = list(takewhile(lambda other: other.is_item, lines))
        if not _are_notes(items):
            return 0
        for item in items:
            _take_item(head, item, warnings)
        return len(items)
    name = _name_in(line.says)
    if line.is_text and not head.names and name != line.says and " " in name and _is_name(name):
        head.names.append(name)
        return 1
    is_again = line.is_text and line.says.casefold() == head.headline.casefold()
    return int(is_again or _take_note(head, line, warnings))


def _are_notes(items: Lines) -> bool:
    """Whether a list below the title is about the page: a few short items, among them a date or a reading time."""
    words = [part for item in items for part in BETWEEN_NOTES.split(item.says)]
    is_short = len(items) <= MOST_NOTES and all(len(part) <= NAME_LENGTH for part in words)
    return is_short and any(_is_note(part) or AUTHOR.match(part) for part in words)


def _names_author(line: Line, rest: Lines, warnings: Warnings) -> bool:
    """Whether ``line`` is a bare short name and the title follows, which a date or the word "by" would confirm."""
    name = _name_in(line.says)
    if not line.is_text or not _is_name(name):
        return False
    below = list(dropwhile(lambda other: other.is_text and _is_note(other.says), rest))
    if len(below) < 2 or not below[0].is_text or not _may_be_title(below[0]):
        return False
    title = below[0].says
    if not len(name) < len(title):
        return False
    if len(below) < len(rest) or below[1].kind in (Kind.UPDATED, Kind.PUBLISHED):
        return True
    is_by_itself = not set(name.casefold().split()) & set(title.casefold().split())
    if " " not in name or TITLE_NEVER_ENDS.search(title) or not is_by_itself:
        return False
    if name == line.says:
        what = _("read as the byline: the next line looks like the title")
        warnings.append(LineWarning(line.number, what))
    return True


def _is_name(text: str) -> bool:
    words = text.split()
    is_capital = all(not word[0].islower() or word in PARTICLES for word in words)
    is_known = any(word.casefold() in NO_NAME for word in words)
    is_short = 0 < len(words) <= MOST_NAME_WORDS and len(text) <= NAME_LENGTH
    return is_short and is_capital and not is_known and all(map(NAME_WORD.fullmatch, words))


def _name_in(text: str) -> str:
    """A name without "By", and once where the page gives it twice, as text and as the label of a portrait."""
    name = BY.sub("", text, count=1) if BY.match(text) else text
    half = name[: len(name) // 2]
    return half if name == f"{half} {half}" else name


def _is_cut(title: str, lines: Lines) -> bool:
    """Whether a title stops short: at a comma, or at about 100 characters open, within a word or at that very width."""
    if title.endswith(",") or (len(title) in CUT_AT_WORD and OPEN_END.search(title)):
        return True
    if len(title) not in CUT_LENGTHS:
        return False
    is_open = title.count("(") > title.count(")") or title.count("\u201c") > title.count("\u201d")
    if is_open or title.count('"') % 2 or len(title) in CUT_WIDTHS:
        return True
    piece = title.rsplit(maxsplit=1)[-1].casefold()
    words = {word for line in lines for word in re.findall(r"[\w'\u2019-]+", line.text.casefold())}
    return piece not in words and any(word.startswith(piece) for word in words)


def _take_edited_flag(head: Head, lines: Lines) -> Lines:
    """The lines without the flag "[Edited]" that the first paragraph starts with, which is no part of its words."""
    flag = EDITED.match(lines[0].text) if lines and lines[0].is_text else None
    if not flag:
        return lines
    head.is_edited = True
    words = lines[0].text[flag.end() :].strip(MARGINS)
    return [line_of(lines[0].number, words), *lines[1:]] if words else lines[1:]
