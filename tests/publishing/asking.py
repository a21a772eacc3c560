"""Asking the published pages as a server would, and Django itself for comparison."""

import sys
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.db import connection

from articles.publishing.generation import READ, Clock, Row
from articles.publishing.pages import Application, PublishedPages

MEGABYTE = 1024 * 1024


class AskingWatch:
    """Asks on the test's own connection, so that what the test has not committed counts already."""

    def read(self) -> Row | None:
        """The row as it stands in the test's transaction."""
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                # As at the end of a transaction: what was put off to it is done.
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")
                for name in ("has_raised", "puts_off"):
                    cursor.execute("SELECT set_config(%s, '', true)", [f"newsroom.{name}"])
            cursor.execute(READ)
            row: Row | None = cursor.fetchone()
            return row

    def doubt(self) -> None:
        """Nothing."""


@dataclass(frozen=True)
class Told:
    """An answer as it goes to the server."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()


def environ_of(path: str, **changes: Any) -> dict[str, Any]:
    """A GET for ``path``, which may have a query, with other variables as ``changes`` say; None takes one away."""
    path, _, query = path.partition("?")
    environ = {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": path.encode().decode("latin-1"),
        "QUERY_STRING": query,
        "HTTP_HOST": "testserver",
        "REMOTE_ADDR": "203.0.113.7",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(),
        "wsgi.errors": sys.stderr,
        **changes,
    }
    return {name: value for name, value in environ.items() if value is not None}


def ask(application: Application, path: str, **changes: Any) -> Told:
    """What ``application`` answers to a GET for ``path``."""
    said: list[tuple[str, list[tuple[str, str]]]] = []

    def start_response(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> None:
        said.append((status, headers))

    chunks: Any = application(environ_of(path, **changes), start_response)
    body = b"".join(chunks)
    if close := getattr(chunks, "close", None):
        close()
    ((status, headers),) = said
    return Told(int(status[:3]), dict(headers), body)


def open_pages(application: Application | None = None, *, max_bytes: int = 4 * MEGABYTE) -> PublishedPages:
    """A store over the test's database, as one process has it."""
    return PublishedPages(application or WSGIHandler(), Clock(AskingWatch()), max_bytes)


def generation() -> tuple[int, ...] | None:
    """The generation now."""
    return Clock(AskingWatch()).now()


def raw_sql(sql: str) -> None:
    """Change the database as a person at its shell does."""
    with connection.cursor() as cursor:
        cursor.execute(sql)
