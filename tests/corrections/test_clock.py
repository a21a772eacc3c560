"""How soon a report is due: working days, weekends, and days of 23 and 25 hours."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.corrections.clock import (
    LIMIT,
    TARGETS,
    TRIAGE,
    due_at,
    due_day,
    in_words,
    is_working_day,
    overdue_before,
    working_days,
)

BERLIN = ZoneInfo("Europe/Berlin")
ZONES = [UTC, BERLIN, ZoneInfo("America/Los_Angeles"), ZoneInfo("Pacific/Kiritimati")]
# A Monday.
MONDAY = date(2026, 11, 16)


def at(day: int, hour: int = 12) -> datetime:
    """A moment of November 2026 in UTC: the 16th is a Monday, the 21st a Saturday."""
    return datetime(2026, 11, day, hour, tzinfo=UTC)


class DueAtTests:
    @pytest.mark.parametrize(
        ("received", "days", "last"),
        [
            (16, 0, 16),  # Monday, the same day
            (16, 1, 17),
            (16, 2, 18),
            (16, 5, 23),  # over a weekend
            (16, 10, 30),
            (20, 0, 20),  # Friday
            (20, 1, 23),
            (20, 2, 24),
            (21, 0, 23),  # Saturday: the next working day is the first that can be meant
            (21, 1, 23),
            (21, 2, 24),
            (22, 1, 23),  # Sunday
            (22, 5, 27),
        ],
    )
    def test_lasts_until_the_end_of_the_working_day(self, received: int, days: int, last: int) -> None:
        due = due_at(at(received), days, UTC)
        assert due == datetime(2026, 11, last, tzinfo=UTC) + timedelta(days=1)
        assert due_day(due, UTC) == date(2026, 11, last)

    def test_targets_are_those_of_the_policy(self) -> None:
        assert (TRIAGE, TARGETS, LIMIT) == (1, {"critical": 0, "major": 2, "minor": 5}, 10)

    def test_day_is_that_of_the_zone(self) -> None:
        late = at(20, 23)  # Friday evening in UTC, Saturday in Berlin
        assert due_at(late, 0, UTC) == datetime(2026, 11, 21, tzinfo=UTC)
        assert due_at(late, 0, BERLIN) == datetime(2026, 11, 24, tzinfo=BERLIN)

    @pytest.mark.parametrize(
        ("friday", "offset_before", "offset_after"),
        [(datetime(2026, 10, 23, 12, tzinfo=BERLIN), 2, 1), (datetime(2026, 3, 27, 12, tzinfo=BERLIN), 1, 2)],
    )
    def test_weekend_on_which_the_clocks_change(self, friday: datetime, offset_before: int, offset_after: int) -> None:
        due = due_at(friday, 1, BERLIN)
        assert friday.utcoffset() == timedelta(hours=offset_before)
        assert due.utcoffset() == timedelta(hours=offset_after)
        assert (due.hour, due.date() - friday.date()) == (0, timedelta(days=4))

    @pytest.mark.parametrize("zone", ["Africa/Cairo", "America/Santiago"])
    def test_midnight_that_the_clocks_skip(self, zone: str) -> None:
        """Where the clock jumps from 24:00 to 1:00, the day is over no later than that."""
        there = ZoneInfo(zone)
        for start in (datetime(2026, 4, 20, 12, tzinfo=UTC), datetime(2026, 8, 31, 12, tzinfo=UTC)):
            for days in range(11):
                due = due_at(start, days, there)
                assert is_working_day(due_day(due, there))
                assert due_day(due + timedelta(hours=2), there) > due_day(due, there)

    @given(
        st.timedeltas(timedelta(), timedelta(days=36_500)),
        st.integers(0, 30),
        st.sampled_from(ZONES),
    )
    def test_is_a_working_day_with_the_days_between(self, age: timedelta, days: int, zone: ZoneInfo) -> None:
        since = datetime(2000, 1, 1, tzinfo=UTC) + age
        due = due_at(since, days, zone)
        start, last = since.astimezone(zone).date(), due_day(due, zone)
        assert since < due
        assert is_working_day(last)
        assert working_days(start, last) == (days or int(start != last))


class OverdueBeforeTests:
    @given(st.timedeltas(timedelta(), timedelta(days=30)), st.integers(0, 12), st.sampled_from(ZONES))
    def test_parts_what_is_overdue_from_what_is_not(self, age: timedelta, days: int, zone: ZoneInfo) -> None:
        now = at(25, 9)
        assert (now - age < overdue_before(now, days, zone)) == (due_at(now - age, days, zone) <= now)

    def test_on_a_monday_morning_friday_is_not_overdue_but_thursday_is(self) -> None:
        assert overdue_before(at(23, 9), 1, UTC) == datetime(2026, 11, 20, tzinfo=UTC)


class WorkingDaysTests:
    @pytest.mark.parametrize(
        ("start", "end", "count"), [(0, 0, 0), (0, 1, 1), (0, 6, 4), (0, 7, 5), (5, 6, 0), (3, 1, 0)]
    )
    def test_count(self, start: int, end: int, count: int) -> None:
        assert working_days(MONDAY + timedelta(days=start), MONDAY + timedelta(days=end)) == count

    @given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 60))
    def test_counts_like_fingers(self, start: date, length: int) -> None:
        days = [start + timedelta(days=number) for number in range(1, length + 1)]
        assert working_days(start, start + timedelta(days=length)) == sum(map(is_working_day, days))


class InWordsTests:
    @pytest.mark.parametrize(
        ("now", "words"),
        [
            (at(17), "Due Fri 20 Nov"),
            (at(20, 23), "Due today"),
            (at(21, 0), "Overdue since Friday"),
            (at(22), "Overdue since Friday"),
            (at(23), "Overdue by 1 working day"),
            (at(25), "Overdue by 3 working days"),
        ],
    )
    def test_says_when_or_how_late(self, now: datetime, words: str) -> None:
        due = due_at(at(18), 2, UTC)
        assert in_words(due, now, UTC) == words
