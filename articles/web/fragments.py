"""Pieces of pages, rendered once for what they show.

A piece is kept by its content, the values that its template gets. Nothing has to be renewed, for other content is
another piece. So these are plain values, all that the template shows: never a record, which may look something up.
"""

from collections.abc import Hashable, Mapping
from dataclasses import is_dataclass
from functools import lru_cache
from typing import Any

from django.template.loader import get_template
from django.utils.safestring import SafeString
from django.utils.translation import get_language

MOST = 1_000


class Piece:
    """What a template gets; two are the same if it can't show a difference."""

    def __init__(self, template: str, values: Mapping[str, Any]) -> None:
        self.template, self.values = template, values
        content = (template, get_language(), *((name, content_of(value)) for name, value in values.items()))
        self.content, self.hash = content, hash(content)

    def __hash__(self) -> int:
        return self.hash

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Piece) and self.content == other.content


def render_piece(template: str, values: Mapping[str, Any]) -> SafeString:
    """``template`` rendered with ``values`` alone. Raises TypeError for a value that can't be compared by content."""
    return _kept(Piece(template, values))


def forget() -> None:
    """Keep no piece any longer."""
    _kept.cache_clear()


@lru_cache(maxsize=MOST)
def _kept(piece: Piece) -> SafeString:
    html: SafeString = get_template(piece.template).render(dict(piece.values))  # type: ignore[assignment]
    return html


def content_of(value: Any) -> Hashable:
    """All that ``value`` holds, as something that compares by it. Raises TypeError for a record of the database."""
    if isinstance(value, list):
        return tuple(map(content_of, value))
    if is_dataclass(value):
        return type(value), tuple(map(content_of, vars(value).values()))
    if hasattr(value, "_state"):
        raise TypeError(f"{value!r} is a record, and may look something up.")
    return value  # type: ignore[no-any-return]
