"""What waits for editors: stories whose summaries need work."""

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.catalogue.models import Article, ArticleQuerySet
from articles.summaries.models import Bullet

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def needing_summary(stories: ArticleQuerySet) -> ArticleQuerySet:
    """Those of ``stories``, published or yet to be, that have no point at all, not even a draft."""
    return _open(stories).exclude(pk__in=Bullet.objects.values("article"))


def needing_approval(stories: ArticleQuerySet) -> ArticleQuerySet:
    """Those of ``stories``, published or yet to be, with points that wait for an editor, whoever drafted them."""
    drafts = Bullet.objects.filter(status=Bullet.Status.DRAFT)
    return _open(stories).filter(pk__in=drafts.values("article"))


def under_review(stories: ArticleQuerySet) -> ArticleQuerySet:
    """Those of ``stories``, published or yet to be, with a point that has lost its evidence."""
    lost = Bullet.objects.filter(under_review_at__isnull=False)
    return _open(stories).filter(pk__in=lost.values("article"))


def _open(stories: ArticleQuerySet) -> ArticleQuerySet:
    return stories.exclude(status=Article.Status.WITHDRAWN)


class Queue(NamedTuple):
    """A queue by its name, as editors call it, also among all that waits, and which of some stories are in it."""

    label: "StrOrPromise"
    at_the_desk: "StrOrPromise"
    stories_in: Callable[[ArticleQuerySet], ArticleQuerySet]


QUEUES = {
    "needs_summary": Queue(_("Needs summary"), _("Summaries: needs summary"), needing_summary),
    "needs_approval": Queue(_("Needs approval"), _("Summaries: needs approval"), needing_approval),
    "under_review": Queue(_("Under review"), _("Summaries: under review"), under_review),
}


def next_in(queue: Queue, article: Article) -> Article | None:
    """The story after ``article`` in ``queue``, newest first; the first after the last one, None without others."""
    others = queue.stories_in(Article.objects.exclude(pk=article.pk)).newest_first().only("pk")
    is_later = Q(listed_at__lt=article.listed_at) | Q(listed_at=article.listed_at, pk__lt=article.pk)
    return others.filter(is_later).first() or others.first()
