"""Days of a river."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from pytest_django import Settings

from articles.catalogue.models import Article
from articles.reading.rivers import by_day, stories_page
from tests.world import make_article

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


class ByDayTests:
    def labels(self) -> list[tuple[str, str, int]]:
        page = stories_page(Article.objects.published(), "")
        return [(day.label, day.note, day.count) for day in by_day(page.rows)]

    def test_near_days_have_names_and_far_ones_dates(self) -> None:
        for days_ago in (0, 1, 2, 6, 7, 400):
            make_article(published_at=NOW - timedelta(days=days_ago))
        assert self.labels() == [
            ("Today", "Sun 22 November", 1),
            ("Yesterday", "Sat 21 November", 1),
            ("Friday", "20 November", 1),
            ("Monday", "16 November", 1),
            ("15 November", "Sunday", 1),
            ("18 October 2025", "Saturday", 1),
        ]

    def test_count_is_of_the_whole_day_and_not_of_the_page(self) -> None:
        for number in range(25):
            make_article(published_at=NOW - timedelta(minutes=number))
        page = stories_page(Article.objects.published(), "")
        assert len(page.rows) == 20
        assert self.labels() == [("Today", "Sun 22 November", 25)]

    def test_day_that_the_page_before_began_is_continued(self) -> None:
        for number in range(25):
            make_article(published_at=NOW - timedelta(minutes=number))
        make_article(published_at=NOW - timedelta(days=1))
        cursor = stories_page(Article.objects.published(), "").next_cursor
        days = by_day(stories_page(Article.objects.published(), cursor).rows, cursor)
        assert [(day.label, day.is_continued, len(day.rows)) for day in days] == [
            ("Today", True, 5),
            ("Yesterday", False, 1),
        ]

    def test_day_that_begins_with_the_page_is_not(self) -> None:
        for number in range(20):
            make_article(published_at=NOW - timedelta(minutes=number))
        make_article(published_at=NOW - timedelta(days=1))
        cursor = stories_page(Article.objects.published(), "").next_cursor
        (day,) = by_day(stories_page(Article.objects.published(), cursor).rows, cursor)
        assert not day.is_continued

    def test_no_rows_no_days(self) -> None:
        assert by_day([]) == []

    def test_days_are_those_of_the_sites_time_zone(self, settings: Settings) -> None:
        settings.TIME_ZONE = "Asia/Tokyo"
        make_article(published_at=datetime(2026, 11, 21, 16, 0, tzinfo=UTC))
        assert self.labels() == [("Today", "Sun 22 November", 1)]
