"""HTML as blocks of marked text: paragraphs, headings, lists, quotes, code, tables."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import field as field_of
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from articles.importing.addresses import web_address
from articles.importing.formats import inline
from articles.importing.formats.inline import Run
from articles.importing.formats.markup import clean

# Not shown as words of the page.
UNSEEN = frozenset(
    "annotation annotation-xml audio canvas datalist head noembed noframes script style template title video".split()
)
HEADINGS = {"h1": "##", "h2": "##", "h3": "###", "h4": "####", "h5": "####", "h6": "####"}
LISTS = ("ul", "ol")
BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure"
    " footer form h1 h2 h3 h4 h5 h6 header hr html legend li listing main menu nav ol optgroup option p plaintext pre"
    " section summary table tbody td tfoot th thead tr ul xmp".split()
)
KINDS = {"menu": "ul", "dir": "ul", "blockquote": "quote", "th": "td", "listing": "pre", "xmp": "pre"}
PARENTS = {"quote": None, "ul": None, "ol": None, "table": None, "li": LISTS, "tr": ("table",), "td": ("tr",)}
MARKS = {
    "a": "a", "b": "strong", "strong": "strong", "i": "em", "em": "em", "code": "code", "kbd": "code", "samp": "code",
    "tt": "code", "sub": "sub", "sup": "sup", "del": "del", "s": "del", "strike": "del",
}  # fmt: skip
# Their tags alone would make raw text of what a reader sees, or of all that follows.
LIFTED = re.compile(r"</?(?:iframe|noscript)\b[^<>]*>", re.IGNORECASE)
# XHTML closes these at once; HTML would take all that follows for their content.
CLOSED_AT_ONCE = re.compile(
    r"<(audio|canvas|noembed|noframes|object|script|style|template|textarea|title|video|xmp)(?=[\s/])"
    r"(?:[^<>\"']|\"[^<\"]*\"|'[^<']*')*?(?<=[\s\"'\w])/>",
    re.IGNORECASE,
)
# Deeper lists and quotes are written as if they stood at this depth.
MOST_DEPTH = 12


@dataclass
class Block:
    """A block of the page: a leaf such as a paragraph has ``runs``, a list or a quote has ``blocks``."""

    kind: str
    runs: list[Run] = field_of(default_factory=list)
    blocks: list["Block"] = field_of(default_factory=list)
    start: int = 1

    def leaves(self) -> Iterator["Block"]:
        """The blocks that hold the words, in order."""
        if self.runs:
            yield self
        for block in self.blocks:
            yield from block.leaves()

    @property
    def text(self) -> str:
        """The words, a blank line between leaves."""
        return "\n\n".join(inline.text_of(leaf.runs, is_code=leaf.kind == "pre") for leaf in self.leaves())


def read_page(html: str, base: str = "", without: str = "") -> tuple[Block, int]:
    """The page that ``html`` describes, as one block, and how many pictures it has.

    Links are taken relative to ``base``; the elements at the path ``without`` are left out. Anything can be read;
    what is no HTML is text.
    """
    reader = _Reader(base, without)
    reader.walk(html)
    return reader.page, reader.pictures


class _Reader:
    """Makes blocks of the events of a tree."""

    def __init__(self, base: str = "", without: str = "") -> None:
        self.base = base
        self.without = without
        self.page = Block("page")
        self.open = [self.page]
        self.pushed: list[bool] = []
        self.leaf: Block | None = None
        self.leaf_kinds = ["p"]
        self.marks: list[str] = []
        self.hrefs: list[str] = []
        self.pictures = 0

    def walk(self, html: str) -> None:
        """Read the whole of ``html``."""
        parser = etree.HTMLParser(
            encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, no_network=True
        )
        html = _prepared(clean(html))
        try:
            root = etree.fromstring(html.encode(), parser)
        except etree.XMLSyntaxError:
            return
        if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
            root = etree.fromstring(re.sub(r"<[^<>]*>", " ", html).encode(), parser)
        if root is not None:
            self._walk(root)
        self._end_leaf()

    def _walk(self, root: Any) -> None:
        left_out = set(root.xpath(self.without)) if self.without else set()
        unseen = None
        for event, element in etree.iterwalk(root, events=("start", "end")):
            tag = str(element.tag).lower()
            is_unseen = tag in UNSEEN or "hidden" in element.attrib or element in left_out
            if unseen is None and event == "start" and is_unseen:
                unseen = element
            elif unseen is None and event == "start":
                self._start(tag, element)
                self._add(element.text)
            elif unseen is None:
                self._end(tag)
            if event == "end":
                unseen = None if unseen is element else unseen
                self._add(element.tail if unseen is None else "")

    def _start(self, tag: str, element: Any) -> None:
        if tag in MARKS:
            self.marks.append(MARKS[tag])
            self.hrefs.append(_link_of(element, self.base) if tag == "a" else "")
        elif tag == "br":
            self._add("\n", is_break=True)
        elif tag == "img":
            self.pictures += element.get("width") != "1"
        elif tag in BLOCKS:
            self._end_leaf()
            self._open(KINDS.get(tag, tag), element)

    def _open(self, kind: str, element: Any) -> None:
        if kind == "hr":
            self.open[-1].blocks.append(Block("hr"))
        if kind == "li" and self.open[-1].kind not in LISTS:
            kind = "p"
        self.leaf_kinds.append(kind if kind in HEADINGS or kind == "pre" else self.leaf_kinds[-1])
        parents = PARENTS.get(kind, ())
        is_pushed = (parents is None and len(self.open) < MOST_DEPTH) or self.open[-1].kind in (parents or ())
        if is_pushed:
            block = Block(kind, start=_start_of(element))
            self.open[-1].blocks.append(block)
            self.open.append(block)
        self.pushed.append(is_pushed)

    def _end(self, tag: str) -> None:
        if tag in MARKS:
            self.marks.pop()
            self.hrefs.pop()
        elif tag in BLOCKS:
            self._end_leaf()
            self.leaf_kinds.pop()
            if self.pushed.pop():
                self.open.pop()

    def _add(self, text: str | None, *, is_break: bool = False) -> None:
        if not text or (self.leaf is None and not text.strip() and self.leaf_kinds[-1] != "pre"):
            return
        if self.leaf is None:
            self.leaf = Block(self.leaf_kinds[-1])
        href = next((href for href in reversed(self.hrefs) if href), "")
        self.leaf.runs.append(Run(text, frozenset(self.marks), href, is_break))

    def _end_leaf(self) -> None:
        leaf, self.leaf = self.leaf, None
        if leaf and any(run.text.strip() for run in leaf.runs):
            self.open[-1].blocks.append(leaf)


def _prepared(html: str) -> str:
    """``html`` without what makes the parser lose or join words: elements that it takes for raw text, lone ``</p>``."""
    html = LIFTED.sub("", html)
    html = CLOSED_AT_ONCE.sub(r"<\1></\1>", html)
    html = re.sub(r"</br\s*>", "<br>", html, flags=re.IGNORECASE)
    return re.sub(r"(</p\s*>)(?=\S)", r"\1 ", html, flags=re.IGNORECASE)


def _link_of(element: Any, base: str) -> str:
    stated = (element.get("href") or "").strip()
    return stated if inline.MAIL.fullmatch(stated) else web_address(stated, base)


def _start_of(element: Any) -> int:
    stated = element.get("start") or ""
    return int(stated) if re.fullmatch(r"[1-9]\d{0,5}", stated, re.ASCII) else 1
