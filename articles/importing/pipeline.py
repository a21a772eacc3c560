"""The import from files to stories: decode, parse, plan, store."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import DatabaseError
from django.utils import timezone

from articles.importing import store
from articles.importing.decoding import decode
from articles.importing.documents import Document, LineWarning, ParseError
from articles.importing.files import FoundFile, ReadError, find
from articles.importing.formats import parse
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
    """What became of one file: its outcome, with the document unless it was not or could not be read.

    ``outcome`` is "created" ("create" in a dry run), "unchanged", "changed" or "error". ``message`` gives the cause
    of an error or of a change left alone; ``line`` (from 1) is the place of an error, 0 for the file as a whole.
    """

    file: str
    outcome: str
    document: Document | None = None
    warnings: tuple[LineWarning, ...] = ()
    message: str = ""
    line: int = 0

    @property
    def is_error(self) -> bool:
        return self.outcome == "error"


def import_files(places: Sequence[str], options: Options) -> Iterator[Result]:
    """Import the files at ``places`` one by one; a file that can't be imported does not keep the others out."""
    standing, shared = store.standing(), store.Shared()
    for found in find(places):
        yield _import(found, options, standing, shared)


def _import(found: FoundFile, options: Options, standing: Standing, shared: store.Shared) -> Result:
    try:
        raw = found.read()
        sha256 = hashlib.sha256(raw).hexdigest()
        if sha256 in standing.hashes and not options.is_reading_all:
            return Result(found.label, Outcome.UNCHANGED)
        text, warnings = decode(raw)
        document = parse(text, options.format, zone=timezone.get_default_timezone())
    except ReadError as error:
        return Result(found.label, "error", message=str(error))
    except ParseError as error:
        return Result(found.label, "error", message=error.message, line=error.line)
    planned = plan(document, found.name, sha256, standing)
    outcome: str = planned.outcome
    if planned.outcome == Outcome.CREATE:
        original = Original(file_name=found.name or found.label, sha256=sha256, raw=raw)
        fault = "" if options.is_dry_run else _store(document, original, shared, options)
        if fault:
            return Result(found.label, "error", document, message=fault)
        outcome = "create" if options.is_dry_run else "created"
        standing.add(document, found.name, sha256)
    return Result(found.label, outcome, document, warnings + document.warnings + planned.warnings, planned.reason)


def _store(document: Document, original: Original, shared: store.Shared, options: Options) -> str:
    """Write the story; the cause if that failed, with nothing written, else ""."""
    added_at = options.as_of or timezone.now()
    try:
        store.create(document, original, shared, added_at=added_at, is_publishing=options.is_publishing)
    except DatabaseError as error:
        shared.forget()
        return f"the database refused it ({error}); nothing of it was kept"
    except RecursionError:
        shared.forget()
        return "its Markdown is nested too deeply; nothing of it was kept"
    return ""
