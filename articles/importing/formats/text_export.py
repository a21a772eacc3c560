"""The text export: a page of the publication's old site as plain lines.

Page chrome, an optional byline, the title, an optional "Updated:" line, paragraphs with photo credits between them,
the summary as a list, the source, the standing statement, page chrome. Every line that is none of these stays in
the body, where it stands.
"""

import re
from dataclasses import dataclass
from itertools import groupby, takewhile

from articles.catalogue.dates import parse_partial_date
from articles.importing.documents import (
    CREDIT_LENGTH,
    EDGES,
    SOURCE_LENGTH,
    UPDATED_LENGTH,
    Document,
    LineWarning,
    ParseError,
    StatedSource,
    fold,
    only_once,
)
from articles.web.markdown import escape

FIRST_LINE, LAST_LINE = "top of page", "bottom of page"
BULLET = re.compile(r"(?:[•▪]\s*|[-*\u2013]\s+)(?P<text>.*\w.*)")
UPDATED = re.compile(r"updated\s*:\s*(?P<text>.+)", re.IGNORECASE)
EDITED = re.compile(r"\[edited\]\s*", re.IGNORECASE)
CREDIT = re.compile(rf"(?:(?:image|photo)\s+)?credits?\s*:\s*(?P<text>.{{1,{CREDIT_LENGTH}}})", re.IGNORECASE)
SOURCE = re.compile(r"sources?\s*:\s*(?P<text>.{1,500})", re.IGNORECASE)
BETWEEN_SOURCES = re.compile(r"\s*[,;|]\s*(?:and\s+)?|\s+and\s+", re.IGNORECASE)
# Longer than any title, which the old site cut at about 100 characters.
TITLE_LENGTH = 200
STATEMENT_MARKS = (
    "our product reviews",
    "fact-checked by our team",
    "with the help of ai",
    "if you notice any errors",
    "please email us at",
)
NAME_LENGTH = 60
MOST_ABOVE_TITLE = 3
BY = re.compile(r"^by\s+", re.IGNORECASE)
NAME_WORD = re.compile(r"[^\W\d_][\w.'\u2019-]*,?")
SENTENCE_END = re.compile(r'[.:;]["\u201d\u2019)]?$')
PARTICLES = frozenset("al bin da de del den der di du el la le van von".split())


@dataclass(frozen=True)
class Line:
    """A line that is not blank: its number from 1, and its text without white space around it."""

    number: int
    text: str

    def fits(self, pattern: re.Pattern[str]) -> str:
        """What this line says if it is wholly of the kind that ``pattern`` describes, else ""."""
        match = pattern.fullmatch(self.text)
        return fold(match["text"]) if match else ""

    @property
    def is_plain(self) -> bool:
        """Whether this line is none of the kinds that a sign or a label makes known."""
        return not any(self.fits(kind) for kind in (BULLET, UPDATED, CREDIT, SOURCE))


Lines = list[Line]
Warnings = list[LineWarning]


def parse(text: str) -> Document:
    """The story that a text export holds. Raises ParseError for a file without a title or without text."""
    warnings: Warnings = []
    photo_credits, lines = _take_credits(_content(text))
    byline, lines = _take_byline(lines, warnings)
    headline, lines = _take_headline(lines)
    updated, lines = _take_updated(lines, warnings)
    is_edited, lines = _take_edited_flag(lines)
    statement, lines = _take_statement(lines)
    sources, lines = _take_sources(lines, warnings)
    bullets, lines = _take_summary(lines, warnings)
    if not lines:
        raise ParseError(1, f"the story “{headline}” has no text after its title; export it again")
    warnings += [
        LineWarning(line.number, "out of its place: kept in the text") for line in lines if _is_misplaced(line)
    ]
    return Document(
        headline=headline,
        body=_to_markdown(lines),
        byline=byline,
        updated_as_stated=updated,
        is_edited=is_edited,
        is_from_archive=True,
        credits=photo_credits,
        bullets=bullets,
        sources=sources,
        statement=statement,
        warnings=tuple(sorted(warnings)),
    )


def _content(text: str) -> Lines:
    """The lines that are not blank, without the page chrome around them. Raises ParseError if none is left."""
    numbered = (Line(number, line.strip(EDGES)) for number, line in enumerate(text.split("\n"), start=1))
    lines = [line for line in numbered if line.text]
    if lines and lines[0].text.casefold() == FIRST_LINE:
        lines = lines[1:]
    if lines and lines[-1].text.casefold() == LAST_LINE:
        lines = lines[:-1]
    if not lines:
        raise ParseError(1, "the file holds no story; export it again")
    return lines


def _take_credits(lines: Lines) -> tuple[tuple[str, ...], Lines]:
    found = tuple(credit for line in lines if (credit := line.fits(CREDIT)))
    return found, [line for line in lines if not line.fits(CREDIT)]


