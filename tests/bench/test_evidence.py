"""The benchmark of the checks: its faults are faults, and its statistics are right."""

import random

import pytest

from tests.bench.corruptions import (
    KINDS,
    change_name,
    change_number,
    change_number_word,
    find_names,
    make_cases,
    negate,
    turn_round,
)
from tests.bench.evidence import area, check_cases, evidence, ratio, spread
from tests.bench.stories import Story, read_stories

CHANCE = random.Random(1)  # noqa: S311


class FaultTests:
    def test_numbers(self) -> None:
        changed = {change_number("18,000 stores and 12%", random.Random(seed)) for seed in range(40)}  # noqa: S311
        assert len(changed) > 5
        assert "18,000 stores and 12%" not in changed
        assert all(bullet.endswith("%") and " stores and " in bullet for bullet in changed)

    def test_number_words_keep_their_size_and_capital(self) -> None:
        assert change_number_word("Twenty ships", CHANCE).split()[0] in "Thirty Forty Fifty Sixty Seventy Eighty Ninety"
        assert change_number_word("no ships", CHANCE) == ""

    def test_names_are_runs_in_the_midst_of_sentences(self) -> None:
        text = "Police met Anna Lund on Monday. Later, Mr Smith left Oslo with the World Bank."
        assert find_names(text) == ["Anna Lund", "Oslo", "World Bank"]

    def test_a_name_for_a_name(self) -> None:
        assert change_name("Oslo mourns", ["Oslo"], ["Paris"], CHANCE) == "Paris mourns"
        assert change_name("Oslo mourns", ["Rome"], ["Paris"], CHANCE) == ""
        assert change_name("Oslo mourns", ["Oslo"], ["Oslo"], CHANCE) == ""

    @pytest.mark.parametrize(
        ("bullet", "negated"),
        [
            ("Xiaomi denies it", "Xiaomi does not deny it"),
            ("Marlow won twice", "Marlow did not win twice"),
            ("It is over", "It is not over"),
            ("It is not over", "It is over"),
            ("They couldn't go", "They could go"),
            ("No survivors found", "survivors found"),
            ("A fragment", ""),
        ],
    )
    def test_negations(self, bullet: str, negated: str) -> None:
        assert negate(bullet).lower() == negated.lower()

    def test_antonyms(self) -> None:
        opposites = ("rejects", "refuses", "declines", "opposes", "disagrees")
        assert turn_round("Council approves plan", CHANCE).split()[1] in opposites
        assert turn_round("A fragment", CHANCE) == ""

    def test_every_kind_is_made_and_the_same_again(self) -> None:
        stories = read_stories(8)
        cases = list(make_cases(stories, draws=3))
        assert {case.kind for case in cases} == {"true", *KINDS}
        assert cases == list(make_cases(stories, draws=3))
        assert cases != list(make_cases(stories, draws=3, seed=5))

    def test_wrong_bullets_differ_from_the_right_ones_of_their_story(self) -> None:
        stories = [
            Story("", "Xiaomi met Anna in Oslo.", ("Xiaomi has 20 stores",)),
            Story("", "Vivo, from Rome", ("B",)),
        ]
        wrong = [case.bullet for case in make_cases(stories, draws=9) if case.kind != "true" and "Xiaomi" in case.text]
        assert wrong
        assert "Xiaomi has 20 stores" not in wrong


class StatisticsTests:
    def test_wilson(self) -> None:
        # 9 of 10: 0.596 to 0.982, as tables have it.
        share, low, high = ratio("x", [True] * 9 + [False])
        assert (share.value, low.value, high.value) == pytest.approx((0.9, 0.596, 0.982), abs=0.001)
        assert str(low) == "x.low 0.60 ratio"

    def test_no_cases_no_figure(self) -> None:
        assert list(ratio("x", [])) == []

    def test_area(self) -> None:
        # Five of the six pairs in order, one tied.
        share, low, high = area("x", [0.9, 0.5], [0.5, 0.1, 0.2])
        assert share.value == pytest.approx(5.5 / 6)
        assert 0 <= low.value < share.value < high.value <= 1

    def test_spread(self) -> None:
        findings = check_cases(read_stories(2))["true"]
        assert spread(findings, len(findings)) == findings
        assert spread(findings, 2) == [findings[0], findings[len(findings) // 2]]

    def test_every_figure_is_printed_with_its_interval(self) -> None:
        figures = {figure.name: figure.value for figure in evidence(6)}
        assert {f"evidence.{kind}.{what}" for kind in KINDS for what in ("cases", "recall", "false")} <= figures.keys()
        assert {"evidence.auc", "evidence.auc.low", "evidence.auc.high", "evidence.cpu"} <= figures.keys()
        shares = [name for name in figures if f"{name}.low" in figures]
        assert all(figures[f"{name}.low"] <= figures[name] + 1e-9 for name in shares)
        assert all(figures[name] - 1e-9 <= figures[f"{name}.high"] for name in shares)
