"""HTML as Markdown: headings, lists, links, emphasis, quotes, code and plain tables; every word stays.

The Markdown is checked by reading it back: a block whose words would come out otherwise is written more plainly.
"""

import re
from typing import NamedTuple

from articles.importing.formats import inline
from articles.importing.formats.html_blocks import HEADINGS, LISTS, Block, read_page
from articles.web import markdown
from articles.web.plain_text import to_text


class HtmlText(NamedTuple):
    """What a piece of HTML says: as Markdown, as bare words (a blank line between blocks), and how many pictures."""

    markdown: str
    text: str
    pictures: int


def read(html: str, base: str = "", *, without: str = "") -> HtmlText:
    """What ``html`` says, but for the elements at the path ``without``; links are taken relative to ``base``.

    Anything can be read; what is no HTML is text.
    """
    page, pictures = read_page(html, base, without)
    return HtmlText(_checked(page), page.text, pictures)


def line_of(html: str) -> str:
    """The words of ``html`` on one line, as a headline has them."""
    page, _ = read_page(html)
    return " ".join(page.text.split())


def _checked(page: Block) -> str:
    """The Markdown of the page, each block as rich as it can be without a word coming out otherwise."""
    rich = _write_all(page.blocks, inline.RICH)
    if _says(rich, page.text):
        return rich
    careful = "\n\n".join(map(_write_careful, page.blocks))
    if _says(careful, page.text):
        return careful
    return "\n\n".join(inline.write(leaf.runs, inline.PLAIN) for leaf in page.leaves())


def _write_careful(block: Block) -> str:
    for style in (inline.RICH, inline.LINKED):
        written = _write(block, style)
        if _says(written, block.text):
            return written
    return "\n\n".join(inline.write(leaf.runs, inline.PLAIN) for leaf in block.leaves())


def _says(written: str, text: str) -> bool:
    return to_text(markdown.to_html(written)).split() == text.split()


def _write_all(blocks: list[Block], style: inline.Style, depth: int = 0) -> str:
    return "\n\n".join(filter(None, (_write(block, style, depth) for block in blocks)))


def _write(block: Block, style: inline.Style, depth: int = 0) -> str:
    if block.kind in HEADINGS:
        # Signs at the end of a heading would be taken for its closing ones.
        line = re.sub(r"#$", r"\\#", inline.write(block.runs, style, is_one_line=True))
        return f"{HEADINGS[block.kind]} {line}"
    if block.kind == "pre":
        return _write_code(inline.text_of(block.runs, is_code=True), is_nested=depth > 0)
    if block.runs:
        return inline.write(block.runs, style)
    return _write_around(block, style, depth)


def _write_around(block: Block, style: inline.Style, depth: int) -> str:
    """A block that holds others, or nothing."""
    match block.kind:
        case "hr":
            return "---"
        case "quote":
            inner = _write_all(block.blocks, style, depth + 1)
            return "\n".join(f"> {line}" if line else ">" for line in inner.split("\n")) if inner else ""
        case "ul" | "ol":
            return _write_list(block, style, depth)
        case "table" if _is_grid(block):
            return _write_grid(block, style)
    return _write_all(block.blocks, style, depth)


def _write_code(text: str, *, is_nested: bool) -> str:
    if is_nested:
        return re.sub(r"^(?=.)", "    ", text, flags=re.MULTILINE)
    fence = "`" * max(3, 1 + max(map(len, re.findall("`+", text)), default=0))
    return f"{fence}\n{text}\n{fence}"


def _write_list(block: Block, style: inline.Style, depth: int) -> str:
    items = [item for item in block.blocks if next(item.leaves(), None)]
    written = []
    for number, item in enumerate(items, start=block.start):
        inner = "\n".join(_write(child, style, depth + 1) for child in item.blocks) if _is_tight(item) else ""
        inner = inner or "\n\n".join(_write(child, style, depth + 1) for child in item.blocks or [item])
        marker = "-" if block.kind == "ul" else f"{number}."
        written.append(f"{marker:3} " + re.sub(r"\n(?=.)", "\n    ", inner))
    return ("\n" if all(map(_is_tight, items)) else "\n\n").join(written)


def _is_tight(item: Block) -> bool:
    """Whether the item of a list is one paragraph, or one with a list below it."""
    kinds = [child.kind for child in item.blocks]
    return kinds == ["p"] or (len(kinds) == 2 and kinds[0] == "p" and kinds[1] in LISTS)


def _is_grid(table: Block) -> bool:
    """Whether the table holds data, row by row, and not the layout of a page."""
    rows = [row for row in table.blocks if row.kind == "tr"]
    cells = [cell for row in rows for cell in row.blocks]
    is_whole = len(rows) == len(table.blocks) > 1 and all(cell.kind == "td" for cell in cells)
    are_plain = all(len(cell.blocks) <= 1 and all(leaf.kind == "p" for leaf in cell.blocks) for cell in cells)
    return is_whole and are_plain and max(len(row.blocks) for row in rows) > 1


def _write_grid(table: Block, style: inline.Style) -> str:
    width = max(len(row.blocks) for row in table.blocks)
    rows = [[_write_cell(cell, style) for cell in row.blocks] for row in table.blocks]
    rows = [row + [""] * (width - len(row)) for row in rows]
    head, *body = (f"| {' | '.join(row)} |" for row in rows)
    return "\n".join([head, "|" + " --- |" * width, *body])


def _write_cell(cell: Block, style: inline.Style) -> str:
    return "".join(inline.write(leaf.runs, style, is_one_line=True).replace("|", "\\|") for leaf in cell.blocks)
