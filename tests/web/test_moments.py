"""How the site writes how long something took."""

from datetime import timedelta

import pytest

from articles.web.moments import duration, hours


class DurationTests:
    @pytest.mark.parametrize(
        ("time", "words"),
        [
            (timedelta(seconds=20), "less than a minute"),
            (timedelta(minutes=1), "1 min"),
            (timedelta(minutes=48, seconds=20), "48 min"),
            (timedelta(minutes=59, seconds=40), "1 hour"),
            (timedelta(hours=3, minutes=32), "3 h 32 min"),
            (timedelta(hours=5), "5 hours"),
            (timedelta(hours=47, minutes=59), "47 h 59 min"),
            (timedelta(hours=48), "2 days"),
            (timedelta(days=3, hours=20), "4 days"),
        ],
    )
    def test_in_the_unit_that_fits(self, time: timedelta, words: str) -> None:
        assert duration(time) == words


class HoursTests:
    def test_to_the_tenth(self) -> None:
        assert hours(timedelta(minutes=90)) == "1.5"
        assert hours(timedelta(days=2, minutes=4)) == "48.1"
