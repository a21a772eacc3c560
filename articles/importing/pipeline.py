"""The import from files to stories: decode, parse, plan, store."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from fnmatch import fnmatchcase
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from django.db import DatabaseError, transaction
from django.utils import timezone

from articles.catalogue.models import Article
from articles.importing import formats, store
from articles.importing.documents import Document, LineWarning, ParseError
from articles.importing.fields import fields_of, plain
from articles.importing.files import NAME_LENGTH, ReadError, find
from articles.importing.merge import FieldChange
from articles.importing.models import PLACE_LENGTH, ImportRun, Original
from articles.importing.plan import Counterpart, Outcome, Plan, plan, recognise
from articles.importing.reading import read, read_one

if TYPE_CHECKING:
    from django.contrib.auth.models import User

Look = Callable[[], tuple[Counterpart | None, tuple[LineWarning, ...]]]

DONE = {Outcome.CREATE: "created", Outcome.UPDATE: "updated", Outcome.PROPOSE: "proposed"}
MOST_WARNINGS, MESSAGE_LENGTH = 50, 500
WAITS = "an editor has not decided yet on what it proposed"


class Incoming(Protocol):
    """A file to import: ``label`` is its place as messages name it, ``name`` what is kept of that, "" for none."""

    @property
    def label(self) -> str: ...
    @property
    def name(self) -> str: ...
    def read(self) -> bytes:
        """The bytes. Raises ReadError."""


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
    """What became of one document: its outcome, with the document unless it was not or could not be read.

    ``outcome`` is "created", "updated", "proposed" (in a dry run "create", "update", "propose"), "conflict",
    "unchanged" or "error". ``changes`` are the fields on which file and site differ. ``message`` gives the cause of
    an error or of a decision that waits; ``line`` (from 1) is the place of an error, 0 for the file as a whole.
    ``slug`` is the address of the story, where it has one.
    """

    file: str
    outcome: str
    document: Document | None = None
    warnings: tuple[LineWarning, ...] = ()
    changes: tuple[FieldChange, ...] = ()
    message: str = ""
    line: int = 0
    slug: str = ""

    @property
    def is_error(self) -> bool:
        return self.outcome == "error"


def import_files(places: Sequence[str], options: Options, *, by: "User | None" = None) -> Iterator[Result]:
    """Import the files at ``places`` one by one; a file that can't be imported does not keep the others out."""
    return import_from(find(places), options, places=places, by=by)


def import_from(
    files: Iterable[Incoming], options: Options, *, places: Sequence[str], by: "User | None" = None
) -> Iterator[Result]:
    """Import ``files``; ``places`` tells the record of the run what was asked for."""
    importer = _Importer(options)
    return importer.run((importer.file(found) for found in files), places, by)


def read_before(names: Sequence[str]) -> list[int]:
    """The numbers of the kept files that an older parser read; of those whose name is among ``names``, if any is given.

    In a name * stands for any signs.
    """
    stale = Original.objects.read_before(formats.PARSER_VERSION).order_by("pk").values_list("pk", "file_name")
    return [pk for pk, name in stale if not names or any(fnmatchcase(name, pattern) for pattern in names)]


def reparse(
    originals: Iterable[int], options: Options, *, places: Sequence[str], by: "User | None" = None
) -> Iterator[Result]:
    """Read the kept files with these numbers anew, as if each came again."""
    importer = _Importer(options)
    return importer.run((importer.original(pk) for pk in originals), places, by)


