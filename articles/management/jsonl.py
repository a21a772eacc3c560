"""JSON objects by the line: one in, one out, in order."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

Record = dict[str, Any]


def answer_lines(lines: Iterable[str], answer: Callable[[Record], Mapping[str, Any]]) -> Iterator[Record]:
    """What ``answer`` makes of each object, with the object's "id" if it has one; blank lines are passed over.

    A line that can't be read, and one that ``answer`` refuses with a ValueError, comes out as {"line", "error"}.
    """
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        record: Record = {}
        try:
            record = _read(line)
            answered = dict(answer(record))
        except ValueError as error:
            answered = {"line": number, "error": str(error)}
        yield {"id": record["id"], **answered} if "id" in record else answered


def text_of(record: Record, name: str, *, default: str | None = None) -> str:
    """The text that a record has under this name. Raises ValueError if it has none and there is no default."""
    value = record.get(name, default)
    if not isinstance(value, str):
        raise ValueError(f"“{name}” has to be a text.")
    return value


def _read(line: str) -> Record:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"This line is no JSON: {error}.") from error
    if not isinstance(record, dict):
        raise ValueError("This line has to be a JSON object.")
    return record
