"""What changed between two versions, told in paragraphs and words."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.revisions.diff import Change, Run, Tally, compare, compare_line, compare_lists, tally

SIGNS = {"=": "{}", "-": "[-{}-]", "+": "[+{}+]"}
TEXTS = st.lists(st.text(alphabet="abc AB.,’-5\n小", max_size=30), max_size=6).map("\n\n".join)


def marked(runs: Sequence[Run]) -> str:
    """Runs as one line, what was taken out and added in brackets."""
    return "".join(SIGNS[run.sign].format(run.text) for run in runs)


def told(before: str, after: str) -> list[str]:
    """Each change on a line: its kind, and its words or how many paragraphs stayed."""
    return [f"{change.kind} {marked(change.runs) or change.count}" for change in compare(before, after)]


class WordTests:
    @pytest.mark.parametrize(
        ("before", "after", "expected"),
        [
            ("It has 81,000 stores.", "It has 18,000 stores.", "It has [-81,000-] [+18,000+] stores."),
            ("It’s here.", "It isn’t here.", "[-It’s-] [+It isn’t+] here."),
            ("The only maker.", "The maker.", "The [-only-] maker."),
            ("The maker.", "The only maker.", "The [+only+] maker."),
            ("One two", "One two.", "One two[+.+]"),
            ("in 2.5 hours", "in 3.5 hours", "in [-2.5-] [+3.5+] hours"),
            ("on-board sound", "off-board sound", "[-on-board-] [+off-board+] sound"),
            ("小米和印度", "小米与印度", "小米[-和-] [+与+]印度"),
            ("شركة في الهند", "شركة في مصر", "شركة في [-الهند-] [+مصر+]"),
        ],
    )
    def test_whole_words_are_marked(self, before: str, after: str, expected: str) -> None:
        assert marked(compare_line(before, after)) == expected

    def test_short_words_between_two_changes_go_with_them(self) -> None:
        runs = compare_line("It sold ten of the phones", "It lent two of the phones")
        assert marked(runs) == "It [-sold ten-] [+lent two+] of the phones"
        runs = compare_line("Sales of phones rose", "Profits of tablets rose")
        assert marked(runs) == "[-Sales of phones-] [+Profits of tablets+] rose"

    def test_longer_words_between_two_changes_stay(self) -> None:
        assert marked(compare_line("one shop sold", "two shop lent")) == ("[-one-] [+two+] shop [-sold-] [+lent+]")

    @pytest.mark.parametrize("after", ["one  two", " one two\n", "one\ntwo", "one\u00a0two"])
    def test_white_space_is_no_change(self, after: str) -> None:
        assert compare_line("one two", after) == ()


class ParagraphTests:
    def test_same_texts(self) -> None:
        assert compare("One.\n\nTwo.", "One.\n\n\n Two. ") == ()

    def test_paragraphs_that_stayed_are_counted(self) -> None:
        before = "First.\n\nSecond.\n\nThere are ten of them.\n\nLast."
        assert told(before, before.replace("ten", "two")) == [
            "same 2",
            "changed There are [-ten-] [+two+] of them.",
            "same 1",
        ]

    def test_added_and_removed(self) -> None:
        assert told("One is here.\n\nTwo is there.", "One is here.\n\nQuite another thing.") == [
            "same 1",
            "removed [-Two is there.-]",
            "added [+Quite another thing.+]",
        ]

    def test_from_nothing_and_to_nothing(self) -> None:
        assert told("", "One.") == ["added [+One.+]"]
        assert told("One.", "") == ["removed [-One.-]"]

    def test_moved_paragraph_is_told_as_one(self) -> None:
        first, second, third = "The firm makes phones.", "It has ten shops in all.", "Its shares rose today."
        assert told(f"{first}\n\n{second}\n\n{third}", f"{second}\n\n{third}\n\n{first}") == [
            f"left [-{first}-]",
            "same 2",
            f"moved {first}",
        ]

    def test_moved_and_changed(self) -> None:
        moving = "The firm makes phones in {} towns of the north, it said on Monday."
        others = "It has ten shops in all.\n\nIts shares rose today, and fell tomorrow."
        assert told(f"{moving.format(3)}\n\n{others}", f"{others}\n\n{moving.format(4)}") == [
            f"left [-{moving.format(3)}-]",
            "same 2",
            "moved The firm makes phones in [-3-] [+4+] towns of the north, it said on Monday.",
        ]

    def test_longer_paragraphs_are_the_ones_that_stayed(self) -> None:
        long = "A paragraph of a good many words that stays where it is."
        assert told(f"Short.\n\n{long}", f"{long}\n\nShort.")[1] == "same 1"

    def test_points(self) -> None:
        changes = compare_lists(["It has ten shops.", "It is new."], ["It has two shops.", "It is new."])
        assert changes == (
            Change(
                "changed",
                (
                    Run("=", "It has"),
                    Run("=", " "),
                    Run("-", "ten"),
                    Run("=", " "),
                    Run("+", "two"),
                    Run("=", " shops."),
                ),
            ),
            Change("same"),
        )


class TallyTests:
    def test_words_are_counted_and_signs_are_not(self) -> None:
        assert tally(compare("It has ten shops.", "It has two big shops!")) == Tally(removed=1, added=2)

    def test_move_counts_for_nothing(self) -> None:
        assert tally(compare("One is here.\n\nTwo.", "Two.\n\nOne is here.")) == Tally()


class WholenessTests:
    @given(TEXTS, TEXTS)
    def test_both_texts_can_be_read_off_the_changes(self, before: str, after: str) -> None:
        changes = compare(before, after)
        if not changes:
            return
        old, new = "", ""
        for change in changes:
            for run in change.runs:
                old += run.text if run.sign != "+" and change.kind not in ("added", "moved") else ""
                new += run.text if run.sign != "-" and change.kind not in ("removed", "left") else ""
        kept = sum(change.count for change in changes if change.kind == "same")
        letters = [letter for letter in before if not letter.isspace()]
        assert kept or sorted(letters) == sorted(letter for letter in old if not letter.isspace())
        assert kept or [x for x in after if not x.isspace()] == [x for x in new if not x.isspace()]

    @given(TEXTS)
    def test_text_does_not_differ_from_itself(self, text: str) -> None:
        assert compare(text, text) == ()

    @pytest.mark.parametrize(
        ("before", "after"),
        [
            ("a\n\n" * 3000, "b a\n\n" * 3000),
            ("a\n\nb\n\n" * 3000, "b\n\na\n\n" * 3000),
            ("word " * 5000, "other " * 5000),
            ("a a " * 1000, "b a " * 1000),
        ],
    )
    def test_long_texts_are_told_in_bounded_work(self, before: str, after: str) -> None:
        assert tally(compare(before, after)).added > 0
