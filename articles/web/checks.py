"""System checks of what the site stands on."""

import sqlite3
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Tags, register
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader

from articles.web import triggers

FIXED_IN = (3, 51, 3)
BACKPORTS = ((3, 44, 6), (3, 50, 7))


@register(Tags.compatibility)
def sqlite_is_sound(app_configs: Any, **kwargs: Any) -> Sequence[CheckMessage]:
    """Warn of a SQLite whose write-ahead log can lose commits when it is reset."""
    if connection.vendor != "sqlite":
        return []
    version = sqlite3.sqlite_version_info
    if not has_wal_reset_fault(version):
        return []
    return [
        checks.Warning(
            f"SQLite {'.'.join(map(str, version))} can lose commits when its write-ahead log is reset.",
            hint="Install pysqlite3 (Linux x86-64 has a wheel), a SQLite of 3.51.3 or later, or use PostgreSQL.",
            id="articles.W001",
        )
    ]


def has_wal_reset_fault(version: tuple[int, ...]) -> bool:
    """Whether this SQLite version has the fault mended in 3.51.3 and carried back to 3.44.6 and 3.50.7."""
    if version >= FIXED_IN:
        return False
    return not any(version[:2] == fixed[:2] and version >= fixed for fixed in BACKPORTS)


@register(Tags.database)
def triggers_are_in_order(
    app_configs: Any, databases: Sequence[str] | None = None, **kwargs: Any
) -> Sequence[CheckMessage]:
    """Report triggers that are missing or differ; SQLite drops them when a migration rebuilds their table.

    Says nothing while migrations are waiting, since they may bring triggers or change them.
    """
    migrated = [alias for alias in databases or () if is_migrated(connections[alias])]
    found = [(alias, triggers.differing(connections[alias])) for alias in migrated]
    return [
        checks.Error(
            f"Triggers of the database {alias!r} are not in order: {', '.join(names)}.",
            hint="Run `python manage.py install_triggers`.",
            id="articles.E002",
        )
        for alias, names in found
        if names
    ]


@register(Tags.caches)
def limits_are_counted(app_configs: Any, **kwargs: Any) -> Sequence[CheckMessage]:
    """Refuse a cache in which what readers send can't be counted, or only by each process for itself."""
    backend = settings.CACHES["default"]["BACKEND"].rpartition(".")[2]
    if backend == "DummyCache":
        what, why = "This cache keeps nothing, so that no limit on what readers send holds.", ""
    elif backend == "LocMemCache" and settings.SERVER_PROCESSES > 1:
        why = f"Each of {settings.SERVER_PROCESSES} server processes would count what readers send for itself."
        what = "The cache is local memory."
    else:
        return []
    hint = "Set CACHE_URL=redis://…, or run one process with threads (GRANIAN_WORKERS=1, CACHE_URL=locmem://)."
    return [checks.Error(f"{what} {why}".strip(), hint=hint, id="articles.E003")]


def is_migrated(connection: BaseDatabaseWrapper) -> bool:
    """Whether every migration of the app is applied to this database."""
    loader = MigrationLoader(connection)
    return all(node in loader.applied_migrations for node in loader.graph.leaf_nodes("articles"))
