"""Dates as feeds and pages state them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.importing.formats.moments import has_zone, read_moment

# How long an example takes says more of the machine than of the parser.
UNHURRIED = settings(deadline=None)


NEW_YORK = ZoneInfo("America/New_York")


class ReadMomentTests:
    @pytest.mark.parametrize(
        "stated",
        [
            "2026-11-20T12:00:00Z",
            "2026-11-20T13:00:00+01:00",
            "2026-11-20T07:00:00",
            "2026-11-20 07:00",
            "20261120T120000Z",
            "Fri, 20 Nov 2026 12:00:00 GMT",
            "20 Nov 2026 07:00:00 -0500",
            "Fri, 20 Nov 2026 12:00:00 -0000",
            " Fri, 20 Nov 2026 07:00:00 ",
        ],
    )
    def test_one_moment(self, stated: str) -> None:
        assert read_moment(stated, NEW_YORK) == datetime(2026, 11, 20, 12, tzinfo=UTC)

    def test_day_begins_where_the_site_is(self) -> None:
        assert read_moment("2026-11-20", NEW_YORK) == datetime(2026, 11, 20, 5, tzinfo=UTC)

    @pytest.mark.parametrize(
        "stated",
        ["", "2026", "2026-11", "Nov 2026", "yesterday", "2026-11-31", "1023-01-01T00:00Z", "9999-12-31T23:59-12:00"],
    )
    def test_anything_less_is_unknown(self, stated: str) -> None:
        assert read_moment(stated, UTC) is None

    @UNHURRIED
    @given(st.text(max_size=40))
    def test_no_text_is_an_error(self, stated: str) -> None:
        moment = read_moment(stated, UTC)
        assert moment is None or moment.tzinfo is UTC


class ZoneTests:
    @pytest.mark.parametrize(
        "stated", ["2026-11-20", "2026-11-20T12:00Z", "2026-11-20T12:00-05:00", "20 Nov 2026 12:00 EST", "12:00 +0100"]
    )
    def test_stated(self, stated: str) -> None:
        assert has_zone(stated)

    @pytest.mark.parametrize("stated", ["2026-11-20T12:00", "Fri, 20 Nov 2026 12:00:00"])
    def test_not_stated(self, stated: str) -> None:
        assert not has_zone(stated)
