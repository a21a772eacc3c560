"""The import from files and addresses to stories and outlets: decode, parse, plan, store."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from fnmatch import fnmatchcase
from functools import partial
from typing import TYPE_CHECKING

from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.catalogue.models import Article
from articles.importing import formats, listing, store
from articles.importing.documents import Document, Found, LineWarning, ListedSource, ParseError
from articles.importing.fields import fields_of, plain
from articles.importing.files import NAME_LENGTH, ReadError
from articles.importing.formats import site_lines
from articles.importing.guard import FetchError
from articles.importing.models import ImportRun, Original
from articles.importing.places import SCHEMES, find
from articles.importing.plan import Counterpart, Outcome, Plan, plan, recognise
from articles.importing.reading import read, read_one
from articles.importing.restoring import CONFLICT, Restorer
from articles.importing.results import DONE, Incoming, Options, Result, refused, row_of
from articles.publishing import generation

if TYPE_CHECKING:
    from django.contrib.auth.models import User

__all__ = ["Incoming", "Options", "Result", "import_files", "import_from", "read_before", "reparse"]

Look = Callable[[], tuple[Counterpart | None, tuple[LineWarning, ...]]]

MAX_LINE = 64_000_000


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
            if totals.keys() - {Outcome.UNCHANGED}:
                generation.come_due()

    def file(self, found: Incoming) -> Iterator[Result]:
        """What becomes of the documents of a file."""
        try:
            if self.options.format == site_lines.NAME or found.starts_with(site_lines.MARK):
                yield from self._site(found)
                return
            raw = found.read()
            sha256 = hashlib.sha256(raw).hexdigest()
            if sha256 in self.known.hashes and not self.options.is_reading_all:
                yield self._unchanged(found.label, sha256)
                return
            pieces = read(
                raw, self.options.format, url=found.url, charset=found.charset, statement=self.known.statement
            )
            if not pieces:
                raise ParseError(1, _("holds no story"))
        except (ReadError, FetchError, ParseError) as error:
            yield self._recorded(refused(found.label, error))
            return
        for piece in pieces:
            yield self._piece(piece, found, found.name if len(pieces) == 1 else "")

    def _piece(self, piece: Found, found: Incoming, name: str) -> Result:
        """What becomes of a story or an outlet of a file."""
        if isinstance(piece, ParseError):
            return self._recorded(refused(found.label, piece))
        if isinstance(piece, ListedSource):
            return self._listed(piece, found.label)
        # One with an identity is known again by that, whatever else its file brings another time.
        return self._document(piece, found, "" if piece.identity else name)

    def _listed(self, source: ListedSource, label: str) -> Result:
        """What becomes of an outlet of a list."""

        def work() -> tuple[Result, None]:
            kept = listing.keep(source, is_dry_run=self.options.is_dry_run)
            outcome = self._told(kept.outcome)
            return Result(label, outcome, warnings=source.warnings, message=kept.reason, listed=source), None

        return self._whole(work, Result(label, "error", listed=source))

    def original(self, pk: int) -> Iterator[Result]:
        """What becomes of a kept file that is read anew."""
        kept = Original.objects.get(pk=pk)
        try:
            url = kept.file_name if kept.file_name.startswith(SCHEMES) else ""
            document = read_one(bytes(kept.raw), kept.format, url=url, statement=self.known.statement)
        except ParseError as error:
            yield self._recorded(refused(kept.file_name, error))
            return
        kept.fields, kept.parser_version = fields_of(document), formats.PARSER_VERSION
        yield self._planned(kept.file_name, document, kept, lambda: (self._find(kept.file_name, kept.article_id), ()))

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
        result = self._planned(found.label, document, original, look)
        if not result.is_error:
            self.known.add(original.article_id, name, original.fields, sha256)
        return result

    def _find(self, file_name: str, article_id: int) -> Counterpart | None:
        return self.known.find(article_id, file_name, is_locking=not self.options.is_dry_run)

    def _planned(self, label: str, document: Document, original: Original, look: Look) -> Result:
        """Plan what to do with a document, and do so or pretend to."""

        def work() -> tuple[Result, Article | None]:
            story, doubts = look()
            planned = plan(original.fields, story, self.known.statement, doubts)
            article = self._carried_out(planned, story, document, original)
            slug = article.slug if article else story.slug if story else ""
            outcome, warnings = self._told(planned.outcome), (*document.warnings, *planned.warnings)
            return Result(label, outcome, document, warnings, planned.changes, planned.reason, slug=slug), article

        return self._whole(work, Result(label, "error", document))

    def _carried_out(
        self, planned: Plan, story: Counterpart | None, document: Document, original: Original
    ) -> Article | None:
        if self.options.is_dry_run:
            original.article_id = self.known.pretend(story, planned, original.fields, self.options.is_publishing)
            return None
        if story:
            return store.update(story, planned, original)
        added_at = self.options.as_of or timezone.now()
        # What a feed only announces, readers have nothing to read of.
        is_publishing = self.options.is_publishing and bool(document.body)
        return store.create(document, original, self.shared, added_at=added_at, is_publishing=is_publishing)

    def _site(self, found: Incoming) -> Iterator[Result]:
        """What becomes of the stories of an exported site. Raises ReadError."""
        restorer = Restorer(is_dry_run=self.options.is_dry_run)
        doubts: tuple[LineWarning, ...] = ()
        for number, line in enumerate(found.lines(MAX_LINE), start=1):
            if not line.strip():
                continue
            failure = Result(found.label, "error", line=number)
            result = self._whole(partial(self._line, restorer, found.label, line, number), failure)
            doubts += result.warnings
            if result.outcome:
                yield replace(result, warnings=doubts)
                doubts = ()
            if result.is_error and number == 1:
                return

    def _line(self, restorer: Restorer, label: str, line: bytes, number: int) -> tuple[Result, Article | None]:
        """What becomes of a line of an exported site: no outcome where it only prepares for stories."""
        record, warnings = site_lines.parse_line(line, number)
        if not isinstance(record, site_lines.Story):
            return Result(label, "", warnings=(*warnings, *restorer.prepare(record, number))), None
        outcome, article = restorer.story(record, number)
        message = str(CONFLICT) if outcome == Outcome.CONFLICT else ""
        document = restorer.document(record)
        return Result(label, self._told(outcome), document, warnings, message=message, slug=record.slug), article

    def _whole(self, work: Callable[[], tuple[Result, Article | None]], failure: Result) -> Result:
        """What ``work`` comes to, written whole and with its row in the record, or else ``failure`` with the cause."""
        try:
            with nullcontext() if self.options.is_dry_run else _one_of_many():
                return self._recorded(*work())
        except ParseError as error:
            return self._recorded(refused(failure.file, error))
        except DatabaseError as error:
            cause = _("the database refused it (%(error)s); nothing of it was kept") % {"error": error}
        except RecursionError:
            cause = _("its Markdown is nested too deeply; nothing of it was kept")
        self.shared.forget()
        return self._recorded(replace(failure, message=cause))

    def _told(self, outcome: Outcome) -> str:
        return outcome if self.options.is_dry_run else DONE.get(outcome, outcome)

    def _unchanged(self, label: str, sha256: str, document: Document | None = None) -> Result:
        waits = sha256 in self.known.waiting
        message = _("an editor has not decided yet on what it proposed") if waits else ""
        return Result(label, Outcome.UNCHANGED, document, document.warnings if document else (), message=message)

    def _recorded(self, result: Result, article: Article | None = None) -> Result:
        """``result``, noted in the record of the run unless nothing came of it."""
        if self.record and result.outcome not in ("", Outcome.UNCHANGED):
            self.record.documents.create(article=article, **row_of(result))
        return result


@contextmanager
def _one_of_many() -> Iterator[None]:
    """A transaction that readers' pages need not show at once: the run says when it is over."""
    with transaction.atomic(), generation.put_off():
        yield
