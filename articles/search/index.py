"""The search index as a whole: which database keeps it how, making it anew, and whether it is in order."""

from collections.abc import Sequence
from typing import Protocol

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

from articles.search import postgres, sqlite
from articles.search.limits import Limits, Place
from articles.search.marks import Marked
from articles.search.terms import Query
from articles.web import triggers
from articles.web.triggers import Trigger

PREFIX = "articles_search_"
EVENTS = ("INSERT", "UPDATE", "DELETE", "TRUNCATE")


class Keeper(Protocol):
    """What a database's own module offers."""

    CREATE: tuple[str, ...]
    FILL: tuple[str, ...]

    def drop(self, cursor: CursorWrapper) -> None: ...
    def is_in_order(self, cursor: CursorWrapper) -> bool: ...
    def find(self, cursor: CursorWrapper, query: Query, limits: Limits, most: int) -> list[int]: ...
    def marked(
        self, cursor: CursorWrapper, query: Query, places: Sequence[Place]
    ) -> dict[int, tuple[Marked, Marked, Marked]]: ...


KEEPERS: dict[str, Keeper] = {"sqlite": sqlite, "postgresql": postgres}

TRIGGERS = [
    Trigger(
        f"{PREFIX}{model}_{event.lower()}",
        f"articles_{model}",
        f"AFTER {event}",
        sqlite=on_sqlite.get(event, ""),
        postgresql=on_postgres[event],
        level="STATEMENT" if event == "TRUNCATE" else "ROW",
        names=("articles_search", "articles_article"),
    )
    for model, on_sqlite, on_postgres in (
        ("article", sqlite.ON_ARTICLE, postgres.ON_ARTICLE),
        ("bullet", sqlite.ON_BULLET, postgres.ON_BULLET),
    )
    for event in EVENTS
]
triggers.register(*TRIGGERS)


def keeper_of(connection: BaseDatabaseWrapper) -> Keeper:
    """The module for this kind of database. Raises KeyError for one that the site does not run on."""
    return KEEPERS[connection.vendor]


def install(connection: BaseDatabaseWrapper) -> int:
    """Make the index and its triggers anew and fill it, all or nothing; the number of stories in it."""
    keeper = keeper_of(connection)
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        uninstall(connection)
        for sql in (*keeper.CREATE, *keeper.FILL):
            cursor.execute(sql)
        triggers.install(connection, PREFIX)
        cursor.execute("SELECT count(*) FROM articles_search")
        return int(cursor.fetchone()[0])


def uninstall(connection: BaseDatabaseWrapper) -> None:
    """Remove the index and its triggers."""
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        triggers.uninstall(connection, PREFIX)
        keeper_of(connection).drop(cursor)


def is_in_order(connection: BaseDatabaseWrapper) -> bool:
    """Whether the index and its triggers are there, as this version of the site makes them."""
    if any(name.startswith(PREFIX) for name in triggers.differing(connection)):
        return False
    with connection.cursor() as cursor:
        return keeper_of(connection).is_in_order(cursor)
