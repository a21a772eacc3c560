"""The summary, the sources, and what stands below them."""

import pytest

from articles.importing.formats.text_export import parse
from tests.importing.stories import export
from tests.importing.text_export.pages import names_of, page, said, warned, words_of


def urls_of(*lines: str) -> list[tuple[str, str]]:
    return [(source.name, source.url) for source in page("Text.", *lines).sources]


class SummaryTests:
    @pytest.mark.parametrize("sign", [*"•-*–▪●◦‣+", "\uf0b7", "→"])
    def test_every_sign(self, sign: str) -> None:
        document = page("Text.", f"  {sign} One.", f"{sign}\xa0Two.", "Source: SCMP")
        assert document.bullets == ("One.", "Two.")
        assert document.body == "Text."

    def test_only_the_last_list_is_the_summary(self) -> None:
        document = page("Text.", "• In it.", "• *Too*.", "More.", "• Point.", "Source: SCMP")
        assert document.bullets == ("Point.",)
        assert document.body == "Text.\n\n- In it.\n- \\*Too\\*.\n\nMore."
        assert words_of(document) == ["Text.", "In it.", "*Too*.", "More."]

    def test_list_of_another_sign_right_above_it_is_the_body_s(self) -> None:
        document = page("Text:", "- In it.", "- Too.", "• Point.", "• Two.", "Source: SCMP")
        assert (document.bullets, document.body) == (("Point.", "Two."), "Text:\n\n- In it.\n- Too.")

    def test_what_is_set_in_deeper_belongs_to_it(self) -> None:
        document = page("Text.", "• One:", "    - in it", "    - too", "• Two.")
        assert document.bullets == ("One:", "in it", "too", "Two.")

    def test_list_with_text_after_it_is_no_summary(self) -> None:
        document = page("Text.", "• In it.", "More.", "Source: SCMP")
        assert document.bullets == ()
        assert words_of(document) == ["Text.", "In it.", "More."]

    def test_list_after_the_source(self) -> None:
        document = page("Text.", "Source: SCMP", "• Point.")
        assert (document.bullets, names_of(document), document.body) == (("Point.",), ["SCMP"], "Text.")

    def test_text_below_the_source_does_not_take_the_summary_away(self) -> None:
        document = page("Text.", "• Point.", "Source: SCMP", "Late.")
        assert (document.bullets, words_of(document)) == (("Point.",), ["Text.", "Late."])
        assert warned(document) == [11]

    def test_story_that_is_only_a_list_keeps_it(self) -> None:
        document = page("• One.", "• Two.", "Source: SCMP")
        assert (document.bullets, document.body) == ((), "- One.\n- Two.")
        assert "only text" in said(document, 5)

    @pytest.mark.parametrize("line", ["***", "* * *", "-5 degrees at noon", "1. One.", "---", "•"])
    def test_what_is_no_list(self, line: str) -> None:
        document = page("Text.", line)
        assert (document.bullets, words_of(document)) == ((), ["Text.", line])

    def test_numbers_at_the_end_are_read_with_a_warning(self) -> None:
        document = page("Text.", "1) One.", "2) Two.", "Source: SCMP")
        assert document.bullets == ("One.", "Two.")
        assert "numbered list" in said(document, 7)

    @pytest.mark.parametrize(
        "heading", ["Summary", "KEY TAKEAWAYS:", "In brief", "TL;DR", "Key points", "At a glance", "The Takeaway"]
    )
    def test_its_heading_is_left_out_with_a_warning(self, heading: str) -> None:
        document = page("Text.", heading, "• Point.", "Source: SCMP")
        assert (document.bullets, document.body) == (("Point.",), "Text.")
        assert heading in said(document, 7)

    def test_such_a_heading_within_the_story_stays(self) -> None:
        document = page("Text.", "Key takeaways", "• Point.", "More.", "Source: SCMP")
        assert (document.bullets, words_of(document)) == ((), ["Text.", "Key takeaways", "Point.", "More."])
        assert "does not head the last list" in said(document, 7)


