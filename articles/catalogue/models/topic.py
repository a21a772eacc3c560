"""What stories are about."""

from typing import Self

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles.catalogue.models.listing import ANY, count_of
from articles.catalogue.slugs import make_slug


class TopicQuerySet(models.QuerySet["Topic"]):
    """Adjectives and finders for topics."""

    def with_story_count(self) -> Self:
        """Each with ``story_count``, its published stories."""
        return self.annotate(story_count=Coalesce(Subquery(count_of(OuterRef("pk"), ANY)), 0))

    def with_stories(self) -> Self:
        """As ``with_story_count``, without those that have none."""
        return self.with_story_count().filter(story_count__gt=0)

    def named(self, name: str) -> "Topic":
        """The topic called ``name``, in whatever case; made if there is none."""
        name = " ".join(name.split())
        found = self.filter(name__iexact=name).first()
        if found:
            return found
        slug = make_slug(name, lambda slug: self.filter(slug=slug).exists(), fallback="topic")
        return self.create(name=name, slug=slug)


class Topic(models.Model):
    """A subject that stories are filed under, such as Phones."""

    name = models.CharField(_("name"), max_length=80)
    slug = models.SlugField(_("slug"), max_length=120, unique=True, allow_unicode=True)
    description = models.TextField(_("description"), blank=True)

    # Read by ``with_story_count`` alone.
    story_count: int

    objects = TopicQuerySet.as_manager()

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(Lower("name"), name="topic_name_is_unique"),
            models.CheckConstraint(condition=~Q(name="") & ~Q(slug=""), name="topic_has_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("reading:topic", args=[self.slug])


class ArticleTopic(models.Model):
    """A story is filed under a topic; the first one heads it in lists."""

    article = models.ForeignKey(
        "articles.Article", verbose_name=_("article"), on_delete=models.CASCADE, related_name="article_topics"
    )
    topic = models.ForeignKey(Topic, verbose_name=_("topic"), on_delete=models.PROTECT, related_name="article_topics")
    position = models.PositiveSmallIntegerField(_("position"), default=1)

    class Meta:
        verbose_name = _("article topic")
        verbose_name_plural = _("article topics")
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint("article", "topic", name="article_topic_is_unique")]

    def __str__(self) -> str:
        return str(self.topic)
