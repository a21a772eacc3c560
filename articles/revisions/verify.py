"""Whether the record holds: every chain, and the last version of each story against what stands."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.db.models import Prefetch, Q

from articles.catalogue.models import Article
from articles.revisions.chain import Words, hash_of
from articles.revisions.models import Revision
from articles.revisions.record import NO_WORDS
from articles.summaries.models import Bullet, visible_points
from articles.web import markdown

BATCH = 200
ENTRIES = (Revision.Kind.PUBLISHED, Revision.Kind.WITHDRAWN, Revision.Kind.SEALED)


@dataclass(frozen=True)
class Finding:
    """A story whose record was looked at: its slug, the hash of its last version, and the first fault, "" if none."""

    slug: str
    head: str
    fault: str


def verify() -> Iterator[Finding]:
    """Look at the record of every story that has one or should, by their numbers."""
    stories = Article.objects.filter(Q(revisions__isnull=False) | Q(status__in=Article.PUBLIC)).distinct()
    keys = list(stories.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), BATCH):
        yield from map(_look_at, _with_records(keys[start : start + BATCH]))


def digest(findings: Sequence[Finding]) -> str:
    """One hash for the whole record: kept elsewhere, it shows later whether the ends of chains were cut off."""
    return hash_of({finding.slug: finding.head for finding in findings})


def broken_link(versions: Sequence[tuple[Revision, Words | None]]) -> str:
    """The first fault in the chain of a story's versions, each with its text unless that is gone; "" if it holds."""
    first = [("", *versions[0])] if versions else []
    links = [*first, *((one[0].hash, *other) for one, other in pairwise(versions))]
    sealed = max((revision.number for revision, _ in versions if revision.kind == Revision.Kind.SEALED), default=0)
    for number, (previous_hash, revision, words) in enumerate(links, start=1):
        fault = _fault_of(revision, words, number, previous_hash, is_sealed=revision.number <= sealed)
        if fault:
            return f"version {number}, {fault}"
    return ""


def _with_records(keys: Sequence[int]) -> Iterable[Article]:
    versions = Prefetch("revisions", Revision.objects.with_texts().order_by("number"))
    return Article.objects.filter(pk__in=keys).order_by("pk").prefetch_related(versions, visible_points())


def _look_at(article: Article) -> Finding:
    revisions = list(article.revisions.all())
    fault = broken_link([(revision, revision.words) for revision in revisions]) or _difference(article, revisions)
    return Finding(article.slug, revisions[-1].hash if revisions else "", fault)


def _fault_of(revision: Revision, words: Words | None, number: int, previous_hash: str, *, is_sealed: bool) -> str:
    """What is wrong with one version, "" if nothing is."""
    if revision.number != number:
        return f"is missing: the next one there is has the number {revision.number}"
    if revision.previous_hash != previous_hash:
        return "does not follow on the one before it"
    if revision.hash != revision.link.hash:
        return "is not as it was recorded"
    if words is None:
        return "" if is_sealed else "has lost its text"
    if is_sealed:
        return "has a text, though the story is sealed"
    return "" if revision.text_hash == words.hash else "has another text than was recorded"


def _difference(article: Article, revisions: Sequence[Revision]) -> str:
    """How the story differs from its last version, "" if it does not."""
    entries = [revision.kind for revision in revisions if revision.kind in ENTRIES]
    if not entries or article.status != entries[-1]:
        return f"the record does not say that it is {article.status.replace('_', ' ')}"
    if any(revision.is_sample != article.is_sample for revision in revisions):
        return "the record does not agree on whether it is a sample"
    if article.is_sealed:
        return "" if not (article.standfirst or article.byline or article.body_text) else "words of it are still there"
    columns = {name: getattr(article, name) for name in Words.__dataclass_fields__ if name != "bullets"}
    points: list[Bullet] = article.points  # type: ignore[attr-defined]
    stands = Words(**columns, bullets=tuple(point.text for point in points))
    if stands != (revisions[-1].words or NO_WORDS):
        return f"what stands is not what version {len(revisions)} says"
    return "" if markdown.to_html(article.body_markdown) == article.body_html else "its page does not show its words"
