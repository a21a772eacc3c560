"""Writing the points of a story: the whole list in order, or a machine's drafts and what an editor does to them.

Whatever an editor approves here is held against the story first: a red flag needs a written reason.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.catalogue.models import Article
from articles.summaries import ties
from articles.summaries.checks import Finding, check_bullet
from articles.summaries.models import Bullet, BulletEvent, PointError, RedFlagsError, event_of
from articles.summaries.word_counts import weights_now

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@dataclass(frozen=True)
class Point:
    """A point as it should stand: its text, whether readers may see it, and the bullet that it rewords, if any.

    ``origin`` says where a new one comes from; a bullet that is there keeps its own. ``is_checked`` says that an editor
    has held a bullet under review against the story as it is now, ``override`` why it stands in spite of red flags.
    """

    text: str
    is_approved: bool
    bullet_id: int | None = None
    origin: str = Bullet.Origin.PERSON
    is_checked: bool = False
    override: str = ""


@dataclass(frozen=True)
class _Step:
    """What a point does to its bullet, which has the new words already: ``before`` is None for a new one."""

    bullet: Bullet
    point: Point
    before: str | None

    @property
    def is_reworded(self) -> bool:
        return self.before is not None and self.before != self.bullet.text

    @property
    def is_new(self) -> bool:
        return self.before != self.bullet.text or (self.point.is_checked and self.bullet.under_review_at is not None)

    @property
    def is_approval(self) -> bool:
        return self.point.is_approved and (self.is_new or self.bullet.status != Bullet.Status.APPROVED)

    @property
    def is_checked(self) -> bool:
        """Whether the checks have a say: an editor who takes over a publication's new point only passes it on."""
        return self.is_approval and (self.before is not None or self.point.origin != Bullet.Origin.IMPORTED)


@transaction.atomic
def write_points(article: Article, points: Sequence[Point], *, by: "User") -> None:
    """Make ``points`` the bullets of ``article``, in this order; bullets that none of them names are removed.

    A machine's drafts are not: those not named stay, after the others, until they are approved or rejected.
    Rewording an approved bullet approves the new words in the name of ``by``. A bullet whose words and approval
    stay keeps its approver and time. The words of the story stand already: the evidence of new and reworded bullets
    is found in them, that of the others found again. Raises Bullet.DoesNotExist for a bullet of another story and
    RedFlagsError for red flags that no point overrides.
    """
    steps = _steps(article, points)
    findings = _check(article, steps)
    if blocked := _blocked(steps, findings):
        raise RedFlagsError([(finding.bullet, finding.red_flags) for finding in blocked])
    events = [event for step in steps for event in _do(step, findings, by)]
    named = {step.bullet.pk for step in steps}
    others = list(Bullet.objects.filter(article=article).exclude(pk__in=named - {None}))
    gone = [bullet for bullet in others if not bullet.is_machines_draft]
    events += [event_of(bullet, BulletEvent.Kind.REMOVED, by=by) for bullet in gone]
    _put_in_order(article, [step.bullet for step in steps])
    BulletEvent.objects.bulk_create(events)


def blocked_points(article: Article, points: Sequence[Point]) -> list[Finding]:
    """Those of ``points`` that ``write_points`` would refuse for red flags; the words of ``article`` may be unsaved."""
    steps = _steps(article, points)
    return _blocked(steps, _check(article, steps))


def check_texts(article: Article, texts: Iterable[str]) -> list[Finding]:
    """What the checks say of each of ``texts`` as a bullet of ``article``."""
    pool = ties.pool_of(article)
    weights = weights_now()
    return [check_bullet(text, pool, weights) for text in texts]


def import_points(article: Article, texts: Sequence[str], *, are_approved: bool = True) -> None:
    """Give a story without bullets those of its archive page, which count as approved by that publication.

    Their evidence is found later, by ``ties.tie_untied``.
    """
    bullets = [
        Bullet(article=article, position=position, text=text, origin=Bullet.Origin.IMPORTED)
        for position, text in enumerate(texts, start=1)
    ]
    for bullet in bullets:
        if are_approved:
            bullet.approve_as_published()
    Bullet.objects.bulk_create(bullets)


