"""Writing the points of a story: the whole list at once, in order."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F, Max

from articles.summaries import ties
from articles.summaries.models import Bullet

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from articles.catalogue.models import Article


@dataclass(frozen=True)
class Point:
    """A point as it should stand: its text, whether readers may see it, and the bullet that it rewords, if any.

    ``origin`` says where a new one comes from; a bullet that is there keeps its own. ``is_checked`` says that an editor
    has held a bullet under review against the story as it is now.
    """

    text: str
    is_approved: bool
    bullet_id: int | None = None
    origin: str = Bullet.Origin.PERSON
    is_checked: bool = False


@transaction.atomic
def write_points(article: "Article", points: Sequence[Point], *, by: "User") -> None:
    """Make ``points`` the bullets of ``article``, in this order; bullets that none of them names are removed.

    Rewording an approved bullet approves the new words in the name of ``by``. A bullet whose words and approval
    stay keeps its approver and time. The words of the story stand already: the evidence of new and reworded bullets
    is found in them, that of the others found again. Raises Bullet.DoesNotExist for a bullet of another story.
    """
    kept = {bullet.pk: bullet for bullet in Bullet.objects.filter(article=article)}
    _put_in_order(article, [_reworked(kept, article, point, by) for point in points])


def import_points(article: "Article", texts: Sequence[str], *, are_approved: bool = True) -> None:
    """Give a story without bullets those of its archive page, which count as approved by that publication.

    Their evidence is found later, by ``ties.tie_untied``.
    """
    bullets = [
        Bullet(article=article, position=position, text=text, origin=Bullet.Origin.IMPORTED)
        for position, text in enumerate(texts, start=1)
    ]
    for bullet in bullets:
        if are_approved:
            bullet.approve(by=None)
    Bullet.objects.bulk_create(bullets)


@transaction.atomic
def reimport_points(article: "Article", texts: Sequence[str], *, by: "User | None") -> None:
    """Make ``texts`` the bullets of ``article``, as its archive page now has them.

    A bullet of the same words stays as it is; a new one counts as approved by ``by``, or by that publication.
    """
    same = same_bullets(article, texts)
    _put_in_order(article, [bullet or _imported(article, text, by) for text, bullet in zip(texts, same, strict=True)])


def same_bullets(article: "Article", texts: Sequence[str]) -> list[Bullet | None]:
    """For each of ``texts`` the bullet of ``article`` that says the same word for word, each bullet once at most."""
    left = list(Bullet.objects.filter(article=article))
    found: list[Bullet | None] = []
    for text in texts:
        bullet = next((bullet for bullet in left if bullet.text == text), None)
        if bullet:
            left.remove(bullet)
        found.append(bullet)
    return found


def _imported(article: "Article", text: str, by: "User | None") -> Bullet:
    bullet = Bullet(article=article, text=text, origin=Bullet.Origin.IMPORTED)
    bullet.approve(by=by)
    return bullet


def _put_in_order(article: "Article", wanted: Sequence[Bullet]) -> None:
    """Make ``wanted`` the bullets of ``article``, in this order; others are removed."""
    Bullet.objects.filter(article=article).exclude(pk__in=[b.pk for b in wanted if b.pk]).delete()
    _make_room(article, len(wanted))
    for position, bullet in enumerate(wanted, start=1):
        bullet.position = position
        bullet.save()
    ties.hold(article, [bullet for bullet in wanted if bullet.tied_at])
    ties.tie(article, [bullet for bullet in wanted if not bullet.tied_at])


def _reworked(kept: dict[int, Bullet], article: "Article", point: Point, by: "User") -> Bullet:
    if point.bullet_id is not None and point.bullet_id not in kept:
        raise Bullet.DoesNotExist(f"Bullet {point.bullet_id} is not one of this story.")
    bullet = kept[point.bullet_id] if point.bullet_id is not None else Bullet(article=article, origin=point.origin)
    is_new = bullet.text != point.text or (point.is_checked and bullet.under_review_at is not None)
    bullet.text = point.text
    if not point.is_approved:
        bullet.unapprove()
    elif is_new or bullet.status != Bullet.Status.APPROVED:
        bullet.approve(by=by)
        is_new = True
    if is_new:
        bullet.tied_at = bullet.under_review_at = None
    return bullet


def _make_room(article: "Article", count: int) -> None:
    """Move the bullets that stay past every position in use, so that no two ever share one."""
    bullets = Bullet.objects.filter(article=article)
    top = bullets.aggregate(top=Max("position"))["top"] or 0
    bullets.update(position=F("position") + top + count)
