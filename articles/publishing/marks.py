"""How a view says that its page is the same for every reader, and so may be kept."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from django.conf import settings
from django.urls import Resolver404, ResolverMatch, resolve

View = TypeVar("View", bound=Callable[..., object])


@dataclass(frozen=True)
class Mark:
    """What a public view reads of a request, besides its address and the reading settings.

    ``query`` names its parameters, of which the last of each name counts, and ``lists`` those of which all count;
    ``fragments`` are those that it may answer with. It gets nothing else to see: what is kept is rendered from a
    request that holds these alone.
    """

    query: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    fragments: tuple[str, ...] = ()


def published(
    *, query: tuple[str, ...] = (), lists: tuple[str, ...] = (), fragments: tuple[str, ...] = ()
) -> Callable[[View], View]:
    """Decorate a view whose page is public. One without this mark is never kept."""

    def mark(view: View) -> View:
        view.published = Mark(query, lists, fragments)  # type: ignore[attr-defined]
        return view

    return mark


def mark_at(path: str) -> tuple[Mark, ResolverMatch] | None:
    """The mark of the view at ``path`` and how it was found; None where there is no view or it has no mark."""
    return _mark_at(path, settings.ROOT_URLCONF)


@lru_cache(1_000)
def _mark_at(path: str, urlconf: str) -> tuple[Mark, ResolverMatch] | None:
    try:
        match = resolve(path, urlconf)
    except Resolver404:
        return None
    mark = getattr(match.func, "published", None)
    return (mark, match) if mark else None
