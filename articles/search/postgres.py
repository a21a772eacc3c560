"""The search index on PostgreSQL: a table with a vector, kept by triggers, and how it is asked.

It finds what SQLite's index finds: letters and digits make words, case and the accents of Latin letters do not
count, and Porter's stemmer takes English endings off, with no list of words left out. (The two disagree on a few
endings, such as -bly and -logy.)
"""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.backends.utils import CursorWrapper

from articles.search.limits import Limits, Place
from articles.search.marks import START, STOP, Marked, carry_over, read_marks
from articles.search.terms import Query

# A vector holds at most a megabyte; a story longer than this is found by its beginning.
INDEXED_LENGTH = 250_000

# PostgreSQL's parser would see addresses, paths and signed numbers where SQLite sees words with signs between them.
# So it gets a space for each sign, one for one, which leaves every word in its place.
FOLD = r"""
    SELECT lower(regexp_replace(
        normalize(regexp_replace(normalize($1, NFD), '([A-Za-z])[\u0300-\u036f]+', '\1', 'g'), NFC),
        '[\u0001-/:-@\[-`{-\u00a9\u00ab-\u00b1\u00b4\u00b6-\u00b8\u00bb\u00bf\u00d7\u00f7'
        '\u2000-\u206f\u20a0-\u20cf\u2190-\u2bff\u3000-\u3004\u3008-\u3020\ue000\ue001]', ' ', 'g'
    ))
"""

# A bar, which no fold leaves in a text, keeps phrases from reaching out of one field into the next.
TABLE = f"""CREATE TABLE articles_search (
    article_id bigint PRIMARY KEY, headline text NOT NULL, body text NOT NULL, bullets text NOT NULL,
    vector tsvector NOT NULL GENERATED ALWAYS AS (
        to_tsvector('newsroom', articles_search_fold(headline)) || '|:1'::tsvector
        || to_tsvector('newsroom', articles_search_fold(left(body, {INDEXED_LENGTH}))) || '|:1'::tsvector
        || to_tsvector('newsroom', articles_search_fold(bullets))
    ) STORED
)"""

ADD_STORIES = r"""INSERT INTO articles_search (article_id, headline, body, bullets)
    SELECT id, headline, ltrim(standfirst || E'\n\n' || body_text, E'\n'), coalesce((
        SELECT string_agg(text, E'\n' ORDER BY position) FROM articles_bullet
        WHERE article_id = articles_article.id AND status = 'approved'
    ), '') FROM articles_article WHERE status = 'published'"""

# The lock makes one of two transactions that change the same story wait, and then see what the other wrote.
RENEW = f"""
BEGIN
    PERFORM 1 FROM articles_article WHERE id = ANY(ids) ORDER BY id FOR NO KEY UPDATE;
    DELETE FROM articles_search WHERE article_id = ANY(ids);
    {ADD_STORIES} AND id = ANY(ids);
END
"""  # noqa: S608

ON_ARTICLE = {
    "INSERT": "BEGIN PERFORM articles_search_renew(ARRAY[NEW.id]); RETURN NULL; END",
    "UPDATE": """BEGIN
        IF (OLD.id, OLD.status, OLD.headline, OLD.standfirst, OLD.body_text)
                <> (NEW.id, NEW.status, NEW.headline, NEW.standfirst, NEW.body_text) THEN
            PERFORM articles_search_renew(ARRAY[OLD.id, NEW.id]);
        END IF;
        RETURN NULL;
    END""",
    "DELETE": "BEGIN DELETE FROM articles_search WHERE article_id = OLD.id; RETURN NULL; END",
    "TRUNCATE": "BEGIN TRUNCATE articles_search; RETURN NULL; END",
}

ON_BULLET = {
    "INSERT": "BEGIN PERFORM articles_search_renew(ARRAY[NEW.article_id]); RETURN NULL; END",
    "UPDATE": """BEGIN
        IF (OLD.article_id, OLD.position, OLD.text, OLD.status)
                <> (NEW.article_id, NEW.position, NEW.text, NEW.status) THEN
            PERFORM articles_search_renew(ARRAY[OLD.article_id, NEW.article_id]);
        END IF;
        RETURN NULL;
    END""",
    "DELETE": "BEGIN PERFORM articles_search_renew(ARRAY[OLD.article_id]); RETURN NULL; END",
    "TRUNCATE": "BEGIN UPDATE articles_search SET bullets = ''; RETURN NULL; END",
}

FUNCTIONS = {
    "articles_search_fold": ("(text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE", FOLD),
    "articles_search_renew": ("(ids bigint[]) RETURNS void LANGUAGE plpgsql", RENEW),
}

