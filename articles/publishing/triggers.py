"""The triggers that raise the generation, for every table that pages for readers are made of.

What no reader can see does not count where the row itself says so: a story that is not public, a point that is not
approved, what an outlet's feed last said. On PostgreSQL they run at the end of the transaction, so that two that
change something do not wait for each other any longer than that.
"""

from collections.abc import Iterator
from functools import partial

from articles.web.triggers import Trigger, register

GENERATION = "articles_generation"
CHANNEL = GENERATION
# How long, in milliseconds, a change may be put off.
PATIENCE = 2_000

# The tables, and which of their rows readers may see where that is not all.
PUBLIC = {
    "articles_article": "{row}.status IN ('published', 'withdrawn')",
    "articles_articlesource": "",
    "articles_articletopic": "",
    "articles_bullet": "{row}.status = 'approved'",
    "articles_bulletevent": "",
    "articles_correction": "",
    "articles_evidence": "",
    "articles_formerslug": "",
    "articles_image": "",
    "articles_report": "{row}.answered_at IS NOT NULL",
    "articles_reviewdetails": "",
    "articles_revision": "",
    "articles_revisiontext": "",
    "articles_sitestatement": "",
    "articles_source": "",
    "articles_topic": "",
}
# The columns that readers see, where others change often.
COLUMNS = {"articles_source": ("id", "name", "slug", "home_page", "description")}

# Milliseconds since 1970. A row that was lost comes back; a number never does.
NOW = {
    "sqlite": "CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)",
    "postgresql": "CAST(extract(epoch FROM clock_timestamp()) * 1000 AS bigint)",
}
LARGEST = {"sqlite": "max", "postgresql": "greatest"}
RAISE = {
    vendor: f"""INSERT INTO articles_generation (id, number, due_at) VALUES (1, {NOW[vendor]}, 0)
    ON CONFLICT (id) DO UPDATE SET
        number = {LARGEST[vendor]}(excluded.number, articles_generation.number + 1), due_at = 0"""  # noqa: S608
    for vendor in NOW
}
# What came due before makes a generation of its own, so that what is due now can make another.
PUT_OFF = f"""UPDATE articles_generation SET
        number = CASE WHEN {{due_at}} BETWEEN 1 AND {{now}} THEN {{number}} + 1 ELSE {{number}} END,
        due_at = CASE WHEN {{due_at}} > {{now}} THEN {{due_at}} ELSE {{now}} + {PATIENCE} END"""  # noqa: S608

ON_SQLITE = f"""BEGIN
    {RAISE["sqlite"]};
END"""

# Once a transaction is enough.
ON_POSTGRESQL = f"""
BEGIN
    {{unless}}
    IF current_setting('newsroom.has_raised', true) = 'yes' THEN
        RETURN NULL;
    END IF;
    PERFORM set_config('newsroom.has_raised', 'yes', true);
    IF current_setting('newsroom.puts_off', true) = 'yes' THEN
        {PUT_OFF.format(now=NOW["postgresql"], number="number", due_at="due_at")};
    ELSE
        {RAISE["postgresql"]};
    END IF;
    PERFORM pg_notify('{CHANNEL}', '');
    RETURN NULL;
END
"""


def _triggers(table: str, seen: str) -> Iterator[Trigger]:
    """The triggers of a table; ``seen`` is PUBLIC's condition, "" where readers see every row."""
    name = f"{GENERATION}_{table.removeprefix('articles_')}"
    make = partial(Trigger, table=table, names=(GENERATION,))
    for event, rows in {"INSERT": ["NEW"], "UPDATE": ["OLD", "NEW"], "DELETE": ["OLD"]}.items():
        when = f"({' OR '.join(seen.format(row=row) for row in rows)})" if seen else ""
        if event == "UPDATE" and table in COLUMNS:
            when = _columns_differ(table)
        body = f"WHEN {when} {ON_SQLITE}" if when else ON_SQLITE
        yield make(f"{name}_{event.lower()}", event=f"AFTER {event}", sqlite=body)
    body = ON_POSTGRESQL.format(unless=_unless(table, seen))
    yield make(f"{name}_row", event="AFTER INSERT OR DELETE OR UPDATE", postgresql=body, is_deferred=True)
    body = ON_POSTGRESQL.format(unless="")
    yield make(f"{name}_all", event="AFTER TRUNCATE", postgresql=body, level="STATEMENT")


def _unless(table: str, seen: str) -> str:
    """PL/pgSQL that leaves where no reader can see the change. Of an INSERT, OLD is null; of a DELETE, NEW."""
    conditions = []
    if seen:
        conditions.append(" AND ".join(f"({seen.format(row=row)}) IS NOT TRUE" for row in ("OLD", "NEW")))
    if table in COLUMNS:
        conditions.append(f"TG_OP = 'UPDATE' AND NOT ({_columns_differ(table)})")
    return "\n    ".join(f"IF {condition} THEN RETURN NULL; END IF;" for condition in conditions)


def _columns_differ(table: str) -> str:
    old, new = (", ".join(f"{row}.{column}" for column in COLUMNS[table]) for row in ("OLD", "NEW"))
    return f"({old}) IS DISTINCT FROM ({new})"


register(*(trigger for table, seen in PUBLIC.items() for trigger in _triggers(table, seen)))
