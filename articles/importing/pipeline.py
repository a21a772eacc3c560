"""The import from files and addresses to stories and outlets: read, plan, store."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import DatabaseError
from django.utils import timezone

from articles.importing import listing, store
from articles.importing.documents import Document, Found, LineWarning, ListedSource, ParseError
from articles.importing.fetching import Fetched, fetch
from articles.importing.files import NAME_LENGTH, FoundFile, ReadError, find
from articles.importing.formats import read
from articles.importing.guard import FetchError
from articles.importing.models import Original
from articles.importing.plan import Outcome, Standing, plan


@dataclass(frozen=True)
class Options:
    """How to import. ``as_of`` says when the export was taken and so when its stories were added; None is now.

    A file whose bytes were imported before is left unread, unless ``is_reading_all`` asks for its document as well.
    """

    format: str = "auto"
    is_dry_run: bool = False
    is_publishing: bool = False
    is_reading_all: bool = False
    as_of: datetime | None = None


@dataclass(frozen=True)
class Result:
    """What became of one file, or of one story or outlet of a file that holds several.

    ``outcome`` is "created" ("create" in a dry run), "unchanged", "changed" or "error"; for an outlet also "updated"
    ("update" in a dry run) or "conflict". ``document`` or ``listed`` is what was read, None where that was not done
    or failed. ``message`` gives the cause of an error or of a change left alone; ``line`` (from 1) is the place of an
    error, 0 for the file as a whole.
    """

    file: str
    outcome: str
    document: Document | None = None
    warnings: tuple[LineWarning, ...] = ()
    message: str = ""
    line: int = 0
    listed: ListedSource | None = None

    @property
    def is_error(self) -> bool:
        return self.outcome == "error"


@dataclass
class _Run:
    """One import: how it is done, what stands so far, what its stories share."""

    options: Options
    standing: Standing
    shared: store.Shared


def import_files(places: Sequence[str], options: Options) -> Iterator[Result]:
    """Import what is at ``places`` one by one; what can't be imported does not keep the others out."""
    run = _Run(options, store.standing(), store.Shared())
    for found in find(places):
        yield from _import(found, run)


def _import(found: FoundFile, run: _Run) -> Iterator[Result]:
    options = run.options
    try:
        content = _content(found)
        if _hash(content.body) in run.standing.hashes and not options.is_reading_all:
            yield Result(found.label, Outcome.UNCHANGED)
            return
        zone = timezone.get_default_timezone()
        pieces = read(content.body, options.format, zone=zone, url=content.url, charset=content.charset)
    except (ReadError, FetchError) as error:
        yield Result(found.label, "error", message=str(error))
    except ParseError as error:
        yield Result(found.label, "error", message=error.message, line=error.line)
    else:
        for number, piece in enumerate(pieces, start=1):
            yield _import_piece(piece, number, found, content.body, run)
        if not pieces:
            yield Result(found.label, "error", message="holds no story")


def _content(found: FoundFile) -> Fetched:
    """The bytes, from the disk or from the web. Raises ReadError or FetchError."""
    if not found.url:
        return Fetched("", 200, found.read())
    fetched = fetch(found.url)
    if not fetched.is_success:
        raise ReadError(f"the server answered {fetched.status}; check the address")
    return fetched


def _import_piece(piece: Found, number: int, found: FoundFile, raw: bytes, run: _Run) -> Result:
    """Import one of the stories or outlets of a file."""
    if isinstance(piece, ParseError):
        return Result(found.label, "error", message=piece.message, line=piece.line)
    if isinstance(piece, ListedSource):
        kept = listing.keep(piece, is_dry_run=run.options.is_dry_run)
        return Result(found.label, kept.outcome, None, piece.warnings, kept.reason, listed=piece)
    if not piece.original:
        return _import_document(piece, found.label, found.name, raw, run)
    # One of many is known again by its own identity, whatever file it comes in.
    outlet = piece.sources[0].name if piece.sources else found.name
    name = f"{outlet}#{piece.identity}"[-NAME_LENGTH:] if piece.identity else ""
    return _import_document(piece, f"{found.label} item {number}", name, piece.original, run)


def _import_document(document: Document, label: str, name: str, raw: bytes, run: _Run) -> Result:
    sha256 = _hash(raw)
    planned = plan(document, name, sha256, run.standing)
    outcome: str = planned.outcome
    if planned.outcome == Outcome.CREATE:
        original = Original(file_name=name or label[-NAME_LENGTH:], sha256=sha256, raw=raw)
        fault = "" if run.options.is_dry_run else _store(document, original, run)
        if fault:
            return Result(label, "error", document, message=fault)
        outcome = "create" if run.options.is_dry_run else "created"
        run.standing.add(document, name, sha256)
    return Result(label, outcome, document, document.warnings + planned.warnings, planned.reason)


def _hash(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


def _store(document: Document, original: Original, run: _Run) -> str:
    """Write the story; the cause if that failed, with nothing written, else "". One without text stays a draft."""
    added_at = run.options.as_of or timezone.now()
    is_publishing = run.options.is_publishing and bool(document.body)
    try:
        store.create(document, original, run.shared, added_at=added_at, is_publishing=is_publishing)
    except DatabaseError as error:
        run.shared.forget()
        return f"the database refused it ({error}); nothing of it was kept"
    except RecursionError:
        run.shared.forget()
        return "its Markdown is nested too deeply; nothing of it was kept"
    return ""
