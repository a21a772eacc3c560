"""What a file says, once it is read: a document, whatever its format. Pure values."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

# The most characters that each field may hold, as the models of the catalogue have it.
HEADLINE_LENGTH = 500
BYLINE_LENGTH = 200
LANGUAGE_LENGTH = 20
UPDATED_LENGTH = 60
CREDIT_LENGTH = 200
TOPIC_LENGTH = 80
SOURCE_LENGTH = 120
URL_LENGTH = 1000
PRODUCT_LENGTH = 200

EDGES = " \t\n\r\v\f\x1c\x1d\x1e\x1f\x85\xa0\u200b\u200c\u200d\u2028\u2029\u202f\u2060\u3000\ufeff"


class ParseError(ValueError):
    """The file can't be read as a story; ``message`` gives the cause and what to do, ``line`` (from 1) the place."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(f"line {line}: {message}")
        self.line = line
        self.message = message


class LineWarning(NamedTuple):
    """Something that was read, but that an editor should look at."""

    line: int
    message: str


@dataclass(frozen=True)
class ImageCredit:
    """Who a picture is from, and its place: how many blocks of the body (paragraphs, headings, lists) stand above."""

    name: str
    after_paragraph: int = 0


@dataclass(frozen=True)
class StatedSource:
    """An outlet as the file names it, with the address of its report ("" where none is given)."""

    name: str
    url: str = ""


@dataclass(frozen=True)
class Review:
    """What a review's file says of the product. ``specs`` holds pairs of a detail and its value."""

    product: str
    maker: str = ""
    score: Decimal | None = None
    scale: Decimal = Decimal(10)
    price: Decimal | None = None
    currency: str = ""
    pros: tuple[str, ...] = ()
    cons: tuple[str, ...] = ()
    verdict: str = ""
    specs: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Document:
    """A story as its file gives it; ``body`` is Markdown, every other text is plain.

    ``published_at`` is None where the file does not state it: no part of a date is ever supplied.
    ``statement`` is what the publication says of itself under the story, and no part of it.
    Where a file holds several stories, ``identity`` tells this one from the others, also in a later file, and
    ``original`` is the part of the file to keep as its original.
    """

    headline: str
    body: str
    standfirst: str = ""
    byline: str = ""
    kind: str = "news"
    language: str = "en"
    published_at: datetime | None = None
    updated_as_stated: str = ""
    is_edited: bool = False
    is_from_archive: bool = False
    is_sample: bool = False
    credits: tuple[ImageCredit, ...] = ()
    bullets: tuple[str, ...] = ()
    sources: tuple[StatedSource, ...] = ()
    topics: tuple[str, ...] = ()
    review: Review | None = None
    statement: str = ""
    warnings: tuple[LineWarning, ...] = ()
    identity: str = ""
    original: bytes = b""


@dataclass(frozen=True)
class ListedSource:
    """An outlet as a list of sources gives it; ``line`` says where, "" is what the list leaves open."""

    name: str
    home_page: str = ""
    feed_url: str = ""
    description: str = ""
    line: int = 0
    warnings: tuple[LineWarning, ...] = ()


# What a file may hold: stories, outlets, and what could not be read.
Found = Document | ListedSource | ParseError


def fold(text: str) -> str:
    """``text`` on one line, each run of white space (no-break spaces too) as one space, its edges bare."""
    return " ".join(text.split()).strip(EDGES)


def shorten(text: str, longest: int) -> str:
    """``text``, cut between words with an ellipsis where it has more than ``longest`` characters."""
    if len(text) <= longest:
        return text
    head = text[: longest - 1].rpartition(" ")[0] or text[: longest - 2]
    return head.rstrip(" ,;:") + " …"


def only_once(names: list[str]) -> tuple[str, ...]:
    """``names`` in their order, without those that an earlier one equals in all but case."""
    first: dict[str, str] = {}
    for name in names:
        first.setdefault(name.casefold(), name)
    return tuple(first.values())
