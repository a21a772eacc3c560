"""Whether the notices are those that the chains of versions were made with."""

from collections.abc import Iterator

from articles.corrections.models import Correction
from articles.revisions.models import Revision


def altered_notices() -> Iterator[tuple[str, str]]:
    """The slug and the fault of each story whose notices are not as they were published."""
    noticed = Revision.objects.exclude(notice_hash="").filter(correction=None).select_related("article")
    for revision in noticed.order_by("article", "number").iterator():
        yield revision.article.slug, f"version {revision.number}, has lost its notice"
    corrections = Correction.objects.select_related("article", "revision", "supersedes").order_by("article", "number")
    for correction in corrections.iterator():
        fault = _fault_of(correction)
        if fault:
            yield correction.article.slug, f"notice {correction.code}, {fault}"


def _fault_of(correction: Correction) -> str:
    revision = correction.revision
    if correction.hash != revision.notice_hash:
        return "is not as it was published"
    told = (correction.article_id, correction.published_at, correction.by_name)
    if told != (revision.article_id, revision.created_at, revision.by_name):
        return "does not agree with its version"
    return "" if correction.is_sample == revision.is_sample else "does not agree on whether it is a sample"
