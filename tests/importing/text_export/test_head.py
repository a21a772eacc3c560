"""Byline, title, dates and the flag "[Edited]"."""

import pytest

from articles.importing.formats.text_export import parse
from tests.importing.stories import export
from tests.importing.text_export.pages import page, said, warned, words_of

TITLE = "Kestrel opens its second ground station"


class BylineTests:
    @pytest.mark.parametrize(
        "above",
        ["  • Jane Doe", "Jane Doe", "by Jane Doe", "By Jane Doe", "• Writer: Jane Doe", "- Writer’s pictureJane Doe"],
    )
    def test_name_above_the_title(self, above: str) -> None:
        document = parse(export(above, TITLE, "Updated: Jan 9", "It has two now."))
        assert (document.byline, document.headline) == ("Jane Doe", TITLE)
        assert warned(document) == []

    @pytest.mark.parametrize("name", ["Jane van der Doe", "J. K. O’Neil-Wu", "Zoë Ängström"])
    def test_bare_name_without_a_date_to_confirm_it_is_read_with_a_warning(self, name: str) -> None:
        document = parse(export(name, TITLE, "It has two now."))
        assert document.byline == name
        assert warned(document) == [3]

    def test_by_is_warrant_enough(self) -> None:
        document = parse(export("By Jane Doe", TITLE, "It has two now."))
        assert (document.byline, warned(document)) == ("Jane Doe", [])

    @pytest.mark.parametrize(
        "title",
        [
            "Kestrel Opens",
            "Kestrel",
            "Station 2 opened",
            "Kestrel opens a station",
            "Weekly Roundup",
            "Oriel H3 Review",
        ],
    )
    def test_short_title_is_no_name(self, title: str) -> None:
        for below in ("Kestrel has opened its second ground station.", "A station that Kestrel has opened"):
            document = parse(export(title, below, "It has two now."))
            assert (document.byline, document.headline) == ("", title)

    def test_words_of_the_next_line_are_no_name(self) -> None:
        document = parse(export("Ground Station", TITLE, "It has two now."))
        assert (document.byline, document.headline) == ("", "Ground Station")

    def test_short_title_before_its_date_is_no_name(self) -> None:
        document = parse(export("Jane Doe", "Updated: Jan 9", TITLE, "Two now."))
        assert (document.byline, document.headline) == ("", "Jane Doe")

    def test_several_names_and_what_is_none(self) -> None:
        document = parse(export("• Jane Doe", "• Li Wei", "• 2 min read", "• Jan 9", TITLE, "It has two now."))
        assert document.byline == "Jane Doe, Li Wei"
        assert "2 min read" in said(document, 7)
        assert "Jan 9" in said(document, 9)

    def test_names_and_notes_on_one_line(self) -> None:
        document = parse(export("• Jane Doe · Jan 9 · 2 min read", TITLE, "It has two now."))
        assert document.byline == "Jane Doe"
        assert "Jan 9" in said(document, 3)

    def test_name_that_is_given_twice(self) -> None:
        assert parse(export("• Writer: Jane Doe\n    Jane Doe", TITLE, "Two now.")).byline == "Jane Doe"

    @pytest.mark.parametrize("below", ["By Jane Doe", "• Jane Doe\n• 9 Jan\n• 1 min read"])
    def test_name_below_the_title(self, below: str) -> None:
        document = page(below, "Updated: Jan 9", "Text.")
        assert (document.byline, document.updated_as_stated, document.body) == ("Jane Doe", "Jan 9", "Text.")

    def test_list_below_the_title_is_a_list_unless_it_is_of_notes(self) -> None:
        document = page("• Jane Doe", "• Li Wei", "Text.")
        assert (document.byline, words_of(document)) == ("", ["Jane Doe", "Li Wei", "Text."])

    def test_heading_that_starts_with_by_is_none(self) -> None:
        document = page("By Design", "Kestrel has a new dish, and it is a small one for once.", "It is grey.")
        assert (document.byline, words_of(document)[0]) == ("", "By Design")


class MenuTests:
    def test_menu_above_the_title_is_left_out(self) -> None:
        document = parse(export("Home", "  • News", "Search...", "12 views", TITLE, "Two now."))
        assert (document.headline, document.byline, document.body) == (TITLE, "", "Two now.")
        assert warned(document) == []

    def test_title_that_reads_like_a_menu_stays(self) -> None:
        document = parse(export("News", "There is news."))
        assert (document.headline, document.body) == ("News", "There is news.")

    def test_title_that_comes_twice_is_one(self) -> None:
        document = page("Title of It", "Updated: Jan 9", "Text.")
        assert (document.headline, document.updated_as_stated, document.body) == ("Title of it", "Jan 9", "Text.")


