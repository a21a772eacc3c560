"""The search index on SQLite: an FTS5 table kept by triggers, and how it is asked.

SQLite refuses to rebuild a table, as its migrations do, while a trigger of another table names it. So each trigger
here names its own table and those of the index alone; ``articles_search_points`` keeps the bullets of stories that
are not published yet.
"""

from collections.abc import Sequence

from django.db.backends.utils import CursorWrapper

from articles.search.marks import START, STOP, Marked, read_marks
from articles.search.terms import Query

# The last word of a query is a prefix; beginnings of two and three letters fit so many words that they have an index.
TABLE = f"""CREATE VIRTUAL TABLE articles_search USING fts5(
    headline, body, bullets, prefix='2 3', tokenize="porter unicode61 remove_diacritics 2 separators '{START}{STOP}'"
)"""

POINTS = "CREATE TABLE articles_search_points (article_id INTEGER PRIMARY KEY, text TEXT NOT NULL)"

ADD_STORY = """INSERT INTO articles_search (rowid, headline, body, bullets)
    SELECT {story}.id, {story}.headline,
        ltrim({story}.standfirst || char(10, 10) || {story}.body_text, char(10)),
        coalesce((SELECT text FROM articles_search_points WHERE article_id = {story}.id), '')"""

ADD_NEW_STORY = ADD_STORY.format(story="NEW") + " WHERE NEW.status = 'published'"

REMOVE_OLD_STORY = "DELETE FROM articles_search WHERE rowid = OLD.id"

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
        (SELECT text FROM articles_search_points WHERE article_id = articles_search.rowid), ''
    ) WHERE rowid IN ({{ids}})"""  # noqa: S608

ON_ARTICLE = {
    "INSERT": f"BEGIN {ADD_NEW_STORY}; END",
    "UPDATE": f"""WHEN (OLD.id, OLD.status, OLD.headline, OLD.standfirst, OLD.body_text)
        <> (NEW.id, NEW.status, NEW.headline, NEW.standfirst, NEW.body_text)
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

MATCHES = "SELECT rowid FROM articles_search WHERE articles_search MATCH %s"

# The plus keeps SQLite from asking the index once for every row.
MARKED = f"""SELECT rowid, highlight(articles_search, 0, '{START}', '{STOP}'),
        highlight(articles_search, 1, '{START}', '{STOP}'), highlight(articles_search, 2, '{START}', '{STOP}')
    FROM articles_search WHERE articles_search MATCH %s AND +rowid IN (SELECT value FROM json_each(%s))"""  # noqa: S608


def drop(cursor: CursorWrapper) -> None:
    """Remove whatever there is of the tables."""
    cursor.execute("DROP TABLE IF EXISTS articles_search")
    cursor.execute("DROP TABLE IF EXISTS articles_search_points")


def is_in_order(cursor: CursorWrapper) -> bool:
    """Whether the tables in the database are those that CREATE makes."""
    cursor.execute(FOUND)
    return {sql for _, sql in cursor.fetchall()} == set(CREATE)


def matches(query: Query) -> tuple[str, list[str]]:
    """SQL, with its parameters, for the keys of the stories that hold every term."""
    return MATCHES, [_expression(query)]


def marked(cursor: CursorWrapper, query: Query, keys: Sequence[int]) -> dict[int, tuple[Marked, Marked, Marked]]:
    """Headline, body and bullets of these stories with their hits, in one query."""
    cursor.execute(MARKED, [_expression(query), str(list(keys))])
    return {key: (read_marks(headline), read_marks(body), read_marks(points)) for key, headline, body, points in cursor}


def _expression(query: Query) -> str:
    """The query in the language of FTS5, every term in quotes."""
    terms = [f'"{term.text}"{"*" if term.is_prefix else ""}' for term in query.terms]
    return " AND ".join(terms)
