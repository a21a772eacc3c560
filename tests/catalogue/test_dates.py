"""Dates as they are stated: what is not said stays unknown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.catalogue.dates import PartialDate, parse_partial_date


class ParsePartialDateTests:
    @pytest.mark.parametrize(
        ("stated", "month", "day"),
        [("Jan 9", 1, 9), ("January 9th", 1, 9), ("9 Jan", 1, 9), (" feb. 29 ", 2, 29), ("31 DECEMBER", 12, 31)],
    )
    def test_day_without_a_year_gets_none(self, stated: str, month: int, day: int) -> None:
        assert parse_partial_date(stated) == PartialDate(month, day)

    @pytest.mark.parametrize("stated", ["Jan 9, 2024", "Jan 9 2024", "9 January 2024", "2024-01-09"])
    def test_stated_year_is_kept(self, stated: str) -> None:
        assert parse_partial_date(stated) == PartialDate(1, 9, 2024)

    @pytest.mark.parametrize("stated", ["2024-01-09T10:30", "2024-01-09T10:30:00Z", "2024-01-09T10:30:00.520000+01:00"])
    def test_day_of_a_stated_moment(self, stated: str) -> None:
        assert parse_partial_date(stated) == PartialDate(1, 9, 2024)

    @pytest.mark.parametrize(
        "stated",
        [
            "",
            "2024-01-09T",
            "2024-01-09T10:30 CET",
            "Jan",
            "2024",
            "Feb 30",
            "Feb 29, 2023",
            "2024-13-01",
            "9/1",
            "yesterday",
            "Jan 9 10:30",
            "Jan 0",
        ],
    )
    def test_anything_else_is_no_date(self, stated: str) -> None:
        assert parse_partial_date(stated) is None

    @given(st.text(max_size=30))
    def test_no_text_is_an_error(self, stated: str) -> None:
        found = parse_partial_date(stated)
        assert found is None or 1 <= found.month <= 12


class PartialDateTests:
    def test_without_a_year_none_is_shown(self) -> None:
        assert (str(PartialDate(1, 9)), PartialDate(1, 9).machine) == ("9 Jan", "01-09")

    def test_with_a_year(self) -> None:
        assert (str(PartialDate(1, 9, 2024)), PartialDate(1, 9, 2024).machine) == ("9 Jan 2024", "2024-01-09")

    @given(st.dates())
    def test_machine_form_of_a_whole_date_is_read_again(self, day: object) -> None:
        found = parse_partial_date(str(day))
        assert found is not None
        assert found.machine == str(day)
