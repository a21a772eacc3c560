"""Writing the record: the next version of a story, linked to the one before."""

from typing import TYPE_CHECKING

from django.utils import timezone

from articles.catalogue.models import Article
from articles.revisions.chain import Words
from articles.revisions.models import Revision, RevisionText
from articles.summaries import ties
from articles.summaries.models import Bullet
from articles.summaries.models import name_of as full_name_of

if TYPE_CHECKING:
    from django.contrib.auth.models import User

NO_WORDS = Words("", "", "", "", "", ())


def words_of(article: Article) -> Words:
    """What readers see of ``article`` as it is in memory, with its visible bullets as they are stored."""
    bullets = Bullet.objects.visible().filter(article=article).values_list("text", flat=True)
    columns = {name: getattr(article, name) for name in Words.__dataclass_fields__ if name != "bullets"}
    return Words(**columns, bullets=tuple(bullets))


def name_of(person: "User | None") -> str:
    """The name under which a person stands in the record, "" for nobody."""
    return full_name_of(person) if person else ""


def record(article: Article, kind: str, by: "User | None", reason: str, notice_hash: str = "") -> Revision:
    """Write the next version of ``article``, which the caller has locked, with the words it has in memory.

    The database lets the words of a published story change only after their version is written.
    """
    words = words_of(article)
    revision = _append(article, kind, by, reason, words, notice_hash)
    RevisionText.objects.create(revision=revision, **{**vars(words), "bullets": list(words.bullets)})
    ties.stamp(article, revision.number)
    return revision


def record_seal(article: Article, by: "User", reason: str) -> Revision:
    """Write the version that seals the story: it has no text, and the texts of all before it may go."""
    return _append(article, Revision.Kind.SEALED, by, reason, NO_WORDS, "")


def _append(article: Article, kind: str, by: "User | None", reason: str, words: Words, notice_hash: str) -> Revision:
    last = _last(article)
    revision = Revision(
        article=article,
        number=last.number + 1 if last else 1,
        created_at=timezone.now(),
        created_by=by,
        by_name=name_of(by),
        kind=kind,
        reason=reason,
        text_hash=words.hash,
        notice_hash=notice_hash,
        previous_hash=last.hash if last else "",
        is_sample=article.is_sample,
    )
    revision.hash = revision.link.hash
    revision.save(force_insert=True)
    return revision


def _last(article: Article) -> Revision | None:
    return Revision.objects.filter(article=article).order_by("-number").first()