class UpdatedTests:
    @pytest.mark.parametrize(
        ("line", "stated"),
        [
            ("UPDATED : Jan 9", "Jan 9"),
            ("Updated: Jan 9, 2024", "Jan 9, 2024"),
            ("Last updated on 9 January 2024", "9 January 2024"),
            ("Updated Jan 9", "Jan 9"),
            ("(Updated: 2024-01-09)", "2024-01-09"),
            ("• Updated: 9 Jan", "9 Jan"),
        ],
    )
    def test_date_is_kept_as_stated(self, line: str, stated: str) -> None:
        document = page(line, "Text.")
        assert (document.updated_as_stated, document.body, warned(document)) == (stated, "Text.", [])

    @pytest.mark.parametrize("stated", ["3 days ago", "yesterday", "Jan 9 at 10:30", "09/01/2024", "9 ene. 2024"])
    def test_strange_date_is_kept_with_a_warning(self, stated: str) -> None:
        document = page(f"Updated: {stated}", "Text.")
        assert document.updated_as_stated == stated
        assert warned(document) == [5]

    @pytest.mark.parametrize(
        "line",
        [
            "Updated: the figures of the company",
            "Updated: Jan 9" + " and so on" * 9,
            "Updated figures for 2024 came on Jan 9.",
        ],
    )
    def test_sentence_that_starts_like_it_is_text(self, line: str) -> None:
        document = page(line, "Text.")
        assert document.updated_as_stated == ""
        assert words_of(document) == [line, "Text."]

    def test_label_without_a_date_has_a_warning(self) -> None:
        assert warned(page("Updated: the figures of the company", "Text.")) == [5]

    def test_second_one_stays_in_the_text(self) -> None:
        document = page("Text.", "Updated: Jan 9", "More.")
        assert document.updated_as_stated == ""
        assert words_of(document) == ["Text.", "Updated: Jan 9", "More."]
        assert warned(document) == [7]

    def test_above_the_title(self) -> None:
        document = parse(export("• Jane Doe", "Updated: Jan 9", TITLE, "Two now."))
        assert (document.byline, document.updated_as_stated, document.headline) == ("Jane Doe", "Jan 9", TITLE)


class EditedTests:
    @pytest.mark.parametrize(
        "first",
        ["[edited]\n\nText.", "[Edited]Text.", "(EDITED)\xa0Text.", "[ Edited ]: Text.", "[Edited]\u200b Text."],
    )
    def test_flag_in_every_form(self, first: str) -> None:
        document = page(first)
        assert (document.is_edited, document.body) == (True, "Text.")

    def test_flag_above_the_date(self) -> None:
        document = page("[Edited]", "Updated: Jan 9", "Text.")
        assert (document.is_edited, document.updated_as_stated, document.body) == (True, "Jan 9", "Text.")

    def test_flag_elsewhere_is_text(self) -> None:
        document = page("Text.", "[Edited] More.")
        assert not document.is_edited
        assert words_of(document) == ["Text.", "[Edited] More."]

    def test_edited_without_brackets_is_text(self) -> None:
        document = page("Edited by two people, the text grew.", "More.")
        assert (document.is_edited, len(words_of(document))) == (False, 2)


def title(length: int, end: str) -> str:
    """A title of so many characters that ends in ``end``."""
    start = ("Kestrel opens stations in Ebb, Selby and Halden " * 3)[: length - len(end) - 1].rstrip()
    return f"{start}{'x' * (length - len(end) - 1 - len(start))} {end}"


class CutTitleTests:
    @pytest.mark.parametrize("length", [95, 98, 105])
    @pytest.mark.parametrize("end", ["homes,", "of", "the", "and", "with –", "(its", "“two", "more…", "homes &"])
    def test_open_end(self, length: int, end: str) -> None:
        document = parse(export(title(length, end), "Text."))
        assert document.headline == title(length, end)
        assert f"cut, at {length} characters" in said(document, 3)

    @pytest.mark.parametrize(("length", "end"), [(60, "homes,"), (86, "and"), (112, "for")])
    def test_end_at_a_word(self, length: int, end: str) -> None:
        assert f"cut, at {length} characters" in said(parse(export(title(length, end), "Text.")), 3)

    def test_end_within_a_word_of_the_text(self) -> None:
        document = parse(export(title(97, "custo"), "Its customers are pleased."))
        assert "cut" in said(document, 3)

    @pytest.mark.parametrize("length", [99, 100])
    def test_very_width_at_which_titles_were_cut(self, length: int) -> None:
        assert "cut" in said(parse(export(title(length, "homes"), "Text.")), 3)

    @pytest.mark.parametrize(
        ("length", "end"), [(97, "homes"), (97, "homes?"), (80, "of"), (120, "the"), (96, "(two)"), (96, "custo")]
    )
    def test_whole_title(self, length: int, end: str) -> None:
        assert warned(parse(export(title(length, end), "Text, homes."))) == []
