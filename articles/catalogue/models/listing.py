"""Where published stories stand in the lists of topics and outlets, and how many each list holds.

Nobody writes these rows but the database's own triggers (``catalogue.listings``), so that no door can make them wrong.
"""

from typing import Any

from django.db import models
from django.db.models import F

# In the place of a topic or an outlet: whichever it is.
ANY = 0


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