@transaction.atomic
def reimport_points(article: Article, texts: Sequence[str], *, by: "User | None") -> None:
    """Make ``texts`` the bullets of ``article``, as its archive page now has them; a machine's drafts stay after them.

    A bullet of the same words stays as it is; a new one counts as approved by ``by``, or by that publication.
    """
    same = same_bullets(article, texts)
    _put_in_order(article, [bullet or _imported(article, text, by) for text, bullet in zip(texts, same, strict=True)])


def forget_points(article: "Article") -> None:
    """Delete the bullets of a story that is sealed, and what was recorded of their words."""
    BulletEvent.objects.filter(article=article).delete()
    Bullet.objects.filter(article=article).delete()


def same_bullets(article: Article, texts: Sequence[str]) -> list[Bullet | None]:
    """For each of ``texts`` the bullet of ``article`` that says the same word for word, each bullet once at most.

    A machine's draft is none of them.
    """
    left = list(Bullet.objects.settled().filter(article=article))
    found: list[Bullet | None] = []
    for text in texts:
        bullet = next((bullet for bullet in left if bullet.text == text), None)
        if bullet:
            left.remove(bullet)
        found.append(bullet)
    return found


@transaction.atomic
def add_drafts(article: Article, texts: Sequence[str], *, model: str, prompt_version: str) -> list[Bullet]:
    """Add a machine's bullets as drafts after those that are there, with their evidence; the drafts added.

    They take the place of earlier drafts of machines that no editor has touched. What a person wrote, edited or
    approved stays as it is; a text that stands there already, word for word, is not added again.
    """
    article = Article.objects.select_for_update().get(pk=article.pk)
    Bullet.objects.waiting().filter(article=article, events=None).delete()
    kept = list(Bullet.objects.filter(article=article))
    wanted = dict.fromkeys(text for raw in texts if (text := _on_one_line(raw)))
    drafts = [
        Bullet(
            article=article,
            text=text,
            origin=Bullet.Origin.MACHINE,
            model=model,
            prompt_version=prompt_version,
            drafted_text=text,
            drafted_at=timezone.now(),
        )
        for text in wanted
        if text not in {bullet.text for bullet in kept}
    ]
    _number(article, [*kept, *drafts])
    ties.tie(article, drafts)
    return list(Bullet.objects.filter(pk__in=[bullet.pk for bullet in drafts]))


@transaction.atomic
def approve(article: Article, bullet: Bullet, *, by: "User", override: str = "") -> None:
    """Stand behind ``bullet`` by name, as it was read: after the checks, or with the reason to override its red flags.

    Ends a review. ``acts.approve_points`` calls this and records what readers see differently: nothing else does.
    Raises RedFlagsError, and PointError if the bullet is gone or says something else by now.
    """
    found = _as_read(article, bullet)
    (finding,) = check_texts(article, [found.text])
    found.approve(by=by, flags=finding.flags, override=override)
    found.save()
    event_of(found, BulletEvent.Kind.APPROVED, by=by).save()
    ties.renew(article, found)


@transaction.atomic
def reword(bullet: Bullet, text: str, *, by: "User") -> None:
    """Give a draft other words, and find their evidence. Raises PointError if it is no draft, or for no words."""
    draft = _draft(bullet)
    text = _on_one_line(text)
    if not text:
        raise PointError(_("Write the point, or reject it."))
    if text == draft.text:
        return
    draft.reword(text)
    draft.save()
    event_of(draft, BulletEvent.Kind.REWORDED, by=by).save()
    ties.tie(draft.article, [draft])


@transaction.atomic
def reject(bullet: Bullet, *, by: "User", reason: str = "") -> None:
    """Remove a draft; that it was there, its words and who rejected it are kept. Raises PointError if it is none."""
    draft = _draft(bullet)
    event_of(draft, BulletEvent.Kind.REMOVED, by=by, reason=reason).save()
    draft.delete()
    _number(draft.article, list(Bullet.objects.filter(article=draft.article)))


