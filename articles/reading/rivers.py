"""Lists of stories as pages show them: pages by key, days, counts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby

from django.db.models import Count, QuerySet, Value
from django.utils import timezone

from articles.catalogue.models import Article, ArticleQuerySet, Source, Topic
from articles.catalogue.models.listing import ANY
from articles.revisions.models import corrected_versions
from articles.summaries.models import listed_points
from articles.web.paging import Page, moment_of, page_by_key

RAIL_SIZE = 8
DAYS_OF_WEEK = 7


@dataclass(frozen=True)
class Day:
    """The stories of one day in a river, and how many that day has in all."""

    date: date
    label: str
    note: str
    stories: Sequence[Article]
    count: int
    is_continued: bool = False


def stories_page(stories: ArticleQuerySet, cursor: str) -> Page[Article]:
    """One page of rows, newest first."""
    return page_by_key(rows_of(stories), order_by="-listed_at", cursor=cursor)


def listed_page(stories: ArticleQuerySet, cursor: str) -> Page[Article]:
    """As ``stories_page``, of ``listed`` stories: page 1,000 of a topic costs what page 1 of any list does."""
    return page_by_key(rows_of(stories), order_by="-listed_at", cursor=cursor, place="place_")


def rows_of(stories: ArticleQuerySet) -> ArticleQuerySet:
    """``stories`` with all that a row shows: five queries, however many rows."""
    return stories.for_lists().prefetch_related(listed_points(), corrected_versions())


def by_day(rows: Sequence[Article], cursor: str = "") -> list[Day]:
    """Group rows that are sorted newest first by local day. One query, for the days' totals.

    ``cursor`` is that of the page: a day that the page before began is marked as continued.
    """
    if not rows:
        return []
    counts = _counts_of({_day_of(row) for row in rows})
    begun = _local_day(moment_of(cursor)) if cursor else None
    days = ((day, list(group)) for day, group in groupby(rows, key=_day_of))
    return [Day(day, *_label(day), stories, counts.get(day, len(stories)), day == begun) for day, stories in days]


def busiest_topics(source: int = ANY) -> QuerySet[Topic]:
    """The topics with the most stories, of those from ``source`` (its key) alone, for the rail."""
    return Topic.objects.only("name", "slug").with_stories(source).busiest_first()[:RAIL_SIZE]


def busiest_sources(topic: int = ANY) -> QuerySet[Source]:
    """The sources with the most stories, of those in ``topic`` (its key) alone, for the rail."""
    return Source.objects.only("name", "slug").with_stories(topic).busiest_first()[:RAIL_SIZE]


def _day_of(article: Article) -> date:
    return _local_day(article.listed_at)


def _local_day(moment: datetime) -> date:
    return timezone.localtime(moment).date()


def _counts_of(days: Iterable[date]) -> dict[date, int]:
    """How many stories each of these days has: a range of the index for each, in one query."""
    spans = ((day, _midnight(day), _midnight(day + timedelta(days=1))) for day in days)
    published = Article.objects.published().order_by().values("status")
    counts = [
        published.filter(listed_at__gte=start, listed_at__lt=end)
        .annotate(day=Value(day.isoformat()), count=Count("pk"))
        .values_list("day", "count")
        for day, start, end in spans
    ]
    return {date.fromisoformat(day): count for day, count in counts[0].union(*counts[1:])}


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _label(day: date) -> tuple[str, str]:
    """A heading for a day, and the rest of its date."""
    days_ago = (timezone.localdate() - day).days
    if days_ago in (0, 1):
        return ("Today", "Yesterday")[days_ago], f"{day:%a} {day.day} {day:%B}"
    if 1 < days_ago < DAYS_OF_WEEK:
        return f"{day:%A}", f"{day.day} {day:%B}"
    year = "" if day.year == timezone.localdate().year else f" {day.year}"
    return f"{day.day} {day:%B}{year}", f"{day:%A}"
