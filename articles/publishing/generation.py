"""What the generation is now: read at each request on SQLite, heard of at once on PostgreSQL."""

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, Protocol

from django.db import connection
from django.utils import timezone

from articles.publishing.triggers import NOW, PUT_OFF, RAISE

# In milliseconds since 1970: the number in the database, the last midnight, and when changes put off came to count.
Generation = tuple[int, int, int]

READ = "SELECT number, due_at FROM articles_generation"
PUT_OFF_ON_SQLITE = PUT_OFF.format(now=NOW["sqlite"])


class Watch(Protocol):
    """Knows the row of the generation in a database."""

    def read(self) -> tuple[int, int] | None:
        """Its number and when changes put off are due, 0 for none; None if that can't be known."""

    def doubt(self) -> None:
        """Something may have been written in this process just now."""


class Clock:
    """Tells the generation: equal as long as no page can have changed.

    Besides what the database says, the day begins one, for pages that say "Today".
    """

    def __init__(self, watch: Watch) -> None:
        self.watch = watch
        self._midnight = self._day_ends = 0

    def now(self) -> Generation | None:
        """The generation, None if it can't be known: then nothing may be kept or sent."""
        row = self.watch.read()
        if row is None:
            return None
        number, due_at = row
        at = int(time.time() * 1000)
        if not self._midnight <= at < self._day_ends:
            self._midnight, self._day_ends = _day_around(at)
        return number, self._midnight, due_at if due_at <= at else 0


class FileWatch:
    """Reads the row of a SQLite database, on a connection of its own for each thread: some three microseconds."""

    def __init__(self) -> None:
        self._local = threading.local()

    def read(self) -> tuple[int, int] | None:
        """The row as it was committed last."""
        try:
            row: tuple[int, int] | None = self._execute()(READ).fetchone()
        except sqlite3.Error:
            self._local.__dict__.clear()
            return None
        return row

    def doubt(self) -> None:
        """Nothing: each reading is fresh."""

    def _execute(self) -> Callable[[str], sqlite3.Cursor]:
        try:
            execute: Callable[[str], sqlite3.Cursor] = self._local.execute
        except AttributeError:
            parameters: dict[str, Any] = connection.get_connection_params()
            opened = sqlite3.connect(parameters["database"], uri=True, isolation_level=None)
            opened.execute("PRAGMA query_only = 1")
            execute = self._local.execute = opened.execute
        return execute


@contextmanager
def put_off() -> Iterator[None]:
    """Inside a transaction: let its changes count within PATIENCE, together with those of others like it.

    For work that changes much in many transactions, such as a large import, which would otherwise leave no page
    valid for longer than one of them takes. ``come_due`` ends the wait.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT set_config('newsroom.puts_off', 'yes', true)")
            yield
            return
        cursor.execute(READ)
        before = cursor.fetchone()
        yield
        cursor.execute(READ)
        if before and cursor.fetchone() != before:
            cursor.execute("UPDATE articles_generation SET number = %s, due_at = %s", before)
            cursor.execute(PUT_OFF_ON_SQLITE)


def come_due() -> None:
    """Begin a generation: let everything count now, also what was put off."""
    with connection.cursor() as cursor:
        cursor.execute(RAISE[connection.vendor])


def _day_around(at: int) -> tuple[int, int]:
    """The midnights, in milliseconds, before and after a moment, in the site's time zone."""
    day = timezone.localtime(datetime.fromtimestamp(at / 1000, tz=timezone.get_default_timezone())).date()
    midnights = (datetime.combine(day + timedelta(days=days), datetime.min.time()) for days in (0, 1))
    start, end = (timezone.make_aware(midnight, timezone.get_default_timezone()) for midnight in midnights)
    return int(start.timestamp() * 1000), int(end.timestamp() * 1000)
