"""Pieces of pages, rendered once for what they show.

A piece is kept by its content: the values that its template gets, down to every field of a story and of what was
fetched along with it. Nothing has to be renewed, for other content is another piece.
"""

from collections.abc import Callable, Mapping
from dataclasses import is_dataclass
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import Model, QuerySet
from django.template.loader import get_template
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language

MOST = 1_000
# Values that compare by what they hold, as most do: asked first, since there are so many.
PLAIN = frozenset({str, int, bool, type(None), datetime, Decimal})


class Piece:
    """What a template gets; two are the same if it can't show a difference."""

    def __init__(self, template: str, values: Mapping[str, Any]) -> None:
        self.template, self.values = template, values
        # What is shown depends on these too: a time has no year in the year itself, and words have a language.
        now = timezone.localdate(), timezone.get_current_timezone_name(), get_language()
        content = (template, now, *((name, content_of(value)) for name, value in values.items()))
        self.content, self.hash = content, hash(content)

    def __hash__(self) -> int:
        return self.hash

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Piece) and self.content == other.content


class Unkept(Exception):  # noqa: N818 (it carries what was rendered)
    """A piece that looked something up while it was rendered: its content does not say all that it shows."""

    def __init__(self, html: SafeString) -> None:
        self.html = html


def render_piece(template: str, values: Mapping[str, Any]) -> SafeString:
    """``template`` rendered with ``values`` alone."""
    try:
        return _kept(Piece(template, values))
    except Unkept as piece:
        return piece.html


def forget() -> None:
    """Keep no piece any longer."""
    _kept.cache_clear()


@lru_cache(maxsize=MOST)
def _kept(piece: Piece) -> SafeString:
    asked = []

    def note(execute: Callable[..., Any], *arguments: Any) -> Any:
        asked.append(arguments[0])
        return execute(*arguments)

    with connection.execute_wrapper(note):
        html: SafeString = get_template(piece.template).render(dict(piece.values))  # type: ignore[assignment]
    if asked:
        raise Unkept(html)
    return html


def content_of(value: Any, owners: tuple[Model, ...] = ()) -> Any:
    """All that ``value`` holds, as something that compares by it. What leads back to one of ``owners`` ends there."""
    if type(value) in PLAIN:
        return value
    if isinstance(value, Model):
        if any(value is owner for owner in owners):
            return value.pk
        fetched = value._state.fields_cache, getattr(value, "_prefetched_objects_cache", {})
        return type(value), *(_parts(held, (*owners, value)) for held in (value.__dict__, *fetched))
    if isinstance(value, dict) or is_dataclass(value):
        return type(value), _parts(value if isinstance(value, dict) else vars(value), owners)
    if isinstance(value, (list, tuple, QuerySet)):
        return tuple([content_of(part, owners) for part in value])
    return value


def _parts(held: Mapping[str, Any], owners: tuple[Model, ...]) -> Any:
    """Names and values, without Django's own notes on a model, which begin with an underscore."""
    values = [
        part if type(part) in PLAIN else content_of(part, owners) for name, part in held.items() if name[0] != "_"
    ]
    return tuple(held), tuple(values)
