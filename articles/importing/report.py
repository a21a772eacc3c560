"""What an import says of itself: lines for people, one JSON object for programs."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from articles.importing.pipeline import Result

WIDTH = 10
WORDS = {"create": "to create", "error": "failed"}


def lines_of(result: Result) -> Iterator[str]:
    """One line for the file, and one below it for each warning; those of a file known before are left out."""
    place = f"{result.file}:{result.line}" if result.line else result.file
    if result.is_error:
        yield f"{result.outcome:{WIDTH}} {place}: {result.message}"
        return
    headline = result.document.headline if result.document else ""
    yield f"{result.outcome:{WIDTH}} {place}  {headline}"
    if result.message:
        yield f"{'':{WIDTH}} {result.message}"
    for line, message in result.warnings if result.outcome.startswith("create") else ():
        yield f"{'':{WIDTH}} line {line}: {message}" if line else f"{'':{WIDTH}} {message}"


def totals(results: Sequence[Result], *, is_dry_run: bool) -> str:
    """How many files had which outcome, on one line."""
    counts = Counter(result.outcome for result in results)
    words = ", ".join(f"{count} {WORDS.get(outcome, outcome)}" for outcome, count in sorted(counts.items()))
    return f"Dry run, nothing was written: {words}." if is_dry_run else f"{words}."


def as_json(results: Sequence[Result], *, is_dry_run: bool) -> str:
    """The whole report: ``documents`` with file, outcome, fields, warnings and error; ``summary`` with the counts."""
    counts = Counter(result.outcome for result in results)
    summary = {"files": len(results), "is_dry_run": is_dry_run, **counts}
    report = {"documents": [_document_of(result) for result in results], "summary": summary}
    return json.dumps(report, ensure_ascii=False, indent=2, default=_plain)


def _plain(value: Any) -> str:
    """A value that JSON has no form for: times as in ISO 8601, decimals digit by digit."""
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _document_of(result: Result) -> dict[str, Any]:
    fields = asdict(result.document) if result.document else {}
    fields.pop("warnings", None)
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
