"""The plain text of sanitised HTML, which search, evidence and quotes use.

It is made when a text is written, and is a function of the HTML alone, so an offset into it names one place in the
page.
"""

from dataclasses import dataclass, field
from html.parser import HTMLParser

BLOCKS = frozenset("blockquote br h2 h3 h4 hr li ol p pre table tbody td th thead tr ul".split())
BETWEEN_BLOCKS = "\n\n"


def to_text(html: str) -> str:
    """The words of sanitised HTML: a blank line between blocks, single spaces within them, code kept as it is."""
    return BETWEEN_BLOCKS.join(block.text for block in blocks_of(html) if block.text)


@dataclass
class Block:
    """Markup between two bounds of blocks: its tags and texts, each with whether it is a tag."""

    parts: list[tuple[str, bool]] = field(default_factory=list)
    is_code: bool = False
    text: str = ""

    def end(self) -> None:
        """Work out the text."""
        words = "".join(part for part, is_tag in self.parts if not is_tag)
        text = words.strip("\n") if self.is_code else " ".join(words.split())
        self.text = text if text.strip() else ""


class Reader(HTMLParser):
    """Cuts sanitised HTML into blocks; joined again, these are the HTML."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks = [Block()]
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
            self.blocks.append(Block())
        self.blocks[-1].parts.append((markup, True))

    def end_block(self) -> None:
        self.blocks[-1].is_code = self.code_depth > 0
        self.blocks[-1].end()


def blocks_of(html: str) -> list[Block]:
    """Sanitised HTML in blocks: those without words have the text ""."""
    reader = Reader()
    reader.feed(html)
    reader.close()
    reader.end_block()
    return reader.blocks
