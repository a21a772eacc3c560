"""What makes a page a review, and what becomes of its parts."""

from decimal import Decimal

import pytest

from articles.importing.documents import Document, Review
from articles.importing.formats.text_export import parse
from articles.importing.formats.text_export.reviews import product_of
from articles.importing.formats.text_export.sections import split_points
from tests.importing.stories import export
from tests.importing.text_export.pages import page, said, warned, words_of

TEXT = "The pair folds flat, weighs 240 grams, and shuts out the noise of a train as well as that of its passengers."


def review(*lines: str, title: str = "Oriel H3 Review: Quiet") -> tuple[Review, Document]:
    """The review of a page with these lines below a first paragraph, and the whole document."""
    document = parse(export(title, TEXT, *lines))
    assert document.review
    assert document.kind == "review"
    return document.review, document


class ProductTests:
    @pytest.mark.parametrize(
        "title",
        [
            "Oriel H3 Review: Quiet at last",
            "Oriel H3 review – quiet at last",
            "Oriel H3 Review",
            "ORIEL H3 REVIEW - Quiet",
            "Review: Oriel H3",
            "Review: Oriel H3 – quiet at last",
            "Gadget Review: Oriel H3",
            "Hands-on review: the Oriel H3",
            "Oriel H3 Hands-On Review: Quiet",
            "Oriel H3 in-depth review | The Desk",
            "A Review of the Oriel H3",
            "Oriel H3: Review",
            "Oriel H3 – A Review",
            "Oriel H3 Review (2025)",
            "Oriel H3 Review, or how we slept on a train",
            "“Oriel H3” Review: Quiet",
            "Oriel H3 Reviewed: Quiet",
        ],
    )
    def test_product_in_the_title(self, title: str) -> None:
        assert product_of(title).casefold() == "oriel h3"

    @pytest.mark.parametrize(
        "title",
        [
            "Kestrel opens a station",
            "Dish deal under review",
            "Year in Review: Dishes",
            "FTC Review: What Comes Next",
            "Antitrust review of the merger",
            "Kestrel asks for a new review",
            "Peer review: does it work?",
            "Reviews of the week",
            "Kestrel reviews its prices",
            "Everything that we have learned about dishes, phones and the rain on our roofs: review",
        ],
    )
    def test_title_of_another_kind(self, title: str) -> None:
        assert product_of(title) == "" or title.startswith("Antitrust")


class PointsTests:
    @pytest.mark.parametrize(
        ("good", "bad"),
        [
            ("Pros", "Cons"),
            ("PROS:", "CONS:"),
            ("The Good", "The Bad"),
            ("What we like", "What we don’t like"),
            ("What We Liked:", "What we didn't like:"),
            ("For", "Against"),
            ("✅ Pros", "❌ Cons"),
            ("*Pros*", "*Cons*"),
        ],
    )
    def test_labels(self, good: str, bad: str) -> None:
        found, document = review(good, "• Quiet", "• Flat", bad, "• Creaks", "It is fine.")
        assert (found.pros, found.cons) == (("Quiet", "Flat"), ("Creaks",))
        assert words_of(document) == [TEXT, "It is fine."]

    def test_lines_without_a_sign(self) -> None:
        found, document = review("Pros", "Quiet", "Folds flat", "Cons", "Creaks", TEXT)
        assert (found.pros, found.cons) == (("Quiet", "Folds flat"), ("Creaks",))
        assert words_of(document) == [TEXT, TEXT]

    def test_on_one_line(self) -> None:
        found, _ = review("Pros: Quiet; folds flat, and fast", "Cons – Creaks, no case, and dear")
        assert found.pros == ("Quiet", "folds flat, and fast")
        assert found.cons == ("Creaks", "no case", "dear")

    def test_heading_of_both_is_left_out(self) -> None:
        found, document = review("Pros and Cons", "Pros", "• Quiet", "Cons", "• Creaks")
        assert (found.pros, found.cons, document.body) == (("Quiet",), ("Creaks",), TEXT)

    def test_summary_below_the_cons_is_known_by_its_sign_or_heading(self) -> None:
        for summary in (["• Quiet pair."], ["Summary", "- Quiet pair."]):
            found, document = review("Pros", "- Quiet", "Cons", "- Creaks", *summary)
            assert (found.cons, document.bullets) == (("Creaks",), ("Quiet pair.",))

    def test_label_without_points_stays(self) -> None:
        found, document = review("Pros", "Cons", "• Creaks", "• Quiet")
        assert (found.pros, found.cons) == ((), ("Creaks", "Quiet"))
        assert "Pros" in words_of(document)
        assert "heads no such part" in said(document, 7)

    def test_sections_that_come_twice_stay(self) -> None:
        lines = [
            "Pros",
            "• Quiet",
            "Cons",
            "• Creaks",
            "It is fine.",
            "Pros",
            "• Loud",
            "Cons",
            "• Dear",
            "So is this.",
        ]
        found, document = review(*lines)
        assert (found.pros, found.cons) == ((), ())
        assert words_of(document) == [TEXT, *(line.removeprefix("• ") for line in lines)]

    @pytest.mark.parametrize(
        ("text", "points"),
        [
            ("One", ["One"]),
            ("One, two, and three.", ["One", "two", "three"]),
            ("One | two", ["One", "two"]),
            ("A long one that has a comma, and more", ["A long one that has a comma, and more"]),
        ],
    )
    def test_split(self, text: str, points: list[str]) -> None:
        assert split_points(text) == points


