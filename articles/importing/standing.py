"""A story as it stands, in the fields of a document, and the way back."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from articles.catalogue.models import Article, ArticleSource, ArticleTopic, Image, ReviewDetails, Source, Topic, Wording
from articles.importing.documents import Review
from articles.importing.fields import MERGED, PLAIN, WORDS, Fields, plain
from articles.summaries.models import Bullet
from articles.summaries.points import reimport_points

if TYPE_CHECKING:
    from django.contrib.auth.models import User

REVIEW_COLUMNS = tuple(Review.__dataclass_fields__)
RESTS_ON = (ArticleSource.Role.ORIGINAL, ArticleSource.Role.ADDITIONAL)
DECIMALS = ("score", "scale", "price")


def read(article: Article) -> Fields:
    """What ``article`` says now, of each field that can be merged."""
    return {
        **{name: plain(getattr(article, name)) for name in PLAIN},
        **{name: getattr(article.wording, name) for name in WORDS},
        "topics": [row.topic.name for row in ArticleTopic.objects.filter(article=article).select_related("topic")],
        "sources": [
            {"name": row.source.name, "url": row.url}
            for row in ArticleSource.objects.filter(article=article, role__in=RESTS_ON).select_related("source")
        ],
        "credits": [{"name": image.credit, "after_paragraph": image.position} for image in _credited(article)],
        "bullets": [bullet.text for bullet in Bullet.objects.settled().filter(article=article)],
        "review": _read_review(article),
    }


def write(article: Article, before: Fields, after: Fields, *, by: "User | None" = None) -> None:
    """Bring a story that is not public from ``before``, as ``read`` gave it, to ``after``."""
    write_details(article, before, after)
    is_reworded = wording_of(after) != article.wording
    if is_reworded:
        article.word(wording_of(after))
        article.save(update_fields=["headline", "standfirst", "byline", "body_markdown", "body_html", "body_text"])
    if is_reworded or after["bullets"] != before["bullets"]:
        # Bullets that stay are held against the new words.
        reimport_points(article, after["bullets"], by=by)


def write_details(article: Article, before: Fields, after: Fields) -> None:
    """Write what differs of the fields that are neither words nor bullets: no version of a story holds them."""
    changed = [name for name in MERGED if before[name] != after[name]]
    columns = [name for name in PLAIN if name in changed]
    for name in columns:
        setattr(article, name, _column(name, after[name]))
    if columns:
        article.save(update_fields=columns)
    for name, write_field in DETAILS.items():
        if name in changed:
            write_field(article, after[name])


def write_review(article: Article, review: Fields | None) -> None:
    """Make ``review``, as a document's fields have it, the review of ``article``; None takes that away."""
    if review is None:
        ReviewDetails.objects.filter(article=article).delete()
        return
    values = {name: Decimal(value) if name in DECIMALS and value else value for name, value in review.items()}
    ReviewDetails.objects.update_or_create(article=article, defaults=values)


def wording_of(fields: Fields) -> Wording:
    """The words among ``fields``."""
    return Wording(**{name: fields[name] for name in WORDS})


def _column(name: str, value: Any) -> Any:
    return datetime.fromisoformat(value) if name == "published_at" and value else value


def _credited(article: Article) -> list[Image]:
    return list(Image.objects.filter(article=article).exclude(credit=""))


def _read_review(article: Article) -> Fields | None:
    review = ReviewDetails.objects.filter(article=article).first()
    return {column: plain(getattr(review, column)) for column in REVIEW_COLUMNS} if review else None


def _write_topics(article: Article, names: list[str]) -> None:
    ArticleTopic.objects.filter(article=article).delete()
    ArticleTopic.objects.bulk_create(
        ArticleTopic(article=article, topic=Topic.objects.named(name), position=position)
        for position, name in enumerate(names, start=1)
    )


def _write_sources(article: Article, stated: list[Fields]) -> None:
    """Name these sources in this order; one that was named before keeps its part and the headline of its report."""
    rows = {(row.source_id, row.url): row for row in ArticleSource.objects.filter(article=article)}
    for position, source in enumerate(stated, start=1):
        key = (Source.objects.named(source["name"]).pk, source["url"])
        row = rows.pop(key, None) or ArticleSource(article=article, source_id=key[0], url=key[1])
        row.position = position
        if row.role not in RESTS_ON:
            row.role = ArticleSource.Role.ORIGINAL
        row.save()
    left = [row.pk for row in rows.values() if row.role in RESTS_ON]
    ArticleSource.objects.filter(pk__in=left).delete()


def _write_credits(article: Article, stated: list[Fields]) -> None:
    """Give these credits at these places; a picture that is here stays, whatever becomes of its credit."""
    images = _credited(article)
    for image, credit in zip(images, stated, strict=False):
        image.credit, image.position = credit["name"], credit["after_paragraph"]
        image.save(update_fields=["credit", "position"])
    for image in images[len(stated) :]:
        if image.file:
            image.credit = ""
            image.save(update_fields=["credit"])
        else:
            image.delete()
    Image.objects.bulk_create(
        Image(article=article, credit=credit["name"], position=credit["after_paragraph"])
        for credit in stated[len(images) :]
    )


DETAILS: dict[str, Callable[[Article, Any], None]] = {
    "topics": _write_topics,
    "sources": _write_sources,
    "credits": _write_credits,
    "review": write_review,
}
