"""Lines: what belongs together, what is around the page, what some program left in."""

import textwrap

import pytest

from articles.importing.formats.text_export import parse
from tests.importing.stories import SEED, export
from tests.importing.text_export.pages import page, said, warned, words_of


class JoinedTests:
    @pytest.mark.parametrize(
        ("lines", "bullets"),
        [
            ("  • One point, which\n    goes on\n  • Two.", ("One point, which goes on", "Two.")),
            ("• One point, which\ngoes on.\n\n• Two.", ("One point, which goes on.", "Two.")),
            ("• One point, which\n\ngoes on.\n\n• Two.", ("One point, which goes on.", "Two.")),
            ("  • Ebb\n    Selby\n    and Halden", ("Ebb Selby and Halden",)),
            ("•\nOne.\n•\nTwo.", ("One.", "Two.")),
            ("•\n\nOne.\n\n•\n\nTwo.", ("One.", "Two.")),
            ("-\nOne.", ("One.",)),
        ],
    )
    def test_rest_of_an_item(self, lines: str, bullets: tuple[str, ...]) -> None:
        document = page("Text.", lines, "Source: SCMP")
        assert (document.bullets, document.body) == (bullets, "Text.")
        assert warned(document)

    @pytest.mark.parametrize("below", ["iPhone sales fell.", "More of it.", "eBay sells it."])
    def test_what_is_no_rest_of_an_item(self, below: str) -> None:
        document = page("Text.", f"• One point\n{below}")
        assert (document.bullets, words_of(document)) == ((), ["Text.", "One point", below])

    def test_finished_item_takes_nothing_more(self) -> None:
        assert words_of(page("Text.", "• One point.\nand more of it.")) == ["Text.", "One point.", "and more of it."]

    def test_paragraph_that_was_broken_off(self) -> None:
        document = page("Kestrel has opened its\nsecond ground station.", "It has two now.")
        assert words_of(document) == ["Kestrel has opened its second ground station.", "It has two now."]
        assert warned(document) == [6]

    def test_lines_stay_apart_where_blank_lines_part_nothing(self) -> None:
        document = parse("Title of it\nKestrel has opened its\nsecond ground station.\nTwo now.\nThree soon.")
        assert words_of(document)[:2] == ["Kestrel has opened its", "second ground station."]


class WrappedTests:
    @pytest.mark.parametrize("width", [60, 72, 80, 100])
    def test_seed_that_was_wrapped_is_the_same_story(self, width: int) -> None:
        text = SEED.read_text()
        wrapped = "\n".join("\n".join(textwrap.wrap(line, width)) for line in text.split("\n"))
        found, seed = parse(wrapped), parse(text)
        assert (found.headline, found.body, found.bullets, found.sources, found.statement) == (
            seed.headline,
            seed.body,
            seed.bullets,
            seed.sources,
            seed.statement,
        )
        assert "put together again" in found.warnings[0].message

    def test_short_lines_that_were_not_wrapped_stay_apart(self) -> None:
        lines = [
            "Kestrel has a second ground station now.",
            "It has two.",
            "Limpet has one station, in Selby.",
            "Oh.",
        ] * 3
        assert words_of(parse("\n".join(["Title of it", *lines]))) == lines


class NumberedTests:
    def test_numbers_that_count_are_a_list(self) -> None:
        document = page("Text.", "1. One.", "2. Two.", "More.", "Source: SCMP")
        assert document.body == "Text.\n\n1. One.\n2. Two.\n\nMore."

    @pytest.mark.parametrize(
        "lines", [["1. One."], ["2. Two.", "3. Three."], ["1. One.", "3. Three."], ["1999. A year."]]
    )
    def test_other_numbers_are_text(self, lines: list[str]) -> None:
        assert words_of(page("Text.", *lines)) == ["Text.", *lines]


class LeftInTests:
    def test_entities_are_read_with_one_warning(self) -> None:
        document = page(
            "Its R&amp;D &mdash; in Ebb.", "&bull; Half &#38; half.", "Source&#58; A&nbsp;B", "Tom &Jerry; too."
        )
        assert words_of(document) == ["Its R&D — in Ebb.", "Tom &Jerry; too."]
        assert (document.bullets, document.sources[0].name) == (("Half & half.",), "A B")
        assert said(document, 5).startswith("HTML entities such as &amp;")
        assert warned(document) == [5, 11]

    @pytest.mark.parametrize("text", ["AT&T and AT&T;", "a?b=1&copy=2", "&nosuchname;", "& so on"])
    def test_what_is_no_entity_stays(self, text: str) -> None:
        assert words_of(page(f"See {text} there."))[0] == f"See {text} there."

    def test_invisible_signs_hide_no_label(self) -> None:
        document = page(
            "\u200bUp\u200bdated: Jan 9", "\ufeffText\u200b.", "\u200e•\u2060 Point.", "\u00adSource: SCMP\u200f"
        )
        assert (document.updated_as_stated, document.body, document.bullets) == ("Jan 9", "Text.", ("Point.",))
        assert document.sources[0].name == "SCMP"

    @pytest.mark.parametrize("sign", ["\f", "\v", "\x85", "\u2028", "\u2029"])
    def test_other_ends_of_lines(self, sign: str) -> None:
        assert words_of(page(f"Text.{sign}More.{sign}")) == ["Text.", "More."]


class AroundThePageTests:
    def test_stray_lines_are_kept_below_the_story(self) -> None:
        document = parse(f"https://old.example/1\n{export('Title of it', 'Text.', '• Point.')}\nSaved by a tool")
        assert (document.headline, document.bullets) == ("Title of it", ("Point.",))
        assert words_of(document) == ["Text.", "https://old.example/1", "Saved by a tool"]
        assert warned(document) == [1, 11]

    def test_chrome_in_a_row_is_chrome(self) -> None:
        document = parse(f"Top of Page\n{export('Title of it', 'Text.')}\ntop of page\nbottom of page")
        assert (document.headline, document.body, warned(document)) == ("Title of it", "Text.", [])

    def test_words_below_the_story_that_lead_elsewhere_are_left_out(self) -> None:
        document = page("Text.", "• Point.", "Source: SCMP", "Recent Posts", "See All", "Kestrel opens", "Comments")
        assert (document.body, document.statement, document.bullets) == ("Text.", "", ("Point.",))
        assert "Kestrel opens" in said(document, 15)

    def test_same_words_within_the_story_stay(self) -> None:
        assert words_of(page("Text.", "Comments", "More.")) == ["Text.", "Comments", "More."]