def _take_byline(lines: Lines, warnings: Warnings) -> tuple[str, Lines]:
    """The byline: names in a list above the title, or a bare name on a line of its own."""
    above = list(takewhile(lambda line: line.fits(BULLET), lines))
    if not above and _starts_with_name(lines):
        above = lines[:1]
        if not lines[2].fits(UPDATED):
            warnings.append(LineWarning(lines[0].number, "read as the byline: the next line looks like the title"))
    names = []
    for line in above:
        name = line.fits(BULLET) or fold(line.text)
        if len(name) > NAME_LENGTH or len(above) > MOST_ABOVE_TITLE:
            raise ParseError(line.number, "no title: a list stands in its place; put the title on a line above it")
        if any(map(str.isdigit, name)):
            warnings.append(LineWarning(line.number, f"“{name}” above the title fits no field: left out"))
        else:
            names.append(BY.sub("", name))
    return ", ".join(names), lines[len(above) :]


def _starts_with_name(lines: Lines) -> bool:
    """Whether the first line is a short name and the second a title, which an "Updated:" line would confirm."""
    if len(lines) < 3 or not _is_name(lines[0].text):
        return False
    name, title = lines[0].text, lines[1].text
    if not lines[1].is_plain or EDITED.match(title) or not len(name) < len(title) <= TITLE_LENGTH:
        return False
    return bool(lines[2].fits(UPDATED)) or (" " in name and not SENTENCE_END.search(title))


def _is_name(text: str) -> bool:
    words = BY.sub("", text).split()
    is_capital = all(not word[0].islower() or word in PARTICLES for word in words)
    return len(text) <= NAME_LENGTH and len(words) <= 4 and is_capital and all(map(NAME_WORD.fullmatch, words))


def _take_headline(lines: Lines) -> tuple[str, Lines]:
    """The first line. Raises ParseError where that is something else than a title."""
    if not lines:
        raise ParseError(1, "no title: put it on the first line")
    first = lines[0]
    if not first.is_plain or EDITED.match(first.text) or len(first.text) > TITLE_LENGTH:
        found = f"“{first.text[:40]}{'…' if first.text[40:] else ''}”"
        raise ParseError(first.number, f"no title: {found} stands in its place; put the title on a line above it")
    return fold(first.text), lines[1:]


def _take_updated(lines: Lines, warnings: Warnings) -> tuple[str, Lines]:
    """The date of the last change as the page states it: no year is supplied where it states none."""
    stated = lines[0].fits(UPDATED) if lines else ""
    if not stated or len(stated) > UPDATED_LENGTH or not any(map(str.isdigit, stated)):
        return "", lines
    if parse_partial_date(stated) is None:
        warnings.append(LineWarning(lines[0].number, f"“{stated}” can't be read as a date: kept as it is written"))
    return stated, lines[1:]


def _take_edited_flag(lines: Lines) -> tuple[bool, Lines]:
    """Whether the first paragraph starts with the flag "[Edited]", which is no part of its words."""
    flag = EDITED.match(lines[0].text) if lines else None
    if not flag:
        return False, lines
    words = lines[0].text[flag.end() :]
    return True, [Line(lines[0].number, words), *lines[1:]] if words else lines[1:]


def _take_statement(lines: Lines) -> tuple[str, Lines]:
    """The standing statement: the last line, if it reads like it or stands alone after the source."""
    if not lines or not lines[-1].is_plain:
        return "", lines
    words = fold(lines[-1].text).casefold()
    is_alike = sum(mark in words for mark in STATEMENT_MARKS) >= 2
    if is_alike or (len(lines) > 1 and lines[-2].fits(SOURCE)):
        return fold(lines[-1].text), lines[:-1]
    return "", lines


def _take_sources(lines: Lines, warnings: Warnings) -> tuple[tuple[StatedSource, ...], Lines]:
    """The outlets that the last "Source:" line names, in their order."""
    places = [place for place, line in enumerate(lines) if line.fits(SOURCE)]
    if not places:
        return (), lines
    line, after = lines[places[-1]], lines[places[-1] + 1 :]
    stated = line.fits(SOURCE)
    names = [name for name in BETWEEN_SOURCES.split(stated) if name]
    if not names or any(len(name) > SOURCE_LENGTH for name in names):
        return (), lines
    if " and " in stated and not re.search("[,;|]", stated):
        warnings.append(LineWarning(line.number, f"“{stated}” was read as {len(names)} sources"))
    warnings += [LineWarning(late.number, "after the source: kept in the text") for late in after if late.is_plain]
    return tuple(StatedSource(name) for name in only_once(names)), lines[: places[-1]] + after


def _take_summary(lines: Lines, warnings: Warnings) -> tuple[tuple[str, ...], Lines]:
    """The list that ends the story; where nothing precedes it, it is the story itself."""
    run = list(takewhile(lambda line: line.fits(BULLET), reversed(lines)))
    if run and len(run) == len(lines):
        warnings.append(
            LineWarning(lines[0].number, "the list is the only text: kept as the story, not as its summary")
        )
        return (), lines
    return tuple(line.fits(BULLET) for line in reversed(run)), lines[: len(lines) - len(run)]


def _is_misplaced(line: Line) -> bool:
    return bool(line.fits(UPDATED) or line.fits(SOURCE))


def _to_markdown(lines: Lines) -> str:
    """Each line as a paragraph of exactly its words, each run of list lines as one list."""
    blocks: list[str] = []
    for is_list, run in groupby(lines, lambda line: bool(line.fits(BULLET))):
        if is_list:
            blocks.append("\n".join(f"- {escape(line.fits(BULLET))}" for line in run))
        else:
            blocks += [escape(line.text) for line in run]
    return "\n\n".join(blocks)
