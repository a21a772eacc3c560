"""Topics and outlets with how many stories they hold, as rails and filters show them.

Each is one plain query: as queries of the ORM these take a good part of the page that they stand on to build.
"""

import json
from collections.abc import Sequence
from typing import Literal, NamedTuple

from django.db import connection
from django.urls import reverse

from articles.catalogue.models import Source, Topic
from articles.catalogue.models.listing import ANY

Kind = Literal["topic", "source"]

MODELS: dict[Kind, type[Topic] | type[Source]] = {"topic": Topic, "source": Source}
OTHER: dict[Kind, Kind] = {"topic": "source", "source": "topic"}
KEYS = {
    "sqlite": "SELECT value FROM json_each(%s)",
    "postgresql": "SELECT value::bigint FROM json_array_elements_text(%s) AS value",
}
BUSIEST = """SELECT label.id, label.name, label.slug, sum(held.stories) AS story_count
    FROM articles_storycount AS held JOIN articles_{kind} AS label ON label.id = held.{kind}_id
    WHERE held.{other}_id = %s GROUP BY label.id, label.name, label.slug HAVING sum(held.stories) > 0
    ORDER BY story_count DESC, label.name LIMIT %s"""
# The sign keeps SQLite from going through the whole list of all outlets or topics.
AMONG = """SELECT label.id, label.name, label.slug, story_count
    FROM (SELECT {kind}_id AS id, count(*) AS story_count FROM articles_listing
        WHERE article_id IN ({keys}) AND +{other}_id = 0 GROUP BY {kind}_id) AS held
    JOIN articles_{kind} AS label ON label.id = held.id ORDER BY story_count DESC, label.name"""
TOTAL = "SELECT coalesce(sum(stories), 0) FROM articles_storycount WHERE topic_id = 0 AND source_id = 0"


class Facet(NamedTuple):
    """A topic or an outlet, by its key, and how many stories it holds."""

    kind: Kind
    key: int
    name: str
    slug: str
    story_count: int

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse(f"reading:{self.kind}", args=[self.slug])


def busiest(kind: Kind, size: int, *, within: int = ANY) -> list[Facet]:
    """The topics or outlets with the most published stories, most first.

    ``within`` is the key of the outlet or topic whose stories alone count.
    """
    return _facets(kind, BUSIEST.format(kind=kind, other=OTHER[kind]), [within, size])


def facets_among(kind: Kind, keys: Sequence[int]) -> list[Facet]:
    """The topics or outlets of the published stories with these ``keys``, most first, counted among them alone."""
    sql = AMONG.format(kind=kind, other=OTHER[kind], keys=KEYS[connection.vendor])
    return _facets(kind, sql, [json.dumps(list(keys))])


def facet_at(kind: Kind, slug: str) -> Facet | None:
    """The topic or outlet at this address, none of whose stories count; None if there is none."""
    label = MODELS[kind]._default_manager.filter(slug=slug).first()
    return Facet(kind, label.pk, label.name, label.slug, 0) if label else None


def story_total() -> int:
    """How many published stories there are."""
    with connection.cursor() as cursor:
        cursor.execute(TOTAL)
        return int(cursor.fetchone()[0])


def _facets(kind: Kind, sql: str, values: Sequence[int | str]) -> list[Facet]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [Facet(kind, key, name, slug, int(count)) for key, name, slug, count in cursor.fetchall()]
