"""What waits for editors: stories whose summaries need work."""

from articles.catalogue.models import Article, ArticleQuerySet
from articles.summaries.models import Bullet


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
