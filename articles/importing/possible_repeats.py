"""Stories that an editor may find to be the same, and what they are recognised by."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.catalogue.models import Article, ArticleSource

if TYPE_CHECKING:
    from django.contrib.auth.models import User


class Likeness(models.Model):
    """What a story is compared by: ``likeness.Traits``, packed, as they were when it came."""

    article = models.OneToOneField("articles.Article", on_delete=models.CASCADE, related_name="likeness")
    traits = models.BinaryField()

    class Meta:
        verbose_name = _("likeness")
        verbose_name_plural = _("likenesses")

    def __str__(self) -> str:
        return str(self.article)


class LikenessKey(models.Model):
    """One of the numbers by which alike stories find each other: see ``likeness.keys_of``."""

    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="likeness_keys")
    key = models.IntegerField()

    class Meta:
        verbose_name = _("likeness key")
        verbose_name_plural = _("likeness keys")
        indexes = [models.Index("key", "article", name="likeness_key")]

    def __str__(self) -> str:
        return str(self.key)


class DecidedError(ValueError):
    """An editor has decided already whether the two are the same story."""


class PossibleRepeatQuerySet(models.QuerySet["PossibleRepeat"]):
    """Adjectives for possible repeats."""

    def undecided(self) -> Self:
        """Those that wait for an editor."""
        return self.filter(is_same=None)


class PossibleRepeat(models.Model):
    """Two stories that are possibly the same: ``article`` came later than ``other``. An editor decides, once.

    ``resemblance`` lies between 0 and 1. ``is_same`` is None until somebody has decided.
    """

    article = models.ForeignKey(
        "articles.Article", on_delete=models.CASCADE, related_name="possible_repeats", verbose_name=_("article")
    )
    other = models.ForeignKey(
        "articles.Article", on_delete=models.CASCADE, related_name="possible_repeaters", verbose_name=_("other")
    )
    resemblance = models.FloatField()
    found_at = models.DateTimeField(_("found at"), default=timezone.now)
    is_same = models.BooleanField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    objects = PossibleRepeatQuerySet.as_manager()

    class Meta:
        verbose_name = _("possible repeat")
        verbose_name_plural = _("possible repeats")
        ordering = ["-resemblance", "pk"]
        constraints = [
            models.UniqueConstraint("article", "other", name="possible_repeat_is_unique"),
            models.CheckConstraint(condition=Q(article__gt=F("other")), name="possible_repeat_is_in_order"),
            models.CheckConstraint(
                condition=Q(resemblance__gte=0, resemblance__lte=1), name="possible_repeat_resemblance_is_a_share"
            ),
            models.CheckConstraint(
                condition=Q(is_same__isnull=True, decided_at__isnull=True, decided_by__isnull=True)
                | Q(is_same__isnull=False, decided_at__isnull=False, decided_by__isnull=False),
                name="possible_repeat_decision_has_name",
            ),
        ]

    def __str__(self) -> str:
        return gettext("%(later)s: possibly the same story as %(earlier)s") % {
            "later": self.article,
            "earlier": self.other,
        }

    @property
    def stories(self) -> list[Article]:
        """Both, the later one first."""
        return [self.article, self.other]

    @property
    def kept(self) -> Article:
        """The story that stands for both: the one on the site, or else the earlier one."""
        return self.article if self.article.is_public and not self.other.is_public else self.other

    @property
    def repeat(self) -> Article:
        """The story that the kept one makes needless."""
        return self.other if self.kept == self.article else self.article

    @transaction.atomic
    def confirm(self, *, by: "User") -> None:
        """Both are the same story: the kept one names the other's outlets as "Also reported by".

        The other stays what it is, as a rule a draft. Raises DecidedError if somebody has decided before.
        """
        self._decide(by, is_same=True)
        links = list(ArticleSource.objects.select_for_update().filter(article=self.kept))
        named = {link.source_id for link in links}
        last = max((link.position for link in links), default=0)
        reports = [link for link in self.repeat.rests_on if link.source_id not in named]
        ArticleSource.objects.bulk_create(
            ArticleSource(
                article=self.kept,
                source_id=link.source_id,
                role=ArticleSource.Role.ALSO,
                url=link.url,
                headline=link.headline or self.repeat.headline,
                position=position,
            )
            for position, link in enumerate(reports, start=last + 1)
        )

    @transaction.atomic
    def dismiss(self, *, by: "User") -> None:
        """These are two stories. Raises DecidedError if somebody has decided before."""
        self._decide(by, is_same=False)

    def _decide(self, by: "User", *, is_same: bool) -> None:
        self.is_same, self.decided_by, self.decided_at = is_same, by, timezone.now()
        waiting = PossibleRepeat.objects.undecided().filter(pk=self.pk)
        if not waiting.update(is_same=is_same, decided_by=by, decided_at=self.decided_at):
            raise DecidedError(gettext("Somebody has decided on these two stories already."))
