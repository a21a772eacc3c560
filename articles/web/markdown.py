"""Markdown to sanitised HTML, and that HTML to the plain text which search, evidence and quotes use.

Both are made when a text is written, never when it is read. The plain text is a function of the HTML alone, so an
offset into it names one place in the page.

Python-Markdown takes time that grows with the square of some texts (20,000 opening brackets: a minute), so what would
take it over a second is not converted: ``is_too_hard`` says of which texts, ``to_html`` shows those as plain words.
"""

import re
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape as escape_html
from html import unescape
from html.parser import HTMLParser
from itertools import groupby

import markdown
import nh3
from django.forms.utils import flatatt
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from articles.web import language

TAGS = frozenset(
    "a abbr b blockquote br code del em h2 h3 h4 hr i ins kbd li ol p pre q s small strong sub sup"
    " table tbody td th thead tr ul".split()
)
ATTRIBUTES = {
    "a": {"href", "title"},
    "abbr": {"title"},
    "ol": {"start"},
    "td": {"align"},
    "th": {"align", "scope"},
}
BLOCKS = frozenset("blockquote br h2 h3 h4 hr li ol p pre table tbody td th thead tr ul".split())
# Passages that begin this close to each other may begin on one line of a page.
LINE = 80
IN_MARGIN = 2
BETWEEN_BLOCKS = "\n\n"
EXTENSIONS = ["tables", "fenced_code", "sane_lists"]

# Paragraphs of a line each, without a sign that means anything to Markdown or HTML: most of what an archive holds.
WORD = r"[^\x00-\x20\x7f-\xa0\u2028\u2029\\`*_\[\]<>&|~{}]"
PLAIN_LINE = rf"(?!\d+[.)])[A-Za-z0-9\xc0-\u024f\"'($\u2018\u201c\u20ac]{WORD}*(?: {WORD}+)*"
PLAIN = re.compile(rf"{PLAIN_LINE}(?:\n\n{PLAIN_LINE})*")
BLANK_LINES = re.compile(r"\n[ \t]*\n")
SIGNS = re.compile(r"[\[\]*_`<&!\\~|\x02]")
# Twelve quotes or lists deep on one line, or an item twenty lists deep.
NESTED = re.compile(
    r"^[ \t]*(?:(?:>|(?:[-+*]|\d+\.)(?=[ \t]))[ \t]*){12}|^(?: {80}|\t{20})[ \t]*(?:[-+*]|\d+\.)[ \t]", re.MULTILINE
)
WIDE_FENCE = re.compile(r"^[ \t]*(?:`{3}|~{3}).*[ \t]{50}", re.MULTILINE)
ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
LONGEST = 200_000
# In steps of the slowest kinds of text: a second or so. Long articles come to a hundredth of it.
MOST_WORK = 40_000_000


class _Converter(threading.local):
    """A converter for each thread: making one takes as long as converting a short story."""

    spare: markdown.Markdown | None = None

    def convert(self, text: str) -> str:
        # One that fails half-way through a text keeps its place in lists and quotes, which no reset clears.
        converter, self.spare = self.spare or _make_converter(), None
        raw = converter.reset().convert(text)
        self.spare = converter
        return raw


def _make_converter() -> markdown.Markdown:
    return markdown.Markdown(extensions=EXTENSIONS, output_format="html")


_here = _Converter()


def to_html(text: str) -> str:
    """Markdown as HTML that is safe to show: no script, style, image, id or class gets through.

    First-level headings become second-level ones, since a page has one headline. A text that ``is_too_hard``, or
    that is nested deeper than the converter reaches, is shown as plain words, paragraph by paragraph.
    """
    if PLAIN.fullmatch(text):
        # What the converter makes of it, in a hundredth of its time.
        return f"<p>{text}</p>".replace("\n\n", "</p>\n<p>")
    if is_too_hard(text):
        return _plain_html(text)
    try:
        raw = _here.convert(text)
    except RecursionError:
        return _plain_html(text)
    raw = re.sub(r"<(/?)h1\b", r"<\1h2", raw)
    return nh3.clean(
        raw,
        tags=set(TAGS),
        attributes=ATTRIBUTES,
        link_rel="noopener",
        url_schemes={"http", "https", "mailto"},
    )


