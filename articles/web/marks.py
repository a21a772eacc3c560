"""Marks in a story: the passages behind its points, and the words that were corrected.

The text outside tags is escaped as it is written again, so what comes out is sanitised as what went in.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape as escape_html
from itertools import groupby

from django.forms.utils import flatatt
from django.utils.translation import gettext as _

from articles.web import language
from articles.web.plain_text import BETWEEN_BLOCKS, Block, blocks_of

# Passages that begin this close to each other may begin on one line of a page.
LINE = 80
IN_MARGIN = 2


@dataclass(frozen=True)
class Span:
    """A passage to mark: its place in the plain text and the number of the point that it supports.

    ``id`` is the mark's; ``next_id`` that of the passage which a link behind the mark leads to, "" for no link.
    """

    start: int
    end: int
    point: int
    id: str
    next_id: str = ""


@dataclass(frozen=True)
class Fix:
    """Corrected words: their place in the plain text and the id of the notice that tells of them."""

    start: int
    end: int
    notice: str


def with_marks(html: str, spans: Sequence[Span], fixes: Sequence[Fix] = ()) -> str:
    """Sanitised HTML with ``spans`` and ``fixes``, which count in its ``to_text``, marked; itself sanitised markup.

    A passage becomes a mark for each run of text in it, so that elements stay nested; where passages overlap, the
    shared part is one mark for both. Before the first mark of a passage stands a link to the point. Corrected words
    link to their notice; inside a link of the story, that link stands behind it.
    """
    if not spans and not fixes:
        return html
    marker = Marker(spans, fixes)
    start = 0
    for block in blocks_of(html):
        marker.add_block(block, start)
        start += len(block.text + BETWEEN_BLOCKS) if block.text else 0
    return "".join(marker.out)


def text_with_marks(text: str, spans: Sequence[Span]) -> str:
    """Plain text as markup, with ``spans``, which count in ``text``, marked; without links, for headings."""
    marker = Marker(spans, has_links=False)
    marker.add_text(text, range(len(text)))
    return "".join(marker.out)


class Marker:
    """Writes markup again, with marks."""

    def __init__(self, spans: Sequence[Span], fixes: Sequence[Fix] = (), *, has_links: bool = True) -> None:
        self.spans = sorted(spans, key=lambda span: (span.start, span.point))
        self.fixes = fixes
        self.has_links = has_links
        self.out: list[str] = []
        self.begun: set[Span] = set()
        # Where the last number in the margin stands, None before the first of a block.
        self.margin: int | None = None
        # Links don't nest: what belongs before or behind a mark inside one stands before or behind the link.
        self.link_place: int | None = None
        self.after_link: list[str] = []

    def add_block(self, block: Block, start: int) -> None:
        """Write a block whose text begins at ``start``."""
        self.margin = None
        end = start + len(block.text)
        found: list[Span | Fix] = [*self.spans, *self.fixes]
        is_marked = any(one.start < end and start < one.end for one in found)
        places = iter(_places(block, start) if is_marked else ())
        for part, is_tag in block.parts:
            if is_tag:
                self.add_tag(part)
            elif is_marked:
                self.add_text(part, [next(places) for _ in part])
            else:
                self.out.append(escape_html(part, quote=False))

    def add_tag(self, tag: str) -> None:
        """Write a tag as it is."""
        if tag.startswith(("<a ", "<a>")):
            self.link_place = len(self.out)
        self.out.append(tag)
        if tag == "</a>":
            self.out += self.after_link
            self.link_place, self.after_link = None, []

    def add_text(self, text: str, places: Sequence[int]) -> None:
        """Write a run of text, each character at its place in the plain text."""
        pairs = zip(text, places, strict=True)
        for (active, fix), group in groupby(pairs, key=lambda pair: (self.active_at(pair[1]), self.fix_at(pair[1]))):
            piece = list(group)
            words = escape_html("".join(character for character, _ in piece), quote=False)
            if fix:
                words = self.fixed(words, fix, piece[-1][1])
            if active:
                self.add_mark(words, active, piece[-1][1])
            else:
                self.out.append(words)

    def fix_at(self, place: int) -> Fix | None:
        """The correction that the character at ``place`` belongs to; the first of several."""
        return next((fix for fix in self.fixes if fix.start <= place < fix.end), None)

    def fixed(self, words: str, fix: Fix, last: int) -> str:
        """Corrected ``words``, which end at ``last``, with the way to their notice."""
        if self.link_place is None:
            return f'<a class="fixed" href="#{fix.notice}">{words}</a>'
        if fix.end == last + 1:
            self.after_link.append(f' <a class="fixed" href="#{fix.notice}"{_interface()}>{_("corrected")}</a>')
        return f'<span class="fixed">{words}</span>'

    def active_at(self, place: int) -> list[Span]:
        """The passages that the character at ``place`` belongs to."""
        return [span for span in self.spans if span.start <= place < span.end]

    def add_mark(self, words: str, spans: Sequence[Span], last: int) -> None:
        """Write a mark around ``words``, which belong to ``spans`` and end at ``last``."""
        new = [span for span in spans if span not in self.begun]
        self.begun.update(new)
        self.add_links(self.numbers(new), is_before=True)
        self.out += [f'<span id="{span.id}"></span>' for span in new[1:]]
        identity = f' id="{new[0].id}"' if new else ""
        points = " ".join(str(point) for point in sorted({span.point for span in spans}))
        self.out.append(f'<mark class="ev"{identity} data-ev="{points}">{words}</mark>')
        self.add_links([_next(span) for span in spans if span.end == last + 1 and span.next_id], is_before=False)

    def numbers(self, spans: Sequence[Span]) -> list[str]:
        """The links to the points of ``spans``, which begin here: two in the margin, any others in the line."""
        if not spans:
            return []
        is_close = self.margin is not None and spans[0].start - self.margin < LINE
        if not is_close:
            self.margin = spans[0].start
        room = 0 if is_close else IN_MARGIN
        return [_number(span.point, is_inline=place >= room) for place, span in enumerate(spans)]

    def add_links(self, links: Sequence[str], *, is_before: bool) -> None:
        """Write ``links`` here, or before or behind the link of the story that is open."""
        if not self.has_links:
            return
        if self.link_place is None:
            self.out += links
        elif is_before:
            self.out[self.link_place : self.link_place] = links
            self.link_place += len(links)
        else:
            self.after_link += links


def _places(block: Block, start: int) -> list[int]:
    """Where each character of a block stands in the plain text; -1 for white space outside the block's text."""
    words = "".join(part for part, is_tag in block.parts if not is_tag)
    if block.is_code:
        lead = len(words) - len(words.lstrip("\n"))
        at = [number - lead for number in range(len(words))]
    else:
        at, count, is_gap = [], 0, False
        for character in words:
            is_space = character.isspace()
            count += is_gap and not is_space and count > 0
            is_gap = is_space
            at.append(count - (count == 0 and is_space))
            count += not is_space
    return [start + place if 0 <= place < len(block.text) else -1 for place in at]


def _number(point: int, *, is_inline: bool) -> str:
    kind = "ev__n ev__n--in" if is_inline else "ev__n"
    label = escape_html(_("Supports point %(number)d") % {"number": point})
    # Its place in the margin goes by the direction of the story, so that it gets none of its own.
    return f'<a class="{kind}" href="#b{point}" aria-label="{label}" lang="{language.attributes()["lang"]}">{point}</a>'


def _next(span: Span) -> str:
    return f' <a class="ev__next" href="#{span.next_id}"{_interface()}>{_("next passage")}</a>'


def _interface() -> str:
    return str(flatatt(language.attributes()))
