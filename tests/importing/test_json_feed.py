"""JSON Feed 1.0 and 1.1."""

import json
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.importing.documents import Document, ParseError, StatedSource
from articles.importing.formats.json_feed import parse, with_text

# How long an example takes says more of the machine than of the parser.
UNHURRIED = settings(deadline=None)


FULL: dict[str, Any] = {
    "id": "n-1",
    "url": "https://n.example/1",
    "external_url": "https://www.sham.example/report",
    "title": "Kestrel &amp; co",
    "content_html": '<p>It has <b>two</b> <a href="/x">now</a>.</p>',
    "content_text": "It has two now.",
    "summary": "A second station.",
    "image": "https://n.example/a.jpg",
    "date_published": "2026-11-20T13:00:00+01:00",
    "date_modified": "2026-11-21T12:00:00Z",
    "authors": [{"name": "Ann Wu", "url": "https://n.example/ann"}, {"name": "Bo Li"}, {"name": "Ann Wu"}],
    "tags": ["Phones", "phones", "Mergers"],
    "language": "en-GB",
    "attachments": [{"url": "https://n.example/a.mp3", "mime_type": "audio/mpeg"}],
    "_custom": {"kept": True},
}


def feed(*items: object, **head: object) -> bytes:
    """A feed of version 1.1, each item on lines of its own."""
    whole = {"version": "https://jsonfeed.org/version/1.1", "title": "Nordlys Tech", **head, "items": items}
    return json.dumps(whole, indent=1).encode()


def only(raw: bytes) -> Document:
    (document,) = parse(raw, UTC)
    assert isinstance(document, Document)
    return document


def messages_of(document: Document) -> str:
    return "\n".join(warning.message for warning in document.warnings)


class ItemTests:
    def test_everything(self) -> None:
        document = only(feed(FULL, home_page_url="https://n.example/"))
        assert (document.headline, document.standfirst) == ("Kestrel & co", "A second station.")
        assert document.body == "It has **two** [now](https://n.example/x)."
        assert document.sources == (
            StatedSource("Nordlys Tech", "https://n.example/1"),
            StatedSource("sham.example", "https://www.sham.example/report"),
        )
        assert document.published_at == datetime(2026, 11, 20, 12, tzinfo=UTC)
        assert document.updated_as_stated == "2026-11-21T12:00:00+00:00"
        assert (document.byline, document.topics) == ("Ann Wu, Bo Li", ("Phones", "Mergers"))
        assert (document.language, document.identity, document.is_from_archive) == ("en-GB", "n-1", False)
        assert "an attachment is not taken over: https://n.example/a.mp3" in messages_of(document)

    def test_original_keeps_the_item_whole_and_reads_the_same_again(self) -> None:
        document = only(feed(FULL))
        assert json.loads(document.original)["items"] == [FULL]
        assert only(document.original).body == document.body

    def test_version_1_0_has_one_author(self) -> None:
        raw = feed({"id": "1", "title": "A", "author": {"name": "Smith & Sons (Ltd)"}}, version="1.0")
        assert only(raw).byline == "Smith & Sons (Ltd)"

    def test_authors_of_the_feed_stand_for_those_of_its_items(self) -> None:
        assert only(feed({"title": "A"}, authors=[{"name": "Ann Wu"}])).byline == "Ann Wu"

    def test_plain_text_keeps_its_paragraphs_and_is_no_markup(self) -> None:
        assert (
            only(feed({"content_text": "One *star*\nmore\n\n<b>two</b>"})).body
            == "One \\*star\\* more\n\n&lt;b>two&lt;/b>"
        )

    def test_number_as_identity(self) -> None:
        assert only(feed({"id": 7, "title": "A"})).identity == "7"

    def test_address_stands_in_for_a_missing_identity(self) -> None:
        assert only(feed({"url": "https://n.example/7", "title": "A"})).identity == "https://n.example/7"

    @pytest.mark.parametrize(
        ("item", "headline"),
        [
            ({"content_text": "Some words."}, "Some words."),
            ({"summary": "Some words."}, "Some words."),
            ({"url": "https://n.example/1"}, "https://n.example/1"),
            ({"id": "n-1"}, "n-1"),
            ({"tags": ["Phones"]}, "Untitled"),
        ],
    )
    def test_missing_title(self, item: dict[str, Any], headline: str) -> None:
        document = only(feed(item))
        assert document.headline == headline
        assert f"no title: headed “{headline}”" in messages_of(document)

    @pytest.mark.parametrize("stated", ["2026-11", "soon", "0001-01-01T00:00:00Z"])
    def test_date_that_is_none(self, stated: str) -> None:
        document = only(feed({"title": "A", "date_published": stated}))
        assert (document.published_at, document.is_from_archive) == (None, True)
        assert f"date_published: “{stated}” is not a whole date" in messages_of(document)

    def test_language_that_is_none(self) -> None:
        document = only(feed({"title": "A"}, language="British English"))
        assert (document.language, "“British English” is not a language tag" in messages_of(document)) == ("en", True)

    def test_values_of_other_kinds_are_left_out(self) -> None:
        odd = {
            "title": ["x"],
            "content_html": 5,
            "tags": "Phones",
            "authors": [None, "Ann", {}],
            "attachments": {"a": 1},
        }
        document = only(feed({**odd, "id": True, "url": {}, "_newsroom": [], "date_published": 12}))
        assert (document.body, document.topics, document.byline) == ("5", ("Phones",), "")


