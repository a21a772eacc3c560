"""A correction that waits for a second editor, with all that it would publish."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.corrections.notices import Kind, Notice, worded

if TYPE_CHECKING:
    from django.contrib.auth.models import User


class ProposedCorrectionQuerySet(models.QuerySet["ProposedCorrection"]):
    """Adjectives for proposed corrections."""

    def open(self) -> Self:
        """Those that wait."""
        return self.filter(closed_at=None)


class ProposedCorrection(models.Model):
    """What one editor would publish and another has to agree to.

    ``version`` is the number of the version that it was written against. ``notice``, ``wording`` and ``points`` hold
    the fields of Notice, Wording and Points.
    """

    class Ending(models.TextChoices):
        AGREED = "agreed", pgettext_lazy("how a proposal ended", "Published")
        DECLINED = "declined", pgettext_lazy("how a proposal ended", "Declined")

    article = models.ForeignKey(
        "articles.Article", on_delete=models.CASCADE, related_name="proposed_corrections", verbose_name=_("article")
    )
    version = models.PositiveIntegerField(_("version"))
    notice = models.JSONField()
    wording = models.JSONField()
    points = models.JSONField()
    reports = models.ManyToManyField("articles.Report", related_name="proposed_corrections")
    supersedes = models.ForeignKey(
        "articles.Correction", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("made by")
    )
    made_at = models.DateTimeField(_("made at"), default=timezone.now)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("closed by"),
    )
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    ending = models.CharField(_("ending"), max_length=10, choices=Ending.choices, blank=True)
    why = models.TextField(_("why"), blank=True)

    objects = ProposedCorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposed correction")
        verbose_name_plural = _("proposed corrections")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by__isnull=True, ending="")
                | (Q(closed_at__isnull=False, closed_by__isnull=False) & ~Q(ending="")),
                name="proposed_correction_end_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article}: {self.kind_label.lower()}"

    @property
    def kind_label(self) -> str:
        """What the notice would be."""
        return str(Kind(self.account.kind).label)

    @property
    def account(self) -> Notice:
        """The notice as its editor wrote it, with its passages."""
        return Notice(**self.notice)

    @property
    def shown(self) -> Notice:
        """The notice as readers would see it."""
        return worded(self.account, self.supersedes.published_at if self.supersedes else None)

    def close(self, ending: str, *, by: "User", why: str = "") -> None:
        """End the wait."""
        self.closed_at, self.closed_by, self.ending, self.why = timezone.now(), by, ending, why
        self.save(update_fields=["closed_at", "closed_by", "ending", "why"])
