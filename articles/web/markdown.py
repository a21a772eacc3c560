"""Markdown to sanitised HTML, made when a text is written, never when it is read.

Python-Markdown takes time that grows with the square of some texts (20,000 opening brackets: a minute), so what would
take it over a second is not converted: ``is_too_hard`` says of which texts, ``to_html`` shows those as plain words.
"""

import re
import threading
from html import escape as escape_html
from html import unescape

import markdown
import nh3
from django.utils.safestring import SafeString, mark_safe

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
