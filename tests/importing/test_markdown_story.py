"""Markdown stories: fields in front matter, read as they are written."""

from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from articles.importing.documents import Document, ImageCredit, LineWarning, ParseError, Review, StatedSource
from articles.importing.formats import detect, parse
from tests.importing.stories import story

WHOLE = """\
headline: "Halden Fold 2 review: the crease is gone"
standfirst: The first one
  that folds twice.
kind: review
language: pt-BR
published_at: 2026-11-19T14:00:00+01:00
updated: 2026-11-21
topics: [Phones, phones, Chips]
sources:
  - name: Bench & Bezel
    url: https://benchandbezel.example/fold-2
  - Nordlys Tech
  - name: Bench & Bezel
byline: Mara Ellwood
credit: [Halden, Ann Wu]
bullets:
  - "No crease: really."
  - 404
review:
  product: Halden Fold 2
  maker: Halden
  score: 7.5
  scale: 10
  price: 1,499.00 USD
  pros: [No visible crease]
  cons: Warm
  verdict: The best yet.
  specs:
    Weight: 231 g
    Cores: 8
sample: true"""


def read(front: str, body: str = "Text.") -> Document:
    return parse(story(front, body))


class WholeStoryTests:
    def test_every_field(self) -> None:
        assert read(WHOLE, "\n## A *head*\n\nText.\n") == Document(
            headline="Halden Fold 2 review: the crease is gone",
            body="## A *head*\n\nText.",
            standfirst="The first one that folds twice.",
            byline="Mara Ellwood",
            kind="review",
            language="pt-BR",
            published_at=datetime(2026, 11, 19, 13, tzinfo=UTC),
            updated_as_stated="2026-11-21",
            is_sample=True,
            credits=(ImageCredit("Halden"), ImageCredit("Ann Wu")),
            bullets=("No crease: really.", "404"),
            sources=(
                StatedSource("Bench & Bezel", "https://benchandbezel.example/fold-2"),
                StatedSource("Nordlys Tech"),
                StatedSource("Bench & Bezel"),
            ),
            topics=("Phones", "Chips"),
            review=Review(
                product="Halden Fold 2",
                maker="Halden",
                score=Decimal("7.5"),
                scale=Decimal(10),
                price=Decimal(1499),
                currency="USD",
                pros=("No visible crease",),
                cons=("Warm",),
                verdict="The best yet.",
                specs=(("Weight", "231 g"), ("Cores", "8")),
            ),
        )

    def test_headline_alone_is_enough(self) -> None:
        assert read("headline: no\nbyline:\ntopics: ~") == Document(headline="no", body="Text.", is_from_archive=True)

    @pytest.mark.parametrize("headline", ["404", "no", "2026-11-21", "1e3", "0x1F", "12:30:00"])
    def test_no_text_turns_into_something_else(self, headline: str) -> None:
        assert read(f"headline: {headline}").headline == headline

    def test_dots_end_the_front_matter_too_and_rules_stay_in_the_body(self) -> None:
        assert parse("---\nheadline: A\n...\nOne.\n\n---\n\nTwo.").body == "One.\n\n---\n\nTwo."


class PublishedAtTests:
    @pytest.mark.parametrize(
        ("stated", "moment"),
        [
            ("2026-11-19T14:00Z", datetime(2026, 11, 19, 14, tzinfo=UTC)),
            ("2026-11-19 14:00:30", datetime(2026, 11, 19, 19, 0, 30, tzinfo=UTC)),
            ("2026-11-19", datetime(2026, 11, 19, 5, tzinfo=UTC)),
        ],
    )
    def test_without_an_offset_it_is_in_the_zone_of_the_site(self, stated: str, moment: datetime) -> None:
        document = parse(story(f"headline: A\npublished_at: {stated}"), zone=ZoneInfo("America/New_York"))
        assert (document.published_at, document.is_from_archive) == (moment, False)

    def test_unknown_date_stays_unknown(self) -> None:
        document = read("headline: A\nupdated: Jan 9")
        assert (document.published_at, document.is_from_archive, document.updated_as_stated) == (None, True, "Jan 9")

    @pytest.mark.parametrize(
        "stated", ["Jan 9", "2026-13-01", "0001-01-01T00:00+05:00", "9999-12-31T23:59-05:00", "1066-10-14"]
    )
    def test_what_is_no_date_is_refused(self, stated: str) -> None:
        with pytest.raises(ParseError, match="line 3: published_at: "):
            read(f"headline: A\npublished_at: {stated}")


class WarningTests:
    def test_unknown_fields_are_named_with_their_lines(self) -> None:
        front = "headline: A\nauthor: B\nsources: [{name: S, rating: 5}]\nreview:\n  product: P\n  stars: 5"
        assert read(front).warnings == (
            LineWarning(3, "unknown field “author”: not read"),
            LineWarning(4, "unknown field “rating”: not read"),
            LineWarning(7, "unknown field “stars”: not read"),
        )

    def test_update_that_is_no_date(self) -> None:
        document = read("headline: A\nupdated: yesterday")
        assert document.updated_as_stated == "yesterday"
        assert document.warnings[0].line == 3

    def test_review_without_its_details(self) -> None:
        assert read("headline: A\nkind: review").warnings == (LineWarning(3, "a review without a review block"),)


