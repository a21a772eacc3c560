"""What an import is asked for and what it answers."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from articles.importing.documents import Document, LineWarning, ListedSource, ParseError
from articles.importing.files import ReadError
from articles.importing.guard import FetchError
from articles.importing.merge import FieldChange
from articles.importing.models import PLACE_LENGTH
from articles.importing.plan import Outcome

DONE = {Outcome.CREATE: "created", Outcome.UPDATE: "updated", Outcome.PROPOSE: "proposed"}
# What the record of a run keeps of one document: enough to act on, whatever its size.
MOST_WARNINGS, MESSAGE_LENGTH = 50, 500


class Incoming(Protocol):
    """A file to import: ``label`` is its place as messages name it, ``name`` what is kept of that, "" for none.

    Once it is read, ``url`` and ``charset`` tell where it was fetched from and what the server said, "" of a file.
    """

    @property
    def label(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def url(self) -> str: ...
    @property
    def charset(self) -> str: ...
    def read(self) -> bytes:
        """The bytes. Raises ReadError or FetchError."""

    def starts_with(self, mark: bytes) -> bool:
        """Whether the file is known to begin with ``mark``."""

    def lines(self, longest: int) -> Iterator[bytes]:
        """The lines, one by one. Raises ReadError, also for one of more than ``longest`` bytes."""


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
    """What became of one document, or of a ``listed`` outlet: its outcome, with what was read unless that failed.

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
    listed: ListedSource | None = None

    @property
    def title(self) -> str:
        """The headline of the story, or the name of the outlet; "" where neither was read."""
        return self.document.headline if self.document else self.listed.name if self.listed else ""

    @property
    def is_error(self) -> bool:
        return self.outcome == "error"


def row_of(result: Result) -> dict[str, Any]:
    """What the record keeps of a document: enough to act on, whatever its size."""
    return {
        "file": result.file[-PLACE_LENGTH:],
        "outcome": result.outcome,
        "line": result.line,
        "message": result.message[:MESSAGE_LENGTH],
        "warnings": [[line, message[:MESSAGE_LENGTH]] for line, message in result.warnings[:MOST_WARNINGS]],
        "changes": [{"field": change.field, "verdict": change.verdict} for change in result.changes],
    }


def refused(label: str, error: ReadError | FetchError | ParseError) -> Result:
    """The result of a file or document that can't be read."""
    if isinstance(error, ParseError):
        return Result(label, "error", message=error.message, line=error.line)
    return Result(label, "error", message=str(error))
