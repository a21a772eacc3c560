"""Every published state of a story, numbered and chained. Nothing here is ever changed or deleted."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from articles.revisions.chain import Link, Words


class RevisionQuerySet(models.QuerySet["Revision"]):
    """Adjectives for revisions."""

    def with_texts(self) -> Self:
        """With their texts, where these are not sealed."""
        return self.select_related("text")


class Revision(models.Model):
    """A version of a story: who published it, when and why.

    ``number`` counts from 1 for each story without gaps. ``by_name`` stays when an account goes. The hashes are those
    of ``revisions.chain``. The rows of samples, which are no real record, can be deleted.
    """

    class Kind(models.TextChoices):
        PUBLISHED = "published", pgettext_lazy("of a version", "Published")
        CORRECTION = "correction", _("Correction")
        CLARIFICATION = "clarification", _("Clarification")
        UPDATE = "update", pgettext_lazy("a kind of change", "Update")
        NOTE = "note", _("Editor's note")
        MINOR = "minor", pgettext_lazy("of a version", "Edited")
        WITHDRAWN = "withdrawn", pgettext_lazy("of a version", "Withdrawn")
        SEALED = "sealed", pgettext_lazy("of a version", "Sealed")

    article = models.ForeignKey(
        "articles.Article", on_delete=models.PROTECT, related_name="revisions", verbose_name=_("article")
    )
    number = models.PositiveIntegerField(pgettext_lazy("which of several", "number"))
    created_at = models.DateTimeField(_("created at"), default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("created by"),
    )
    by_name = models.CharField(_("by name"), max_length=200, blank=True)
    kind = models.CharField(pgettext_lazy("of a version", "kind"), max_length=15, choices=Kind.choices)
    reason = models.TextField(_("reason"), blank=True)
    text_hash = models.CharField(_("text hash"), max_length=64)
    notice_hash = models.CharField(_("notice hash"), max_length=64, blank=True)
    previous_hash = models.CharField(_("previous hash"), max_length=64, blank=True)
    hash = models.CharField(_("hash"), max_length=64)
    is_sample = models.BooleanField(_("is sample"), default=False)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint("article", "number", name="revision_number_is_unique"),
            models.CheckConstraint(condition=Q(number__gte=1), name="revision_number_from_one"),
            models.CheckConstraint(
                condition=Q(
                    kind__in=[
                        *("published", "correction", "clarification", "update", "note", "minor"),
                        *("withdrawn", "sealed"),
                    ]
                ),
                name="revision_kind_is_known",
            ),
            models.CheckConstraint(condition=Q(kind="published") | ~Q(reason=""), name="revision_change_has_reason"),
            models.CheckConstraint(
                condition=Q(number=1, previous_hash="") | (Q(number__gt=1) & ~Q(previous_hash="")),
                name="revision_follows_another",
            ),
            models.CheckConstraint(condition=~Q(hash="") & ~Q(text_hash=""), name="revision_has_hashes"),
        ]

    def __str__(self) -> str:
        return gettext("Version %(number)d") % {"number": self.number}

    @property
    def link(self) -> Link:
        """What of this row is hashed."""
        return Link(**{name: getattr(self, name) for name in Link.__dataclass_fields__})

    @property
    def words(self) -> Words | None:
        """The text of this version; None where it is sealed."""
        text = getattr(self, "text", None)
        return text.words if text else None


class RevisionText(models.Model):
    """The text of a version. A recorded seal may take it out of the record, and nothing else."""

    revision = models.OneToOneField(Revision, on_delete=models.PROTECT, primary_key=True, related_name="text")
    headline = models.CharField(max_length=500, blank=True)
    standfirst = models.TextField(blank=True)
    byline = models.CharField(max_length=200, blank=True)
    body_markdown = models.TextField(blank=True)
    body_text = models.TextField(blank=True)
    bullets = models.JSONField(default=list, blank=True)

    class Meta:
        verbose_name = _("text of a version")
        verbose_name_plural = _("texts of versions")

    def __str__(self) -> str:
        return self.headline

    @property
    def words(self) -> Words:
        """The text as it is hashed."""
        columns = {name: getattr(self, name) for name in Words.__dataclass_fields__}
        return Words(**{**columns, "bullets": tuple(self.bullets)})


# The kinds of versions that set something right.
FIXES = (Revision.Kind.CORRECTION, Revision.Kind.CLARIFICATION)


def corrected_versions() -> "models.Prefetch[Any, Any, Any]":
    """For ``prefetch_related`` on stories: the versions that set something right, the newest first.

    A list ``story.corrected_versions``, of which only ``number`` is fetched.
    """
    versions = Revision.objects.filter(kind__in=FIXES).only("article_id", "number")
    return models.Prefetch("revisions", versions, to_attr="corrected_versions")
