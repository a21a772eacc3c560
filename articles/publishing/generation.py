"""What the generation is now: read at each request on SQLite, heard of at once on PostgreSQL."""

import mmap
import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

from django.db import connection
from django.utils import timezone

from articles.publishing.triggers import CHANNEL, NOW, PUT_OFF, RAISE

# In milliseconds since 1970: the number in the database, the last midnight, and when changes put off came to count.
Generation = tuple[int, int, int]
# The first and the last of these.
Row = tuple[int, int]

READ = "SELECT number, due_at FROM articles_generation"
# The header of the WAL index stands there twice.
HEADER_SIZE = 2 * 48
# In place of what the triggers have made of the row since it was read.
PUT_OFF_SINCE = (
    PUT_OFF.format(now=NOW["sqlite"], number="%(number)s", due_at="%(due_at)s") + " WHERE number <> %(number)s"
)


class Watch(Protocol):
    """Knows the row of the generation in a database."""

    def read(self) -> Row | None:
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
        at = time.time() * 1000
        if not self._midnight <= at < self._day_ends:
            self._midnight, self._day_ends = _day_around(int(at))
        return number, self._midnight, due_at if due_at <= at else 0


class FileWatch:
    """Reads the row of a SQLite ``database``, by its path or URI, if anything was committed since it was last read.

    That shows in the index that all connections in WAL mode share: each commit changes its header, and each reader
    compares that to know whether its cache is still good (https://www.sqlite.org/walformat.html, section 2). So does
    this, in a tenth of a microsecond and without handing the interpreter to another thread, as a query would.
    Without that index, every reading is a query.
    """

    def __init__(self, database: str) -> None:
        self._database = database
        self._asking = threading.Lock()
        self._connection: sqlite3.Connection | None = None
        self._index: mmap.mmap | None = None
        self._known: tuple[bytes, Row | None] = (b"", None)

    def read(self) -> Row | None:
        """The row as it was committed last."""
        header = self._index[:HEADER_SIZE] if self._index else b""
        seen, row = self._known
        return row if header and header == seen else self._ask(header)

    def doubt(self) -> None:
        """Nothing: no reading is older than its request."""

    def _ask(self, header: bytes) -> Row | None:
        """``header`` was read before the row is: if that changes in between, it is read once more than needed."""
        try:
            with self._asking:
                connection = self._connection or self._open()
                row: Row | None = connection.execute(READ).fetchone()
        except sqlite3.Error:
            return None
        self._known = header, row
        return row

    def _open(self) -> sqlite3.Connection:
        """Connect, and map the index. Neither is ever closed: SQLite would lose its locks or begin another index."""
        opened = sqlite3.connect(self._database, uri=True, isolation_level=None, check_same_thread=False)
        opened.execute("PRAGMA query_only = 1")
        opened.execute(READ).fetchone()
        index = Path(opened.execute("PRAGMA database_list").fetchone()[2] + "-shm")
        if index.is_file():
            self._index = mmap.mmap(os.open(index, os.O_RDONLY), HEADER_SIZE, prot=mmap.PROT_READ)
        self._connection = opened
        return opened


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
        if before:
            cursor.execute(PUT_OFF_SINCE, dict(zip(("number", "due_at"), before, strict=True)))


def come_due() -> None:
    """Let what was put off count now."""
    _write("UPDATE articles_generation SET number = number + 1, due_at = 0 WHERE due_at > 0")


def begin() -> None:
    """Begin a generation, after a change that no trigger sees."""
    _write(RAISE[connection.vendor])


def _write(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        if connection.vendor == "postgresql":
            cursor.execute(f"NOTIFY {CHANNEL}")


def _day_around(at: int) -> tuple[int, int]:
    """The midnights, in milliseconds, before and after a moment, in the site's time zone."""
    day = timezone.localtime(datetime.fromtimestamp(at / 1000, tz=timezone.get_default_timezone())).date()
    midnights = (datetime.combine(day + timedelta(days=days), datetime.min.time()) for days in (0, 1))
    start, end = (timezone.make_aware(midnight, timezone.get_default_timezone()) for midnight in midnights)
    return int(start.timestamp() * 1000), int(end.timestamp() * 1000)
