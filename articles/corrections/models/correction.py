"""A published correction: the public account of a change, which nobody changes any more."""

from dataclasses import asdict
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.corrections.codes import new_code
from articles.corrections.models.report import Report
from articles.corrections.notices import SEVERITIES, Kind, Notice, Origin, Severity
from articles.corrections.passages import one_side
from articles.revisions.chain import hash_of
from articles.revisions.diff import Run, compare_line

if TYPE_CHECKING:
    from articles.catalogue.models import Article


def new_correction_code() -> str:
    """A fresh code for a correction."""
    return new_code("C")


# What of a row is hashed besides the notice.
COLUMNS = ("code", "number", "placement", "is_in_body", "prefix", "suffix")


class CorrectionQuerySet(models.QuerySet["Correction"]):
    """Adjectives for corrections."""

    def standing(self) -> Self:
        """Those that no later one has replaced."""
        return self.filter(superseded_by=None)

    def newest_first(self) -> Self:
        """The latest publication first."""
        return self.order_by("-published_at", "-pk")

    def for_log(self) -> Self:
        """With their stories, versions and replacements, and ``first_report_at``, None where nobody had reported it."""
        reports = Report.objects.filter(correction=models.OuterRef("pk")).order_by("received_at")
        related = self.select_related("article", "revision", "supersedes", "superseded_by")
        lean = related.defer("article__body_markdown", "article__body_html", "article__body_text")
        return lean.annotate(first_report_at=models.Subquery(reports.values("received_at")[:1]))


def published_notices() -> "models.Prefetch[Any, Any, Any]":
    """For ``prefetch_related`` on stories: the notices that stand, newest first, as ``story.notices``."""
    return models.Prefetch(
        "corrections", Correction.objects.standing().newest_first().select_related("revision"), to_attr="notices"
    )


def notices_of(article: "Article") -> "list[Correction]":
    """The notices that a story's page shows now, newest first; reads ``notices``, which the caller has fetched.

    That of a withdrawal stands in place of the story, and goes when the story is put back.
    """
    notices: list[Correction] = article.notices  # type: ignore[attr-defined]
    return [notice for notice in notices if (notice.kind == Kind.WITHDRAWAL) != article.is_published]


class Correction(models.Model):
    """A notice as it was published, with the version of the story that came with it, whose hash covers it.

    ``number`` counts the notices of a story from 1. ``is_in_body`` says whether the corrected words stand in the body
    of that version, between ``prefix`` and ``suffix``. ``seconded_by`` agreed that a change of a fact is no
    correction; where there was nobody to ask, ``ground`` says why it is not.
    """

    class Placement(models.TextChoices):
        TOP = "top", _("Top of the story")
        FOOT = "foot", _("Foot of the story")

    code = models.CharField(_("code"), max_length=16, unique=True, default=new_correction_code, editable=False)
    article = models.ForeignKey(
        "articles.Article", on_delete=models.PROTECT, related_name="corrections", verbose_name=_("article")
    )
    revision = models.OneToOneField(
        "articles.Revision", on_delete=models.PROTECT, related_name="correction", verbose_name=_("revision")
    )
    number = models.PositiveIntegerField(pgettext_lazy("which of several", "number"))
    kind = models.CharField(pgettext_lazy("of a notice", "kind"), max_length=15, choices=Kind.choices)
    severity = models.CharField(_("severity"), max_length=10, choices=Severity.choices)
    origin = models.CharField(pgettext_lazy("of an error", "origin"), max_length=10, choices=Origin.choices)
    placement = models.CharField(_("placement"), max_length=5, choices=Placement.choices)
    wrote = models.TextField(_("we wrote"), blank=True)
    says = models.TextField(_("it now says"), blank=True)
    is_in_body = models.BooleanField(_("is in body"), default=False)
    prefix = models.TextField(blank=True)
    suffix = models.TextField(blank=True)
    text = models.TextField(_("notice"))
    ground = models.TextField(_("why it is no correction"), blank=True)
    supersedes = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="superseded_by",
        verbose_name=pgettext_lazy("an earlier notice", "supersedes"),
    )
    seconded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    seconded_by_name = models.CharField(_("seconded by name"), max_length=200, blank=True)
    published_at = models.DateTimeField(_("published at"))
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    by_name = models.CharField(_("by name"), max_length=200, blank=True)
    is_sample = models.BooleanField(_("is sample"), default=False)

    objects = CorrectionQuerySet.as_manager()
    first_report_at: datetime | None

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["-published_at", "-pk"]
        indexes = [models.Index("published_at", "id", name="correction_log")]
        constraints = [
            models.UniqueConstraint("article", "number", name="correction_number_is_unique"),
            models.CheckConstraint(condition=~Q(text=""), name="correction_has_text"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="correction_kind_is_known"),
            models.CheckConstraint(condition=Q(severity__in=Severity.values), name="correction_severity_is_known"),
            models.CheckConstraint(condition=Q(origin__in=Origin.values), name="correction_origin_is_known"),
            models.CheckConstraint(condition=Q(placement__in=["top", "foot"]), name="correction_placement_is_known"),
            models.CheckConstraint(
                condition=Q(kind__in=["note", "withdrawal"]) | ~Q(wrote="") | ~Q(says=""), name="correction_has_passage"
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("corrections:correction", args=[self.code])

    @property
    def severity_word(self) -> str:
        """How grave the error was, in a word."""
        return str(SEVERITIES[self.severity])

    @property
    def notice(self) -> Notice:
        """The public account alone."""
        return Notice(**{name: getattr(self, name) for name in Notice.__dataclass_fields__})

    @property
    def hash(self) -> str:
        """The hash of all that is said here, which the version that comes with it carries.

        Who published it, and when, that version says itself.
        """
        columns = {name: getattr(self, name) for name in COLUMNS}
        replaced = self.supersedes.code if self.supersedes else ""
        return hash_of({**asdict(self.notice), **columns, "supersedes": replaced, "seconded_by": self.seconded_by_name})

    @property
    def anchor(self) -> str:
        """The id of the notice on the page of its story."""
        return f"correction-{self.number}"

    @property
    def is_on_top(self) -> bool:
        return self.placement == self.Placement.TOP

    @property
    def replaced_by(self) -> str:
        """The code of the notice that took this one's place, "" while it stands."""
        later: Correction | None = getattr(self, "superseded_by", None)
        return later.code if later else ""

    @property
    def was(self) -> list[Run]:
        """The passage as we wrote it, as runs of words that stayed ("=") or went ("-")."""
        return one_side(self._runs, "-")

    @property
    def now(self) -> list[Run]:
        """The passage as it now says, as runs of words that stayed ("=") or came ("+")."""
        return one_side(self._runs, "+")

    @cached_property
    def _runs(self) -> tuple[Run, ...]:
        return compare_line(self.wrote, self.says)

    @property
    def took(self) -> timedelta | None:
        """From the first report to the change, None if nobody had reported it; ``for_log`` fetches that."""
        return self.published_at - self.first_report_at if self.first_report_at else None
