"""What an editor decides about a summary: each through the verbs, and only on the story that the editor saw."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.catalogue.models import Article
from articles.drafting.review.answers import Answers
from articles.revisions import acts
from articles.revisions.seen import demand_seen
from articles.summaries import points, ties
from articles.summaries.models import Bullet, PointError
from articles.summaries.points import Point, write_points

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@transaction.atomic
def decide(article: Article, answers: Answers, *, by: "User") -> str:
    """Do what the editor asks for; returns what was done, in words.

    Raises StaleError if the story is not as the editor saw it, PointError and ActError for what can't be done; nothing
    is written then.
    """
    article = Article.objects.select_for_update().get(pk=article.pk)
    demand_seen(article, answers.seen)
    if answers.verb not in VERBS:
        raise PointError(_("Choose what is to be done."))
    return VERBS[answers.verb](article, answers, by)


def _approve(article: Article, answers: Answers, by: "User") -> str:
    bullets = [bullet for bullet in _bullets(article) if bullet.pk in answers.ticked]
    if not bullets:
        raise PointError(_("Tick the points that you approve."))
    if unsaved := [bullet for bullet in bullets if ("text", bullet.pk) in answers.words]:
        raise PointError(
            ngettext(
                "Save the new words of point %(numbers)s first, then approve what they say.",
                "Save the new words of points %(numbers)s first, then approve what they say.",
                len(unsaved),
            )
            % {"numbers": _numbers(unsaved)}
        )
    approvals = [acts.Approval(bullet, answers.word("override", bullet.pk)) for bullet in bullets]
    acts.approve_points(article, approvals, by=by, kind=answers.kind, reason=answers.reason)
    done = ngettext("Approved: point %(numbers)s.", "Approved: points %(numbers)s.", len(bullets))
    return done % {"numbers": _numbers(bullets)}


def _reword(article: Article, answers: Answers, by: "User") -> str:
    bullet = _bullet(article, answers)
    text = answers.words.get(("text", bullet.pk), bullet.text)
    if bullet.status == Bullet.Status.DRAFT:
        points.reword(bullet, text, by=by)
    elif not text:
        raise PointError(_("Write the point, or remove it."))
    else:
        stay = [_as_it_is(one) for one in _bullets(article)]
        place = bullet.position - 1
        override = answers.word("override", bullet.pk)
        stay[place] = Point(" ".join(text.split()), is_approved=True, bullet_id=bullet.pk, override=override)
        _rewrite(article, stay, answers, by)
    return _("Reworded: point %(number)s.") % {"number": bullet.position}


def _reject(article: Article, answers: Answers, by: "User") -> str:
    bullet = _bullet(article, answers)
    if bullet.status == Bullet.Status.DRAFT:
        points.reject(bullet, by=by, reason=answers.word("because", bullet.pk))
    else:
        others = [_as_it_is(one) for one in _bullets(article) if one != bullet]
        _rewrite(article, others, answers, by)
    return _("Rejected: “%(point)s”.") % {"point": bullet.text}


def _choose(article: Article, answers: Answers, by: "User") -> str:
    bullet, sentences = _bullet(article, answers), ties.sentences_of(article)
    chosen = [sentences[number - 1] for number in sorted(answers.sentences) if 0 < number <= len(sentences)]
    if not chosen:
        raise PointError(_("Tick one to three sentences of the story, then say which point they stand behind."))
    ties.choose(bullet, [(sentence.field, sentence.start, sentence.end) for sentence in chosen], by=by)
    return _("Passages chosen: point %(number)s.") % {"number": bullet.position}


def _move(article: Article, answers: Answers, by: "User", step: int) -> str:
    bullet, order = _bullet(article, answers), _bullets(article)
    place = order.index(bullet) + step
    if not 0 <= place < len(order):
        raise PointError(_("It can't be moved further."))
    order.remove(bullet)
    order.insert(place, bullet)
    _rewrite(article, [_as_it_is(one) for one in order], answers, by)
    return _("Moved: “%(point)s”.") % {"point": bullet.text}


def _up(article: Article, answers: Answers, by: "User") -> str:
    return _move(article, answers, by, -1)


def _down(article: Article, answers: Answers, by: "User") -> str:
    return _move(article, answers, by, 1)


def _add(article: Article, answers: Answers, by: "User") -> str:
    text = " ".join(answers.new_text.split())
    if not text:
        raise PointError(_("Write the point that you want to add."))
    stay = [_as_it_is(bullet) for bullet in _bullets(article)]
    _rewrite(article, [*stay, Point(text, is_approved=False)], answers, by)
    return _("Added as a draft.")


VERBS: dict[str, Callable[[Article, Answers, "User"], str]] = {
    "approve": _approve,
    "next": _approve,
    "reword": _reword,
    "reject": _reject,
    "passages": _choose,
    "up": _up,
    "down": _down,
    "add": _add,
}


def _rewrite(article: Article, wanted: Sequence[Point], answers: Answers, by: "User") -> None:
    """Make ``wanted`` the points of the story: with a kind and a reason where readers see what differs."""
    if article.is_public:
        acts.change(article, article.wording, wanted, by=by, kind=answers.kind, reason=answers.reason)
    else:
        write_points(article, wanted, by=by)


def _as_it_is(bullet: Bullet) -> Point:
    return Point(bullet.text, is_approved=bullet.status == Bullet.Status.APPROVED, bullet_id=bullet.pk)


def _bullets(article: Article) -> list[Bullet]:
    return list(Bullet.objects.filter(article=article))


def _bullet(article: Article, answers: Answers) -> Bullet:
    bullet = Bullet.objects.filter(article=article, pk=answers.key).first()
    if bullet is None:
        raise PointError(_("This point is gone: read the summary again."))
    return bullet


def _numbers(bullets: Sequence[Bullet]) -> str:
    """The numbers of the points, as a list in words."""
    return _(", ").join(str(bullet.position) for bullet in bullets)
