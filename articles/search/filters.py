"""The filters beside the results. One that can't be used is left out, and said so."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from articles.catalogue.facets import Facet, Kind, busiest, facet_at, facets_among
from articles.catalogue.models import Article
from articles.catalogue.models.listing import ANY
from articles.search.limits import Limits
from articles.search.query import Found

YEARS = range(1900, 3000)
SHOWN_LENGTH = 60
MOST_CHOICES = 100


@dataclass(frozen=True)
class Filters:
    """What the results are limited to; ``notes`` says in sentences what was left out and why."""

    kind: str = ""
    topic: Facet | None = None
    source: Facet | None = None
    since: date | None = None
    until: date | None = None
    notes: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return any([self.kind, self.topic, self.source, self.since, self.until])

    @property
    def limits(self) -> Limits:
        """The same, as the databases are asked for it; days are those of the site's time zone, both ends included."""
        return Limits(
            kind=self.kind,
            topic=self.topic.key if self.topic else ANY,
            source=self.source.key if self.source else ANY,
            since=_midnight(self.since) if self.since else None,
            until=_midnight(self.until + timedelta(days=1)) if self.until else None,
        )


@dataclass(frozen=True)
class Choices:
    """What the filters offer: topics and sources; ``are_counted``: with ``story_count`` among the stories found."""

    topics: list[Facet]
    sources: list[Facet]
    are_counted: bool = True


def choices_among(found: Found) -> Choices:
    """The topics and sources of the stories found, most first; of too many to count, the busiest. Two queries."""
    if found.is_capped:
        return Choices(busiest("topic", MOST_CHOICES), busiest("source", MOST_CHOICES), are_counted=False)
    return Choices(facets_among("topic", found.keys), facets_among("source", found.keys))


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
        topic=_label("topic", given.get("topic", ""), choices.topics, notes),
        source=_label("source", given.get("source", ""), choices.sources, notes),
        since=since,
        until=until,
        notes=tuple(notes),
    )


def _kind(value: str, notes: list[str]) -> str:
    if not value or value in Article.Kind.values:
        return value
    notes.append(_("We don’t know the kind “%(value)s”, so it is left out.") % {"value": _short(value)})  # noqa: RUF001
    return ""


def _label(kind: Kind, slug: str, choices: list[Facet], notes: list[str]) -> Facet | None:
    if not slug:
        return None
    found = next((choice for choice in choices if choice.slug == slug), None)
    if found is None and "\0" not in slug and (found := facet_at(kind, slug)):
        choices.append(found)
    if found is None:
        notes.append(_unknown(kind) % {"value": _short(slug)})
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


def _unknown(kind: Kind) -> str:
    if kind == "topic":
        return _("We don’t know the topic “%(value)s”, so it is left out.")  # noqa: RUF001
    return _("We don’t know the source “%(value)s”, so it is left out.")  # noqa: RUF001


def _short(value: str) -> str:
    return value if len(value) <= SHOWN_LENGTH else value[:SHOWN_LENGTH] + "…"


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
