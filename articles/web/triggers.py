"""Triggers of the database, kept as named constants and held against what the database has.

A concept describes its triggers and registers them when the app is ready; migrations, the command
``install_triggers`` and the system check do the rest. SQLite drops the triggers of a table that a migration
rebuilds, and refuses to rebuild one that a trigger of another table names. So a migration that changes tables begins
with ``RunPython(take_away, put_back)`` and ends with ``RunPython(put_back, take_away)``.
"""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

PREFIX = "articles_"

FOUND = {
    "sqlite": r"""SELECT name, tbl_name, sql, '' FROM sqlite_master
        WHERE type = 'trigger' AND name LIKE 'articles\_%' ESCAPE '\'""",
    "postgresql": r"""SELECT tgname, relname, pg_get_triggerdef(pg_trigger.oid, true),
            CASE WHEN tgenabled = 'O' THEN prosrc ELSE '' END
        FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid JOIN pg_proc ON pg_proc.oid = tgfoid
        WHERE tgname LIKE 'articles\_%' AND NOT tgisinternal AND pg_table_is_visible(pg_class.oid)""",
}


@dataclass(frozen=True)
class Trigger:
    """One trigger for one event, as ``BEFORE UPDATE`` or ``AFTER INSERT``, of ``table``.

    ``name`` begins with ``articles_``. ``sqlite`` is what follows the name of the table: ``WHEN … BEGIN … END``.
    ``postgresql`` is the body of a function in PL/pgSQL that gets the trigger's own name: ``BEGIN … RETURN NULL; END``.
    Leave either empty where that database needs no such trigger. ``level`` and ``is_deferred``, which puts an AFTER
    trigger off to the end of the transaction, count on PostgreSQL alone; SQLite knows rows only. ``names`` holds other
    tables that the SQL names: without them the trigger is not made yet.
    """

    name: str
    table: str
    event: str
    sqlite: str = ""
    postgresql: str = ""
    level: str = "ROW"
    is_deferred: bool = False
    names: tuple[str, ...] = ()

    def body(self, vendor: str) -> str:
        """What the trigger does in this kind of database, "" if there is no such trigger."""
        return self.sqlite if vendor == "sqlite" else self.postgresql

    def statement(self, vendor: str) -> str:
        """The SQL that makes the trigger, as the database gives it back."""
        head = f"TRIGGER {self.name} {self.event} ON {self.table}"
        if vendor == "sqlite":
            return f"CREATE {head} {self.sqlite}"
        head = f"CONSTRAINT {head} DEFERRABLE INITIALLY DEFERRED" if self.is_deferred else head
        return f"CREATE {head} FOR EACH {self.level} EXECUTE FUNCTION {self.name}()"

    def as_found(self, vendor: str) -> tuple[str, str, str, str]:
        """The row that ``FOUND`` gives for this trigger where it is in order."""
        return self.name, self.table, self.statement(vendor), "" if vendor == "sqlite" else self.postgresql


def refusal(name: str, table: str, event: str, message: str, condition: str, names: tuple[str, ...] = ()) -> Trigger:
    """A trigger that ends a statement with an integrity error that says ``message`` where ``condition`` holds.

    ``event`` is INSERT, UPDATE, DELETE or, which only PostgreSQL has, TRUNCATE. ``condition`` is SQL that both
    databases read; it may name ``OLD`` and ``NEW``.
    """
    is_truncate = event == "TRUNCATE"
    row = "OLD" if event == "DELETE" else "NEW"
    return Trigger(
        name,
        table,
        f"BEFORE {event}",
        sqlite="" if is_truncate else f"BEGIN SELECT RAISE(ABORT, '{message}') WHERE {condition}; END",
        postgresql=f"""BEGIN
    IF {condition} THEN RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation'; END IF;
    RETURN {"NULL" if is_truncate else row};
END""",
        level="STATEMENT" if is_truncate else "ROW",
        names=names,
    )


_registry: dict[str, Trigger] = {}


def register(*triggers: Trigger) -> None:
    """Add to the triggers that the site keeps. Raises ValueError for a name that is taken or lacks the prefix."""
    for trigger in triggers:
        if not trigger.name.startswith(PREFIX) or _registry.get(trigger.name, trigger) != trigger:
            raise ValueError(f"A trigger can't be called {trigger.name}.")
        _registry[trigger.name] = trigger


def differing(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of the triggers that are missing, other than they should be, switched off or no longer wanted."""
    with connection.cursor() as cursor:
        found, wanted = _found(cursor), _wanted(connection, cursor)
    rows = {trigger.as_found(connection.vendor) for trigger in wanted}
    return sorted({name for name, *_ in found ^ rows})


def install(connection: BaseDatabaseWrapper, prefix: str = PREFIX) -> list[str]:
    """Make every trigger that is not in order anew and drop those no longer wanted; their names.

    Only those whose names begin with ``prefix``.
    """
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        names = [name for name in differing(connection) if name.startswith(prefix)]
        _drop(cursor, {row for row in _found(cursor) if row[0] in names})
        for trigger in _wanted(connection, cursor):
            if trigger.name in names:
                _create(cursor, trigger)
    return names


def uninstall(connection: BaseDatabaseWrapper, prefix: str = PREFIX) -> None:
    """Drop every trigger whose name begins with ``prefix``."""
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        _drop(cursor, {row for row in _found(cursor) if row[0].startswith(prefix)})


def put_back(apps: Any, schema_editor: Any) -> None:
    """For a migration: ``install``."""
    install(schema_editor.connection)


def take_away(apps: Any, schema_editor: Any) -> None:
    """For a migration that is undone: ``uninstall``."""
    uninstall(schema_editor.connection)


def _wanted(connection: BaseDatabaseWrapper, cursor: CursorWrapper) -> list[Trigger]:
    """The triggers for this kind of database whose tables are there."""
    tables = set(connection.introspection.table_names(cursor))
    triggers = [trigger for trigger in _registry.values() if trigger.body(connection.vendor)]
    return [trigger for trigger in triggers if {trigger.table, *trigger.names} <= tables]


def _found(cursor: CursorWrapper) -> set[tuple[str, str, str, str]]:
    cursor.execute(FOUND[cursor.db.vendor])
    return set(cursor.fetchall())


def _create(cursor: CursorWrapper, trigger: Trigger) -> None:
    if cursor.db.vendor == "postgresql":
        head = f"CREATE OR REPLACE FUNCTION {trigger.name}() RETURNS trigger LANGUAGE plpgsql"
        cursor.execute(f"{head} AS $body${trigger.postgresql}$body$")
    cursor.execute(trigger.statement(cursor.db.vendor))


def _drop(cursor: CursorWrapper, found: set[tuple[str, str, str, str]]) -> None:
    for name, table, *_ in found:
        if cursor.db.vendor == "sqlite":
            cursor.execute(f"DROP TRIGGER {name}")
        else:
            cursor.execute(f"DROP TRIGGER {name} ON {table}")
            cursor.execute(f"DROP FUNCTION IF EXISTS {name}() CASCADE")
