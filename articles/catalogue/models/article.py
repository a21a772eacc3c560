"""The story itself: its words, its state and its addresses."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import connection, models
from django.db.models import F, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce, Substr
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.catalogue.dates import PartialDate, parse_partial_date
from articles.catalogue.models.image import Image, Thumbnail
from articles.catalogue.models.listing import ANY
from articles.catalogue.models.source import ArticleSource, Source
from articles.catalogue.models.topic import ArticleTopic, Topic
from articles.catalogue.slugs import make_slug
from articles.web import markdown
from articles.web.plain_text import to_text

if TYPE_CHECKING:
    from articles.catalogue.models.review import ReviewDetails

RIGHT_TO_LEFT = frozenset({"ar", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"})
OPENING_LENGTH = 600
# What no row shows of a review.
NOT_LISTED = ("product", "maker", "price", "currency", "pros", "cons", "verdict", "specs")
# An import asks this for each story; as a query of the ORM it takes a tenth of the whole import to build.
LED_TO = """SELECT id FROM articles_article WHERE slug = %s
    UNION ALL SELECT article_id FROM articles_formerslug WHERE slug = %s"""


@dataclass(frozen=True)
class Wording:
    """The words of a story, as an editor or an import gives them; the body is Markdown."""

    headline: str
    standfirst: str
    body: str
    byline: str


class ArticleQuerySet(models.QuerySet["Article"]):
    """Adjectives for stories."""

    def published(self) -> Self:
        """Stories on the site."""
        return self.filter(status=Article.Status.PUBLISHED)

    def public(self) -> Self:
        """Stories that have a page: published, or withdrawn with a notice."""
        return self.filter(status__in=Article.PUBLIC)

    def reviews(self) -> Self:
        """Reviews of products."""
        return self.filter(kind=Article.Kind.REVIEW)

    def in_topic(self, topic: Topic) -> Self:
        """Stories filed under ``topic``."""
        return self.filter(article_topics__topic=topic)

    def from_source(self, source: Source) -> Self:
        """Stories that rest on ``source``."""
        filed = ArticleSource.objects.filter(source=source).exclude(role=ArticleSource.Role.ALSO)
        return self.filter(pk__in=filed.values("article"))

    def listed(self, *, topic: int = ANY, source: int = ANY) -> Self:
        """Published stories in a topic, from an outlet or both (by their keys), newest first: read from its list."""
        listed = self.filter(listings__topic_id=topic, listings__source_id=source)
        listed = listed.alias(place_listed_at=F("listings__listed_at"), place_pk=F("listings__article_id"))
        return listed.order_by("-place_listed_at", "-place_pk")

    def newest_first(self) -> Self:
        """Latest publication first; where that is unknown, the day on which the story was added counts."""
        return self.order_by("-listed_at", "-pk")

    def with_state(self) -> Self:
        """Their places in a list alone: nothing but ``listed_at`` and ``state_number``, for ``publishing.pieces``."""
        return self.only("listed_at").annotate(state_number=F("state__number"))

    def for_lists(self) -> Self:
        """With what a row of a list shows and nothing else: three queries, however many rows."""
        topics, sources = _filed()
        first = Image.objects.filter(article=OuterRef("pk")).exclude(file="").order_by("position", "pk")
        return (
            self.defer("body_markdown", "body_html", "body_text", *(f"review__{name}" for name in NOT_LISTED))
            .annotate(
                opening_text=Substr("body_text", 1, OPENING_LENGTH), picture_name=Subquery(first.values("file")[:1])
            )
            .select_related("review")
            .prefetch_related(
                Prefetch("article_topics", topics.only("article_id", "topic__name", "topic__slug")),
                Prefetch("article_sources", sources.only("article_id", "role", "url", "source__name", "source__slug")),
            )
        )

    def with_labels(self) -> Self:
        """With topics and sources in their order."""
        topics, sources = _filed()
        return self.prefetch_related(Prefetch("article_topics", topics), Prefetch("article_sources", sources))


def _filed() -> "tuple[models.QuerySet[ArticleTopic], models.QuerySet[ArticleSource]]":
    return ArticleTopic.objects.select_related("topic"), ArticleSource.objects.select_related("source")


class Article(models.Model):
    """A story or a review.

    ``body_html`` and ``body_text`` are made from ``body_markdown`` by ``word``, the verb that changes the words.
    ``published_at`` is the first publication as far as it is known: an archived page seldom says. ``listed_at``
    orders every list.
    """

    class Kind(models.TextChoices):
        NEWS = "news", _("News")
        REVIEW = "review", _("Review")

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        IN_REVIEW = "in_review", _("In review")
        PUBLISHED = "published", _("Published")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        SEALED = "sealed", _("Withdrawn and sealed")

    PUBLIC = (Status.PUBLISHED, Status.WITHDRAWN, Status.SEALED)

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.NEWS)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.DRAFT, editable=False)
    slug = models.SlugField(_("slug"), max_length=120, unique=True, allow_unicode=True, blank=True)
    headline = models.CharField(_("headline"), max_length=500)
    standfirst = models.TextField(_("standfirst"), blank=True)
    byline = models.CharField(_("byline"), max_length=200, blank=True)
    language = models.CharField(
        _("language"), max_length=20, default="en", help_text=_("BCP 47 tag, for example en or ar.")
    )
    body_markdown = models.TextField(_("body"))
    body_html = models.TextField(editable=False)
    body_text = models.TextField(editable=False)

    published_at = models.DateTimeField(
        _("published at"),
        null=True,
        blank=True,
        help_text=_("First publication. Leave empty if it is unknown: it is never made up."),
    )
    added_at = models.DateTimeField(_("added at"), default=timezone.now, editable=False)
    listed_at = models.GeneratedField(
        verbose_name=_("listed at"),
        expression=Coalesce("published_at", "added_at"),
        output_field=models.DateTimeField(),
        db_persist=True,
    )
    updated_at = models.DateTimeField(_("updated at"), null=True, editable=False)
    updated_as_stated = models.CharField(
        _("updated, as stated"),
        max_length=60,
        blank=True,
        help_text=_("As the source writes it, for example Jan 9."),
    )
    is_edited = models.BooleanField(_("edited"), default=False)
    is_from_archive = models.BooleanField(
        _("from the archive"), default=False, help_text=_("Published elsewhere before it came here.")
    )
    is_sample = models.BooleanField(_("sample"), default=False, editable=False)

    # Read by ``with_state`` alone.
    state_number: int | None

    topics = models.ManyToManyField(Topic, verbose_name=_("topics"), through=ArticleTopic, related_name="articles")

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ["-listed_at", "-pk"]
        indexes = [
            models.Index("status", F("listed_at").desc(), F("id").desc(), name="article_listing"),
            models.Index("kind", "status", F("listed_at").desc(), F("id").desc(), name="article_kind_listing"),
            # All that a list of changes looks at, so that it need not look at the stories themselves.
            models.Index("status", "id", "updated_at", "added_at", "listed_at", name="article_changes"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(slug=""), name="article_has_slug"),
            models.CheckConstraint(condition=~Q(headline=""), name="article_has_headline"),
            models.CheckConstraint(condition=Q(kind__in=["news", "review"]), name="article_kind_is_known"),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "in_review", "published", "withdrawn", "sealed"]),
                name="article_status_is_known",
            ),
            models.CheckConstraint(
                condition=~Q(status="published") | Q(is_from_archive=True) | Q(published_at__isnull=False),
                name="article_published_has_date",
            ),
        ]

    def __str__(self) -> str:
        return self.headline

    def get_absolute_url(self) -> str:
        return reverse("reading:article", args=[self.slug])

    @property
    def wording(self) -> Wording:
        """The words as they stand."""
        return Wording(self.headline, self.standfirst, self.body_markdown, self.byline)

    def word(self, wording: Wording) -> None:
        """Take over ``wording`` and make the HTML and the plain text of its body; nothing is saved yet."""
        self.headline = wording.headline
        self.standfirst = wording.standfirst
        self.byline = wording.byline
        self.body_markdown = wording.body
        self.body_html = markdown.to_html(wording.body)
        self.body_text = to_text(self.body_html)

    def take_slug(self, wanted: str = "") -> None:
        """Move to an address made of ``wanted`` or the headline; a published story's old address will redirect.

        An address that another story has, or ever had, is not taken from it.
        """
        old = self.slug
        self.slug = make_slug(wanted or self.headline, self.is_slug_taken, fallback="story")
        if self.is_public and old and old != self.slug:
            FormerSlug.objects.filter(slug=self.slug, article=self).delete()
            FormerSlug.objects.create(article=self, slug=old)

    def is_slug_taken(self, slug: str) -> bool:
        """Whether ``slug`` leads, or ever led, to another story."""
        with connection.cursor() as cursor:
            cursor.execute(LED_TO, [slug, slug])
            return any(pk != self.pk for (pk,) in cursor)

    @property
    def is_published(self) -> bool:
        return self.status == self.Status.PUBLISHED

    @property
    def is_public(self) -> bool:
        """Whether the story has a page: also a withdrawn one, with its notice."""
        return self.status in self.PUBLIC

    @property
    def is_sealed(self) -> bool:
        """Whether the story's words were taken out of the record for legal cause."""
        return self.status == self.Status.SEALED

    @property
    def details(self) -> "ReviewDetails | None":
        """What a review adds; None for news and for a review that is not finished."""
        return getattr(self, "review", None)

    @property
    def rests_on(self) -> list[ArticleSource]:
        """The reports that the story rests on, in their order."""
        return [link for link in self.article_sources.all() if link.role != ArticleSource.Role.ALSO]

    @property
    def also_reported(self) -> list[ArticleSource]:
        """Other outlets' reports of the same, in their order."""
        return [link for link in self.article_sources.all() if link.role == ArticleSource.Role.ALSO]

    @property
    def direction(self) -> str:
        """Writing direction of the story's language: "rtl" or "ltr"."""
        return "rtl" if self.language.partition("-")[0].lower() in RIGHT_TO_LEFT else "ltr"

    @property
    def stated_update(self) -> PartialDate | None:
        """The update as the source states it, or None if it states none that can be read."""
        return parse_partial_date(self.updated_as_stated)

    @property
    def summary_line(self) -> str:
        """The standfirst, or the first paragraph of a story without one."""
        if self.standfirst:
            return self.standfirst
        opening: str = getattr(self, "opening_text", "") or self.body_text
        first, _, rest = opening.partition("\n\n")
        if rest or len(first) < OPENING_LENGTH:
            return first
        return first.rpartition(" ")[0] + " …"

    @property
    def thumbnail(self) -> Thumbnail | None:
        """The small picture beside a row of a list (``for_lists``); None for a story without one."""
        name: str = getattr(self, "picture_name", "") or ""
        return Thumbnail(name) if name else None

    @property
    def changed_at(self) -> datetime:
        """When the page last changed, as far as this site knows: for feeds, sitemaps and Last-Modified."""
        listed_at: datetime = self.listed_at
        return max(listed_at, self.added_at, self.updated_at or self.added_at)


class FormerSlug(models.Model):
    """An address that a story had before: it redirects for ever."""

    article = models.ForeignKey(
        Article, verbose_name=_("article"), on_delete=models.CASCADE, related_name="former_slugs"
    )
    slug = models.SlugField(_("slug"), max_length=120, unique=True, allow_unicode=True)
    left_at = models.DateTimeField(_("left at"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("former slug")
        verbose_name_plural = _("former slugs")
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.slug