class FileTests:
    def test_line_of_each_item(self) -> None:
        first, bad, second = parse(feed({"title": "A"}, None, {"id": 2}), UTC)
        assert isinstance(first, Document)
        assert isinstance(second, Document)
        assert (str(bad), second.warnings[0].line) == ("line 8: item 2: holds nothing that can be read", 9)
        assert "first" not in messages_of(first)

    def test_items_elsewhere_do_not_mislead(self) -> None:
        document = only(feed({"content_text": "x"}, _other={"items": [1, 2]}))
        assert document.warnings[0].line == 0

    @pytest.mark.parametrize(
        ("raw", "message"),
        [
            (b"", "line 1: the file is empty"),
            (b'{"items":\n [}', r"line 2: not JSON: .* \(column 3\)"),
            (b"[]", "JSON, but no JSON Feed"),
            (b'{"version": "https://jsonfeed.org/version/1"}', "it has no list of items"),
            (b'{"items": ' + b"[" * 100_000, "not JSON"),
            (b'{"items": [' + b"9" * 5_000 + b"]}", "not JSON that can be read"),
        ],
    )
    def test_nothing_usable(self, raw: bytes, message: str) -> None:
        with pytest.raises(ParseError, match=message):
            parse(raw, UTC)

    def test_byte_order_mark(self) -> None:
        assert only(b"\xef\xbb\xbf" + feed({"title": "A"})).headline == "A"

    def test_no_item(self) -> None:
        assert list(parse(feed(), UTC)) == []

    def test_half_letters_do_not_get_through(self) -> None:
        document = only(b'{"items": [{"title": "a\\ud800b", "content_html": "<p>c\\u0000\\udfffd</p>"}]}')
        assert (document.headline, document.body) == ("ab", "cd")
        document.original.decode()

    def test_other_text_in_its_place(self) -> None:
        original = json.loads(with_text(only(feed(FULL)).original, "Words …"))
        (item,) = original["items"]
        assert (item["content_text"], item["id"]) == ("Words …", "n-1")
        assert not {"content_html", "summary"} & item.keys()


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*FULL, "name", "items"]), inner, max_size=5)
    ),
    max_leaves=12,
)


class FuzzTests:
    @UNHURRIED
    @given(VALUES, st.dictionaries(st.sampled_from([*FULL, "items"]), VALUES))
    def test_only_parse_errors_come_out(self, item: object, head: dict[str, Any]) -> None:
        raw = json.dumps({"title": "x", **head, "items": [item]}).encode()
        for piece in parse(raw, UTC, "https://n.example/"):
            assert isinstance(piece, ParseError) or piece.headline

    @UNHURRIED
    @given(st.binary(max_size=40))
    def test_no_bytes_are_another_error(self, raw: bytes) -> None:
        for candidate in (raw, b'{"items":[' + raw):
            with suppress(ParseError):
                parse(candidate, UTC)
