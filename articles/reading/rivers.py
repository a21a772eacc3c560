"""Lists of stories as pages show them: pages by key, days, counts."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import NamedTuple

from django.db import connection
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from articles.catalogue.models import Article, ArticleQuerySet
from articles.publishing.pieces import pieces_of
from articles.revisions.models import corrected_versions
from articles.summaries.models import listed_points
from articles.web import moments
from articles.web.paging import Page, moment_of, page_by_key

ROW = "components/_story.html"
COUNT_OF_DAY = """(
    SELECT count(*) FROM articles_article WHERE status = 'published' AND listed_at >= %s AND listed_at < %s
)"""
DAYS_OF_WEEK = 7


class Row(NamedTuple):
    """A story in a list, as it is shown there."""

    listed_at: datetime
    html: SafeString


@dataclass(frozen=True)
class Day:
    """The stories of one day in a river, and how many that day has in all."""

    date: date
    label: str
    note: str
    rows: Sequence[Row]
    count: int
    is_continued: bool = False


def stories_page(
    stories: ArticleQuerySet, cursor: str = "", front: Sequence[str] = (), *, is_by_day: bool = False
) -> Page[Row]:
    """One page of rows, newest first; the first ones may have templates of their own.

    ``is_by_day`` says that a day's label stands beside the others. One query if all rows are kept, seven if none is.
    """
    page = page_by_key(stories.with_state(), order_by="-listed_at", cursor=cursor)
    templates = [*front, *[ROW] * len(page.rows)][: len(page.rows)]
    return Page(rows_of(page.rows, templates, is_by_day=is_by_day), page.next_cursor)


def listed_page(stories: ArticleQuerySet, cursor: str) -> Page[Row]:
    """As ``stories_page``, of ``listed`` stories: page 1,000 of a topic costs what page 1 of any list does."""
    page = page_by_key(stories.with_state(), order_by="-listed_at", cursor=cursor, place="place_")
    return Page(rows_of(page.rows, [ROW] * len(page.rows)), page.next_cursor)


def rows_of(
    stories: Sequence[Article],
    templates: Sequence[str],
    *,
    is_by_day: bool = False,
    load: Callable[[list[int]], dict[int, Article]] | None = None,
) -> list[Row]:
    """The rows of ``stories`` (``with_state``), each by its template; without those that have gone since.

    ``load`` reads what the templates show, ``whole_rows`` as a rule.
    """
    names = [(template, is_by_day and template == ROW) for template in templates]
    return [row for row in pieces_of(stories, names, load or whole_rows, _row) if row]


def whole_rows(keys: Sequence[int]) -> dict[int, Article]:
    """The stories with these keys, with all that a row shows: six queries, however many."""
    stories = Article.objects.public().for_lists().prefetch_related(listed_points(), corrected_versions())
    return stories.in_bulk(keys)


def by_day(rows: Sequence[Row], cursor: str = "") -> list[Day]:
    """Group rows that are sorted newest first by local day. One query, for the days' totals.

    ``cursor`` is that of the page: a day that the page before began is marked as continued.
    """
    if not rows:
        return []
    counts = _counts_of({_day_of(row) for row in rows})
    begun = _local_day(moment_of(cursor)) if cursor else None
    days = ((day, list(group)) for day, group in groupby(rows, key=_day_of))
    return [Day(day, *_label(day), stories, counts.get(day, len(stories)), day == begun) for day, stories in days]


def _row(name: tuple[str, bool], article: Article) -> Row:
    template, is_by_day = name
    return Row(article.listed_at, render_to_string(template, {"article": article, "by_day": is_by_day}))


def _day_of(row: Row) -> date:
    return _local_day(row.listed_at)


def _local_day(moment: datetime) -> date:
    return timezone.localtime(moment).date()


def _counts_of(days: Collection[date]) -> dict[date, int]:
    """How many stories each of these days has: a range of the index for each, in one query."""
    spans = [moment for day in days for moment in (_midnight(day), _midnight(day + timedelta(days=1)))]
    with connection.cursor() as cursor:
        limits = [connection.ops.adapt_datetimefield_value(moment) for moment in spans]
        cursor.execute(f"SELECT {', '.join([COUNT_OF_DAY] * len(days))}", limits)
        return dict(zip(days, cursor.fetchone(), strict=True))


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _label(day: date) -> tuple[str, str]:
    """A heading for a day, and the rest of its date."""
    days_ago = (timezone.localdate() - day).days
    if days_ago in (0, 1):
        return (_("Today"), _("Yesterday"))[days_ago], moments.weekday_and_day(day)
    if 1 < days_ago < DAYS_OF_WEEK:
        return moments.weekday(day), moments.long_day_of_year(day)
    is_this_year = day.year == timezone.localdate().year
    return moments.long_day_of_year(day) if is_this_year else moments.long_day(day), moments.weekday(day)
