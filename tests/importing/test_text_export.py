"""The text export: the one real page that we have, and every shape that such pages take."""

import re
from dataclasses import asdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing.decoding import decode
from articles.importing.documents import Document, ParseError
from articles.importing.formats.text_export import parse
from articles.web.markdown import to_html, to_text
from tests.importing.stories import SEED, SEED_TITLE, STATEMENT, export


def words_of(document: Document) -> list[str]:
    """The paragraphs of the body as readers see them."""
    return to_text(to_html(document.body)).split("\n\n")


def names_of(document: Document) -> list[str]:
    return [source.name for source in document.sources]


class SeedTests:
    @pytest.fixture
    def seed(self) -> Document:
        return parse(decode(SEED.read_bytes())[0])

    def test_head(self, seed: Document) -> None:
        assert seed.headline == SEED_TITLE
        assert seed.byline == ""
        assert (seed.updated_as_stated, seed.is_edited) == ("Jan 9", True)

    def test_no_date_is_made_up(self, seed: Document) -> None:
        assert seed.published_at is None
        assert seed.is_from_archive
        assert not re.search(r"202\d", str(asdict(seed)))

    def test_flag_is_no_word_of_the_text(self, seed: Document) -> None:
        assert "[Edited]" not in str(asdict(seed))
        assert words_of(seed)[0].startswith("Chinese smartphone giant Xiaomi has entered")

    def test_eight_paragraphs_word_for_word(self, seed: Document) -> None:
        paragraphs = words_of(seed)
        assert len(paragraphs) == 8
        lines = [" ".join(line.split()) for line in SEED.read_text().split("\n")]
        assert paragraphs[1:] == [line for line in lines if line in paragraphs[1:]]
        assert "government's \"Make in India’ initiative”, which" in paragraphs[2]
        assert paragraphs[-1].endswith("according to Counterpoint Research data.")

    def test_four_bullets_in_order(self, seed: Document) -> None:
        assert [bullet.split()[:2] for bullet in seed.bullets] == [
            ["Xiaomi", "partners"],
            ["The", "collaboration"],
            ["The", "deal"],
            ["Xiaomi", "downplays"],
        ]
        assert seed.bullets[2] == 'The deal is seen as a significant milestone in India\'s "Make in India" initiative.'

    def test_credit_and_source(self, seed: Document) -> None:
        assert seed.credits == ("Shutterstock",)
        assert names_of(seed) == ["SCMP"]

    def test_standing_statement_is_no_part_of_the_story(self, seed: Document) -> None:
        assert seed.statement.startswith("As technology advances")
        assert "please email us at Your input" in seed.statement
        assert "\xa0" not in seed.statement
        assert "As technology advances" not in seed.body

    def test_nothing_to_warn_of(self, seed: Document) -> None:
        assert seed.warnings == ()

    @pytest.mark.parametrize("changed", [
        lambda raw: raw.replace(b"\n", b"\r\n"),
        lambda raw: b"\xef\xbb\xbf" + raw,
        lambda raw: raw.removeprefix(b"top of page\n\n").removesuffix(b"\n\nbottom of page"),
        lambda raw: raw.replace(b"\n\n", b"\n"),
        lambda raw: raw.replace(b"\n\n", b"\n \xc2\xa0\n\xe2\x80\x8b\n") + b"\n\n",
        lambda raw: raw.decode().encode("cp1252"),
    ])  # fmt: skip
    def test_other_bytes_are_the_same_story(self, seed: Document, changed: object) -> None:
        assert callable(changed)
        assert parse(decode(changed(SEED.read_bytes()))[0]) == seed


class BylineTests:
    @pytest.mark.parametrize("above", ["  • Jane Doe", "Jane Doe", "by Jane Doe", "By Jane Doe"])
    def test_name_above_the_title(self, above: str) -> None:
        document = parse(export(above, "Kestrel opens its second ground station", "Updated: Jan 9", "It has two now."))
        assert (document.byline, document.headline) == ("Jane Doe", "Kestrel opens its second ground station")
        assert document.warnings == ()

    def test_bare_name_without_a_date_to_confirm_it_is_read_with_a_warning(self) -> None:
        document = parse(export("Jane van der Doe", "Kestrel opens its second ground station", "It has two now."))
        assert document.byline == "Jane van der Doe"
        assert [warning.line for warning in document.warnings] == [3]

    @pytest.mark.parametrize("title", ["Kestrel Opens", "Kestrel", "Station 2 opened", "Kestrel opens a station"])
    def test_short_title_is_no_name(self, title: str) -> None:
        document = parse(export(title, "Kestrel has opened its second ground station.", "It has two now."))
        assert (document.byline, document.headline) == ("", title)

    def test_short_title_before_its_date_is_no_name(self) -> None:
        document = parse(export("Jane Doe", "Updated: Jan 9", "Kestrel opens its second ground station", "Two now."))
        assert (document.byline, document.headline) == ("", "Jane Doe")

    def test_several_names_and_what_is_none(self) -> None:
        document = parse(export("• Jane Doe", "• Li Wei", "• 2 min read", "Kestrel opens a station", "It has two now."))
        assert document.byline == "Jane Doe, Li Wei"
        assert "2 min read" in document.warnings[0].message


