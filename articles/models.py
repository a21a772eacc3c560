"""Registry: every model of the app, where Django and its migrations look for them."""

from articles.catalogue.models import (
    Article,
    ArticleSource,
    ArticleTopic,
    FormerSlug,
    Image,
    ReviewDetails,
    SiteStatement,
    Source,
    Topic,
)
from articles.corrections.models import Report
from articles.importing.models import LoadedFixture, Original
from articles.revisions.models import Revision
from articles.summaries.models import Bullet, Evidence

__all__ = [
    "Article",
    "ArticleSource",
    "ArticleTopic",
    "Bullet",
    "Evidence",
    "FormerSlug",
    "Image",
    "LoadedFixture",
    "Original",
    "Report",
    "ReviewDetails",
    "Revision",
    "SiteStatement",
    "Source",
    "Topic",
]
