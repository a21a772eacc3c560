"""The published site, record by record, for another site or for safe keeping."""

import hashlib
from base64 import b64encode
from collections.abc import Iterable, Iterator
from typing import TypeVar

from django.core.files.storage import default_storage
from django.db.models import Prefetch, QuerySet

from articles.catalogue.models import Article, FormerSlug, Image, SiteStatement, Source, Topic
from articles.corrections.models import Correction
from articles.importing.formats.site_lines import (
    Doubt,
    FormerAddress,
    Head,
    Illustration,
    Notice,
    Outlet,
    Picture,
    Point,
    Record,
    Report,
    Review,
    Story,
    Subject,
    Version,
    VersionText,
)
from articles.revisions.chain import Link
from articles.revisions.models import Revision
from articles.summaries.models import Bullet, visible_points

AT_ONCE = 200
# Those of a story, a revision and a correction that keep their names.
COLUMNS = (
    *("slug", "status", "kind", "language", "headline", "standfirst", "byline", "published_at", "added_at"),
    *("updated_at", "updated_as_stated", "is_edited", "is_from_archive", "is_sample"),
)
VERSION_COLUMNS = (*Link.__dataclass_fields__, "hash")
NOTICE_COLUMNS = tuple(name for name in Notice.__dataclass_fields__ if name not in ("version", "supersedes"))
# Those of a bullet that keep their names and are told whoever wrote it.
POINT_COLUMNS = ("text", "origin", "approved_at", "override", "model", "prompt_version", "drafted_at")

Slugged = TypeVar("Slugged", Article, FormerSlug, Source, Topic)


class ExportError(Exception):
    """Something of the site can't be exported; the message says what and what to do."""


def records() -> Iterator[Record]:
    """The head, then outlets, topics, pictures and stories, each kind by slug or name. Raises ExportError."""
    statement = SiteStatement.objects.first()
    yield Head(statement=statement.text, statement_changed_at=statement.changed_at) if statement else Head()
    public = Article.objects.public()
    sources = Source.objects.filter(article_sources__article__in=public).distinct()
    for source in _by_slug(sources):
        words = (source.slug, source.name, source.home_page, source.description)
        yield Outlet(*words, feed_url=source.feed_url, is_licensed=source.is_licensed)
    for topic in _by_slug(Topic.objects.filter(articles__in=public).distinct()):
        yield Subject(topic.slug, topic.name, topic.description)
    names = Image.objects.filter(article__in=public).exclude(file="").values_list("file", flat=True)
    for name in sorted(set(names)):
        yield _picture(name)
    yield from _stories(public)


def story_of(article: Article) -> Story:
    """A story with all that belongs to it, as a record."""
    return Story(
        **{name: getattr(article, name) for name in COLUMNS},
        body=article.body_markdown,
        topics=tuple(row.topic.slug for row in article.article_topics.all()),
        sources=tuple(
            Report(row.source.slug, row.role, row.url, row.headline) for row in article.article_sources.all()
        ),
        images=tuple(
            Illustration(image.file.name or "", image.alt, image.caption, image.credit, image.position)
            for image in article.images.all()
        ),
        bullets=tuple(map(_point, article.points)),  # type: ignore[attr-defined]
        review=_review(article),
        versions=tuple(_version(revision) for revision in article.revisions.all()),
        corrections=tuple(_notice(correction) for correction in article.corrections.all()),
        former_slugs=tuple(
            FormerAddress(former.slug, former.left_at) for former in _by_slug(article.former_slugs.all())
        ),
    )


def with_everything(articles: QuerySet[Article]) -> QuerySet[Article]:
    """``articles`` with all that ``story_of`` tells of them."""
    return articles.select_related("review").prefetch_related(
        "article_topics__topic",
        "article_sources__source",
        "images",
        visible_points(),
        Prefetch("revisions", Revision.objects.with_texts().order_by("number")),
        Prefetch("corrections", Correction.objects.select_related("revision", "supersedes").order_by("number")),
        "former_slugs",
    )


def _stories(public: QuerySet[Article]) -> Iterator[Story]:
    """The stories by slug, of which few are held at once."""
    slugs = sorted(public.values_list("slug", flat=True))
    for start in range(0, len(slugs), AT_ONCE):
        some = with_everything(public.filter(slug__in=slugs[start : start + AT_ONCE]))
        yield from (story_of(article) for article in _by_slug(some))


def _by_slug(rows: Iterable[Slugged]) -> list[Slugged]:
    """``rows`` by the code points of their slugs: the order of a database depends on its collation."""
    return sorted(rows, key=lambda row: row.slug)


def _picture(name: str) -> Picture:
    try:
        with default_storage.open(name) as file:
            content = file.read()
    except OSError as error:
        raise ExportError(
            f"The picture {name} can't be read ({error.strerror}): put it back into the media folder, or take it out "
            "of its story."
        ) from error
    return Picture(name, hashlib.sha256(content).hexdigest(), b64encode(content).decode())


def _point(bullet: Bullet) -> Point:
    """A bullet with how it was made, as far as readers are told: a person's first words are nobody's business."""
    is_told = bullet.origin != Bullet.Origin.PERSON
    return Point(
        **{name: getattr(bullet, name) for name in POINT_COLUMNS},
        approved_by=bullet.approved_by_name,
        flags=tuple(Doubt(**{**flag, "words": tuple(flag["words"])}) for flag in bullet.flags),
        drafted_text=bullet.drafted_text if is_told else "",
    )


def _review(article: Article) -> Review | None:
    review = article.details
    if review is None:
        return None
    columns = {name: getattr(review, name) for name in Review.__dataclass_fields__}
    lists = {"pros": tuple(review.pros), "cons": tuple(review.cons), "specs": tuple(map(tuple, review.specs))}
    return Review(**{**columns, **lists})


def _version(revision: Revision) -> Version:
    columns = {name: getattr(revision, name) for name in VERSION_COLUMNS}
    return Version(**columns, text=VersionText(**vars(revision.words)) if revision.words else None)


def _notice(correction: Correction) -> Notice:
    columns = {name: getattr(correction, name) for name in NOTICE_COLUMNS}
    supersedes = correction.supersedes.code if correction.supersedes else ""
    return Notice(**columns, version=correction.revision.number, supersedes=supersedes)
