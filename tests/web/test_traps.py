"""People and machines."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from pytest_django import Settings

from articles.web import traps
from articles.web.traps import STAMP, TRAP, fault_of, stamp_for

FILLED, QUICK = str(traps.FILLED), str(traps.QUICK)
SHOWN = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _three_seconds(settings: Settings) -> None:
    settings.FORM_MIN_SECONDS = 3


def stamp() -> str:
    with time_machine.travel(SHOWN, tick=False):
        return stamp_for({})


def fault(sent: dict[str, str], seconds: float) -> str:
    with time_machine.travel(SHOWN + timedelta(seconds=seconds), tick=False):
        return fault_of(sent)


class FaultOfTests:
    @pytest.mark.parametrize(("seconds", "expected"), [(0, QUICK), (2, QUICK), (3, ""), (86_400, "")])
    def test_people_take_three_seconds(self, seconds: float, expected: str) -> None:
        assert fault({STAMP: stamp()}, seconds) == expected

    @pytest.mark.parametrize("made_up", ["", "1", "1:2:3", "\x00", "é"])
    def test_time_has_to_be_ours(self, made_up: str) -> None:
        assert fault({STAMP: made_up}, 60) == QUICK
        assert fault({}, 60) == QUICK

    def test_only_machines_fill_the_hidden_field(self) -> None:
        assert fault({STAMP: stamp(), TRAP: "https://spam.example"}, 60) == FILLED

    def test_least_time_can_be_turned_off(self, settings: Settings) -> None:
        settings.FORM_MIN_SECONDS = 0
        assert fault({}, 0) == ""
        assert fault({TRAP: "x"}, 0) == FILLED


class StampForTests:
    def test_form_that_comes_back_keeps_its_time(self) -> None:
        first = stamp()
        assert stamp_for({STAMP: first}) == first

    def test_made_up_time_is_replaced(self) -> None:
        assert stamp_for({STAMP: "made up"}) != "made up"
