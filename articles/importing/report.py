"""What an import says of itself: lines for people, one JSON object for programs.

Both come piece by piece while the import goes on, so that an archive of any size needs little memory.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from articles.importing.pipeline import Result

WIDTH = 10
WORDS = {"create": "to create", "update": "to update", "conflict": "in conflict", "error": "failed"}


def lines_of(result: Result) -> Iterator[str]:
    """One line for the file, and one below it for each warning; those of a file known before are left out."""
    place = f"{result.file}:{result.line}" if result.line else result.file
    if result.is_error:
        yield f"{result.outcome:{WIDTH}} {place}: {result.message}"
        return
    title = result.document.headline if result.document else result.listed.name if result.listed else ""
    yield f"{result.outcome:{WIDTH}} {place}" + (f"  {title}" if title else "")
    if result.message:
        yield f"{'':{WIDTH}} {result.message}"
    for line, message in result.warnings if result.outcome.startswith("create") else ():
        yield f"{'':{WIDTH}} line {line}: {message}" if line else f"{'':{WIDTH}} {message}"


def as_text(results: Iterable[Result], *, is_dry_run: bool) -> Iterator[str]:
    """The whole report, line by line; the last one holds the totals."""
    counts: Counter[str] = Counter()
    for result in results:
        counts[result.outcome] += 1
        yield from lines_of(result)
    yield totals(counts, is_dry_run=is_dry_run)


def totals(counts: Mapping[str, int], *, is_dry_run: bool) -> str:
    """How many files had which outcome, on one line."""
    words = ", ".join(f"{count} {WORDS.get(outcome, outcome)}" for outcome, count in sorted(counts.items()))
    return f"Dry run, nothing was written: {words}." if is_dry_run else f"{words}."


def as_json(results: Iterable[Result], *, is_dry_run: bool) -> Iterator[str]:
    """One JSON object in pieces, each on lines of its own.

    ``documents`` have file, outcome, fields, warnings and error; ``summary`` has the counts.
    """
    counts: Counter[str] = Counter()
    yield '{"documents": ['
    for result in results:
        yield f"{',' if counts else ''}{_json(_document_of(result))}"
        counts[result.outcome] += 1
    yield f'], "summary": {_json({"files": counts.total(), "is_dry_run": is_dry_run, **counts})}}}'


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2, default=_plain)


def _plain(value: Any) -> str:
    """A value that JSON has no form for: times as in ISO 8601, decimals digit by digit."""
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _document_of(result: Result) -> dict[str, Any]:
    found = result.document or result.listed
    fields = asdict(found) if found else {}
    for name in ("warnings", "original"):
        fields.pop(name, None)
    report: dict[str, Any] = {
        "file": result.file,
        "outcome": result.outcome,
        "fields": fields,
        "warnings": [warning._asdict() for warning in result.warnings],
    }
    if result.message:
        report["error" if result.is_error else "reason"] = result.message
    if result.line:
        report["line"] = result.line
    return report