class SourceTests:
    @pytest.mark.parametrize(
        ("stated", "names"),
        [
            ("SCMP", ["SCMP"]),
            ("SCMP.", ["SCMP"]),
            ("A, B and C", ["A", "B", "C"]),
            ("A, B, and C", ["A", "B", "C"]),
            ("A; B | C / D", ["A", "B", "C", "D"]),
            ("Bench & Bezel", ["Bench & Bezel"]),
            ("SCMP, scmp, Nordlys", ["SCMP", "Nordlys"]),
            ("Tom’s Hardware, PC Gamer", ["Tom’s Hardware", "PC Gamer"]),
            ("Nordlys Media, Inc., Ferrow Post", ["Nordlys Media, Inc.", "Ferrow Post"]),
            ("Post (Hong Kong), U.S. News", ["Post (Hong Kong)", "U.S. News"]),
        ],
    )
    def test_several_in_order(self, stated: str, names: list[str]) -> None:
        document = page("Text.", f"sources: {stated}")
        assert names_of(document) == names
        assert (document.body, warned(document)) == ("Text.", [])

    @pytest.mark.parametrize(
        ("stated", "names"),
        [
            ("Reuters and Engadget", ["Reuters", "Engadget"]),
            ("Johnson and Johnson", ["Johnson and Johnson"]),
            ("Quay and Lantern, SCMP", ["Quay and Lantern", "SCMP"]),
            ("A and B and C", ["A", "B", "C"]),
            ("SCMP via Reuters", ["SCMP", "Reuters"]),
        ],
    )
    def test_names_that_may_be_one_or_two_get_a_warning(self, stated: str, names: list[str]) -> None:
        document = page("Text.", f"Source: {stated}")
        assert names_of(document) == names
        assert said(document, 7).startswith(f"“{stated}” was read as {len(names)} source")

    @pytest.mark.parametrize(
        "line",
        ["SOURCE : SCMP", "Via: SCMP", "Source(s): SCMP", "News source: SCMP", "(Source: SCMP)", "• Source: SCMP",
         "Source – SCMP", "Source\uff1aSCMP", "*Source: SCMP*", "Original source: SCMP"],
    )  # fmt: skip
    def test_every_label(self, line: str) -> None:
        document = page("Text.", "• Point.", line)
        assert (names_of(document), document.bullets, document.body) == (["SCMP"], ("Point.",), "Text.")

    @pytest.mark.parametrize(
        ("stated", "sources"),
        [
            ("https://www.scmp.example/a", [("scmp.example", "https://www.scmp.example/a")]),
            ("SCMP (https://scmp.example/a)", [("SCMP", "https://scmp.example/a")]),
            ("SCMP – https://scmp.example/a.", [("SCMP", "https://scmp.example/a")]),
            ("SCMP: https://scmp.example/a_(b)?c=1,2", [("SCMP", "https://scmp.example/a_(b)?c=1,2")]),
            ("[SCMP](https://scmp.example/a)", [("SCMP", "https://scmp.example/a")]),
            (
                "SCMP <https://a.example/>, Nordlys and Wire (HTTPS://b.example/1).",
                [("SCMP", "https://a.example/"), ("Nordlys", ""), ("Wire", "HTTPS://b.example/1")],
            ),
            (
                "https://a.example/1, https://b.example/2",
                [("a.example", "https://a.example/1"), ("b.example", "https://b.example/2")],
            ),
            (
                "SCMP, https://a.example/1",
                [("SCMP", ""), ("a.example", "https://a.example/1")],
            ),
            (
                "SCMP https://a.example/1 https://a.example/2",
                [("SCMP", "https://a.example/1"), ("a.example", "https://a.example/2")],
            ),
            ("www.scmp.example/tech", [("www.scmp.example/tech", "")]),
        ],
    )
    def test_addresses(self, stated: str, sources: list[tuple[str, str]]) -> None:
        assert urls_of(f"Source: {stated}") == sources

    def test_several_lines_in_order(self) -> None:
        lines = ("Source: SCMP", "Credits: Ann", "Source: https://b.example/2", "Via: Nordlys, scmp")
        assert [name for name, _ in urls_of(*lines)] == ["SCMP", "b.example", "Nordlys"]

    @pytest.mark.parametrize(
        "lines", [["Source:", "SCMP"], ["Sources:", "• SCMP", "• Nordlys"], ["SOURCES", "- https://a.example/1"]]
    )
    def test_names_below_the_label(self, lines: list[str]) -> None:
        document = page("Text.", "• Point.", *lines)
        assert len(names_of(document)) == len(lines) - 1
        assert (document.bullets, document.body) == (("Point.",), "Text.")

    def test_list_below_a_label_within_the_story_is_a_list(self) -> None:
        document = page("Text.", "Sources:", "• SCMP", "More of it.", "• Point.")
        assert (names_of(document), document.bullets) == ([], ("Point.",))

    def test_source_above_the_story(self) -> None:
        document = page("Source: SCMP", "Text.", "• Point.")
        assert (names_of(document), document.body, document.bullets) == (["SCMP"], "Text.", ("Point.",))
        assert warned(document) == []

    def test_earlier_one_and_late_text_stay_in_the_text(self) -> None:
        document = page("Text.", "Source: A", "More.", "Source: B", "Late.", "Later.")
        assert names_of(document) == ["B"]
        assert words_of(document) == ["Text.", "Source: A", "More.", "Late.", "Later."]
        assert warned(document) == [7, 13, 15]

    @pytest.mark.parametrize(
        "line",
        ["Source: " + "x" * 121, "Source: ,", "Source:", "Source: https://", "Source: http://[::1/a",
         "Source: one of the people who knew of it and did not want to be named."],
    )  # fmt: skip
    def test_what_names_no_outlet_is_text(self, line: str) -> None:
        document = page("Text.", line)
        assert (document.sources, words_of(document)) == ((), ["Text.", line])
        assert warned(document) == [7]

    def test_source_of_a_picture_is_none(self) -> None:
        document = page("Text.", "Image source: Kestrel", "More.")
        assert (document.sources, document.credits[0].name, document.body) == ((), "Kestrel", "Text.\n\nMore.")


class RoundUpTests:
    def test_source_that_ends_a_section_is_listed(self) -> None:
        document = parse(
            export(
                "The Week at the Coast",
                "Kestrel Opens a Station",
                "Kestrel has a second station.",
                "Source: SCMP",
                "Limpet Closes One",
                "Limpet has none any more.",
                "Source: Nordlys",
            )
        )
        assert names_of(document) == ["SCMP", "Nordlys"]
        assert document.body.count("## ") == 2
        assert warned(document) == [9]