class RefusedTests:
    @pytest.mark.parametrize(
        ("front", "fault"),
        [
            ("kind: news", "line 2: headline: missing"),
            ("headline: ''", "line 2: headline: missing"),
            (f"kind: news\nheadline: {'x' * 501}", "line 3: headline: 501 characters, and at most 500 fit"),
            ("headline: [a]", "line 2: headline: a text is needed"),
            ('headline: "a\\0b"', "line 2: headline: holds characters that are no text"),
            ('headline: "a\\ud800b"', "line 2: headline: holds characters that are no text"),
            ("headline: A\nheadline: B", "line 3: front matter: “headline” is given twice"),
            ("headline: A\nkind: opinion", "line 3: kind: “opinion” is neither news nor review"),
            ("headline: A\nkind: news\nreview: {product: P}", "line 3: kind: news can't have a review"),
            ("headline: A\nlanguage: English!", "line 3: language: “English!” is not a language tag"),
            ("headline: A\nsample: perhaps", "line 3: sample: “perhaps” is neither"),
            ("headline: A\ntopics: [a, [b]]", "line 3: topics: a text is needed"),
            (f"headline: A\ntopics: [{'x' * 81}]", "line 3: topics: 81 characters"),
            (f"headline: A\ncredit: {'x' * 201}", "line 3: credit: 201 characters"),
            ("headline: A\nsources:\n  - url: https://a.example", "line 4: sources: an outlet needs a name"),
            ("headline: A\nsources:\n  - name: S\n    url: javascript:x", "line 5: url: .* is not a web address"),
            ("headline: A\nsources:\n  - [a, b]", "line 4: sources: a text is needed"),
            ("headline: A\nreview: great", "line 3: review: a mapping"),
            ("headline: A\nreview: {score: 5}", "line 3: review: names no product"),
            ("headline: A\nreview:\n  product: P\n  score: great", "line 5: score: “great” is not a number"),
            ("headline: A\nreview: {product: P, score: nan}", "line 3: score: “nan” is not a number"),
            (
                "headline: A\nreview: {product: P, score: 8, scale: 5}",
                "line 3: score: 8 does not lie on a scale from 0 to 5",
            ),
            ("headline: A\nreview: {product: P, score: 0, scale: 0}", "does not lie on a scale"),
            (
                "headline: A\nreview: {product: P, price: 1499}",
                "line 3: price: “1499” is not a price with its currency",
            ),
            ("headline: A\nreview: {product: P, price: '1.499,00 EUR'}", "line 3: price: "),
            ("headline: A\nreview: {product: P, specs: [a]}", "line 3: specs: a mapping"),
            ("headline: A\nbyline: [a", "line 3: the front matter is not YAML: expected"),
            ("headline: A\n\tb: c", "line 3: the front matter is not YAML: "),
            ("headline: A\nb: \x07", "the front matter is not YAML"),
            ("a: &a x\nheadline: *a", "line 3: the front matter is not YAML: aliases"),
            ("? [a]\n: b", "line 2: front matter: a text is needed"),
            ("- a\n- b", "line 2: the front matter holds no fields"),
            ("", "line 2: the front matter holds no fields"),
            ("headline: " + "[" * 5000, "nested too deeply"),
        ],
    )
    def test_cause_and_line_are_named(self, front: str, fault: str) -> None:
        with pytest.raises(ParseError, match=fault):
            read(front)

    @pytest.mark.parametrize(
        ("text", "fault"),
        [
            ("Title\n\nText.", "line 1: no front matter"),
            ("---\nheadline: A\n\nText.", "line 1: the front matter has no end"),
            ("---\nheadline: A\n---\n\n \n", "line 4: no text below the front matter"),
        ],
    )
    def test_without_its_parts_it_is_no_story(self, text: str, fault: str) -> None:
        with pytest.raises(ParseError, match=fault):
            parse(text, "markdown")

    @given(st.text(max_size=200), st.text(max_size=50))
    @example("!!python/object/apply:os.system [ls]", "x")
    @example("<<: {a: b}\nheadline: x", "x")
    @example("headline: !!binary x", "x")
    def test_any_front_matter_is_read_or_refused(self, front: str, body: str) -> None:
        try:
            document = parse(f"---\nheadline: A\n{front}\n---\n{body}")
        except ParseError:
            return
        assert document.headline.startswith("A")


class DetectTests:
    @pytest.mark.parametrize(
        ("text", "name"),
        [("---\nheadline: A\n---\nB", "markdown"), ("--- \nA", "markdown"), ("top of page\n---", "text"), ("", "text")],
    )
    def test_front_matter_makes_markdown(self, text: str, name: str) -> None:
        assert detect(text.encode()) == name

    def test_wanted_format_wins_over_the_content(self) -> None:
        assert parse("---\n\nTitle of it\n\nText.\n", "text").headline == "Title of it"
