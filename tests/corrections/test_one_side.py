"""The two sides of a passage that was changed, without the traces of the other."""

import pytest

from articles.corrections.passages import one_side
from articles.revisions.diff import compare_line

PAIRS = [
    ("The app was away for six hours.", "The app was away for four hours."),
    ("The battery cannot catch fire.", "The battery did not catch fire in the tests."),
    ("Homes can order.", "Homes can order a dish."),
    ("Homes can order a dish.", "Homes can order."),
    ("Smartphone maker Xiaomi.", "The smartphone maker Xiaomi."),
    ("schwimmt in fremder Leute Rechenarbeit.", "schwimmt in der Rechenarbeit anderer."),
    ("Type a < anywhere.", "Type a < or a & anywhere."),
    ("", "All of it is new."),
    ("All of it is gone.", ""),
]


class OneSideTests:
    @pytest.mark.parametrize(("wrote", "says"), PAIRS)
    def test_each_side_is_the_passage_itself(self, wrote: str, says: str) -> None:
        runs = compare_line(wrote, says)
        for sign, passage in (("-", wrote), ("+", says)):
            side = one_side(runs, sign)
            assert "".join(run.text for run in side).strip() == passage
            assert {run.sign for run in side} <= {"=", sign}
