"""The outlets that stories rest on."""

from datetime import datetime
from typing import Any, Self
from urllib.parse import urlsplit

from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles.catalogue.models.listing import ANY, count_of
from articles.catalogue.slugs import make_slug

NOTE_LENGTH = 500
MOST_FAILURES = 1000
FEED_STATE = [
    f"feed_{name}" for name in ("etag", "modified", "checked_at", "next_at", "failures", "stopped_at", "note")
]
# An outlet that also reported a story is named with it, but the story does not rest on that report.
SUMMED_UP = Q(article_sources__role__in=["original", "additional"])


class SourceQuerySet(models.QuerySet["Source"]):
    """Adjectives and finders for outlets."""

    def with_due_feed(self, now: datetime) -> Self:
        """Outlets whose feed is to be asked by ``now``, the longest waiting first; not those that gave it up."""
        has_feed = ~Q(feed_url="") & Q(feed_stopped_at=None)
        is_due = Q(feed_next_at=None) | Q(feed_next_at__lte=now)
        return self.filter(has_feed & is_due).order_by(F("feed_next_at").asc(nulls_first=True), "pk")

    def with_story_count(self) -> Self:
        """Each with ``story_count``, the published stories that rest on it."""
        return self.annotate(story_count=Coalesce(Subquery(count_of(ANY, OuterRef("pk"))), 0))

    def with_stories(self) -> Self:
        """As ``with_story_count``, without those that have none."""
        return self.with_story_count().filter(story_count__gt=0)

    def of_stories(self, stories: "models.QuerySet[Any]") -> Self:
        """Outlets that ``stories`` rest on, each with ``story_count`` among them, most first."""
        of_these = self.filter(SUMMED_UP, article_sources__article__in=stories)
        counted = of_these.annotate(story_count=Count("article_sources__article", distinct=True))
        return counted.order_by("-story_count", "name")

    def named(self, name: str) -> "Source":
        """The outlet called ``name``, in whatever case; made if there is none."""
        name = " ".join(name.split())
        found = self.filter(name__iexact=name).first()
        if found:
            return found
        slug = make_slug(name, lambda slug: self.filter(slug=slug).exists(), fallback="source")
        return self.create(name=name, slug=slug)


class Source(models.Model):
    """An outlet, such as SCMP."""

    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(_("slug"), max_length=120, unique=True, allow_unicode=True)
    home_page = models.URLField(_("home page"), max_length=500, blank=True)
    description = models.TextField(_("description"), blank=True)
    is_licensed = models.BooleanField(
        _("licensed for full text"),
        default=False,
        help_text=_("Whether we may keep whole stories of this outlet. Otherwise its feed gives us excerpts only."),
    )

    feed_url = models.URLField(
        _("address of the feed"),
        max_length=1000,
        blank=True,
        help_text=_("RSS, Atom or JSON Feed. New items become drafts."),
    )
    feed_etag = models.CharField(max_length=500, blank=True, editable=False)
    feed_modified = models.CharField(max_length=100, blank=True, editable=False)
    feed_checked_at = models.DateTimeField(_("feed last asked"), null=True, editable=False)
    feed_next_at = models.DateTimeField(_("feed to be asked again"), null=True, editable=False)
    feed_failures = models.PositiveSmallIntegerField(_("failures in a row"), default=0, editable=False)
    feed_stopped_at = models.DateTimeField(_("feed given up"), null=True, blank=True, editable=False)
    feed_note = models.CharField(_("last answer of the feed"), max_length=NOTE_LENGTH, blank=True, editable=False)

    # Read by ``with_story_count`` and ``of_stories`` alone.
    story_count: int

    objects = SourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(Lower("name"), name="source_name_is_unique"),
            models.CheckConstraint(condition=~Q(name="") & ~Q(slug=""), name="source_has_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("reading:source", args=[self.slug])

    def start_feed(self, address: str) -> None:
        """Have this feed asked from now on, in place of any other; what was known of that is forgotten."""
        self.feed_url = address
        self.feed_etag = self.feed_modified = self.feed_note = ""
        self.feed_checked_at = self.feed_next_at = self.feed_stopped_at = None
        self.feed_failures = 0
        self.save(update_fields=["feed_url", *FEED_STATE])

    def note_answer(self, note: str, *, at: datetime, next_at: datetime) -> None:
        """Record that the feed answered as it should, and what it said."""
        self.feed_failures = 0
        self._note(note, at, next_at)

    def note_failure(self, note: str, *, at: datetime, next_at: datetime) -> None:
        """Record that the feed could not be had, or not be read."""
        self.feed_failures = min(self.feed_failures + 1, MOST_FAILURES)
        self._note(note, at, next_at)

    def stop_feed(self, note: str, *, at: datetime) -> None:
        """Ask this feed no more, until ``start_feed``."""
        self.feed_stopped_at = at
        self._note(note, at, None)

    def _note(self, note: str, at: datetime, next_at: datetime | None) -> None:
        self.feed_note, self.feed_checked_at, self.feed_next_at = note[:NOTE_LENGTH], at, next_at
        self.save(update_fields=FEED_STATE)

    @property
    def host(self) -> str:
        """The host name of the home page, as a reader would say it: scmp.com."""
        return (urlsplit(self.home_page).hostname or "").removeprefix("www.")


class ArticleSource(models.Model):
    """A story rests on an outlet's report: where that stands, what it is called, and what part it plays.

    The role ``also`` is for reports of the same event that the story does not rest on.
    """

    class Role(models.TextChoices):
        ORIGINAL = "original", _("The report that was summed up")
        ADDITIONAL = "additional", _("Used besides it")
        ALSO = "also", _("Reports the same")

    article = models.ForeignKey(
        "articles.Article", verbose_name=_("article"), on_delete=models.CASCADE, related_name="article_sources"
    )
    source = models.ForeignKey(
        Source, verbose_name=_("source"), on_delete=models.PROTECT, related_name="article_sources"
    )
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    role = models.CharField(_("role"), max_length=10, choices=Role.choices, default=Role.ORIGINAL)
    url = models.URLField(_("address of the original"), max_length=1000, blank=True)
    headline = models.CharField(_("headline of the original"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("article source")
        verbose_name_plural = _("article sources")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint("article", "source", "url", name="article_source_is_unique"),
            models.CheckConstraint(
                condition=Q(role__in=["original", "additional", "also"]), name="article_source_role_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source}: {self.headline or self.url}" if self.headline or self.url else str(self.source)
