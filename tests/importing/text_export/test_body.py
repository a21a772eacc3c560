"""The body: credits at their places, headings, lists, paragraphs."""

import pytest

from tests.importing.text_export.pages import credits_of, page, said, warned, words_of

LONG = "Kestrel has opened its second ground station on the coast, which took two years, and cost more than it said."


class CreditTests:
    def test_all_of_them_in_any_case_at_their_places(self) -> None:
        lines = ["CREDIT: Ann", "Text.", "credits : Bo / Getty", "More.", "Photo credit: Cy", "• Point.", "Credits: Di"]
        document = page(*lines, "Source: SCMP")
        assert credits_of(document) == [("Ann", 0), ("Bo / Getty", 1), ("Cy", 2), ("Di", 2)]
        assert words_of(document) == ["Text.", "More."]
        assert document.bullets == ("Point.",)

    @pytest.mark.parametrize(
        "line",
        ["Image credit: Ann", "IMAGE CREDITS: Ann", "Picture source: Ann", "(Credit: Ann)", "[Photo: Ann]",
         "Photo by Ann", "Images courtesy of Ann", "Courtesy: Ann", "Featured image: credit: Ann", "Credits – Ann",
         "• Credit: Ann", "Image via Ann", "Credit(s): Ann", "Credit\uff1aAnn", "Video credit: Ann"],
    )  # fmt: skip
    def test_every_label(self, line: str) -> None:
        document = page("Text.", line, "More.")
        if line.startswith("Featured"):
            assert words_of(document) == ["Text.", line, "More."]
        else:
            assert (credits_of(document), words_of(document)) == ([("Ann", 1)], ["Text.", "More."])

    def test_lists_and_headings_count_as_one_block_each(self) -> None:
        document = page(LONG, "Design", LONG, "- a", "- b", "Credit: Ann", LONG, "• Point.")
        assert credits_of(document) == [("Ann", 4)]

    def test_credit_above_the_title_and_below_the_statement(self) -> None:
        document = page("Text.", "More.", "Source: SCMP", "Credit: Ann")
        assert credits_of(document) == [("Ann", 2)]

    @pytest.mark.parametrize(
        "line",
        ["Credits:", "Credit: " + "x" * 201, "Credit where it is due: Xiaomi.", "Photo: a dish on a roof",
         "Image: The dish that Kestrel sells", "Photos by phone are all that the police has.",
         "Credit: the firm has mended every dish that it ever sold, for nothing."],
    )  # fmt: skip
    def test_what_names_nobody_is_text(self, line: str) -> None:
        document = page("Text.", line)
        assert (document.credits, words_of(document)) == ((), ["Text.", line])

    @pytest.mark.parametrize("end", [" Credits: Reuters", "\xa0Image credit: Ann Wu / Kestrel.", " credit : A"])
    def test_credit_at_the_end_of_a_paragraph_stays_there_with_a_warning(self, end: str) -> None:
        document = page(f"It has two in India.{end}", "More.")
        assert document.credits == ()
        assert words_of(document)[0] == f"It has two in India.{end}".replace("\xa0", " ")
        assert "ends in a credit" in said(document, 5)


class HeadingTests:
    @pytest.mark.parametrize("heading", ["Design", "Battery life", "What It Means for Rivals", "Camera:"])
    def test_one_that_is_unmistakable(self, heading: str) -> None:
        document = page(LONG, heading, LONG)
        assert [block.startswith("## ") for block in document.body.split("\n\n")] == [False, True, False]
        assert words_of(document)[1] == heading
        assert warned(document) == []

    @pytest.mark.parametrize(
        "line",
        [
            "Kestrel dish on a roof",
            "Ann Wu",
            "“We Are Not Done With This Dish”",
            "It rained.",
            "What did they say to that, then,",
            "www.Kestrel.Example/Dish @kestrel",
            "The Following Happened Next:",
            "Of",
            "Kestrel Dish C #",
        ],
    )
    def test_one_that_may_be_something_else_stays_a_paragraph(self, line: str) -> None:
        document = page(LONG, line, LONG)
        assert "## " not in document.body
        assert words_of(document) == [LONG, line, LONG]

    def test_short_line_that_stays_has_a_warning(self) -> None:
        assert "short, and no sentence" in said(page(LONG, "Kestrel dish on a roof", LONG), 7)

    def test_several_in_sentence_case_are_a_structure(self) -> None:
        document = page("How it started", LONG, "Why it matters to Ebb", LONG, "What comes now?", LONG)
        assert document.body.count("## ") == 3

    def test_caption_above_its_credit_is_no_heading(self) -> None:
        document = page(LONG, "A dish on a roof", "Credit: Ann", LONG, "Why it matters to Ebb", LONG)
        assert document.body.count("## ") == 1
        assert "## Why it matters to Ebb" in document.body

    def test_title_above_a_credit_is_a_heading(self) -> None:
        document = page("Dishes Get Cheaper", "Credit: Ann", LONG, "Phones Get Dearer", "Credit: Bo", LONG)
        assert document.body.count("## ") == 2
        assert credits_of(document) == [("Ann", 1), ("Bo", 3)]

    def test_standfirst_is_no_heading(self) -> None:
        document = page("It has two stations now", LONG, "What It Costs Us", LONG, "What It Brings Us", LONG)
        assert document.body.startswith("It has two stations now\n\n")

    @pytest.mark.parametrize("above", ["Text that was not ended", "• Point"])
    def test_needs_a_finished_neighbour_and_a_paragraph_below(self, above: str) -> None:
        assert "## " not in page(LONG, above, "Design", "Sound").body

    def test_heading_of_a_list(self) -> None:
        assert "## What Is in the Box" in page(LONG, "What Is in the Box", "- A dish", "- A cable", LONG).body


class RuleTests:
    @pytest.mark.parametrize("rule", ["***", "* * *", "---", "-----", "~~~", "• • •", "———", "⸻", "==="])
    def test_rule_between_paragraphs_is_a_break(self, rule: str) -> None:
        assert page("Text.", rule, "More.").body == "Text.\n\n---\n\nMore."
