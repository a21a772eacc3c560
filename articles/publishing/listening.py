"""The generation on PostgreSQL: a thread listens for changes, and asks once a second in case it missed one."""

import logging
import threading
import time
from typing import Any

import psycopg
from django.db import DatabaseError, connection

from articles.publishing.generation import READ
from articles.publishing.triggers import CHANNEL

log = logging.getLogger(__name__)

POLL = 1.0
# What has not been confirmed for longer than this is not known any more.
TRUST = 2.0


class ChannelWatch:
    """What PostgreSQL said last: a few milliseconds after each commit, a second if a notification is lost.

    Where several processes keep pages, on one host or many, each listens for itself.
    """

    def __init__(self) -> None:
        self._row: tuple[int, int] | None = None
        self._trusted_until = 0.0
        self._parameters: dict[str, Any] = connection.get_connection_params()
        self._asking = threading.Lock()
        self._is_closed = threading.Event()
        self._listener = threading.Thread(target=self._listen_on, name="generation", daemon=True)
        self._listener.start()

    def read(self) -> tuple[int, int] | None:
        """The row as it was last heard of; None before the first word and after too long a silence."""
        return self._row if time.monotonic() < self._trusted_until else None

    def doubt(self) -> None:
        """Ask at once, on this thread's own connection: what this process commits, it knows without delay."""
        try:
            with connection.cursor() as cursor:
                self._ask(cursor)
        except DatabaseError:
            self._trusted_until = 0.0

    def close(self) -> None:
        """Listen no more."""
        self._is_closed.set()
        self._listener.join()

    def _listen_on(self) -> None:
        while not self._is_closed.is_set():
            try:
                self._listen()
            except psycopg.Error as error:
                log.warning("The database does not say what has changed, so no page is kept: %s", error)
                self._is_closed.wait(POLL)

    def _listen(self) -> None:
        with psycopg.connect(**self._parameters, autocommit=True) as heard, heard.cursor() as cursor:
            cursor.execute(f"LISTEN {CHANNEL}")
            while not self._is_closed.is_set():
                self._ask(cursor)
                for _ in heard.notifies(timeout=POLL, stop_after=1):
                    pass

    def _ask(self, cursor: Any) -> None:
        """One at a time, so that what was asked first is never kept last."""
        with self._asking:
            cursor.execute(READ)
            self._row = cursor.fetchone()
            self._trusted_until = time.monotonic() + TRUST
