"""System checks of what the site stands on."""

import sqlite3
from collections.abc import Sequence
from typing import Any

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


def is_migrated(connection: BaseDatabaseWrapper) -> bool:
    """Whether every migration of the app is applied to this database."""
    loader = MigrationLoader(connection)
    return all(node in loader.applied_migrations for node in loader.graph.leaf_nodes("articles"))
