"""The filters beside the results. One that can't be used is left out, and said so."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TypeVar

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.catalogue.models import Article, ArticleQuerySet, Source, Topic

YEARS = range(1900, 3000)
SHOWN_LENGTH = 60

Label = TypeVar("Label", Topic, Source)


@dataclass(frozen=True)
class Filters:
    """What the results are limited to; ``notes`` says in sentences what was left out and why."""

    kind: str = ""
    topic: Topic | None = None
    source: Source | None = None
    since: date | None = None
    until: date | None = None
    notes: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return any([self.kind, self.topic, self.source, self.since, self.until])

    def apply(self, stories: ArticleQuerySet) -> ArticleQuerySet:
        """The stories that pass; days are those of the site's time zone, both ends included."""
        if self.kind:
            stories = stories.filter(kind=self.kind)
        if self.topic:
            stories = stories.in_topic(self.topic)
        if self.source:
            stories = stories.from_source(self.source)
        if self.since:
            stories = stories.filter(listed_at__gte=_moment(self.since, time.min))
        if self.until:
            stories = stories.filter(listed_at__lte=_moment(self.until, time.max))
        return stories


@dataclass(frozen=True)
class Choices:
    """What the filters offer: topics and sources, each with ``story_count`` among the stories found."""

    topics: list[Topic]
    sources: list[Source]


def choices_among(stories: ArticleQuerySet) -> Choices:
    """The topics and sources of ``stories``, most first. Two queries."""
    return Choices(list(Topic.objects.of_stories(stories)), list(Source.objects.of_stories(stories)))


def read_filters(given: Mapping[str, str], choices: Choices) -> Filters:
    """The filters that ``given`` names: kind, topic, source, from, to. At most two queries.

    A topic or source that has no story among those found joins ``choices``.
    """
    notes: list[str] = []
    since, until = _day(given.get("from", ""), notes), _day(given.get("to", ""), notes)
    if since and until and since > until:
        since, until = until, since
        notes.append(_("The first day was later than the last, so we swapped them."))
    return Filters(
        kind=_kind(given.get("kind", ""), notes),
        topic=_label(given.get("topic", ""), choices.topics, Topic.objects.all(), notes),
        source=_label(given.get("source", ""), choices.sources, Source.objects.all(), notes),
        since=since,
        until=until,
        notes=tuple(notes),
    )


def _kind(value: str, notes: list[str]) -> str:
    if not value or value in Article.Kind.values:
        return value
    notes.append(_("We don’t know the kind “%(value)s”, so it is left out.") % {"value": _short(value)})  # noqa: RUF001
    return ""


def _label(slug: str, choices: list[Label], labels: QuerySet[Label], notes: list[str]) -> Label | None:
    if not slug:
        return None
    found = next((choice for choice in choices if choice.slug == slug), None)
    if found is None and "\0" not in slug and (found := labels.filter(slug=slug).first()):
        choices.append(found)
    if found is None:
        notes.append(_unknown(labels.model) % {"value": _short(slug)})
    return found


def _day(value: str, notes: list[str]) -> date | None:
    if not value:
        return None
    try:
        day = date.fromisoformat(value)
    except ValueError:
        day = None
    if day and day.year in YEARS:
        return day
    notes.append(_("We can’t read the date “%(value)s”, so it is left out.") % {"value": _short(value)})  # noqa: RUF001
    return None


def _unknown(model: type[Topic] | type[Source]) -> str:
    if model is Topic:
        return _("We don’t know the topic “%(value)s”, so it is left out.")  # noqa: RUF001
    return _("We don’t know the source “%(value)s”, so it is left out.")  # noqa: RUF001


def _short(value: str) -> str:
    return value if len(value) <= SHOWN_LENGTH else value[:SHOWN_LENGTH] + "…"


def _moment(day: date, at: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, at))