class _Importer:
    """One import: what is known of earlier ones, what its stories share, and the record of what it did."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.known, self.shared = store.Known(), store.Shared()
        self.record: ImportRun | None = None

    def run(self, groups: Iterable[Iterator[Result]], places: Sequence[str], by: "User | None") -> Iterator[Result]:
        """The results, one by one; the record of the run begins with the first and ends after the last."""
        totals: Counter[str] = Counter()
        if not self.options.is_dry_run:
            self.record = ImportRun.objects.create(by=by, places=list(places), options=plain(vars(self.options)))
        for results in groups:
            for result in results:
                totals[result.outcome] += 1
                yield result
        if self.record:
            self.record.finish(totals)

    def file(self, found: Incoming) -> Iterator[Result]:
        """What becomes of the documents of a file."""
        try:
            raw = found.read()
            sha256 = hashlib.sha256(raw).hexdigest()
            if sha256 in self.known.hashes and not self.options.is_reading_all:
                yield self._unchanged(found.label, sha256)
                return
            documents = read(raw, self.options.format)
        except (ReadError, ParseError) as error:
            yield self._recorded(_refused(found.label, error))
            return
        name = found.name if len(documents) == 1 else ""
        for document in documents:
            if isinstance(document, ParseError):
                yield self._recorded(_refused(found.label, document))
            else:
                yield self._document(document, found, name)

    def original(self, pk: int) -> Iterator[Result]:
        """What becomes of a kept file that is read anew."""
        kept = Original.objects.get(pk=pk)
        try:
            document = read_one(bytes(kept.raw), kept.format)
        except ParseError as error:
            yield self._recorded(_refused(kept.file_name, error))
            return
        kept.fields, kept.parser_version = fields_of(document), formats.PARSER_VERSION
        yield self._guarded(kept.file_name, document, kept, lambda: (self._find(kept.file_name, kept.article_id), ()))

    def _document(self, document: Document, found: Incoming, name: str) -> Result:
        """What becomes of one document; ``name`` is that of its file, empty where the file holds several."""
        sha256 = hashlib.sha256(document.original).hexdigest()
        if sha256 in self.known.hashes:
            return self._unchanged(found.label, sha256, document)
        original = Original(
            file_name=(found.name or found.label)[-NAME_LENGTH:],
            sha256=sha256,
            raw=document.original,
            format=self.options.format,
            parser_version=formats.PARSER_VERSION,
            fields=fields_of(document),
        )
        find_story = partial(self._find, original.file_name)
        look = partial(recognise, original.fields, name, self.known.index, find_story)
        result = self._guarded(found.label, document, original, look)
        if not result.is_error:
            self.known.add(original.article_id, name, original.fields, sha256)
        return result

    def _find(self, file_name: str, article_id: int) -> Counterpart | None:
        return self.known.find(article_id, file_name, is_locking=not self.options.is_dry_run)

    def _guarded(self, label: str, document: Document, original: Original, look: Look) -> Result:
        """Plan the document and write it, all of it or nothing; in a dry run pretend to."""
        if self.options.is_dry_run:
            return self._planned(label, document, original, look)
        try:
            with transaction.atomic():
                result = self._planned(label, document, original, look)
                return self._recorded(result, original.article)
        except DatabaseError as error:
            cause = f"the database refused it ({error}); nothing of it was kept"
        except RecursionError:
            cause = "its Markdown is nested too deeply; nothing of it was kept"
        self.shared.forget()
        return self._recorded(Result(label, "error", document, message=cause))

    def _planned(self, label: str, document: Document, original: Original, look: Look) -> Result:
        story, doubts = look()
        planned = plan(original.fields, story, self.known.statement, doubts)
        slug = self._done(planned, story, document, original)
        outcome = planned.outcome if self.options.is_dry_run else DONE.get(planned.outcome, planned.outcome)
        warnings = (*document.warnings, *planned.warnings)
        return Result(label, outcome, document, warnings, planned.changes, planned.reason, slug=slug)

    def _done(self, planned: Plan, story: Counterpart | None, document: Document, original: Original) -> str:
        """Do what is planned, or pretend to; the address of the story, "" if it gets none."""
        if self.options.is_dry_run:
            original.article_id = self.known.pretend(story, planned, original.fields, self.options.is_publishing)
            return story.slug if story else ""
        if story:
            return store.update(story, planned, original).slug
        added_at = self.options.as_of or timezone.now()
        is_publishing = self.options.is_publishing
        return store.create(document, original, self.shared, added_at=added_at, is_publishing=is_publishing).slug

    def _unchanged(self, label: str, sha256: str, document: Document | None = None) -> Result:
        message = WAITS if sha256 in self.known.waiting else ""
        return Result(label, Outcome.UNCHANGED, document, document.warnings if document else (), message=message)

    def _recorded(self, result: Result, article: Article | None = None) -> Result:
        """``result``, noted in the record of the run unless nothing came of it."""
        if self.record and result.outcome != Outcome.UNCHANGED:
            self.record.documents.create(article=article, **_row_of(result))
        return result


def _row_of(result: Result) -> dict[str, Any]:
    """What the record keeps of a document: enough to act on, whatever its size."""
    return {
        "file": result.file[-PLACE_LENGTH:],
        "outcome": result.outcome,
        "line": result.line,
        "message": result.message[:MESSAGE_LENGTH],
        "warnings": [[line, message[:MESSAGE_LENGTH]] for line, message in result.warnings[:MOST_WARNINGS]],
        "changes": [{"field": change.field, "verdict": change.verdict} for change in result.changes],
    }


def _refused(label: str, error: ReadError | ParseError) -> Result:
    if isinstance(error, ParseError):
        return Result(label, "error", message=error.message, line=error.line)
    return Result(label, "error", message=str(error))
