"""What the publication says of itself under every page of its archive."""

from django.db import models
from django.db.models import Q
from django.utils import timezone


class SiteStatement(models.Model):
    """The standing statement, kept once for the whole site and shown on the About page."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    text = models.TextField(help_text="Plain text, as the publication writes it.")
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="statement_is_the_only_one")]

    def __str__(self) -> str:
        return self.text[:80]
