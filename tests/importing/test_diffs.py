"""Changes as lines that a person can read."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing.diffs import MOST_LINES, WIDTH, diff_of, lines_of
from articles.importing.merge import FieldChange, Verdict


def diff(ours: Any, theirs: Any) -> list[str]:
    return diff_of(FieldChange("body", None, ours, theirs, Verdict.TAKE))


class DiffTests:
    @pytest.mark.parametrize(
        ("ours", "theirs", "lines"),
        [
            ("Old.", "New.", ["-Old.", "+New."]),
            ("", "New.", ["+New."]),
            (None, "2026-11-20T12:00:00+00:00", ["+2026-11-20T12:00:00+00:00"]),
            (False, True, ["-no", "+yes"]),
            (["One.", "Two."], ["One.", "Three."], [" One.", "-Two.", "+Three."]),
            (["a"], [], ["-a"]),
            (
                [{"name": "SCMP", "url": ""}],
                [{"name": "SCMP", "url": "https://scmp.example/1"}],
                ["-SCMP", "+SCMP https://scmp.example/1"],
            ),
            (
                {"score": "8", "scale": "10"},
                {"score": "9", "scale": "10"},
                ["-score: 8", "+score: 9", " scale: 10"],
            ),
            (
                None,
                {"product": "K3", "pros": ["Quiet", "Cheap"], "specs": [["Weight", "1 kg"]], "price": None},
                ["+product: K3", "+pros: Quiet, Cheap", "+specs: Weight: 1 kg"],
            ),
            ({"specs": [["Weight", "1 kg"]]}, {"specs": []}, ["-specs: Weight: 1 kg"]),
        ],
    )
    def test_values_of_every_shape(self, ours: Any, theirs: Any, lines: list[str]) -> None:
        assert diff(ours, theirs) == lines

    def test_long_paragraphs_are_wrapped_and_parts_that_stayed_left_out(self) -> None:
        paragraphs = [f"Paragraph {number} {'goes on and on ' * 9}ends." for number in range(6)]
        changed = [*paragraphs]
        changed[0], changed[5] = "First.", "Last."
        lines = diff("\n\n".join(paragraphs), "\n\n".join(changed))
        assert lines.count("@@") == 1
        assert [line for line in lines if line.startswith("+")] == ["+First.", "+Last."]
        assert max(map(len, lines)) <= WIDTH + 1
        assert not any("Paragraph 2" in line for line in lines)

    def test_paragraph_that_was_joined_is_seen(self) -> None:
        assert diff("One.\n\nTwo.", "One.\nTwo.") == [" One.", "-", " Two."]

    def test_very_long_texts_are_counted(self) -> None:
        assert diff("x\n" * MOST_LINES, "y") == [f"-{MOST_LINES + 1} lines", "+1 line"]

    @given(st.text(), st.text())
    def test_other_words_are_never_no_difference(self, ours: str, theirs: str) -> None:
        assert bool(diff(ours, theirs)) == (lines_of(ours) != lines_of(theirs))
        assert " ".join(" ".join(lines_of(theirs)).split()) == " ".join(theirs.split()) or len(theirs) > WIDTH
