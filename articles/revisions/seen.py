"""What an editor saw of a story when a form was opened, so that nobody overwrites what another editor wrote meanwhile.

The form carries it and sends it back; what differs by then is told in words.
"""

import json
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.catalogue.models import Article
from articles.summaries.models import Bullet, BulletEvent
from articles.summaries.ties import fields_of

DETAILS = ("kind", "language", "status", "published_at", "updated_as_stated", "is_edited", "is_from_archive", "slug")
# In place of the status of a machine's draft.
WAITING = "waiting"
UNKNOWN = gettext_lazy(
    "This form does not say which state of the story you saw. Read the story as it is now, then send it again."
)
# What the text of a part of the story is now, by its field.
OTHER = {
    "headline": gettext_lazy("The headline is now “%(text)s”."),
    "standfirst": gettext_lazy("The standfirst is now “%(text)s”."),
    "byline": gettext_lazy("The byline is now “%(text)s”."),
    "body": gettext_lazy("The body has other words now."),
}
# What reading a field raises that no form of ours has written.
MALFORMED = (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError)

State = dict[str, Any]


class StaleError(ValueError):
    """The story is not what the editor saw any more: ``changes`` says what differs, a sentence each."""

    def __init__(self, changes: list[str]) -> None:
        self.changes = changes
        super().__init__(" ".join(changes))


def state_of(article: Article) -> State:
    """What a form has to remember of the words, the details and the points of ``article``; three queries.

    The words are those of the record in hand, the points those that are stored.
    """
    events = BulletEvent.objects.filter(article=article).order_by("-pk").values_list("pk", flat=True)
    bullets = Bullet.objects.filter(article=article).prefetch_related("evidence")
    return {
        "words": {field: _mark(text) for field, text in _words_of(article).items()},
        "details": _mark(*(getattr(article, name) for name in DETAILS)),
        "points": {str(bullet.pk): _point(bullet) for bullet in bullets},
        "event": events.first() or 0,
    }


def write_state(article: Article) -> str:
    """The state of ``article`` as a hidden field holds it."""
    return json.dumps(state_of(article))


def texts_in(written: str) -> dict[int, str]:
    """The words of each point, by its key, in what ``write_state`` wrote; nothing for what it did not write."""
    try:
        return {int(pk): str(point[1]) for pk, point in json.loads(written)["points"].items()}
    except MALFORMED:
        return {}


def demand_seen(article: Article, written: str) -> None:
    """Raise StaleError unless ``written``, from ``write_state``, is the state of ``article`` still.

    A machine's draft that came meanwhile is no matter: whatever a form does, it stays until an editor decides on it.
    """
    now = state_of(article)
    try:
        seen = json.loads(written)
        changes, event = list(_changes(article, seen, now)), int(seen["event"])
    except MALFORMED:
        raise StaleError([str(UNKNOWN)]) from None
    if changes:
        raise StaleError([*changes, *_names(article, event)])


def _words_of(article: Article) -> dict[str, str]:
    return {**fields_of(article), "body": article.body_markdown}


def _mark(*values: object) -> str:
    """A short mark by which texts are told apart."""
    return sha256("\0".join(map(str, values)).encode()).hexdigest()[:16]


def _point(bullet: Bullet) -> list[Any]:
    """Its place, words and standing, and a mark of its passages."""
    passages = _mark(*((found.field, found.start, found.exact) for found in bullet.evidence.all()))
    status = WAITING if bullet.is_machines_draft else bullet.status
    return [bullet.position, bullet.text, status, bullet.under_review_at is not None, passages]


def _changes(article: Article, seen: State, now: State) -> Iterator[str]:
    for field, text in _words_of(article).items():
        if seen["words"][field] != now["words"][field]:
            yield OTHER[field] % {"text": text}
    if seen["details"] != now["details"]:
        yield _("The details of the story, such as its status, kind or date, have changed.")
    for pk, before in seen["points"].items():
        yield from _changes_of_point(before, now["points"].get(pk))
    for pk in now["points"].keys() - seen["points"].keys():
        if now["points"][pk][2] != WAITING:
            yield _("There is a new point: “%(text)s”.") % {"text": now["points"][pk][1]}


def _changes_of_point(before: list[Any], after: list[Any] | None) -> Iterator[str]:
    if after is None:
        yield _("Point %(number)s, “%(text)s”, is gone.") % {"number": before[0], "text": before[1]}
        return
    is_approved, is_under_review = after[2] == Bullet.Status.APPROVED, after[3]
    sentences = (
        _("Point %(number)s is now point %(position)s: “%(text)s”."),
        _("Point %(number)s has other words now: “%(text)s”."),
        _("Point %(number)s is approved now: “%(text)s”.")
        if is_approved
        else _("Point %(number)s is a draft now: “%(text)s”."),
        _("Point %(number)s is under review now: “%(text)s”.")
        if is_under_review
        else _("Point %(number)s is no longer under review: “%(text)s”."),
        _("Point %(number)s rests on other passages now: “%(text)s”."),
    )
    told = {"number": before[0], "position": after[0], "text": after[1]}
    for sentence, old, new in zip(sentences, before, after, strict=True):
        if old != new:
            yield sentence % told


def _names(article: Article, event: int) -> Iterator[str]:
    """Who did something to the points since the event with this key."""
    names = BulletEvent.objects.filter(article=article, pk__gt=event).order_by("by_name")
    if found := ", ".join(names.values_list("by_name", flat=True).distinct()):
        yield _("Points were changed by %(names)s.") % {"names": found}
