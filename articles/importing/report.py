"""What an import says of itself: lines for people, one JSON object for programs; docs/import.md tells its shape.

Both come piece by piece while the import goes on, so that an archive of any size needs little memory.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Protocol

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from articles.importing.diffs import diff_of
from articles.importing.fields import fields_of
from articles.importing.merge import FieldChange, Verdict
from articles.importing.pipeline import Result

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

WIDTH = 10
INDENT = f"{'':{WIDTH}} "
# What editors call an outcome.
OUTCOMES: "dict[str, StrPromise]" = {
    "create": pgettext_lazy("outcome", "Create"),
    "created": pgettext_lazy("outcome", "Created"),
    "update": pgettext_lazy("outcome", "Update"),
    "updated": pgettext_lazy("outcome", "Updated"),
    "propose": pgettext_lazy("outcome", "Propose"),
    "proposed": pgettext_lazy("outcome", "Proposed"),
    "conflict": pgettext_lazy("outcome", "Conflict"),
    "unchanged": pgettext_lazy("outcome", "Unchanged"),
    "error": pgettext_lazy("outcome", "Error"),
}
VERDICTS = {
    Verdict.TAKE: gettext_lazy("taken from the file"),
    Verdict.PROPOSE: gettext_lazy("proposed to an editor"),
    Verdict.KEEP: gettext_lazy("kept as edited here"),
    Verdict.CONFLICT: gettext_lazy("changed here and in the file: left for an editor"),
}


class Report(Protocol):
    """A way to tell of ``results``, piece by piece, each on lines of its own."""

    def __call__(self, results: Iterable[Result], *, is_dry_run: bool) -> Iterator[str]: ...


def lines_of(result: Result) -> Iterator[str]:
    """One line for the file, and below it each change with its diff and each warning; none for a file known before."""
    place = f"{result.file}:{result.line}" if result.line else result.file
    if result.is_error:
        yield f"{result.outcome:{WIDTH}} {place}: {result.message}"
        return
    yield f"{result.outcome:{WIDTH}} {place}" + (f"  {result.title}" if result.title else "")
    if result.message:
        yield INDENT + result.message
    for change in result.changes:
        yield from _lines_of_change(change)
    for line, message in result.warnings if result.outcome != "unchanged" else ():
        yield INDENT + (f"line {line}: {message}" if line else message)


def _lines_of_change(change: FieldChange) -> Iterator[str]:
    yield f"{INDENT}{change.field}: {VERDICTS[change.verdict]}"
    if change.verdict != Verdict.KEEP:
        yield from (f"{INDENT}  {line}" for line in diff_of(change))


def as_text(results: Iterable[Result], *, is_dry_run: bool) -> Iterator[str]:
    """The whole report, line by line; the last one holds the totals."""
    counts: Counter[str] = Counter()
    for result in results:
        counts[result.outcome] += 1
        yield from lines_of(result)
    yield totals(counts, is_dry_run=is_dry_run)


def totals(counts: Mapping[str, int], *, is_dry_run: bool) -> str:
    """How many documents had which outcome, on one line."""
    if not counts:
        return _("Dry run, nothing was written: nothing to do.") if is_dry_run else _("Nothing to do.")
    words = _(", ").join(_counted(outcome, count) for outcome, count in sorted(counts.items()))
    return _("Dry run, nothing was written: %(counts)s.") % {"counts": words} if is_dry_run else f"{words}."


def _counted(outcome: str, count: int) -> str:
    """How many documents had this outcome, in words."""
    phrases = {
        "create": ngettext("%(count)s to create", "%(count)s to create", count),
        "created": ngettext("%(count)s created", "%(count)s created", count),
        "update": ngettext("%(count)s to update", "%(count)s to update", count),
        "updated": ngettext("%(count)s updated", "%(count)s updated", count),
        "propose": ngettext("%(count)s to propose", "%(count)s to propose", count),
        "proposed": ngettext("%(count)s proposed", "%(count)s proposed", count),
        "conflict": ngettext("%(count)s conflict", "%(count)s conflict", count),
        "unchanged": ngettext("%(count)s unchanged", "%(count)s unchanged", count),
        "error": ngettext("%(count)s failed", "%(count)s failed", count),
    }
    return phrases[outcome] % {"count": count}


def as_json(results: Iterable[Result], *, is_dry_run: bool) -> Iterator[str]:
    """One JSON object in pieces, each on lines of its own.

    ``documents`` have file, outcome, fields, changes and warnings, and where there is one the slug of the story, the
    error with its line or the reason of a wait; ``summary`` has the counts.
    """
    counts: Counter[str] = Counter()
    yield '{"documents": ['
    for result in results:
        yield f"{',' if counts else ''}{_json(_document_of(result))}"
        counts[result.outcome] += 1
    yield f'], "summary": {_json({"files": counts.total(), "is_dry_run": is_dry_run, **counts})}}}'


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


def _fields_of(result: Result) -> dict[str, Any]:
    if result.listed:
        return {name: value for name, value in asdict(result.listed).items() if name not in ("line", "warnings")}
    return fields_of(result.document) if result.document else {}


def _document_of(result: Result) -> dict[str, Any]:
    report: dict[str, Any] = {
        "file": result.file,
        "outcome": result.outcome,
        "fields": _fields_of(result),
        "changes": [asdict(change) for change in result.changes],
        "warnings": [warning._asdict() for warning in result.warnings],
    }
    if result.slug:
        report["slug"] = result.slug
    if result.message:
        report["error" if result.is_error else "reason"] = result.message
    if result.line:
        report["line"] = result.line
    return report
