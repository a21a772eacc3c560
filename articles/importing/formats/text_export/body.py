"""The body of a story: section headings, lists and paragraphs as Markdown, credits at their places.

A line is a heading by its shape (short, like a title, without the stop of a sentence) and by its neighbours (a
finished paragraph above, a paragraph below); a lone one that could as well be a caption or a name stays a paragraph.
"""

import re
from bisect import bisect, bisect_left
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _

from articles.importing.documents import ImageCredit, LineWarning
from articles.importing.formats.text_export import labels
from articles.importing.formats.text_export.lines import Kind, Line, Lines, Warnings
from articles.web.markdown import escape

HEADING_LENGTH, MOST_HEADING_WORDS, FEWEST_SURE_WORDS = 90, 14, 3
PARAGRAPH_LENGTH, SHORT_PARAGRAPH = 80, 20
ENDED_LENGTH = 120
SHORT_LINE = 60
NO_HEADING_END = re.compile(
    r"(?:[.,;!\u2026#\u2013-]|\b(?:a|an|and|at|by|for|in|of|on|or|the|to|with))$", re.IGNORECASE
)
QUOTED = re.compile(r"[\"\u201c\u2018'].*[\"\u201d\u2019']")
NUMBER = re.compile(r"(?:#?\d{1,2}[.):]|\d{1,2}\s+[-\u2013])\s+(?=\S)")
WORD = re.compile(r"[^\W\d_][\w'\u2019-]*")
SMALL_WORDS = frozenset(
    "a an and are as at but by for from how in into is it its nor of off on or over per so than that the their this to"
    " up via vs was what when where why will with without you your".split()
)
SECTIONS = frozenset(
    "audio, availability, background, battery, battery life, bottom line, build quality, camera, cameras, conclusion,"
    " connectivity, controls, design, display, durability, features, final thoughts, gaming, hardware, introduction,"
    " keyboard, our verdict, overview, performance, photography, price, price and availability, pricing, screen, setup,"
    " software, sound, speakers, specifications, specs, storage, the bottom line, the verdict, usability, verdict,"
    " what's next, why it matters".split(", ")
)


@dataclass(frozen=True)
class Block:
    """A block of the body as Markdown, and the number of the line that it starts on."""

    number: int
    markdown: str


def find_headings(lines: Lines, credited: Sequence[int]) -> set[int]:
    """The places of the headings among ``lines``; ``credited`` are the numbers, in order, of lines with credits.

    Several lines of the right shape are a structure; one alone must be unmistakable. A line that opens the story, or
    has a credit right below it, may be the caption of a picture, and must be written like a title as well.
    """
    found = [place for place in range(len(lines)) if _may_head(lines, place)]
    if len(found) == 1:
        place = found[0]
        is_sure = place > 0 and _is_sure(lines[place].says) and not _is_credited(lines, place, credited)
        return {place} if is_sure else set()
    titles = {place for place in found if _is_written_like_title(lines[place].says)}
    return {
        place
        for place in found
        if place in titles or not (_is_credited(lines, place, credited) or (place == 0 and titles))
    }


def _may_head(lines: Lines, place: int) -> bool:
    line = lines[place]
    if not line.is_text or place + 1 == len(lines) or not _is_shaped_like_heading(line):
        return False
    above, below = lines[place - 1] if place else None, lines[place + 1]
    if above and above.is_text and not (above.is_finished or len(above.says) >= ENDED_LENGTH):
        return False
    if below.is_item:
        return _is_written_like_title(line.says)
    is_longer = len(below.says) > max(len(line.says), SHORT_PARAGRAPH)
    return below.is_text and (len(below.says) >= PARAGRAPH_LENGTH or (below.is_finished and is_longer))


def _is_shaped_like_heading(line: Line) -> bool:
    text = line.says
    if len(text) > HEADING_LENGTH or len(text.split()) > MOST_HEADING_WORDS or NO_HEADING_END.search(text):
        return False
    if text.endswith(":") and len(text.split()) > FEWEST_SURE_WORDS:
        return False
    words = WORD.findall(text)
    starts_well = not text[0].islower() and text[0] not in "(@/-\u2013\u2014"
    return bool(words) and starts_well and not QUOTED.fullmatch(text) and "://" not in text and "@" not in text


def _is_written_like_title(text: str) -> bool:
    """Whether every word that counts starts with a capital letter, or a number leads the line."""
    if NUMBER.match(text) or text.rstrip(":").casefold().replace("\u2019", "'") in SECTIONS:
        return True
    return not any(word[0].islower() and word not in SMALL_WORDS for word in WORD.findall(text))


def _is_sure(text: str) -> bool:
    """Whether a heading that has no like in the story is one all the same: not, it may be, a name or a label."""
    is_section = text.rstrip(":").casefold().replace("\u2019", "'") in SECTIONS
    is_long = len(WORD.findall(text)) >= FEWEST_SURE_WORDS
    return is_section or (is_long and _is_written_like_title(text))


def _is_credited(lines: Lines, place: int, credited: Sequence[int]) -> bool:
    """Whether a credit stands between this line and the next."""
    return bisect(credited, lines[place].number) < bisect(credited, lines[place + 1].number)


def write_blocks(lines: Lines, headings: Collection[int]) -> list[Block]:
    """Each line as a block of exactly its words, each run of items as one list; ``headings`` are places."""
    blocks: list[Block] = []
    for kind, run in groupby(range(len(lines)), lambda place: (lines[place].is_item, lines[place].is_numbered)):
        places = list(run)
        if kind[0]:
            items = "\n".join(_item(lines[place]) for place in places)
            blocks.append(Block(lines[places[0]].number, items))
        else:
            blocks += [Block(lines[place].number, _paragraph(lines, place, headings)) for place in places]
    return blocks


def _item(line: Line) -> str:
    return f"{f'{line.sign}.' if line.is_numbered else '-'} {escape(line.says)}"


def _paragraph(lines: Lines, place: int, headings: Collection[int]) -> str:
    line = lines[place]
    if place in headings:
        return f"## {escape(line.says)}"
    is_between = 0 < place < len(lines) - 1
    return "---" if line.kind is Kind.RULE and is_between else escape(line.text)


def place_credits(lines: Lines, blocks: list[Block]) -> tuple[ImageCredit, ...]:
    """Each credit with the number of blocks above it."""
    numbers = [block.number for block in blocks]
    return tuple(ImageCredit(line.says, bisect_left(numbers, line.number)) for line in lines)


def warn_of_body(lines: Lines, headings: Collection[int], warnings: Warnings) -> None:
    """A warning for each line, unless it has one, that stays in the body but does not look like a part of one."""
    told = {warning.line for warning in warnings}
    for place, line in enumerate(lines):
        if place not in headings and line.number not in told and (what := _odd(line)):
            warnings.append(LineWarning(line.number, what))


def _odd(line: Line) -> str:
    if line.kind in (Kind.UPDATED, Kind.PUBLISHED, Kind.SOURCE):
        return _("out of its place: kept in the text")
    if not line.is_text:
        return ""
    if labels.LABEL.match(line.says):
        return _("starts like a label, but fits no field: kept in the text")
    if labels.has_glued_credit(line.text):
        return _("ends in a credit for a picture: kept in the text")
    is_short = len(line.says) <= SHORT_LINE and not line.is_finished
    return _("short, and no sentence: kept in the text as a paragraph") if is_short else ""