class UpdatedTests:
    @pytest.mark.parametrize("stated", ["Jan 9", "Jan 9, 2024", "9 January 2024"])
    def test_date_is_kept_as_stated(self, stated: str) -> None:
        document = parse(export("Title of it", f"UPDATED : {stated}", "Text."))
        assert (document.updated_as_stated, document.warnings) == (stated, ())

    def test_strange_date_is_kept_with_a_warning(self) -> None:
        document = parse(export("Title of it", "Updated: 3 days ago", "Text."))
        assert document.updated_as_stated == "3 days ago"
        assert document.warnings[0].line == 5

    @pytest.mark.parametrize("line", ["Updated: the figures of the company", "Updated: Jan 9" + " and so on" * 9])
    def test_sentence_that_starts_like_it_is_text(self, line: str) -> None:
        document = parse(export("Title of it", line, "Text."))
        assert document.updated_as_stated == ""
        assert words_of(document) == [line, "Text."]
        assert document.warnings[0].line == 5

    def test_second_one_stays_in_the_text(self) -> None:
        document = parse(export("Title of it", "Text.", "Updated: Jan 9", "More."))
        assert document.updated_as_stated == ""
        assert words_of(document) == ["Text.", "Updated: Jan 9", "More."]


class EditedTests:
    def test_flag_on_a_line_of_its_own(self) -> None:
        document = parse(export("Title of it", "[edited]", "Text."))
        assert (document.is_edited, document.body) == (True, "Text.")

    def test_flag_elsewhere_is_text(self) -> None:
        document = parse(export("Title of it", "Text.", "[Edited] More."))
        assert not document.is_edited
        assert words_of(document) == ["Text.", "[Edited] More."]


class CreditTests:
    def test_all_of_them_in_any_case_between_paragraphs(self) -> None:
        lines = ["CREDIT: Ann", "Text.", "credits : Bo / Getty", "More.", "Photo credit: Cy", "• Point.", "Credits: Di"]
        document = parse(export("Title of it", *lines, "Source: SCMP"))
        assert document.credits == ("Ann", "Bo / Getty", "Cy", "Di")
        assert words_of(document) == ["Text.", "More."]
        assert document.bullets == ("Point.",)

    @pytest.mark.parametrize("line", ["Credits:", "Credit: " + "x" * 201, "Credit where it is due: Xiaomi."])
    def test_what_names_nobody_is_text(self, line: str) -> None:
        document = parse(export("Title of it", line))
        assert (document.credits, words_of(document)) == ((), [line])


class SummaryTests:
    @pytest.mark.parametrize("sign", ["•", "-", "*", "\u2013", "▪"])
    def test_every_sign(self, sign: str) -> None:
        document = parse(export("Title of it", "Text.", f"  {sign} One.", f"{sign}\xa0Two.", "Source: SCMP"))
        assert document.bullets == ("One.", "Two.")
        assert document.body == "Text."

    def test_only_the_last_list_is_the_summary(self) -> None:
        document = parse(export("Title of it", "Text.", "• In it.", "• *Too*.", "More.", "• Point.", "Source: SCMP"))
        assert document.bullets == ("Point.",)
        assert document.body == "Text.\n\n- In it.\n- \\*Too\\*.\n\nMore."
        assert words_of(document) == ["Text.", "In it.", "*Too*.", "More."]

    def test_list_with_text_after_it_is_no_summary(self) -> None:
        document = parse(export("Title of it", "Text.", "• In it.", "More.", "Source: SCMP"))
        assert document.bullets == ()
        assert words_of(document) == ["Text.", "In it.", "More."]

    def test_list_after_the_source(self) -> None:
        document = parse(export("Title of it", "Text.", "Source: SCMP", "• Point."))
        assert (document.bullets, names_of(document), document.body) == (("Point.",), ["SCMP"], "Text.")

    def test_story_that_is_only_a_list_keeps_it(self) -> None:
        document = parse(export("Title of it", "• One.", "• Two.", "Source: SCMP"))
        assert (document.bullets, document.body) == ((), "- One.\n- Two.")
        assert "only text" in document.warnings[0].message

    @pytest.mark.parametrize("line", ["***", "* * *", "-5 degrees at noon", "1. One.", "---", "•"])
    def test_what_is_no_list(self, line: str) -> None:
        document = parse(export("Title of it", "Text.", line))
        assert (document.bullets, words_of(document)) == ((), ["Text.", line])


