"""Where published stories stand in the lists of topics and outlets, and how many each list holds.

Nobody writes these rows but the database's own triggers (``catalogue.listings``), so that no door can make them wrong.
"""

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db import connection, models
from django.db.models import F
from django.urls import reverse

# In the place of a topic or an outlet: whichever it is.
ANY = 0

KEYS = {
    "sqlite": "SELECT value FROM json_each(%s)",
    "postgresql": "SELECT value::bigint FROM json_array_elements_text(%s) AS value",
}
COUNTS = """SELECT topic_id, source_id, count(*) FROM articles_listing
    WHERE article_id IN ({keys}) AND (topic_id = 0) <> (source_id = 0) GROUP BY topic_id, source_id"""

# As a query of the ORM each of these takes a quarter of the page that it stands on to build.
BUSIEST = {
    kind: f"""SELECT label.name, label.slug, sum(held.stories) AS story_count
    FROM articles_storycount AS held JOIN articles_{kind} AS label ON label.id = held.{kind}_id
    WHERE held.{other}_id = %s GROUP BY label.id, label.name, label.slug HAVING sum(held.stories) > 0
    ORDER BY story_count DESC, label.name LIMIT %s"""  # noqa: S608
    for kind, other in (("topic", "source"), ("source", "topic"))
}


class Facet(NamedTuple):
    """A topic or an outlet, as a list of them shows it: ``kind`` is "topic" or "source"."""

    kind: str
    name: str
    slug: str
    story_count: int

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse(f"reading:{self.kind}", args=[self.slug])


class Listing(models.Model):
    """A published story in one list: that of a topic, of an outlet it rests on, of both, or of all (``ANY``)."""

    article = models.ForeignKey(
        "articles.Article", models.DO_NOTHING, related_name="listings", db_constraint=False, db_index=False
    )
    topic = models.ForeignKey("articles.Topic", models.DO_NOTHING, "+", db_constraint=False, db_index=False)
    source = models.ForeignKey("articles.Source", models.DO_NOTHING, "+", db_constraint=False, db_index=False)
    listed_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index("topic", "source", F("listed_at").desc(), F("article").desc(), name="listing_by_label"),
            models.Index("article", "topic", "source", name="listing_by_article"),
        ]

    def __str__(self) -> str:
        return f"story {self.article_id} in topic {self.topic_id}, source {self.source_id}"


class StoryCount(models.Model):
    """How many stories are in the list of a topic, an outlet or both: the sum over the rows of that list.

    SQLite keeps a row for each. On PostgreSQL each change adds a row, so that no transaction waits for another, and
    what has come together is added up when one ends.
    """

    topic = models.ForeignKey("articles.Topic", models.DO_NOTHING, "+", db_constraint=False, db_index=False)
    source = models.ForeignKey("articles.Source", models.DO_NOTHING, "+", db_constraint=False, db_index=False)
    stories = models.IntegerField()

    class Meta:
        indexes = [
            models.Index("topic", "source", name="story_count_of"),
            models.Index("source", "topic", name="story_count_from"),
        ]

    def __str__(self) -> str:
        return f"{self.stories} in topic {self.topic_id}, source {self.source_id}"


def count_of(topic: Any, source: Any) -> "models.QuerySet[StoryCount, int]":
    """For a subquery: the stories in the list of ``topic`` and ``source``, given by key; no row for an empty list."""
    counts = StoryCount.objects.filter(topic_id=topic, source_id=source).order_by()
    return counts.values("topic_id").annotate(total=models.Sum("stories")).values_list("total", flat=True)


def story_total() -> int:
    """How many published stories there are. One query."""
    return sum(count_of(ANY, ANY))


def counts_among(keys: Sequence[int]) -> tuple[dict[int, int], dict[int, int]]:
    """How many of the published stories with these keys each topic has, and each outlet, by their keys. One query."""
    topics: dict[int, int] = {}
    sources: dict[int, int] = {}
    with connection.cursor() as cursor:
        cursor.execute(COUNTS.format(keys=KEYS[connection.vendor]), [json.dumps(list(keys))])
        for topic, source, count in cursor:
            if topic:
                topics[topic] = count
            else:
                sources[source] = count
    return topics, sources


def busiest(kind: str, size: int, *, within: int = ANY) -> list[Facet]:
    """The topics or outlets (``kind`` is "topic" or "source") with the most stories, most first. One query.

    ``within`` is the key of the outlet or topic whose stories alone count.
    """
    with connection.cursor() as cursor:
        cursor.execute(BUSIEST[kind], [within, size])
        return [Facet(kind, name, slug, int(count)) for name, slug, count in cursor]
