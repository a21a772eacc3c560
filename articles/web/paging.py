"""Paging by key: a page starts after the last row of the one before, so page 1,000 costs what page 1 costs.

A cursor holds the sort key of that last row: base64url of JSON, opaque to the reader, checked when it comes back.
"""

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import DateTimeField, Model, Q, QuerySet
from django.http import Http404
from django.utils.timezone import is_naive

M = TypeVar("M", bound=Model)
T = TypeVar("T")

PAGE_SIZE = 20


@dataclass(frozen=True)
class Page(Generic[T]):
    """One page of a list: its rows, and the cursor of the next page ("" where this is the last)."""

    rows: Sequence[T]
    next_cursor: str


def page_by_key(rows: QuerySet[M], *, order_by: str, cursor: str = "", size: int = PAGE_SIZE) -> Page[M]:
    """The page of ``rows`` that follows ``cursor`` ("" for the first), at most ``size`` rows, in one query.

    ``order_by`` names the field to sort by, with a leading ``-`` for newest first; the primary key settles ties.
    Raises Http404 for a cursor that this site did not make.
    """
    field = order_by.removeprefix("-")
    is_descending = order_by.startswith("-")
    if cursor:
        rows = rows.filter(_after(rows.model, field, cursor, "lt" if is_descending else "gt"))
    found = list(rows.order_by(order_by, "-pk" if is_descending else "pk")[: size + 1])
    page = found[:size]
    return Page(page, cursor_of(page[-1], field) if len(found) > size else "")


def cursor_of(row: Model, field: str) -> str:
    """The cursor of the page that follows ``row`` in a list sorted by ``field``."""
    value = row.serializable_value(field)
    text = json.dumps([value.isoformat() if hasattr(value, "isoformat") else value, row.pk])
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def moment_of(cursor: str) -> datetime:
    """The time at which the page before ended, for a ``cursor`` by time that ``page_by_key`` has accepted."""
    moment: datetime = _check(DateTimeField().to_python(_read(cursor)[0]))
    return moment


def _read(cursor: str) -> tuple[Any, Any]:
    raw, pk = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    return raw, pk


def _after(model: type[Model], field: str, cursor: str, side: str) -> Q:
    try:
        raw, pk = _read(cursor)
        value = _check(_column(model, field).to_python(raw))
        pk = _check(model._meta.pk.to_python(pk))
    except (ValueError, TypeError, AttributeError, OverflowError, RecursionError, ValidationError) as error:
        raise Http404("This page of the list does not exist.") from error
    # The first term alone lets the database start in the index; the second settles ties.
    return Q(**{f"{field}__{side}e": value}) & (Q(**{f"{field}__{side}": value}) | Q(**{f"pk__{side}": pk}))


def _column(model: type[Model], name: str) -> Any:
    field = model._meta.get_field(name)
    return getattr(field, "output_field", field)


def _check(value: Any) -> Any:
    """``value`` if a database can hold it. Raises ValueError or OverflowError."""
    if value is None or (isinstance(value, datetime) and is_naive(value)):
        raise ValueError("There is no such key.")
    if isinstance(value, datetime):
        return value.astimezone(UTC)
    if isinstance(value, str) and b"\0" in value.encode():
        raise ValueError("No text holds this character.")
    return value
