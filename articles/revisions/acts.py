"""The acts of publishing. Each writes the story and its new revision in one transaction.

The admin, the commands and the import call these; nothing else changes what readers see of a story's words,
bullets or status.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction
from django.utils import timezone

from articles.catalogue.models import Article, Source, Topic, Wording
from articles.revisions.models import Revision
from articles.summaries import ties
from articles.summaries.models import Bullet
from articles.summaries.points import Point, approve, write_points

if TYPE_CHECKING:
    from django.contrib.auth.models import User

CHANGES = (
    Revision.Kind.CORRECTION,
    Revision.Kind.CLARIFICATION,
    Revision.Kind.UPDATE,
    Revision.Kind.MINOR,
)


class Removed(NamedTuple):
    """How many stories, topics and sources were removed."""

    stories: int
    topics: int
    sources: int


class Approval(NamedTuple):
    """A bullet as an editor has read it, and why it stands in spite of red flags, if there are any."""

    bullet: Bullet
    override: str = ""


class ActError(ValueError):
    """The act can't be done to the story as it stands; the message says why and what to do."""


@transaction.atomic
def send_to_review(article: Article) -> None:
    """Ask for a second pair of eyes on a draft. Raises ActError if the story is not one."""
    article = _locked(article)
    if article.status != Article.Status.DRAFT:
        raise ActError("Only a draft can be sent to review.")
    article.status = Article.Status.IN_REVIEW
    article.save(update_fields=["status"])


@transaction.atomic
def publish(article: Article, *, by: "User | None", at: datetime | None = None, reason: str = "") -> Revision:
    """Put a draft on the site, or a withdrawn story back.

    A story of our own gets its publication time now (or ``at``); an archived one keeps the time that its page
    states, or none. Raises ActError if it is published already.
    """
    article = _locked(article)
    if article.is_published:
        raise ActError("This story is published already.")
    if article.published_at is None and not article.is_from_archive:
        article.published_at = at or timezone.now()
    article.status = Article.Status.PUBLISHED
    article.save(update_fields=["status", "published_at"])
    return _record(article, Revision.Kind.PUBLISHED, by, reason)


@transaction.atomic
def change(
    article: Article, wording: Wording, points: Sequence[Point], *, by: "User", kind: str, reason: str
) -> Revision | None:
    """Change the words or bullets of a published story; None if nothing that readers see differs.

    ``kind`` is one of ``CHANGES``; ``reason`` says in public what changed and why. Raises ActError if either is
    missing or the story is not public. A bullet whose evidence the new words have lost goes under review.
    """
    article = _locked(article)
    if not article.is_public:
        raise ActError("This story is not published: edit the draft instead.")
    before = _visible_state(article)
    article.word(wording)
    article.save()
    write_points(article, points, by=by)
    return _record_change(article, before, by, kind, reason)


@transaction.atomic
def approve_points(
    article: Article, approvals: Sequence[Approval], *, by: "User", kind: str = "", reason: str = ""
) -> Revision | None:
    """Approve bullets by name; None if readers see nothing new by it, as in a story that is not public.

    Where they do, ``kind`` is one of ``CHANGES`` and ``reason`` says in public what changed and why: raises ActError
    without. Raises RedFlagsError for red flags that are not overridden, and PointError for a bullet that is gone or
    says something else by now. One error, and nothing is approved.
    """
    article = _locked(article)
    before = _visible_state(article)
    for approval in approvals:
        approve(article, approval.bullet, by=by, override=approval.override)
    return _record_change(article, before, by, kind, reason) if article.is_public else None


@transaction.atomic
def withdraw(article: Article, *, by: "User", reason: str) -> Revision:
    """Take a story back: its address stays and says so. Raises ActError without a reason or if it is not published."""
    article = _locked(article)
    if not article.is_published:
        raise ActError("Only a published story can be withdrawn.")
    if not reason.strip():
        raise ActError("Say why we no longer stand by this story: readers see this reason.")
    article.status = Article.Status.WITHDRAWN
    article.updated_at = timezone.now()
    article.save(update_fields=["status", "updated_at"])
    return _record(article, Revision.Kind.WITHDRAWN, by, reason.strip())


@transaction.atomic
def restore(article: Article, status: str, revisions: Sequence[Revision]) -> None:
    """Put a story that was published on another site back on this one, with its whole record as it was there.

    Raises ActError if the story has a record here, or none there.
    """
    article = _locked(article)
    if article.is_public or Revision.objects.filter(article=article).exists():
        raise ActError("This story has a record of its own.")
    if not revisions or status not in (Article.Status.PUBLISHED, Article.Status.WITHDRAWN):
        raise ActError("This story was never published there: it has no record to restore.")
    for revision in revisions:
        revision.article = article
    Revision.objects.bulk_create(revisions)
    article.status = Article.Status(status)
    article.save(update_fields=["status"])


@transaction.atomic
def remove_samples() -> Removed:
    """Delete every sample story with its record, which is no real one, and the topics and sources of samples alone."""
    samples = Article.objects.filter(is_sample=True)
    topics = set(Topic.objects.filter(articles__in=samples).values_list("pk", flat=True))
    sources = set(Source.objects.filter(article_sources__article__in=samples).values_list("pk", flat=True))
    count = samples.count()
    Revision.objects.filter(article__is_sample=True).delete()
    samples.delete()
    lone_topics = Topic.objects.filter(pk__in=topics, article_topics=None)
    lone_sources = Source.objects.filter(pk__in=sources, article_sources=None)
    return Removed(count, lone_topics.delete()[0], lone_sources.delete()[0])


def _locked(article: Article) -> Article:
    return Article.objects.select_for_update().get(pk=article.pk)


def _visible_state(article: Article) -> tuple[Wording, list[str]]:
    return article.wording, _visible_bullets(article)


def _visible_bullets(article: Article) -> list[str]:
    return list(Bullet.objects.visible().filter(article=article).values_list("text", flat=True))


def _record_change(
    article: Article, before: tuple[Wording, list[str]], by: "User", kind: str, reason: str
) -> Revision | None:
    """Record what differs from ``before`` of what readers see; None if nothing does."""
    if _visible_state(article) == before:
        return None
    if kind not in CHANGES:
        raise ActError("Say what kind of change this is: the story is published.")
    if not reason.strip():
        raise ActError("Say what changed and why: readers see this reason.")
    article.updated_at = timezone.now()
    article.is_edited = True
    article.save(update_fields=["updated_at", "is_edited"])
    return _record(article, kind, by, reason.strip())


def _record(article: Article, kind: str, by: "User | None", reason: str) -> Revision:
    last = Revision.objects.filter(article=article).order_by("-number").values_list("number", flat=True).first()
    number = (last or 0) + 1
    ties.stamp(article, number)
    return Revision.objects.create(
        article=article,
        number=number,
        created_by=by,
        by_name=(by.get_full_name() or by.get_username()) if by else "",
        kind=kind,
        reason=reason,
        headline=article.headline,
        standfirst=article.standfirst,
        byline=article.byline,
        body_markdown=article.body_markdown,
        body_text=article.body_text,
        bullets=_visible_bullets(article),
    )
