"""Receipt codes: read out over the telephone, typed in again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.corrections.codes import ALPHABET, new_code, read_code


class NewCodeTests:
    def test_code_has_three_groups_of_four(self) -> None:
        prefix, *groups = new_code("R").split("-")
        assert prefix == "R"
        assert [len(group) for group in groups] == [4, 4, 4]
        assert set("".join(groups)) <= set(ALPHABET)

    def test_no_two_are_alike(self) -> None:
        assert len({new_code("R") for _ in range(200)}) == 200

    def test_each_code_reads_as_itself(self) -> None:
        for code in (new_code("R") for _ in range(200)):
            assert read_code(code, "R") == code


class ReadCodeTests:
    @pytest.mark.parametrize(
        "typed",
        [
            "R-7F3K-92QD-M4X0",
            "r-7f3k-92qd-m4x0",
            "7F3K92QDM4X0",
            " R 7f3k 92qd m4xo ",
            "R7F3K92QDM4XO",
            "R–7F3K–92QD–M4X0",
        ],
    )
    def test_case_dashes_spaces_and_the_letter_o_are_forgiven(self, typed: str) -> None:
        assert read_code(typed, "R") == "R-7F3K-92QD-M4X0"

    def test_i_and_l_mean_one(self) -> None:
        assert read_code("R-IL11-0000-0000", "R") == "R-1111-0000-0000"

    @pytest.mark.parametrize(
        "typed", ["", "R", "R-7F3K-92QD", "R-7F3K-92QD-M4XT-1", "R-UUUU-92QD-M4XT", "C-7F3K-92QD-M4XT", "../admin"]
    )
    def test_what_cannot_be_a_code_is_none(self, typed: str) -> None:
        assert read_code(typed, "R") == ""

    def test_code_that_begins_with_its_prefix_letter_is_not_cut(self) -> None:
        assert read_code("RRRRRRRRRRRR", "R") == "R-RRRR-RRRR-RRRR"

    @given(st.text(max_size=40))
    def test_nothing_typed_breaks_it_and_reading_twice_changes_nothing(self, typed: str) -> None:
        code = read_code(typed, "R")
        assert code == "" or read_code(code, "R") == code
