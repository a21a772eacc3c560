"""Every published state of a story, numbered."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class Revision(models.Model):
    """A story as it was published at one time: its words and its visible bullets.

    ``number`` counts from 1 for each story. ``by_name`` stays when an account goes. ``bullets`` is a list of texts
    in their order.
    """

    class Kind(models.TextChoices):
        PUBLISHED = "published", "Published"
        CORRECTION = "correction", "Correction"
        CLARIFICATION = "clarification", "Clarification"
        UPDATE = "update", "Update"
        MINOR = "minor", "Spelling or style"
        WITHDRAWN = "withdrawn", "Withdrawn"

    article = models.ForeignKey("articles.Article", on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    by_name = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=15, choices=Kind.choices)
    reason = models.TextField(blank=True)
    headline = models.CharField(max_length=500)
    standfirst = models.TextField(blank=True)
    byline = models.CharField(max_length=200, blank=True)
    body_markdown = models.TextField()
    body_text = models.TextField()
    bullets = models.JSONField(default=list)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint("article", "number", name="revision_number_is_unique"),
            models.CheckConstraint(condition=Q(number__gte=1), name="revision_number_from_one"),
            models.CheckConstraint(
                condition=Q(kind__in=["published", "correction", "clarification", "update", "minor", "withdrawn"]),
                name="revision_kind_is_known",
            ),
            models.CheckConstraint(condition=Q(kind="published") | ~Q(reason=""), name="revision_change_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.headline}, version {self.number}"


def corrected_versions() -> "models.Prefetch[Any, Any, Any]":
    """For ``prefetch_related`` on stories: the versions that set something right, the newest first.

    A list ``story.corrected_versions``, of which only ``number`` is fetched.
    """
    kinds = [Revision.Kind.CORRECTION, Revision.Kind.CLARIFICATION]
    versions = Revision.objects.filter(kind__in=kinds).only("article_id", "number")
    return models.Prefetch("revisions", versions, to_attr="corrected_versions")
