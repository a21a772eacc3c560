"""Models of the catalogue."""

from articles.catalogue.models.article import Article, ArticleQuerySet, FormerSlug, Wording
from articles.catalogue.models.image import Image
from articles.catalogue.models.listing import Listing, StoryCount
from articles.catalogue.models.review import ReviewDetails
from articles.catalogue.models.source import ArticleSource, Source, SourceQuerySet
from articles.catalogue.models.statement import SiteStatement
from articles.catalogue.models.topic import ArticleTopic, Topic, TopicQuerySet

__all__ = [
    "Article",
    "ArticleQuerySet",
    "ArticleSource",
    "ArticleTopic",
    "FormerSlug",
    "Image",
    "Listing",
    "ReviewDetails",
    "SiteStatement",
    "Source",
    "SourceQuerySet",
    "StoryCount",
    "Topic",
    "TopicQuerySet",
    "Wording",
]