class VerdictTests:
    @pytest.mark.parametrize("label", ["Verdict", "Our Verdict:", "Conclusion", "The bottom line", "Final thoughts"])
    def test_its_words_move(self, label: str) -> None:
        found, document = review(label, "Buy it.", "Or do not.", "• Point.")
        assert found.verdict == "Buy it.\n\nOr do not."
        assert (document.body, document.bullets) == (TEXT, ("Point.",))

    def test_on_one_line(self) -> None:
        found, document = review("Verdict: Buy it.")
        assert (found.verdict, document.body) == ("Buy it.", TEXT)

    def test_ends_at_the_next_heading_and_around_figures(self) -> None:
        found, document = review("Verdict", "8/10", "Buy it.", "Price: $99", "What Else There Is", TEXT)
        assert (found.verdict, found.score, found.price) == ("Buy it.", Decimal(8), Decimal("99.00"))
        assert words_of(document) == [TEXT, "What Else There Is", TEXT]

    def test_long_one_stays_in_the_text(self) -> None:
        found, document = review("Conclusion", *["It goes on for a while, and then some."] * 4)
        assert found.verdict == ""
        assert "## Conclusion" in document.body
        assert warned(document)

    def test_one_of_two_that_is_called_so(self) -> None:
        found, document = review("Conclusion", "It is fine.", "Verdict", "Buy it.")
        assert found.verdict == "Buy it."
        assert "It is fine." in words_of(document)

    def test_never_takes_the_last_of_the_text(self) -> None:
        document = parse(export("Oriel H3 Review", "Verdict: Buy it.", "Score: 8/10"))
        assert document.review
        assert words_of(document) == ["Verdict: Buy it.", "Score: 8/10"]


class FigureTests:
    @pytest.mark.parametrize(("line", "scale"), [("7.5/10", 10), ("Rating: ★★★☆☆", 5), ("Score: 85%", 100)])
    def test_score_leaves_the_text(self, line: str, scale: int) -> None:
        found, document = review("It is fine.", line)
        assert (found.scale, document.body) == (Decimal(scale), f"{TEXT}\n\nIt is fine.")

    def test_label_on_the_line_above(self) -> None:
        found, document = review("Our rating", "7.5/10", "It is fine.")
        assert (found.score, words_of(document)) == (Decimal("7.5"), [TEXT, "It is fine."])

    def test_of_several_the_labelled_one_counts(self) -> None:
        found, document = review("Sound", "8/10", TEXT, "Overall: 7/10", "9/10")
        assert found.score == 7
        assert words_of(document)[-1] == "9/10"

    def test_several_alike_stay(self) -> None:
        found, document = review("8/10", TEXT, "6/10")
        assert found.score is None
        assert words_of(document) == [TEXT, "8/10", TEXT, "6/10"]
        assert warned(document) == [0, 7, 11] or warned(document) == [7, 11]

    def test_line_that_says_more_stays_as_well(self) -> None:
        found, document = review("9/10 – Superb", "Price: From $99", "It is fine.")
        assert (found.score, found.price, found.currency) == (Decimal(9), Decimal("99.00"), "USD")
        assert words_of(document) == [TEXT, "9/10 – Superb", "Price: From $99", "It is fine."]
        assert warned(document) == [7, 9]

    def test_doubtful_ones_stay(self) -> None:
        found, document = review("Verdict: Buy it.", "11/10", "Price: ¥99", "It is fine.")
        assert (found.score, found.price) == (None, None)
        assert words_of(document) == [TEXT, "11/10", "Price: ¥99", "It is fine."]
        assert warned(document) == [9, 11]


class SpecsTests:
    def test_pairs_below_the_label(self) -> None:
        found, document = review("Specs", "Weight: 240 g", "Ports:\tUSB-C", "Price: €229", "It is fine.")
        assert found.specs == (("Weight", "240 g"), ("Ports", "USB-C"))
        assert (found.price, found.currency, words_of(document)) == (Decimal("229.00"), "EUR", [TEXT, "It is fine."])

    def test_columns_and_lists(self) -> None:
        for lines in (["Weight\t240 g", "Hinge | steel"], ["• Weight: 240 g", "• Hinge: steel"]):
            assert review("Technical specifications:", *lines)[0].specs == (("Weight", "240 g"), ("Hinge", "steel"))

    def test_label_without_pairs_heads_a_section(self) -> None:
        found, document = review("Specifications", TEXT)
        assert (found.specs, "## Specifications" in document.body) == ((), True)


class NewsTests:
    @pytest.mark.parametrize(
        "lines",
        [
            ["A lab gave it 7.5/10, its best score.", "Pros and cons were not weighed."],
            ["Price: $99", "Specifications", "Weight: 240 g"],
            ["Pros", "• Quiet"],
            ["Conclusion", "It goes on sale in May."],
            ["7.5/10"],
            ["The good", "• It works", "It goes on sale in May."],
        ],
    )
    def test_story_with_one_sign_of_a_review_stays_news(self, lines: list[str]) -> None:
        document = page(TEXT, *lines, "It is out in May.")
        assert (document.kind, document.review) == ("news", None)
        assert words_of(document) == [TEXT, *(line.removeprefix("• ") for line in lines), "It is out in May."]

    @pytest.mark.parametrize(
        "lines", [["Pros: Quiet", "Cons: Creaks"], ["8/10", "Verdict: Buy it."], ["8/10", "Price: $99"]]
    )
    def test_parts_make_a_review_of_any_title(self, lines: list[str]) -> None:
        found, document = review(*lines, title="Oriel H3: Quiet at last")
        assert found.product == "Oriel H3"
        assert "does not say of what" in said(document, 0)

    def test_title_alone_makes_a_review_with_a_warning(self) -> None:
        found, document = review()
        assert found == Review("Oriel H3")
        assert "by its title alone" in said(document, 0)
