"""The search index on SQLite: an FTS5 table kept by triggers, and how it is asked.

A row's number says where its story stands among all, oldest first: the second in which it was listed, then its key.
The index gives its rows in the order of their numbers as it finds them, from whichever end, so that the newest hits
cost the same however many there are. ``articles_search_points`` keeps the bullets of stories that are not published
yet.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

from django.db.backends.utils import CursorWrapper

from articles.search.limits import Limits, Place
from articles.search.marks import START, STOP, Marked, read_marks
from articles.search.terms import Query

# The last word of a query is a prefix; beginnings of two and three letters fit so many words that they have an index.
TABLE = f"""CREATE VIRTUAL TABLE articles_search USING fts5(
    headline, body, bullets, prefix='2 3', tokenize="porter unicode61 remove_diacritics 2 separators '{START}{STOP}'"
)"""

POINTS = "CREATE TABLE articles_search_points (article_id INTEGER PRIMARY KEY, text TEXT NOT NULL)"

# Bits of a row's number: the key below, the seconds since 1970 above.
KEY_BITS = 30
KEY = (1 << KEY_BITS) - 1
# Of longer ago or later, only the key tells the place: the year 2242.
LAST_SECOND = (1 << 63 - KEY_BITS) - 1
SECOND = timedelta(seconds=1)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
SECONDS = "CAST(strftime('%s', substr({story}.listed_at, 1, 19)) AS INTEGER)"
NUMBER = f"(max(-{LAST_SECOND}, min({LAST_SECOND}, {SECONDS})) * {1 << KEY_BITS} + {{story}}.id)"

ADD_STORY = f"""INSERT INTO articles_search (rowid, headline, body, bullets)
    SELECT {NUMBER}, {{story}}.headline,
        ltrim({{story}}.standfirst || char(10, 10) || {{story}}.body_text, char(10)),
        coalesce((SELECT text FROM articles_search_points WHERE article_id = {{story}}.id), '')"""  # noqa: S608

ADD_NEW_STORY = ADD_STORY.format(story="NEW") + " WHERE NEW.status = 'published'"

REMOVE_OLD_STORY = "DELETE FROM articles_search WHERE rowid = " + NUMBER.format(story="OLD")  # noqa: S608

ADD_POINTS = """INSERT INTO articles_search_points (article_id, text)
    SELECT DISTINCT article_id, (
        SELECT group_concat(text, char(10)) FROM (
            SELECT text FROM articles_bullet AS point
            WHERE point.article_id = bullet.article_id AND point.status = 'approved' ORDER BY point.position
        )
    ) FROM articles_bullet AS bullet WHERE status = 'approved'"""

RENEW_POINTS = f"""DELETE FROM articles_search_points WHERE article_id IN ({{ids}});
    {ADD_POINTS} AND article_id IN ({{ids}});
    UPDATE articles_search SET bullets = coalesce(
        (SELECT text FROM articles_search_points WHERE article_id = articles_search.rowid & {KEY}), ''
    ) WHERE rowid IN (SELECT {NUMBER.format(story="story")} FROM articles_article AS story WHERE id IN ({{ids}}))"""  # noqa: S608

ON_ARTICLE = {
    "INSERT": f"BEGIN {ADD_NEW_STORY}; END",
    "UPDATE": f"""WHEN (OLD.id, OLD.status, OLD.listed_at, OLD.headline, OLD.standfirst, OLD.body_text)
        <> (NEW.id, NEW.status, NEW.listed_at, NEW.headline, NEW.standfirst, NEW.body_text)
        BEGIN {REMOVE_OLD_STORY}; {ADD_NEW_STORY}; END""",
    "DELETE": f"BEGIN {REMOVE_OLD_STORY}; END",
}

ON_BULLET = {
    "INSERT": f"BEGIN {RENEW_POINTS.format(ids='NEW.article_id')}; END",
    "UPDATE": f"""WHEN (OLD.article_id, OLD.position, OLD.text, OLD.status)
        <> (NEW.article_id, NEW.position, NEW.text, NEW.status)
        BEGIN {RENEW_POINTS.format(ids="OLD.article_id, NEW.article_id")}; END""",
    "DELETE": f"BEGIN {RENEW_POINTS.format(ids='OLD.article_id')}; END",
}

CREATE: tuple[str, ...] = (TABLE, POINTS)

FILL: tuple[str, ...] = (
    ADD_POINTS,
    ADD_STORY.format(story="articles_article") + " FROM articles_article WHERE status = 'published'",
)

# FTS5 makes tables of its own, whose names go on after that of the index; they come and go with it.
FOUND = "SELECT name, sql FROM sqlite_master WHERE name IN ('articles_search', 'articles_search_points')"

FIND = f"SELECT rowid & {KEY} FROM articles_search WHERE articles_search MATCH %s"  # noqa: S608
LISTED = f"rowid & {KEY} IN (SELECT article_id FROM articles_listing WHERE topic_id = %s AND source_id = %s)"  # noqa: S608
# There are few of the one kind among very many of the other.
REVIEWS = f"rowid & {KEY} {{}} (SELECT id FROM articles_article WHERE kind = 'review' AND status = 'published')"  # noqa: S608

# The plus keeps SQLite from asking the index once for every row.
MARKED = f"""SELECT rowid, highlight(articles_search, 0, '{START}', '{STOP}'),
        highlight(articles_search, 1, '{START}', '{STOP}'), highlight(articles_search, 2, '{START}', '{STOP}')
    FROM articles_search WHERE articles_search MATCH %s AND rowid BETWEEN %s AND %s
        AND +rowid IN (SELECT value FROM json_each(%s))"""  # noqa: S608


def drop(cursor: CursorWrapper) -> None:
    """Remove whatever there is of the tables."""
    cursor.execute("DROP TABLE IF EXISTS articles_search")
    cursor.execute("DROP TABLE IF EXISTS articles_search_points")


def is_in_order(cursor: CursorWrapper) -> bool:
    """Whether the tables in the database are those that CREATE makes."""
    cursor.execute(FOUND)
    return {sql for _, sql in cursor.fetchall()} == set(CREATE)


def find(cursor: CursorWrapper, query: Query, limits: Limits, most: int) -> list[int]:
    """Keys of the stories that hold every term, newest first, at most so many."""
    conditions = list(_conditions(limits))
    sql = " AND ".join([FIND, *(condition for condition, _ in conditions)])
    values = [value for _, values in conditions for value in values]
    cursor.execute(f"{sql} ORDER BY rowid DESC LIMIT %s", [_expression(query), *values, most])
    return [key for (key,) in cursor.fetchall()]


def marked(cursor: CursorWrapper, query: Query, places: Sequence[Place]) -> dict[int, tuple[Marked, Marked, Marked]]:
    """Headline, body and bullets of the stories at these places with their hits, by key, in one query."""
    numbers = [_number(*place) for place in places]
    cursor.execute(MARKED, [_expression(query), min(numbers), max(numbers), str(numbers)])
    return {
        number & KEY: (read_marks(headline), read_marks(body), read_marks(points))
        for number, headline, body, points in cursor
    }


def _conditions(limits: Limits) -> Iterator[tuple[str, list[int]]]:
    """SQL for each limit that there is, with its parameters."""
    if limits.topic or limits.source:
        yield LISTED, [limits.topic, limits.source]
    if limits.kind:
        yield REVIEWS.format("IN" if limits.kind == "review" else "NOT IN"), []
    if limits.since:
        yield "rowid >= %s", [_number(limits.since, 0)]
    if limits.until:
        yield "rowid < %s", [_number(limits.until, 0)]
    if limits.after:
        yield "rowid < %s", [_number(*limits.after)]


def _number(listed_at: datetime, key: int) -> int:
    """As NUMBER."""
    second = max(-LAST_SECOND, min(LAST_SECOND, (listed_at - EPOCH) // SECOND))
    return (second << KEY_BITS) + key


def _expression(query: Query) -> str:
    """The query in the language of FTS5, every term in quotes."""
    terms = [f'"{term.text}"{"*" if term.is_prefix else ""}' for term in query.terms]
    return " AND ".join(terms)
