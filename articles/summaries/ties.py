"""What ties bullets to their stories: finding the passages behind them, and finding these again in changed words."""

import logging
from collections.abc import Iterator, Mapping, Sequence

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from articles.catalogue.models import Article
from articles.summaries.claims import make_claim
from articles.summaries.evidence import CONTEXT, find_evidence, select
from articles.summaries.models import Bullet, Evidence
from articles.summaries.pool import Pool, make_pool
from articles.summaries.weights import Weights

log = logging.getLogger(__name__)
# Every word weighs the same.
WEIGHTS = Weights()
BATCH = 100


def fields_of(article: Article) -> dict[str, str]:
    """The plain text of each part of a story that evidence may be in, by ``Evidence.field``."""
    return {
        Evidence.Field.HEADLINE: article.headline,
        Evidence.Field.STANDFIRST: article.standfirst,
        Evidence.Field.BYLINE: article.byline,
        Evidence.Field.BODY: article.body_text,
    }


@transaction.atomic
def tie(article: Article, bullets: Sequence[Bullet]) -> None:
    """Find the evidence of stored ``bullets`` in the words of ``article``, in place of what they had.

    Takes a few queries, however many bullets; none without bullets.
    """
    if not bullets:
        return
    pool = make_pool(article.body_text, headline=article.headline, byline=article.byline)
    version = article.revisions.aggregate(last=Max("number"))["last"] or 0
    Evidence.objects.filter(bullet__in=bullets).delete()
    Evidence.objects.bulk_create(found for bullet in bullets for found in _find(bullet, pool, version))
    Bullet.objects.filter(pk__in=[bullet.pk for bullet in bullets]).update(tied_at=timezone.now(), under_review_at=None)


def tie_untied(limit: int) -> int:
    """Find the evidence of bullets that have not been looked at, of ``limit`` stories at most; how many bullets.

    Each story is a transaction of its own, so that the work can be stopped at any time and goes on where it stopped.
    """
    untied = Bullet.objects.filter(tied_at=None).order_by("article").values_list("article", flat=True)
    return sum(_tie_untied_of(pk) for pk in list(untied.distinct()[:limit]))


def tie_all() -> int:
    """Find the evidence of every bullet that has not been looked at, in batches; how many bullets."""
    count = 0
    while tied := tie_untied(BATCH):
        count += tied
    return count


def hold(article: Article, bullets: Sequence[Bullet]) -> None:
    """Find the evidence of ``bullets`` again in the words of ``article``, which may have changed.

    A passage that stands once elsewhere in its field is re-anchored. Where one is gone or stands in several places,
    an editor has to look: the bullet goes under review, its evidence stays as it was, and nothing that only looks
    like the passage takes its place. What no reader has seen yet is looked for anew instead.
    """
    fields = fields_of(article)
    kept: list[Evidence] = []
    lost: list[Bullet] = []
    for bullet, evidence in _by_bullet(bullets).items():
        if all(_anchor(passage, fields[passage.field]) for passage in evidence):
            kept += evidence
        else:
            lost.append(bullet)
    Evidence.objects.bulk_update(kept, ["start", "end", "prefix", "suffix"])
    seen = [bullet.pk for bullet in lost if article.is_public and bullet.status == Bullet.Status.APPROVED]
    Bullet.objects.filter(pk__in=seen).update(under_review_at=timezone.now())
    tie(article, [bullet for bullet in lost if bullet.pk not in seen])


def stamp(article: Article, version: int) -> None:
    """Note that the evidence of ``article`` has its place in the revision with this number; not that under review."""
    held = Evidence.objects.filter(bullet__article=article, bullet__under_review_at=None)
    held.update(version=version)


@transaction.atomic
def _tie_untied_of(pk: int) -> int:
    article = Article.objects.select_for_update().get(pk=pk)
    bullets = list(Bullet.objects.filter(article=article, tied_at=None))
    tie(article, bullets)
    return len(bullets)


def _find(bullet: Bullet, pool: Pool, version: int) -> Iterator[Evidence]:
    found = find_evidence(make_claim(bullet.text, pool, WEIGHTS), pool, WEIGHTS)
    for position, passage in enumerate(found.passages, start=1):
        selector = select(passage, pool)
        yield Evidence(bullet=bullet, position=position, version=version, **vars(selector))


def _by_bullet(bullets: Sequence[Bullet]) -> Mapping[Bullet, list[Evidence]]:
    """The evidence of each bullet that has any and is not under review."""
    evidence = Evidence.objects.filter(bullet__in=bullets, bullet__under_review_at=None).select_related("bullet")
    grouped: dict[Bullet, list[Evidence]] = {}
    for passage in evidence:
        grouped.setdefault(passage.bullet, []).append(passage)
    return grouped


def _anchor(passage: Evidence, text: str) -> bool:
    """Give ``passage`` its place in ``text``; whether it has exactly one there."""
    start = passage.start
    if text[start : passage.end] != passage.exact:
        start = text.find(passage.exact)
        if start < 0 or text.find(passage.exact, start + 1) >= 0:
            return False
        log.info("Evidence %s moved from %s to %s in the %s.", passage.pk, passage.start, start, passage.field)
    passage.start, passage.end = start, start + len(passage.exact)
    passage.prefix, passage.suffix = text[max(0, start - CONTEXT) : start], text[passage.end : passage.end + CONTEXT]
    return True
