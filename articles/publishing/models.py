"""When what readers see last changed: of the whole site in one row, and of each story in one of its own."""

from django.db import models
from django.db.models import Q


class Generation(models.Model):
    """When anything public last changed, in milliseconds since 1970: a number that only grows.

    Triggers write it in the transaction of the change (``articles.publishing.triggers``), so that no way into the
    database goes past it. ``due_at`` is when changes that have been put off come to count, 0 for none.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    number = models.BigIntegerField()
    due_at = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="generation_is_the_only_one")]

    def __str__(self) -> str:
        return str(self.number)


class StoryState(models.Model):
    """When anything that readers see of a story last changed, in milliseconds since 1970: a number that only grows.

    What was made of a story and of nothing else holds good as long as this number is the same. Triggers write it in
    the transaction of the change, as they raise the generation.
    """

    article = models.OneToOneField(
        "articles.Article", on_delete=models.DO_NOTHING, primary_key=True, db_constraint=False, related_name="state"
    )
    number = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.article_id}: {self.number}"
