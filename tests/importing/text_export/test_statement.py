"""The standing statement: whole, changed, cut, in two, in another place."""

import pytest

from articles.importing.formats.text_export.statement import differences
from tests.importing.stories import STATEMENT
from tests.importing.text_export.pages import names_of, page, said, warned, words_of

OURS = (
    "Every story here was read by two of us before you read it. We name the outlet that reported first. Write to the "
    "desk when something is wrong, and one of us will answer within a day."
)


class KnownByItsWordsTests:
    def test_without_a_source(self) -> None:
        document = page("Text.", "• Point.", STATEMENT)
        assert (document.statement, document.bullets, document.body) == (STATEMENT, ("Point.",), "Text.")

    def test_above_the_source(self) -> None:
        document = page("Text.", "• Point.", STATEMENT, "Source: SCMP")
        assert (document.statement, document.bullets, names_of(document)) == (STATEMENT, ("Point.",), ["SCMP"])

    def test_in_two_lines(self) -> None:
        one, two = STATEMENT.split(" If ")
        document = page("Text.", "Source: SCMP", one, f"If {two}")
        assert (document.statement, document.body, warned(document)) == (STATEMENT, "Text.", [])

    def test_twice_is_once(self) -> None:
        assert page("Text.", STATEMENT, "Source: SCMP", STATEMENT).statement == STATEMENT

    def test_sentence_about_us_alone_after_the_source(self) -> None:
        document = page("Text.", "Source: SCMP", "We get things right.")
        assert (document.statement, document.body) == ("We get things right.", "Text.")

    @pytest.mark.parametrize("line", ["Share this", "It was first told in 2021.", "We get things right, mostly,"])
    def test_other_words_after_the_source_are_none(self, line: str) -> None:
        document = page("Text.", "Source: SCMP", line)
        assert (document.statement, words_of(document)) == ("", ["Text.", line])
        assert warned(document) == [9]

    def test_last_paragraph_of_a_story_is_none(self) -> None:
        document = page("Text.", "If you notice any errors, call the maker.")
        assert document.statement == ""
        assert len(words_of(document)) == 2


class KnownByLikenessTests:
    def test_the_same(self) -> None:
        document = page("Text.", "• Point.", "Source: SCMP", OURS, statement=OURS)
        assert (document.statement, document.body, warned(document)) == (OURS, "Text.", [])

    def test_spaces_make_no_difference(self) -> None:
        assert warned(page("Text.", OURS.replace(". ", ".\xa0 "), statement=f"{OURS}\n")) == []

    def test_changed_one_is_taken_and_what_differs_is_told(self) -> None:
        changed = OURS.replace("two of us", "three of us").replace("within a day", "soon")
        document = page("Text.", "Source: SCMP", changed, statement=OURS)
        assert (document.statement, document.body) == (changed, "Text.")
        assert "“three” instead of “two”; “soon.” instead of “within a day.”" in said(document, 9)

    def test_one_that_was_cut_off(self) -> None:
        cut = OURS[:70]
        document = page("Text.", "Source: SCMP", cut, statement=OURS)
        assert (document.statement, document.body) == (cut, "Text.")
        assert "is missing" in said(document, 9)

    def test_one_in_two_lines_above_the_source(self) -> None:
        one, two = OURS.split(" Write ")
        document = page("Text.", "• Point.", one, f"Write {two}", "Source: SCMP", statement=OURS)
        assert (document.statement, document.bullets, warned(document)) == (OURS, ("Point.",), [])

    def test_other_sentence_about_us_is_not_taken_for_it(self) -> None:
        document = page("Text.", "Source: SCMP", "We have asked Kestrel for a comment.", statement=OURS)
        assert (document.statement, words_of(document)[-1]) == ("", "We have asked Kestrel for a comment.")

    def test_paragraph_that_shares_words_is_none(self) -> None:
        text = "The outlet that reported first was wrong, and something of it was read by two of the people here."
        assert page("Text.", text, statement=OURS).statement == ""


class DifferencesTests:
    @pytest.mark.parametrize(
        ("new", "told"),
        [
            ("a b c", ""),
            ("a x c", "“x” instead of “b”"),
            ("a c", "“b” is missing"),
            ("a b c d", "“d” was added"),
            ("x a y b z c w", "“x” was added; “y” was added; “z” was added; 1 more"),
        ],
    )
    def test_first_few_are_told(self, new: str, told: str) -> None:
        assert differences("a b c", new) == told

    def test_long_ones_are_cut(self) -> None:
        assert len(differences("a", "word " * 100)) < 150