def is_too_hard(text: str) -> bool:
    """Whether converting ``text`` could take over a second, going by its length, its signs and its nesting.

    No converter is asked: this takes time in proportion to the length, and none for what is over the longest.
    """
    if len(text) > LONGEST or NESTED.search(text) or WIDE_FENCE.search(text):
        return True
    blocks = BLANK_LINES.split(text)
    everywhere = text.count("<") + 2 * (text.count("```") + text.count("~~~"))
    return sum(map(_work, blocks)) + everywhere * len(text) + 2000 * len(blocks) > MOST_WORK


def _work(block: str) -> int:
    """The steps that a block may take: each sign and each line may be looked for through all of it, brackets often."""
    return (20 + block.count("\n") + len(SIGNS.findall(block)) + 10 * block.count("[")) * len(block)


def _plain_html(text: str) -> str:
    """The words of ``text`` in paragraphs, its backslash escapes and entities read, every other sign as it is."""
    paragraphs = (unescape(ESCAPED.sub(r"\1", block)) for block in BLANK_LINES.split(text))
    return "\n".join(f"<p>{escape_html(words.strip(), quote=False)}</p>" for words in paragraphs if words.strip())


def to_text(html: str) -> str:
    """The words of sanitised HTML: a blank line between blocks, single spaces within them, code kept as it is."""
    return BETWEEN_BLOCKS.join(block.text for block in _read(html) if block.text)


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
    marker = _Marker(spans, fixes)
    start = 0
    for block in _read(html):
        marker.add_block(block, start)
        start += len(block.text + BETWEEN_BLOCKS) if block.text else 0
    return "".join(marker.out)


def text_with_marks(text: str, spans: Sequence[Span]) -> str:
    """Plain text as markup, with ``spans``, which count in ``text``, marked; without links, for headings."""
    marker = _Marker(spans, has_links=False)
    marker.add_text(text, range(len(text)))
    return "".join(marker.out)


def escape(text: str) -> str:
    """One paragraph of plain text as Markdown that renders as exactly that text, its white space folded.

    Only a sign that would mean something where it stands gets a backslash or an entity, so that an editor meets
    readable Markdown.
    """
    text = " ".join(text.split())
    text = re.sub(r"([\\`*_\[\]])", r"\\\1", text)
    text = re.sub(r"&(?=#|\w+;)", "&amp;", text)
    text = re.sub(r"<(?=\S)", "&lt;", text)
    return re.sub(r"^([#>+-]|~(?=~~)|\d+(?=\.))", _escape_start, text)


def _escape_start(start: re.Match[str]) -> str:
    if start[0] in ">~":
        return "&gt;" if start[0] == ">" else "&#126;"
    return f"{start[0]}\\" if start[0].isdigit() else f"\\{start[0]}"


def trusted(html: str) -> SafeString:
    """Markup from ``to_html``, or JSON without a sign that markup is made of, for a template.

    The only place in the site that vouches for markup.
    """
    return mark_safe(html)  # noqa: S308


@dataclass
class _Block:
    """Markup between two bounds of blocks: its tags and texts, each with whether it is a tag."""

    parts: list[tuple[str, bool]] = field(default_factory=list)
    is_code: bool = False
    text: str = ""

    def end(self) -> None:
        """Work out the text."""
        words = "".join(part for part, is_tag in self.parts if not is_tag)
        text = words.strip("\n") if self.is_code else " ".join(words.split())
        self.text = text if text.strip() else ""


class _Reader(HTMLParser):
    """Cuts sanitised HTML into blocks; joined again, these are the HTML."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks = [_Block()]
        self.code_depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.add_tag(tag, self.get_starttag_text() or "")
        self.code_depth += tag == "pre"

    def handle_endtag(self, tag: str) -> None:
        self.add_tag(tag, f"</{tag}>")
        self.code_depth -= tag == "pre"

    def handle_data(self, data: str) -> None:
        self.blocks[-1].parts.append((data, False))

    def add_tag(self, tag: str, markup: str) -> None:
        if tag in BLOCKS:
            self.end_block()
            self.blocks.append(_Block())
        self.blocks[-1].parts.append((markup, True))

    def end_block(self) -> None:
        self.blocks[-1].is_code = self.code_depth > 0
        self.blocks[-1].end()


def _read(html: str) -> list[_Block]:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.end_block()
    return reader.blocks


class _Marker:
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

    def add_block(self, block: _Block, start: int) -> None:
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


def _places(block: _Block, start: int) -> list[int]:
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
