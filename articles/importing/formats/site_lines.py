"""The whole published site as JSON Lines, one record a line: what ``export_site`` writes and the import reads.

The first line names the format and holds the standing statement. Then come outlets, topics and pictures, and after
them the stories that name them, each kind in the order of the alphabet. Nothing tells of accounts, of readers'
reports or of anybody's address; editors appear by the names under which they approved and published.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from articles.importing.documents import LineWarning, ParseError
from articles.importing.formats import typed_json

NAME = "jsonl"
VERSION = 1
MARK = b'{"newsroom":'


@dataclass(frozen=True)
class Head:
    """The first line."""

    newsroom: int = VERSION
    statement: str = ""
    statement_changed_at: datetime | None = None


@dataclass(frozen=True)
class Outlet:
    """A source."""

    slug: str
    name: str
    home_page: str = ""
    description: str = ""
    feed_url: str = ""
    is_licensed: bool = False


@dataclass(frozen=True)
class Subject:
    """A topic."""

    slug: str
    name: str
    description: str = ""


@dataclass(frozen=True)
class Picture:
    """An uploaded file: its name in the media folder, its hash and, in base64, its bytes."""

    name: str
    sha256: str
    content: str


@dataclass(frozen=True)
class FormerAddress:
    """A slug that leads to the story still."""

    slug: str
    left_at: datetime


@dataclass(frozen=True)
class Report:
    """What the story rests on: the slug of the outlet, and where its report stands."""

    source: str
    role: str
    url: str = ""
    headline: str = ""


@dataclass(frozen=True)
class Illustration:
    """A picture of the story by the name of its file, or the credit alone of one that is not here."""

    file: str = ""
    alt: str = ""
    caption: str = ""
    credit: str = ""
    position: int = 1


@dataclass(frozen=True)
class Doubt:
    """A flag that the checks raised against a bullet when it was approved."""

    kind: str
    colour: str
    words: tuple[str, ...]
    reason: str


@dataclass(frozen=True)
class Point:
    """A bullet that readers see; ``approved_by`` is empty for the publication itself.

    The others say how it was made, as the page on its summary does: see ``Bullet``.
    """

    text: str
    origin: str
    approved_at: datetime
    approved_by: str = ""
    flags: tuple[Doubt, ...] = ()
    override: str = ""
    model: str = ""
    prompt_version: str = ""
    drafted_text: str = ""
    drafted_at: datetime | None = None


@dataclass(frozen=True)
class Review:
    """The figures of a review; ``specs`` are pairs."""

    product: str
    maker: str
    scale: Decimal
    score: Decimal | None
    price: Decimal | None
    currency: str
    pros: tuple[str, ...]
    cons: tuple[str, ...]
    verdict: str
    specs: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class VersionText:
    """The words and the visible bullets of a revision."""

    headline: str
    standfirst: str
    byline: str
    body_markdown: str
    body_text: str
    bullets: tuple[str, ...]


@dataclass(frozen=True)
class Version:
    """A revision with its hashes; its text is missing where it is sealed."""

    number: int
    created_at: datetime
    by_name: str
    kind: str
    reason: str
    text_hash: str
    notice_hash: str
    previous_hash: str
    hash: str
    text: VersionText | None


@dataclass(frozen=True)
class Notice:
    """A correction: its code, the numbers of it and of the version that it came with, and what it says.

    ``supersedes`` is the code of the notice that it replaced, "" for none.
    """

    code: str
    number: int
    version: int
    kind: str
    severity: str
    origin: str
    placement: str
    is_in_body: bool
    wrote: str
    says: str
    prefix: str
    suffix: str
    text: str
    ground: str
    seconded_by_name: str
    supersedes: str


@dataclass(frozen=True)
class Story:
    """A published or withdrawn article with all that belongs to it; lists are in the order in which they show."""

    slug: str
    status: str
    kind: str
    language: str
    headline: str
    standfirst: str
    byline: str
    body: str
    published_at: datetime | None
    added_at: datetime
    updated_at: datetime | None
    updated_as_stated: str
    is_edited: bool
    is_from_archive: bool
    is_sample: bool
    topics: tuple[str, ...]
    sources: tuple[Report, ...]
    images: tuple[Illustration, ...]
    bullets: tuple[Point, ...]
    review: Review | None
    versions: tuple[Version, ...]
    corrections: tuple[Notice, ...]
    former_slugs: tuple[FormerAddress, ...]


Record = Head | Outlet | Subject | Picture | Story
KINDS: dict[str, type[Outlet | Subject | Picture | Story]] = {
    "source": Outlet,
    "topic": Subject,
    "picture": Picture,
    "story": Story,
}


def dump(record: Record) -> str:
    """A record as a line."""
    if isinstance(record, Head):
        return typed_json.dump(record)
    name = next(name for name, kind in KINDS.items() if isinstance(record, kind))
    return f'{{"{name}":{typed_json.dump(record)}}}'


def parse_line(raw: bytes, line: int) -> tuple[Record, tuple[LineWarning, ...]]:
    """The record on the line of this number. Raises ParseError."""
    try:
        value = json.loads(raw.decode())
    except (ValueError, RecursionError) as error:
        raise ParseError(line, _("not JSON (%(error)s): export the site again") % {"error": error}) from None
    reader = typed_json.Reader(line)
    if line == 1:
        return _head(reader.read(Head, value, "head")), tuple(reader.warnings)
    if not isinstance(value, dict) or len(value) != 1 or not KINDS.keys() & value.keys():
        raise ParseError(line, _("one of %(names)s is needed, and nothing else") % {"names": _(", ").join(KINDS)})
    ((name, fields),) = value.items()
    return reader.read(KINDS[name], fields, name), tuple(reader.warnings)


def _head(head: Head) -> Head:
    if head.newsroom != VERSION:
        message = _("version %(theirs)s of the format: this site reads version %(ours)s")
        raise ParseError(1, message % {"theirs": head.newsroom, "ours": VERSION})
    return head
