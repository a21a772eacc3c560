"""The generation of what readers see: one row, which every change of something public raises."""

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
