"""The public figures: how much is reported and corrected, and how fast. Invented samples never count."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from django.db.models import Count, Min, QuerySet
from django.db.models.functions import TruncMonth
from django.utils import timezone

from articles.catalogue.models import Article, ArticleQuerySet, ArticleSource, Source
from articles.corrections.log_filters import month_around
from articles.corrections.models import Correction, Report
from articles.corrections.notices import Kind

UPHELD = (Report.Outcome.CORRECTED, Report.Outcome.CLARIFIED, Report.Outcome.UPDATED)
MONTHS = 12
# Of fewer stories a rate says nothing.
LEAST_FOR_RATE = 20
A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Totals:
    """Stories of a year, how many of them were corrected, and in what time half of the reported errors were."""

    stories: int
    corrected: int
    to_fix: timedelta | None


@dataclass(frozen=True)
class Handling:
    """What came of some reports; the times are medians, None where there is nothing to take them of."""

    received: int
    upheld: int
    to_answer: timedelta | None
    to_fix: timedelta | None


@dataclass(frozen=True)
class Month:
    """What was published in a month, and what came of the reports that were received in it."""

    start: datetime
    stories: int
    corrections: int
    reports: Handling


@dataclass(frozen=True)
class Outlet:
    """Stories of a period that rest on an outlet, what came of reports on them, and how many were corrected."""

    source: Source
    stories: int
    corrected: int
    reports: Handling

    @property
    def rate(self) -> float | None:
        """Corrected stories in a hundred; None for too few stories."""
        return 100 * self.corrected / self.stories if self.stories >= LEAST_FOR_RATE else None


def totals() -> Totals:
    """The figures of the past twelve months to the end of today, the same all day: three queries."""
    end = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0) + A_DAY
    start = end - timedelta(days=365)
    stories = stories_between(start, end)
    fixed = Correction.objects.filter(
        kind=Kind.CORRECTION,
        article__status__in=Article.PUBLIC,
        article__listed_at__gte=start,
        article__listed_at__lt=end,
        article__is_sample=False,
    )
    reported = fixed.exclude(reports=None).annotate(first=Min("reports__received_at"))
    times = (at - first for at, first in reported.values_list("published_at", "first"))
    corrected = fixed.aggregate(count=Count("article", distinct=True))["count"]
    return Totals(stories.count(), corrected, _median(times))


def months_until(end: datetime, count: int = MONTHS) -> list[Month]:
    """The ``count`` months before ``end``, the first moment of a month, newest first: three queries."""
    starts = _starts_before(end, count)
    first = starts[-1]
    stories = _by_month(stories_between(first, end), "listed_at")
    corrections = Correction.objects.filter(published_at__gte=first, published_at__lt=end, is_sample=False)
    corrected = _by_month(corrections, "published_at")
    reports: dict[datetime, list[Report]] = defaultdict(list)
    for report in real_reports().filter(received_at__gte=first, received_at__lt=end):
        reports[month_around(report.received_at)[0]].append(report)
    return [Month(start, stories[start], corrected[start], handling(reports[start])) for start in starts]


def outlets(sources: Sequence[Source], stories: ArticleQuerySet) -> list[Outlet]:
    """How it stands with ``stories`` by those of their ``sources``, which know their ``story_count``: two queries."""
    resting = ArticleSource.objects.filter(source__in=sources, role__in=["original", "additional"])
    of_these = resting.filter(article__in=stories.values("pk"))
    fixed = of_these.filter(article__corrections__kind=Kind.CORRECTION)
    corrected = dict(fixed.values_list("source").annotate(Count("article", distinct=True)).order_by())
    pairs = set(of_these.exclude(article__reports=None).values_list("source", "article__reports"))
    found = {report.pk: report for report in real_reports().filter(article__in=of_these.values("article"))}
    reports: dict[int, list[Report]] = defaultdict(list)
    for source, report in pairs:
        reports[source] += [found[report]] if report in found else []
    return [Outlet(one, one.story_count, corrected.get(one.pk, 0), handling(reports[one.pk])) for one in sources]


def stories_between(start: datetime, end: datetime) -> ArticleQuerySet:
    """The stories first published, or where that is unknown added, in this time; withdrawn ones are among them."""
    return Article.objects.public().filter(listed_at__gte=start, listed_at__lt=end, is_sample=False)


def real_reports() -> QuerySet[Report]:
    """Reports on the site and on stories that are none of the samples, with what ``handling`` reads.

    Those that were set aside as spam do not count.
    """
    fields = ("received_at", "answered_at", "outcome", "correction__published_at")
    counted = Report.objects.filter(set_aside_at=None).exclude(article__is_sample=True)
    return counted.select_related("correction").only(*fields)


def handling(reports: Sequence[Report]) -> Handling:
    """What came of ``reports``."""
    upheld = [report for report in reports if report.outcome in UPHELD]
    return Handling(
        received=len(reports),
        upheld=len(upheld),
        to_answer=_median(one.answered_at - one.received_at for one in reports if one.answered_at),
        to_fix=_median(one.correction.published_at - one.received_at for one in upheld if one.correction),
    )


def _median(times: Iterable[timedelta]) -> timedelta | None:
    seconds = [time.total_seconds() for time in times]
    return timedelta(seconds=median(seconds)) if seconds else None


def _starts_before(end: datetime, count: int) -> list[datetime]:
    starts = [month_around(end - A_DAY)[0]]
    while len(starts) < count:
        starts.append(month_around(starts[-1] - A_DAY)[0])
    return starts


def _by_month(rows: "QuerySet[Article] | QuerySet[Correction]", field: str) -> Counter[datetime]:
    """How many ``rows`` each month has, by its first moment in the site's time zone."""
    counted = rows.order_by().annotate(month=TruncMonth(field)).values_list("month").annotate(Count("pk"))
    return Counter(dict(counted))