class SourceTests:
    @pytest.mark.parametrize(
        ("stated", "names"),
        [
            ("SCMP", ["SCMP"]),
            ("A, B and C", ["A", "B", "C"]),
            ("A, B, and C", ["A", "B", "C"]),
            ("A; B | C", ["A", "B", "C"]),
            ("Bench & Bezel", ["Bench & Bezel"]),
            ("SCMP, scmp, Nordlys", ["SCMP", "Nordlys"]),
        ],
    )
    def test_several_in_order(self, stated: str, names: list[str]) -> None:
        document = parse(export("Title of it", "Text.", f"sources: {stated}"))
        assert names_of(document) == names
        assert (document.body, document.warnings) == ("Text.", ())

    def test_two_that_may_be_one_get_a_warning(self) -> None:
        document = parse(export("Title of it", "Text.", "Source: Reuters and Engadget"))
        assert names_of(document) == ["Reuters", "Engadget"]
        assert document.warnings[0].line == 7

    def test_none_is_invented(self) -> None:
        document = parse(export("Title of it", "Text."))
        assert (document.sources, document.bullets, document.statement, document.warnings) == ((), (), "", ())

    def test_earlier_one_and_late_text_stay_in_the_text(self) -> None:
        document = parse(export("Title of it", "Text.", "Source: A", "More.", "Source: B", "Late.", "Later."))
        assert names_of(document) == ["B"]
        assert words_of(document) == ["Text.", "Source: A", "More.", "Late.", "Later."]
        assert [warning.line for warning in document.warnings] == [7, 13, 15]

    @pytest.mark.parametrize("line", ["Source: " + "x" * 121, "Source: ,", "Source:"])
    def test_what_names_no_outlet_is_text(self, line: str) -> None:
        document = parse(export("Title of it", "Text.", line))
        assert (document.sources, words_of(document)) == ((), ["Text.", line])


class StatementTests:
    def test_without_a_source(self) -> None:
        document = parse(export("Title of it", "Text.", "• Point.", STATEMENT))
        assert (document.statement, document.bullets, document.body) == (STATEMENT, ("Point.",), "Text.")

    def test_unknown_words_alone_after_the_source(self) -> None:
        document = parse(export("Title of it", "Text.", "Source: SCMP", "We get things right."))
        assert (document.statement, document.body) == ("We get things right.", "Text.")

    def test_last_paragraph_of_a_story_is_none(self) -> None:
        document = parse(export("Title of it", "Text.", "If you notice any errors, call the maker."))
        assert document.statement == ""
        assert len(words_of(document)) == 2


class BrokenFileTests:
    @pytest.mark.parametrize(
        ("text", "line", "cause"),
        [
            ("", 1, "no story"),
            ("top of page\n\nbottom of page", 1, "no story"),
            (export("Updated: Jan 9", "Text."), 3, "no title: “Updated: Jan 9”"),
            (export("[Edited] Text.", "More."), 3, "no title"),
            (export("Source: SCMP", "Text."), 3, "no title"),
            (export("Word " * 41, "More."), 3, "no title: “Word Word .*…” stands in its place"),
            (
                export("• The first point of a summary, which is as long as a sentence.", "• Two."),
                3,
                "no title: a list",
            ),
            (export("• A", "• B", "• C", "• D", "Text."), 3, "no title: a list"),
            (export("• Jane Doe"), 1, "no title"),
            (export("Credits: Ann"), 1, "no title"),
            (export("Title of it"), 1, "“Title of it” has no text"),
            (export("Title of it", "Updated: Jan 9", "Source: SCMP", STATEMENT), 1, "has no text"),
        ],
    )
    def test_cause_and_place_are_named(self, text: str, line: int, cause: str) -> None:
        with pytest.raises(ParseError, match=cause) as caught:
            parse(text)
        assert caught.value.line == line


LABELS = ["{}", "{}", "{}.", "• {}", "- {}", "Updated: {}", "Credits: {}", "Source: {}", "[Edited] {}", "By {}", "*{}*"]
LINES = st.lists(
    st.tuples(st.sampled_from(LABELS), st.sampled_from(["", " 9", " and", ", x", "\xa0", " " * 3])), max_size=9
)


class NothingIsLostTests:
    @given(LINES)
    def test_every_line_is_found_again(self, lines: list[tuple[str, str]]) -> None:
        marks = [f"w{number}w" for number in range(len(lines))]
        text = export(*(label.format(mark + more) for mark, (label, more) in zip(marks, lines, strict=True)))
        try:
            document = parse(text)
        except ParseError:
            return
        kept = str(asdict(document)) + to_text(to_html(document.body))
        assert [mark for mark in marks if mark not in kept] == []

    @given(st.text(max_size=300))
    def test_any_text_is_a_story_or_refused(self, text: str) -> None:
        try:
            document = parse(text)
        except ParseError:
            return
        assert document.headline
        assert document.body

    @given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60), max_size=8))
    def test_words_of_the_text_stay_word_for_word(self, paragraphs: list[str]) -> None:
        paragraphs = [f"Then {' '.join(words.split())} it was." for words in paragraphs]
        document = parse(export("Title of it", "Text.", *paragraphs))
        assert words_of(document) == ["Text.", *(" ".join(words.split()) for words in paragraphs)]
