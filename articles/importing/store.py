"""Writing documents into the catalogue: one transaction a story, so that nothing is ever half-written."""

from datetime import datetime

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


@transaction.atomic
def create(document: Document, original: Original, *, added_at: datetime, is_publishing: bool) -> Article:
    """Write a new story with all that belongs to it and its ``original``, as a draft or at once published.

    Raises DatabaseError, with nothing written, for what the database refuses.
    """
    article = _write_article(document, added_at)
    original.article = article
    original.save()
    for position, name in enumerate(document.topics, start=1):
        ArticleTopic.objects.create(article=article, topic=Topic.objects.named(name), position=position)
    for position, stated in enumerate(document.sources, start=1):
        source = Source.objects.named(stated.name)
        ArticleSource.objects.create(article=article, source=source, url=stated.url, position=position)
    for position, credit in enumerate(document.credits, start=1):
        Image.objects.create(article=article, credit=credit, position=position)
    if document.review:
        _write_review(article, document.review)
    import_points(article, document.bullets)
    if document.statement:
        SiteStatement.objects.get_or_create(defaults={"text": document.statement})
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
