"""System checks of what the site stands on."""

import sqlite3
from collections.abc import Sequence
from typing import Any

from django.core import checks
from django.core.checks import CheckMessage, Tags, register
from django.db import connection

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
