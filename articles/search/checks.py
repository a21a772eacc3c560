"""System check of the search index: ``check --database default`` and ``/readyz`` run it."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

from articles.search import index
from articles.web.checks import is_migrated


@register(Tags.database)
def search_index_is_in_order(
    app_configs: Any, databases: Sequence[str] | None = None, **kwargs: Any
) -> Sequence[CheckMessage]:
    """Report an index that lacks a table or trigger, which SQLite drops when a migration rebuilds a table.

    Says nothing while migrations are waiting, since they may bring the index or change it: ``migrate`` must run.
    """
    migrated = [alias for alias in databases or () if is_migrated(connections[alias])]
    return [_disorder(alias) for alias in migrated if not index.is_in_order(connections[alias])]


def _disorder(alias: str) -> Error:
    return Error(
        f"The search index of the database {alias!r} is not in order: new and changed stories may not be found.",
        hint="Run `python manage.py rebuild_search_index`.",
        id="articles.E001",
    )
