"""What the publication says of itself under every page of its archive."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class SiteStatement(models.Model):
    """The standing statement, kept once for the whole site and shown on the About page."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    text = models.TextField(_("text"), help_text=_("Plain text, as the publication writes it."))
    changed_at = models.DateTimeField(_("changed at"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("site statement")
        verbose_name_plural = _("site statements")
        constraints = [models.CheckConstraint(condition=Q(id=1), name="statement_is_the_only_one")]

    def __str__(self) -> str:
        return self.text[:80]
