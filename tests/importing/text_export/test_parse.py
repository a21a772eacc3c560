"""The text export as a whole: the one real page that we have, and files that are no page."""

import re
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime, timedelta, timezone

import pytest

from articles.importing.decoding import decode
from articles.importing.documents import Document, ParseError
from articles.importing.formats import TOO_HARD, read
from articles.importing.formats.text_export import parse
from tests.importing.stories import SEED, SEED_TITLE, STATEMENT, export
from tests.importing.text_export.pages import credits_of, names_of, page, words_of


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
        assert credits_of(seed) == [("Shutterstock", 1)]
        assert names_of(seed) == ["SCMP"]

    def test_standing_statement_is_no_part_of_the_story(self, seed: Document) -> None:
        assert seed.statement.startswith("As technology advances")
        assert "please email us at Your input" in seed.statement
        assert "\xa0" not in seed.statement
        assert "As technology advances" not in seed.body

    def test_nothing_to_warn_of(self, seed: Document) -> None:
        assert seed.warnings == ()
        assert parse(decode(SEED.read_bytes())[0], seed.statement) == seed

    @pytest.mark.parametrize("changed", [
        lambda raw: raw.replace(b"\n", b"\r\n"),
        lambda raw: raw.replace(b"\n", b"\r"),
        lambda raw: b"\xef\xbb\xbf" + raw,
        lambda raw: raw.removeprefix(b"top of page\n\n").removesuffix(b"\n\nbottom of page"),
        lambda raw: raw.replace(b"top of page", b"top of page\n\nTOP OF PAGE").replace(b"bottom", b"Bottom"),
        lambda raw: raw.replace(b"\n\n", b"\n"),
        lambda raw: raw.replace(b"\n\n", b"\n \xc2\xa0\n\xe2\x80\x8b\n") + b"\n\n",
        lambda raw: raw.replace(b"\n\n", b" \t\n\x0c\n") + b"\x0c",
        lambda raw: raw.decode().encode("cp1252"),
        lambda raw: raw.decode().encode("utf-16"),
        lambda raw: raw.decode().encode("utf-32"),
    ])  # fmt: skip
    def test_other_bytes_are_the_same_story(self, seed: Document, changed: Callable[[bytes], bytes]) -> None:
        text = decode(changed(SEED.read_bytes()))[0]
        found = parse(text)
        assert asdict(found) == asdict(seed)


class NeedsTests:
    def test_story_without_summary_and_source_says_so(self) -> None:
        document = page("Text.", "More.")
        assert (document.sources, document.bullets, document.statement) == ((), (), "")
        assert document.warnings == ((0, "needs source"), (0, "needs summary"))

    def test_each_alone(self) -> None:
        assert page("Text.", "• Point.").warnings == ((0, "needs source"),)
        assert page("Text.", "Source: SCMP").warnings == ((0, "needs summary"),)


class PublishedTests:
    def test_full_date_is_midnight_in_the_zone(self) -> None:
        text = export("Title of it", "Published on 9 January 2024", "Text.")
        assert parse(text).published_at == datetime(2024, 1, 9, tzinfo=UTC)
        assert parse(text, zone=timezone(timedelta(hours=2))).published_at == datetime(2024, 1, 8, 22, tzinfo=UTC)

    @pytest.mark.parametrize("stated", ["Jan 9", "9 January 0024", "9 January 2200", "last week"])
    def test_date_that_is_not_full_supplies_nothing(self, stated: str) -> None:
        document = page(f"Published: {stated}", "Text.")
        assert document.published_at is None
        assert words_of(document) == [f"Published: {stated}", "Text."]
        assert [line for line, _ in document.warnings] == [0, 0, 5]


def only(raw: bytes) -> Document:
    """The one story that ``raw`` holds."""
    (document,) = read(raw)
    assert isinstance(document, Document)
    return document


class TooHardTests:
    def test_body_that_is_shown_as_plain_words_has_a_warning(self) -> None:
        document = only(export("Title of it", "[" * 20_000).encode())
        assert (0, str(TOO_HARD)) in document.warnings
        assert words_of(document) == ["[" * 20_000]
        assert (0, str(TOO_HARD)) in only(b"---\nheadline: A\n---\n" + b"[" * 20_000).warnings

    def test_no_other_has_it(self) -> None:
        assert (0, str(TOO_HARD)) not in only(SEED.read_bytes()).warnings


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
            (export("• A", "• B", "• C", "• D", "Text."), 9, "no title: a list"),
            (export("• Jane Doe"), 1, "no title"),
            (export("Credits: Ann"), 1, "no title"),
            (export("Title of it"), 1, "“Title of it” has no text"),
            (export("Title of it", "Updated: Jan 9", "Source: SCMP", STATEMENT), 1, "has no text"),
            (export("One", "Text.") + "\n" + export("Two", "Text."), 8, "another page starts here.*split the file"),
            ("One\n\nText.\n\nMore.\n\nEven more.\n\n" + export("Two", "Text."), 9, "another page starts here"),
            ("Long " * 200_001, 1, "1,000,005 characters.*split the file"),
            ("Title\n" + "Text.\n" * 20_000, 20_001, "over 20,000 lines"),
        ],
    )
    def test_cause_and_place_are_named(self, text: str, line: int, cause: str) -> None:
        with pytest.raises(ParseError, match=cause) as caught:
            parse(text)
        assert caught.value.line == line
