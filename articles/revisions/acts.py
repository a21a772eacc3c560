"""The acts of publishing. Each writes the story and its new revision in one transaction.

The admin, the commands and the import call these; nothing else changes what readers see of a story's words,
bullets or status.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.catalogue.models import Article, Source, Topic, Wording
from articles.revisions.models import Revision, RevisionText
from articles.revisions.record import record, record_seal, words_of
from articles.revisions.verify import broken_link
from articles.summaries.models import Bullet
from articles.summaries.points import Point, approve, forget_points, write_points

if TYPE_CHECKING:
    from django.contrib.auth.models import User

# The kinds of change that readers are told of by a notice, which ``corrections.acts`` publishes along.
NOTICED = (
    Revision.Kind.CORRECTION,
    Revision.Kind.CLARIFICATION,
    Revision.Kind.UPDATE,
    Revision.Kind.NOTE,
)
CHANGES = (*NOTICED, Revision.Kind.MINOR)
# The kinds of change that points make which an editor approves: nothing was wrong, so the record alone tells of them.
ADDITIONS = (Revision.Kind.UPDATE, Revision.Kind.MINOR)
SEALED_HEADLINE = gettext_lazy("Sealed story")


class Removed(NamedTuple):
    """How many stories, topics and sources were removed."""

    stories: int
    topics: int
    sources: int


class Account(NamedTuple):
    """How readers are told of a change.

    ``kind`` is one of ``CHANGES``, ``reason`` says in public what changed and why, and ``notice_hash`` is the hash of
    the notice that comes with every change but a minor one.
    """

    kind: str
    reason: str
    notice_hash: str = ""


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
        raise ActError(_("Only a draft can be sent to review."))
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
        raise ActError(_("This story is published already."))
    if article.is_sealed:
        raise ActError(_("This story is sealed: it can't be published again."))
    if article.published_at is None and not article.is_from_archive:
        article.published_at = at or timezone.now()
    article.status = Article.Status.PUBLISHED
    revision = record(article, Revision.Kind.PUBLISHED, by, reason)
    article.save(update_fields=["status", "published_at"])
    return revision


def change(
    article: Article, wording: Wording, points: Sequence[Point], *, by: "User", kind: str, reason: str
) -> Revision | None:
    """Change the words or bullets of a published story without a notice; None if nothing that readers see differs.

    ``reason`` says in public what changed and why. Raises ActError if it is missing, if the story is not public, or
    if a change of this ``kind`` comes with a notice: then ``corrections.acts`` publishes both.
    """
    return change_with(article, wording, points, Account(kind, reason), by=by)


@transaction.atomic
def approve_points(
    article: Article, approvals: Sequence[Approval], *, by: "User", kind: str = "", reason: str = ""
) -> Revision | None:
    """Approve bullets by name; None if readers see nothing new by it, as in a story that is not public.

    Where they do, ``kind`` is one of ``ADDITIONS`` and ``reason`` says in public what changed and why: raises ActError
    without. Raises RedFlagsError for red flags that are not overridden, and PointError for a bullet that is gone or
    says something else by now. One error, and nothing is approved.
    """
    article = _locked(article)
    before = _visible(article)
    for approval in approvals:
        approve(article, approval.bullet, by=by, override=approval.override)
    if not article.is_public or _visible(article) == before:
        return None
    if kind not in ADDITIONS:
        raise ActError(_("Say what kind of change this is, an update or one of style: the story is published."))
    if not reason.strip():
        raise ActError(_("Say what changed and why: readers see this reason."))
    return _record_change(article, Account(kind, reason), by)


@transaction.atomic
def change_with(
    article: Article, wording: Wording, points: Sequence[Point], account: Account, *, by: "User"
) -> Revision | None:
    """Change the words or bullets of a published story; None if nothing that readers see differs.

    With a notice there is a new version even where no word differs. Raises ActError if the account is not what its
    kind demands or the story is not public. A bullet whose evidence the new words have lost goes under review.
    """
    article = _locked(article)
    if not article.is_public or article.is_sealed:
        raise ActError(_("This story is not published: edit the draft instead."))
    before = _visible(article)
    article.word(wording)
    write_points(article, points, by=by)
    if _visible(article) == before and not account.notice_hash:
        return None
    now = _visible(article)
    _demand(account, is_addition=now[0] == before[0] and set(before[1]) <= set(now[1]))
    return _record_change(article, account, by)


@transaction.atomic
def withdraw(article: Article, *, by: "User", reason: str, notice_hash: str = "") -> Revision:
    """Take a story back: its address stays and says so. Raises ActError without a reason or if it is not published.

    ``notice_hash`` is that of the notice that stands in place of the story.
    """
    article = _locked(article)
    if not article.is_published:
        raise ActError(_("Only a published story can be withdrawn."))
    if not reason.strip():
        raise ActError(_("Say why we no longer stand by this story: readers see this reason."))
    revision = record(article, Revision.Kind.WITHDRAWN, by, reason.strip(), notice_hash)
    article.status = Article.Status.WITHDRAWN
    article.updated_at = revision.created_at
    article.save(update_fields=["status", "updated_at"])
    return revision


@transaction.atomic
def seal(article: Article, *, by: "User", reason: str) -> Revision:
    """Take every word of a withdrawn story out of the record, for legal cause; that it was done is recorded.

    The address stays. Raises ActError without a reason, by whoever is no superuser, or if the story is not withdrawn.
    """
    article = _locked(article)
    if not by.is_superuser:
        raise ActError(_("Only an administrator can seal a story."))
    if article.status != Article.Status.WITHDRAWN:
        raise ActError(_("Only a withdrawn story can be sealed: withdraw it first."))
    if not reason.strip():
        raise ActError(_("Say for what legal cause: readers see this reason."))
    revision = record_seal(article, by, reason.strip())
    RevisionText.objects.filter(revision__article=article).delete()
    forget_points(article)
    article.word(Wording(str(SEALED_HEADLINE), "", "", ""))
    article.status = Article.Status.SEALED
    article.updated_at = revision.created_at
    article.save()
    return revision


@transaction.atomic
def restore(article: Article, status: str, versions: Sequence[tuple[Revision, RevisionText | None]]) -> None:
    """Put a story that was published on another site back on this one, with its whole record as it was there.

    ``versions`` come by their numbers, each with its text unless that is sealed. Raises ActError if the story has a
    record here, or none there, or if a version does not follow on the one before.
    """
    article = _locked(article)
    if article.is_public or Revision.objects.filter(article=article).exists():
        raise ActError(_("This story has a record of its own."))
    if not versions or status not in Article.PUBLIC:
        raise ActError(_("This story was never published there: it has no record to restore."))
    fault = broken_link([(revision, text.words if text else None) for revision, text in versions])
    if fault:
        raise ActError(_("Its record does not hold: %(fault)s.") % {"fault": fault})
    for revision, _text in versions:
        revision.article, revision.is_sample = article, article.is_sample
    Revision.objects.bulk_create([revision for revision, _ in versions])
    texts = [(revision, text) for revision, text in versions if text]
    for revision, text in texts:
        text.revision = revision
    RevisionText.objects.bulk_create([text for _, text in texts])
    article.status = Article.Status(status)
    article.save(update_fields=["status"])


@transaction.atomic
def remove_samples() -> Removed:
    """Delete every sample story with its record, which is no real one, and the topics and sources of samples alone."""
    samples = Article.objects.filter(is_sample=True)
    topics = set(Topic.objects.filter(articles__in=samples).values_list("pk", flat=True))
    sources = set(Source.objects.filter(article_sources__article__in=samples).values_list("pk", flat=True))
    count = samples.count()
    RevisionText.objects.filter(revision__article__in=samples).delete()
    Revision.objects.filter(article__in=samples).delete()
    samples.delete()
    lone_topics = Topic.objects.filter(pk__in=topics, article_topics=None)
    lone_sources = Source.objects.filter(pk__in=sources, article_sources=None)
    return Removed(count, lone_topics.delete()[0], lone_sources.delete()[0])


def _locked(article: Article) -> Article:
    return Article.objects.select_for_update().get(pk=article.pk)


def _visible(article: Article) -> tuple[Wording, tuple[str, ...]]:
    return article.wording, words_of(article).bullets


def _record_change(article: Article, account: Account, by: "User") -> Revision:
    revision = record(article, account.kind, by, account.reason.strip(), account.notice_hash)
    article.updated_at = revision.created_at
    article.is_edited = True
    article.save()
    return revision


def _demand(account: Account, *, is_addition: bool) -> None:
    """Raise ActError unless readers are told of the change as its kind demands; added points need no notice."""
    if account.kind not in CHANGES:
        raise ActError(_("Say what kind of change this is: the story is published."))
    if not account.reason.strip():
        raise ActError(_("Say what changed and why: readers see this reason."))
    has_none = account.kind == Revision.Kind.MINOR or (is_addition and account.kind in ADDITIONS)
    if not account.notice_hash and not has_none:
        raise ActError(_("A change of this kind is published with its notice, through the form of the story."))
    if account.notice_hash and account.kind == Revision.Kind.MINOR:
        raise ActError(_("A change of spelling or style has no notice."))
