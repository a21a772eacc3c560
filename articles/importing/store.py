"""Writing documents into the catalogue: one transaction a story, so that nothing is ever half-written."""

from datetime import datetime
from functools import cache

from django.db import transaction

from articles.catalogue.models import (
    Article,
    ArticleSource,
    ArticleTopic,
    Image,
    ReviewDetails,
    SiteStatement,
    Source,
    Topic,
    Wording,
)
from articles.importing.documents import Document, Review
from articles.importing.models import Original
from articles.importing.plan import Standing, story_of
from articles.revisions import acts
from articles.summaries.points import import_points


def standing() -> Standing:
    """What has been imported so far, in three queries."""
    originals = list(Original.objects.values_list("sha256", "file_name"))
    imported = ArticleSource.objects.filter(article__original__isnull=False)
    stories = imported.values_list("article__headline", "source__name")
    statement = SiteStatement.objects.first()
    return Standing(
        hashes={sha256 for sha256, _ in originals},
        file_names={file_name for _, file_name in originals},
        stories={story_of(headline, name) for headline, name in stories},
        statement=statement.text if statement else "",
    )


class Shared:
    """What the stories of a run share: topics, sources, the site's statement. Each is looked up, or made, once."""

    def __init__(self) -> None:
        self.topic = cache(Topic.objects.named)
        self.source = cache(Source.objects.named)
        self.keep_statement = cache(_keep_statement)

    def forget(self) -> None:
        """Look everything up anew: what a transaction made is gone when that failed."""
        for known in (self.topic, self.source, self.keep_statement):
            known.cache_clear()


@transaction.atomic
def create(
    document: Document, original: Original, shared: Shared, *, added_at: datetime, is_publishing: bool
) -> Article:
    """Write a new story with all that belongs to it and its ``original``, as a draft or at once published.

    Raises DatabaseError, with nothing written, for what the database refuses.
    """
    article = _write_article(document, added_at)
    original.article = article
    original.save(force_insert=True)
    _write_labels(article, document, shared)
    Image.objects.bulk_create(
        Image(article=article, credit=credit.name, position=credit.after_paragraph) for credit in document.credits
    )
    if document.review:
        _write_review(article, document.review)
    import_points(article, document.bullets)
    if document.statement:
        shared.keep_statement(document.statement)
    if is_publishing:
        acts.publish(article, by=None)
    return article


def _write_article(document: Document, added_at: datetime) -> Article:
    article = Article(
        kind=document.kind,
        language=document.language,
        published_at=document.published_at,
        added_at=added_at,
        updated_as_stated=document.updated_as_stated,
        is_edited=document.is_edited,
        is_from_archive=document.is_from_archive,
        is_sample=document.is_sample,
    )
    article.word(Wording(document.headline, document.standfirst, document.body, document.byline))
    article.take_slug()
    article.save()
    return article


def _write_labels(article: Article, document: Document, shared: Shared) -> None:
    ArticleTopic.objects.bulk_create(
        ArticleTopic(article=article, topic=shared.topic(name), position=position)
        for position, name in enumerate(document.topics, start=1)
    )
    ArticleSource.objects.bulk_create(
        ArticleSource(article=article, source=shared.source(stated.name), url=stated.url, position=position)
        for position, stated in enumerate(document.sources, start=1)
    )


def _keep_statement(text: str) -> None:
    """Make ``text`` the site's statement, unless it has one."""
    SiteStatement.objects.get_or_create(defaults={"text": text})


def _write_review(article: Article, review: Review) -> None:
    ReviewDetails.objects.create(
        article=article,
        product=review.product,
        maker=review.maker,
        price=review.price,
        currency=review.currency,
        score=review.score,
        scale=review.scale,
        pros=list(review.pros),
        cons=list(review.cons),
        verdict=review.verdict,
        specs=[list(pair) for pair in review.specs],
    )
