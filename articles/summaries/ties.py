"""What ties bullets to their stories: finding the passages behind them, and finding these again in changed words."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from articles.catalogue.models import Article
from articles.summaries.claims import make_claim
from articles.summaries.evidence import CONTEXT, MOST_PASSAGES, find_evidence, find_verbatim, select
from articles.summaries.models import Bullet, BulletEvent, Evidence, PointError, event_of, name_of
from articles.summaries.pool import Passage, Pool, make_pool
from articles.summaries.weights import Weights
from articles.summaries.word_counts import weights_now
from articles.web.plain_text import BETWEEN_BLOCKS

if TYPE_CHECKING:
    from django.contrib.auth.models import User

log = logging.getLogger(__name__)
BATCH = 100


def fields_of(article: Article) -> dict[str, str]:
    """The plain text of each part of a story that evidence may be in, by ``Evidence.field``."""
    return {
        Evidence.Field.HEADLINE: article.headline,
        Evidence.Field.STANDFIRST: article.standfirst,
        Evidence.Field.BYLINE: article.byline,
        Evidence.Field.BODY: article.body_text,
    }


def pool_of(article: Article) -> Pool:
    """What evidence for the bullets of ``article`` may be taken from."""
    return make_pool(article.body_text, headline=article.headline, standfirst=article.standfirst, byline=article.byline)


def sentences_of(article: Article) -> tuple[Passage, ...]:
    """The sentences that an editor may choose from, each with its field and its place there."""
    return pool_of(article).passages


@transaction.atomic
def tie(article: Article, bullets: Sequence[Bullet]) -> None:
    """Find the evidence of stored ``bullets`` in the words of ``article``, in place of what they had.

    Takes a few queries, however many bullets; none without bullets.
    """
    if not bullets:
        return
    pool = pool_of(article)
    weights, version = weights_now(), _version_of(article)
    Evidence.objects.filter(bullet__in=bullets).delete()
    Evidence.objects.bulk_create(found for bullet in bullets for found in _find(bullet, pool, weights, version))
    stored = Bullet.objects.filter(pk__in=[bullet.pk for bullet in bullets])
    stored.update(tied_at=timezone.now(), under_review_at=None, chosen_by_name="")


@transaction.atomic
def choose(bullet: Bullet, passages: Sequence[tuple[str, int, int]], *, by: "User") -> None:
    """Make these passages, each (field, start, end), the evidence of ``bullet``, in this order, in the name of ``by``.

    They stay until the bullet is reworded or an editor chooses others. A review goes on until the bullet is approved.
    Raises PointError for none or more than three, for a place outside its field, blank, across blocks or taken twice.
    """
    article = Article.objects.select_for_update().get(pk=bullet.article_id)
    pool = pool_of(article)
    chosen = [_passage(pool, *place) for place in passages]
    if not 1 <= len(chosen) <= MOST_PASSAGES:
        raise PointError(f"Choose one to {MOST_PASSAGES} passages.")
    if any(_overlap(one, other) for place, one in enumerate(chosen) for other in chosen[:place]):
        raise PointError("Two of the passages overlap: choose each sentence once.")
    Evidence.objects.filter(bullet=bullet).delete()
    Evidence.objects.bulk_create(_numbered(bullet, chosen, pool, _version_of(article)))
    Bullet.objects.filter(pk=bullet.pk).update(tied_at=timezone.now(), chosen_by_name=name_of(by))
    event_of(bullet, BulletEvent.Kind.PASSAGES, by=by).save()


def renew(article: Article, bullet: Bullet) -> None:
    """End the review of ``bullet``: with the passages that an editor has chosen, where they stand, or with new ones."""
    if bullet.tied_at and not bullet.under_review_at:
        return
    evidence = list(Evidence.objects.filter(bullet=bullet))
    fields = fields_of(article)
    if bullet.chosen_by_name and all(fields[e.field][e.start : e.end] == e.exact for e in evidence):
        Bullet.objects.filter(pk=bullet.pk).update(under_review_at=None)
        Evidence.objects.filter(bullet=bullet).update(version=_version_of(article))
    else:
        tie(article, [bullet])


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
    like the passage takes its place. What no reader has seen yet is looked for anew instead, unless an editor chose it.
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
    kept_back = [bullet for bullet in lost if _needs_editor(article, bullet)]
    Bullet.objects.filter(pk__in=[bullet.pk for bullet in kept_back]).update(under_review_at=timezone.now())
    tie(article, [bullet for bullet in lost if bullet not in kept_back])


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


def _needs_editor(article: Article, bullet: Bullet) -> bool:
    """Whether readers have seen ``bullet`` with its evidence, or an editor chose that."""
    return bool(bullet.chosen_by_name) or (article.is_public and bullet.status == Bullet.Status.APPROVED)


def _version_of(article: Article) -> int:
    return article.revisions.aggregate(last=Max("number"))["last"] or 0


def _find(bullet: Bullet, pool: Pool, weights: Weights, version: int) -> Iterator[Evidence]:
    claim = make_claim(bullet.text, pool, weights)
    found = find_verbatim(claim, pool) or find_evidence(claim, pool, weights)
    return _numbered(bullet, found.passages, pool, version)


def _numbered(bullet: Bullet, passages: Sequence[Passage], pool: Pool, version: int) -> Iterator[Evidence]:
    for position, passage in enumerate(passages, start=1):
        yield Evidence(bullet=bullet, position=position, version=version, **vars(select(passage, pool)))


def _passage(pool: Pool, field: str, start: int, end: int) -> Passage:
    text = pool.fields.get(field, "")
    if not 0 <= start < end <= len(text):
        raise PointError(f"The {field} has no passage from {start} to {end}: choose one of its sentences.")
    exact = text[start:end]
    if exact != exact.strip() or BETWEEN_BLOCKS in exact:
        raise PointError(f"“{exact}” is no passage of one block: choose whole sentences.")
    return Passage(field, start, end, exact)


def _overlap(one: Passage, other: Passage) -> bool:
    return one.field == other.field and one.start < other.end and other.start < one.end


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
