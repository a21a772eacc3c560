"""The triggers that raise the generation, for every table that pages for readers are made of.

They count the change for each story that shows it, too. What no reader can see does not count where the row itself
says so: a story that is not public, a point that is not approved, what an outlet's feed last said. On PostgreSQL they
run at the end of the transaction, so that two that change something do not wait for each other any longer than that.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from articles.web.triggers import Trigger, register

GENERATION = "articles_generation"
STATE = "articles_storystate"
CHANNEL = GENERATION
# How long, in milliseconds, a change may be put off.
PATIENCE = 2_000


@dataclass(frozen=True)
class Seen:
    """What readers see of a table: which of its ``rows``, "" for all, and in which ``stories``, as a SELECT."""

    stories: str
    rows: str = ""


OF_STORY = "SELECT {row}.article_id AS article_id"
OF_POINT = "SELECT article_id FROM articles_bullet WHERE id = {row}.bullet_id"
ALL_STORIES = "SELECT article_id FROM articles_storystate"
ROWS = {"INSERT": ("NEW",), "UPDATE": ("OLD", "NEW"), "DELETE": ("OLD",)}

PUBLIC = {
    "articles_article": Seen("SELECT {row}.id AS article_id", "{row}.status IN ('published', 'withdrawn')"),
    "articles_articlesource": Seen(OF_STORY),
    "articles_articletopic": Seen(OF_STORY),
    "articles_bullet": Seen(OF_STORY, "{row}.status = 'approved'"),
    "articles_bulletevent": Seen(OF_STORY),
    "articles_correction": Seen(OF_STORY),
    "articles_evidence": Seen(OF_POINT),
    "articles_formerslug": Seen(OF_STORY),
    "articles_image": Seen(OF_STORY),
    "articles_report": Seen(OF_STORY, "{row}.answered_at IS NOT NULL"),
    "articles_reviewdetails": Seen(OF_STORY),
    "articles_revision": Seen(OF_STORY),
    "articles_revisiontext": Seen(""),
    "articles_sitestatement": Seen(ALL_STORIES),
    "articles_source": Seen("SELECT article_id FROM articles_articlesource WHERE source_id = {row}.id"),
    "articles_topic": Seen("SELECT article_id FROM articles_articletopic WHERE topic_id = {row}.id"),
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
# For each of {stories}.
MARK = {
    vendor: f"""INSERT INTO articles_storystate (article_id, number)
    SELECT article_id, {NOW[vendor]} FROM ({{stories}}) AS shown WHERE article_id IS NOT NULL
    ON CONFLICT (article_id) DO UPDATE SET
        number = {LARGEST[vendor]}(excluded.number, articles_storystate.number + 1)"""  # noqa: S608
    for vendor in NOW
}
# What came due before makes a generation of its own, so that what is due now can make another.
PUT_OFF = f"""UPDATE articles_generation SET
        number = CASE WHEN {{due_at}} BETWEEN 1 AND {{now}} THEN {{number}} + 1 ELSE {{number}} END,
        due_at = CASE WHEN {{due_at}} > {{now}} THEN {{due_at}} ELSE {{now}} + {PATIENCE} END"""  # noqa: S608

# Once a transaction is enough for the generation.
ON_POSTGRESQL = f"""
BEGIN
    {{unless}}
    {{mark}}
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


def _triggers(table: str, seen: Seen) -> Iterator[Trigger]:
    """The triggers of a table."""
    name = f"{GENERATION}_{table.removeprefix('articles_')}"
    named = {GENERATION, STATE, *re.findall(r"FROM (\w+)", seen.stories)} - {table}
    make = partial(Trigger, table=table, names=tuple(sorted(named)))
    for event, rows in ROWS.items():
        when = f"({' OR '.join(seen.rows.format(row=row) for row in rows)})" if seen.rows else ""
        if event == "UPDATE" and table in COLUMNS:
            when = _columns_differ(table)
        body = f"""{f"WHEN {when} " if when else ""}BEGIN
    {_mark("sqlite", seen, rows)}
    {RAISE["sqlite"]};
END"""
        yield make(f"{name}_{event.lower()}", event=f"AFTER {event}", sqlite=body)
    body = ON_POSTGRESQL.format(unless=_unless(table, seen.rows), mark=_mark("postgresql", seen, ("OLD", "NEW")))
    yield make(f"{name}_row", event="AFTER INSERT OR DELETE OR UPDATE", postgresql=body, is_deferred=True)
    body = ON_POSTGRESQL.format(unless="", mark=MARK["postgresql"].format(stories=ALL_STORIES) + ";")
    yield make(f"{name}_all", event="AFTER TRUNCATE", postgresql=body, level="STATEMENT")


def _mark(vendor: str, seen: Seen, rows: Sequence[str]) -> str:
    """SQL that marks the stories in which readers see one of ``rows``, "" if there is none."""
    stories = " UNION ".join(dict.fromkeys(seen.stories.format(row=row) for row in rows))
    return MARK[vendor].format(stories=stories) + ";" if seen.stories else ""


def _unless(table: str, rows: str) -> str:
    """PL/pgSQL that leaves where no reader can see the change. Of an INSERT, OLD is null; of a DELETE, NEW."""
    conditions = []
    if rows:
        conditions.append(" AND ".join(f"({rows.format(row=row)}) IS NOT TRUE" for row in ("OLD", "NEW")))
    if table in COLUMNS:
        conditions.append(f"TG_OP = 'UPDATE' AND NOT ({_columns_differ(table)})")
    return "\n    ".join(f"IF {condition} THEN RETURN NULL; END IF;" for condition in conditions)


def _columns_differ(table: str) -> str:
    old, new = (", ".join(f"{row}.{column}" for column in COLUMNS[table]) for row in ("OLD", "NEW"))
    return f"({old}) IS DISTINCT FROM ({new})"


register(*(trigger for table, seen in PUBLIC.items() for trigger in _triggers(table, seen)))
