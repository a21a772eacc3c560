"""So many acts in an hour, and no more."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.cache import cache

from articles.web.throttling import HOUR, seconds_to_wait

START = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def wait(most: int = 3, key: str = "rita", *, at: timedelta = timedelta()) -> int:
    with time_machine.travel(START + at, tick=False):
        return seconds_to_wait({key: most})


def names() -> set[str]:
    """What is counted, by its disguised keys."""
    return {name.split(":")[-2] for name in getattr(cache, "_cache") if ":limit:" in name}  # noqa: B009 (this backend's)


class SecondsToWaitTests:
    def test_lets_through_as_many_as_allowed(self) -> None:
        assert [wait() == 0 for _ in range(4)] == [True, True, True, False]

    def test_keys_are_counted_apart(self) -> None:
        assert [wait(1, "rita"), wait(1, "sam")] == [0, 0]

    def test_no_limit(self) -> None:
        assert not any(wait(0) for _ in range(50))

    def test_what_is_refused_does_not_count(self) -> None:
        for _ in range(3):
            wait()
        first = wait()
        assert [wait() for _ in range(20)] == [first] * 20

    @pytest.mark.parametrize("minutes", [0, 1, 30, 59])
    @pytest.mark.parametrize("most", [1, 3, 10])
    def test_one_is_let_through_when_it_said(self, minutes: int, most: int) -> None:
        at = timedelta(minutes=minutes)
        while not (seconds := wait(most, at=at)):
            pass
        assert 0 < seconds <= 2 * HOUR + 1
        assert wait(most, at=at + timedelta(seconds=seconds - 3)) > 0
        assert wait(most, at=at + timedelta(seconds=seconds)) == 0

    def test_stroke_of_the_hour_gives_nobody_twice_as_much(self) -> None:
        late, early = timedelta(minutes=59), timedelta(minutes=61)
        assert [wait(10, at=late) for _ in range(10)] == [0] * 10
        assert wait(10, at=early) > 0

    def test_all_is_forgotten_after_two_hours(self) -> None:
        for _ in range(4):
            wait()
        assert wait(at=timedelta(hours=2)) == 0

    def test_what_one_limit_refuses_does_not_count_against_the_other(self) -> None:
        with time_machine.travel(START, tick=False):
            assert seconds_to_wait({"story": 1}) == 0
            assert seconds_to_wait({"rita": 1, "story": 1}) > 0
            assert seconds_to_wait({"rita": 1}) == 0

    def test_many_at_once_are_counted_one_by_one(self) -> None:
        with time_machine.travel(START, tick=False), ThreadPoolExecutor(8) as threads:
            waits = list(threads.map(lambda _: seconds_to_wait({"rita": 20}), range(100)))
        assert waits.count(0) == 20

    def test_cache_holds_no_key_as_it_is(self) -> None:
        wait(key="203.0.113.0/24")
        assert names()
        assert "203.0.113" not in repr(getattr(cache, "_cache"))  # noqa: B009

    def test_keys_of_one_day_say_nothing_on_the_next(self) -> None:
        wait()
        first = names()
        wait(at=timedelta(days=1))
        assert len(first) == 1
        assert len(names() - first) == 1

    def test_cache_that_is_away_limits_nobody(
        self, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        def fail(*args: object) -> None:
            raise ConnectionError("Redis is away.")

        monkeypatch.setattr(cache, "incr", fail)
        assert [wait(1), wait(1)] == [0, 0]
        assert "nothing is limited" in caplog.text