def _steps(article: Article, points: Sequence[Point]) -> list[_Step]:
    kept = {bullet.pk: bullet for bullet in Bullet.objects.filter(article=article.pk)}
    return [_step(kept, article, point) for point in points]


def _step(kept: dict[int, Bullet], article: Article, point: Point) -> _Step:
    if point.bullet_id is None:
        return _Step(Bullet(article=article, origin=point.origin, text=point.text), point, None)
    if point.bullet_id not in kept:
        raise Bullet.DoesNotExist(f"Bullet {point.bullet_id} is not one of this story.")
    bullet = kept[point.bullet_id]
    before = bullet.text
    bullet.reword(point.text)
    return _Step(bullet, point, before)


def _check(article: Article, steps: Sequence[_Step]) -> dict[str, Finding]:
    """The findings on those that the checks have a say in, by their words; without any, nothing is read."""
    texts = dict.fromkeys(step.bullet.text for step in steps if step.is_checked)
    return {finding.bullet: finding for finding in check_texts(article, texts)} if texts else {}


def _blocked(steps: Sequence[_Step], findings: dict[str, Finding]) -> list[Finding]:
    checked = [step for step in steps if step.is_checked and not step.point.override.strip()]
    return [finding for step in checked if (finding := findings[step.bullet.text]).red_flags]


def _do(step: _Step, findings: dict[str, Finding], by: "User") -> Iterator[BulletEvent]:
    """Bring the bullet to what its point says; what is to be recorded of that."""
    bullet, is_new, is_approval = step.bullet, step.is_new, step.is_approval
    if step.is_reworded:
        yield event_of(bullet, BulletEvent.Kind.REWORDED, by=by)
    if is_approval:
        flags = findings[bullet.text].flags if step.is_checked else ()
        bullet.approve(by=by, flags=flags, override=step.point.override)
        yield event_of(bullet, BulletEvent.Kind.APPROVED, by=by)
    elif not step.point.is_approved and bullet.status == Bullet.Status.APPROVED:
        bullet.unapprove()
        yield event_of(bullet, BulletEvent.Kind.TAKEN_BACK, by=by)
    if is_new or is_approval:
        bullet.tied_at = bullet.under_review_at = None


def _imported(article: Article, text: str, by: "User | None") -> Bullet:
    bullet = Bullet(article=article, text=text, origin=Bullet.Origin.IMPORTED)
    if by:
        bullet.approve(by=by, flags=())
    else:
        bullet.approve_as_published()
    return bullet


def _put_in_order(article: Article, wanted: Sequence[Bullet]) -> None:
    """Make ``wanted``, and after them a machine's other drafts, the bullets of ``article``; others are removed."""
    others = Bullet.objects.filter(article=article).exclude(pk__in=[b.pk for b in wanted if b.pk])
    bullets = [*wanted, *others.waiting()]
    others.settled().delete()
    _number(article, bullets)
    ties.hold(article, [bullet for bullet in bullets if bullet.tied_at])
    ties.tie(article, [bullet for bullet in bullets if not bullet.tied_at])


def _number(article: Article, bullets: Sequence[Bullet]) -> None:
    """Save ``bullets``, which are all there are, in this order; they first move past every position in use."""
    stored = Bullet.objects.filter(article=article)
    top = stored.aggregate(top=Max("position"))["top"] or 0
    stored.update(position=F("position") + top + len(bullets))
    for position, bullet in enumerate(bullets, start=1):
        bullet.position = position
        bullet.save()


def _as_read(article: Article, bullet: Bullet) -> Bullet:
    found = Bullet.objects.select_for_update().filter(pk=bullet.pk, article=article).first()
    if found is None:
        raise PointError(_("This point is gone: load the page again."))
    if found.text != bullet.text:
        raise PointError(_("This point was reworded meanwhile: read it again."))
    return found


def _draft(bullet: Bullet) -> Bullet:
    found = _as_read(bullet.article, bullet)
    if found.status != Bullet.Status.DRAFT:
        raise PointError(_("Readers may see this point already: change it with the story, with a reason."))
    return found


def _on_one_line(text: str) -> str:
    return " ".join(text.split())