CREATE: tuple[str, ...] = (
    "CREATE TEXT SEARCH DICTIONARY newsroom_stem (TEMPLATE = snowball, LANGUAGE = porter)",
    "CREATE TEXT SEARCH CONFIGURATION newsroom (COPY = simple)",
    "ALTER TEXT SEARCH CONFIGURATION newsroom ALTER MAPPING REPLACE simple WITH newsroom_stem",
    *(f"CREATE FUNCTION {name}{head} AS $body${body}$body$" for name, (head, body) in FUNCTIONS.items()),
    TABLE,
    "CREATE INDEX articles_search_vector ON articles_search USING gin (vector)",
)

FILL: tuple[str, ...] = (ADD_STORIES,)

DROP = (
    "DROP TABLE IF EXISTS articles_search",
    *(f"DROP FUNCTION IF EXISTS {name} CASCADE" for name in FUNCTIONS),
    "DROP TEXT SEARCH CONFIGURATION IF EXISTS newsroom",
    "DROP TEXT SEARCH DICTIONARY IF EXISTS newsroom_stem",
)

FOUND = r"""SELECT proname, prosrc FROM pg_proc WHERE proname IN ('articles_search_fold', 'articles_search_renew')
    UNION ALL SELECT relname, '' FROM pg_class WHERE relname = 'articles_search' AND relkind = 'r'"""

# Whether to go through the list or through the index is for PostgreSQL to say: it knows which words are common.
FIND = """SELECT place.article_id FROM articles_listing AS place JOIN articles_search USING (article_id)
    WHERE topic_id = %s AND source_id = %s AND vector @@ ({})"""
KIND = "EXISTS (SELECT 1 FROM articles_article AS story WHERE story.id = place.article_id AND kind = %s)"

MARKED = """SELECT article_id,
        headline, ts_headline('newsroom', articles_search_fold(headline), query, %s),
        body, ts_headline('newsroom', articles_search_fold(body), query, %s),
        bullets, ts_headline('newsroom', articles_search_fold(bullets), query, %s)
    FROM articles_search, (SELECT {} AS query) AS asked WHERE article_id = ANY(%s)"""

MARKING = f'HighlightAll = true, StartSel = "{START}", StopSel = "{STOP}"'

PHRASE = "phraseto_tsquery('newsroom', articles_search_fold(%s))"
PREFIX = f"coalesce(nullif({PHRASE}::text, '') || ':*', '')::tsquery"


def drop(cursor: CursorWrapper) -> None:
    """Remove whatever there is of the table and its functions."""
    for sql in DROP:
        cursor.execute(sql)


def is_in_order(cursor: CursorWrapper) -> bool:
    """Whether the functions and the table are there as CREATE makes them."""
    cursor.execute(FOUND)
    wanted = {(name, body) for name, (_, body) in FUNCTIONS.items()} | {("articles_search", "")}
    return set(cursor.fetchall()) == wanted


def find(cursor: CursorWrapper, query: Query, limits: Limits, most: int) -> list[int]:
    """Keys of the stories that hold every term, newest first, at most so many."""
    terms = [term.text for term in query.terms]
    conditions = list(_conditions(limits))
    sql = " AND ".join([FIND.format(_expression(query)), *(condition for condition, _ in conditions)])
    limited = [value for _, values in conditions for value in values]
    values: list[Any] = [limits.topic, limits.source, *terms, *limited, most]
    cursor.execute(f"{sql} ORDER BY place.listed_at DESC, place.article_id DESC LIMIT %s", values)
    return [key for (key,) in cursor.fetchall()]


def marked(cursor: CursorWrapper, query: Query, places: Sequence[Place]) -> dict[int, tuple[Marked, Marked, Marked]]:
    """Headline, body and bullets of the stories at these places with their hits, by key, in one query."""
    terms = [term.text for term in query.terms]
    cursor.execute(MARKED.format(_expression(query)), [*[MARKING] * 3, *terms, [key for _, key in places]])
    return {
        key: (
            carry_over(read_marks(headline_hits), headline),
            carry_over(read_marks(body_hits), body),
            carry_over(read_marks(points_hits), points),
        )
        for key, headline, headline_hits, body, body_hits, points, points_hits in cursor
    }


def _conditions(limits: Limits) -> Iterator[tuple[str, Sequence[object]]]:
    """SQL for each limit that there is besides the list, with its parameters."""
    if limits.kind:
        yield KIND, [limits.kind]
    if limits.since:
        yield "place.listed_at >= %s", [limits.since]
    if limits.until:
        yield "place.listed_at < %s", [limits.until]
    if limits.after:
        yield "(place.listed_at, place.article_id) < (%s, %s)", limits.after


def _expression(query: Query) -> str:
    """The query as SQL, with a place for the text of each term."""
    return " && ".join(PREFIX if term.is_prefix else PHRASE for term in query.terms)
