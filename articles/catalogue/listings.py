"""The triggers that keep the lists of topics and outlets, and their counts, whoever writes."""

from collections.abc import Iterator

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from articles.web.triggers import Trigger, register

PREFIX = "articles_listing_"
TABLES = (
    "articles_listing",
    "articles_storycount",
    "articles_article",
    "articles_articletopic",
    "articles_articlesource",
)

# In which lists published stories stand. Further conditions on the story may follow.
STORIES = "FROM articles_article AS story"
TOPICS = "JOIN articles_articletopic AS topic ON topic.article_id = story.id"
SOURCES = "JOIN articles_articlesource AS source ON source.article_id = story.id AND source.role <> 'also'"
LISTS = f"""SELECT story.id, 0, 0, story.listed_at {STORIES} WHERE {{these}}
    UNION SELECT story.id, topic.topic_id, 0, story.listed_at {STORIES} {TOPICS} WHERE {{these}}
    UNION SELECT story.id, 0, source.source_id, story.listed_at {STORIES} {SOURCES} WHERE {{these}}
    UNION SELECT story.id, topic.topic_id, source.source_id, story.listed_at {STORIES} {TOPICS} {SOURCES}
        WHERE {{these}}"""
INSERT = "INSERT INTO articles_listing (article_id, topic_id, source_id, listed_at) " + LISTS
FILL = (
    "DELETE FROM articles_listing",
    # What was wrong in them would stay so.
    "DELETE FROM articles_storycount",
    INSERT.format(these="story.status = 'published'"),
)
RENEW = f"""DELETE FROM articles_listing WHERE article_id IN ({{ids}});
    {INSERT.format(these="story.status = 'published' AND story.id IN ({ids})")}"""  # noqa: S608

# What has changed of a row for the lists to change, and whose lists they are.
ARTICLE = ("id", "status", "listed_at")
FILED = {
    "articles_articletopic": ("article_id", "topic_id"),
    "articles_articlesource": ("article_id", "source_id", "role"),
}
WATCHED = {"articles_article": ARTICLE, **FILED}

# The lock makes one of two transactions that change the same story wait, and then see what the other wrote.
LOCK = "PERFORM 1 FROM articles_article WHERE id IN ({ids}) ORDER BY id FOR NO KEY UPDATE;"

THIS = "topic_id = {row}.topic_id AND source_id = {row}.source_id"
COUNT_ONE_MORE = f"""BEGIN
    INSERT INTO articles_storycount (topic_id, source_id, stories) SELECT NEW.topic_id, NEW.source_id, 0
        WHERE NOT EXISTS (SELECT 1 FROM articles_storycount WHERE {THIS.format(row="NEW")});
    UPDATE articles_storycount SET stories = stories + 1 WHERE {THIS.format(row="NEW")};
END"""  # noqa: S608
COUNT_ONE_LESS = f"""BEGIN
    UPDATE articles_storycount SET stories = stories - 1 WHERE {THIS.format(row="OLD")};
    DELETE FROM articles_storycount WHERE {THIS.format(row="OLD")} AND stories = 0;
END"""  # noqa: S608
NOTE = """BEGIN
    INSERT INTO articles_storycount (topic_id, source_id, stories)
        VALUES ({row}.topic_id, {row}.source_id, {difference});
    RETURN NULL;
END"""
# Once a transaction is enough; where another is at it, the next one adds up what this one leaves.
ADDING_UP = 5_210_001
ADD_UP = f"""BEGIN
    IF current_setting('newsroom.has_added_up', true) = 'yes' OR NOT pg_try_advisory_xact_lock({ADDING_UP}) THEN
        RETURN NULL;
    END IF;
    PERFORM set_config('newsroom.has_added_up', 'yes', true);
    WITH gone AS (
        DELETE FROM articles_storycount WHERE (topic_id, source_id) IN (
            SELECT topic_id, source_id FROM articles_storycount GROUP BY topic_id, source_id HAVING count(*) > 1
        ) RETURNING topic_id, source_id, stories
    )
    INSERT INTO articles_storycount (topic_id, source_id, stories)
        SELECT topic_id, source_id, sum(stories) FROM gone GROUP BY topic_id, source_id HAVING sum(stories) <> 0;
    RETURN NULL;
END"""  # noqa: S608


def fill(connection: BaseDatabaseWrapper) -> None:
    """Make every list and count anew."""
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("LOCK TABLE articles_listing IN SHARE ROW EXCLUSIVE MODE")
        for sql in FILL:
            cursor.execute(sql)


def _keepers(table: str) -> Iterator[Trigger]:
    """The triggers that renew the lists of the stories that a change of ``table`` is about."""
    key = WATCHED[table][0]
    old, new = (", ".join(f"{row}.{column}" for column in WATCHED[table]) for row in ("OLD", "NEW"))
    differ = f"({old}) IS DISTINCT FROM ({new})"
    for event, rows in {"INSERT": ["NEW"], "UPDATE": ["OLD", "NEW"], "DELETE": ["OLD"]}.items():
        ids = ", ".join(f"{row}.{key}" for row in rows)
        renew = f"{RENEW.format(ids=ids)};"
        condition = f"WHEN {differ} " if event == "UPDATE" else ""
        unless = f"IF NOT ({differ}) THEN RETURN NULL; END IF;" if event == "UPDATE" else ""
        yield Trigger(
            f"{PREFIX}{table.removeprefix('articles_')}_{event.lower()}",
            table,
            f"AFTER {event}",
            sqlite=f"{condition}BEGIN {renew} END",
            postgresql=f"BEGIN {unless} {LOCK.format(ids=ids)} {renew} RETURN NULL; END",
            names=TABLES,
        )
    yield Trigger(
        f"{PREFIX}{table.removeprefix('articles_')}_truncate",
        table,
        "AFTER TRUNCATE",
        postgresql=f"BEGIN {'; '.join(FILL)}; RETURN NULL; END",
        level="STATEMENT",
        names=TABLES,
    )


COUNTERS = (
    Trigger(
        f"{PREFIX}one_more",
        "articles_listing",
        "AFTER INSERT",
        sqlite=COUNT_ONE_MORE,
        postgresql=NOTE.format(row="NEW", difference=1),
        names=TABLES,
    ),
    Trigger(
        f"{PREFIX}one_less",
        "articles_listing",
        "AFTER DELETE",
        sqlite=COUNT_ONE_LESS,
        postgresql=NOTE.format(row="OLD", difference=-1),
        names=TABLES,
    ),
    Trigger(
        f"{PREFIX}add_up", "articles_storycount", "AFTER INSERT", postgresql=ADD_UP, is_deferred=True, names=TABLES
    ),
)

register(*COUNTERS, *(trigger for table in WATCHED for trigger in _keepers(table)))
