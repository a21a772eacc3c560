"""The feed of the corrections log."""

import json
from typing import Any
from xml.etree import ElementTree

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.world import BODY, correct, make_article, rita

pytestmark = pytest.mark.django_db


def items() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(rita().get("/corrections/feed.json").content)["items"]
    return found


class CorrectionsTests:
    def test_entry_says_what_was_wrong(self) -> None:
        found = correct(make_article(headline="Dish"), body=BODY.replace("40,000", "4 & 5"))
        (item,) = items()
        assert item["title"] == "Correction: Dish"
        assert item["url"] == f"http://testserver/corrections/{found.code}/"
        assert item["summary"] == found.text
        assert (
            '<blockquote dir="auto">It says that 4 &amp; 5 homes can now order a dish.</blockquote>'
            in item["content_html"]
        )

    @pytest.mark.parametrize("extension", ["rss", "atom"])
    def test_xml_is_well_formed(self, extension: str) -> None:
        correct(make_article(headline="A \x0bdish"), body=BODY.replace("40,000", "\x014"))
        ElementTree.fromstring(rita().get(f"/corrections/feed.{extension}").content)  # noqa: S314 (our own)

    def test_reader_that_has_it_gets_no_second_copy_until_there_is_more(self) -> None:
        story = make_article()
        first = correct(story, body=BODY.replace("40,000", "400"))
        had = rita().get("/corrections/feed.atom")
        headers = {"If-None-Match": had["ETag"]}
        assert rita().get("/corrections/feed.atom", headers=headers).status_code == 304
        correct(story, body=BODY.replace("40,000", "4"), supersedes=first)
        assert rita().get("/corrections/feed.atom", headers=headers).status_code == 200
        assert "This notice was wrong" in items()[1]["content_html"]

    def test_empty_log_has_a_feed(self) -> None:
        assert items() == []

    def test_there_is_no_other_format(self) -> None:
        assert rita().get("/corrections/feed.xml").status_code == 404

    @pytest.mark.parametrize("count", [1, 12])
    def test_queries_do_not_grow(self, count: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
        for _ in range(count):
            correct(make_article(), body=BODY.replace("40,000", "4"))
        client = rita()
        with django_assert_num_queries(1):
            client.get("/corrections/feed.rss")
