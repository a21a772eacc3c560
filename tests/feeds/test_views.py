"""Feeds, as a feed reader fetches them again and again."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from pytest_django import DjangoAssertNumQueries, Settings

from articles.revisions import acts
from articles.summaries.points import Point, write_points
from tests.world import NOON, edie, make_article, make_review, rita

pytestmark = pytest.mark.django_db

FORMATS = ["rss", "atom", "json"]


def items(address: str) -> list[dict[str, Any]]:
    response = rita().get(address)
    assert response.status_code == 200
    found: list[dict[str, Any]] = json.loads(response.content)["items"]
    return found


def titles(address: str) -> list[str]:
    return [item["title"] for item in items(address)]


def again(address: str, first: Any, **headers: str) -> Any:
    return rita().get(address, headers=headers or {"If-None-Match": first["ETag"]})


class LatestTests:
    def test_newest_thirty_stories(self) -> None:
        for hours in range(32):
            make_article(headline=f"Story {hours}", published_at=NOON - timedelta(hours=hours))
        assert titles("/feed.json") == [f"Story {hours}" for hours in range(30)]

    @pytest.mark.parametrize("status", ["draft", "in_review", "withdrawn"])
    def test_only_published_stories(self, status: str) -> None:
        make_article(status=status)
        assert items("/feed.json") == []

    def test_summary_points_and_source_are_the_content(self) -> None:
        story = make_article(
            standfirst="Flat & wide.",
            bullets=["A <b> point."],
            sources=[("Nordlys Tech", "https://nordlys.example/1?a=b&c=d"), "SCMP"],
        )
        write_points(story, [*map(_kept, story.bullets.all()), Point("Unseen.", is_approved=False)], by=edie())
        item = items("/feed.json")[0]
        assert item["summary"] == "Flat & wide."
        assert item["content_html"] == (
            '<div lang="en" dir="ltr"><p>Flat &amp; wide.</p><ul><li>A &lt;b&gt; point.</li></ul></div>\n'
            '<p>Source: <a href="https://nordlys.example/1?a=b&amp;c=d">Nordlys Tech</a>, SCMP</p>'
        )

    def test_story_of_unknown_date_has_the_time_at_which_it_was_added(self) -> None:
        added = datetime(2026, 11, 19, 8, 0, tzinfo=UTC)
        make_article(published_at=None, is_from_archive=True, added_at=added, updated_as_stated="Jan 9")
        assert items("/feed.json")[0]["date_published"] == "2026-11-19T08:00:00+00:00"

    def test_addresses_are_absolute(self, settings: Settings) -> None:
        settings.SITE_URL = "https://news.example"
        make_article(slug="dish")
        document = json.loads(rita().get("/feed.json").content)
        assert document["home_page_url"] == "https://news.example/"
        assert document["feed_url"] == "https://news.example/feed.json"
        assert document["items"][0]["url"] == "https://news.example/articles/dish/"

    @pytest.mark.parametrize("extension", FORMATS)
    def test_control_characters_do_no_harm(self, extension: str) -> None:
        make_article(headline="A \x0bdish\ufffe", standfirst="Flat\x01.", bullets=["One\x1b."], topics=["R\x02D"])
        response = rita().get(f"/feed.{extension}")
        assert b"dish" in response.content
        if extension != "json":
            ElementTree.fromstring(response.content)  # noqa: S314 (our own)

    @pytest.mark.parametrize("extension", FORMATS)
    def test_empty_site_has_a_feed(self, extension: str) -> None:
        assert rita().get(f"/feed.{extension}").status_code == 200

    @pytest.mark.parametrize("address", ["/feed.xml", "/feed.", "/feed.RSS", "/feed.json/"])
    def test_there_is_no_other_format(self, address: str) -> None:
        assert rita().get(address).status_code == 404

    def test_only_reading_is_allowed(self) -> None:
        assert rita().head("/feed.rss").status_code == 200
        assert rita().post("/feed.rss").status_code == 405

    def test_sets_no_cookie(self) -> None:
        assert not rita().get("/feed.rss").cookies

    @pytest.mark.parametrize("count", [1, 40])
    def test_queries_do_not_grow_with_stories(
        self, count: int, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        for number in range(count):
            make_article(topics=[f"Topic {number}"], sources=[f"Source {number}"])
        client = rita()
        with django_assert_num_queries(6):
            client.get("/feed.rss")


class ConditionalTests:
    def test_reader_that_has_the_feed_gets_no_second_copy(self) -> None:
        make_article()
        first = rita().get("/feed.rss")
        second = again("/feed.rss", first)
        assert (second.status_code, second.content) == (304, b"")
        assert second["ETag"] == first["ETag"]
        assert again("/feed.rss", first, **{"If-Modified-Since": first["Last-Modified"]}).status_code == 304

    def test_costs_one_query(self, django_assert_num_queries: DjangoAssertNumQueries) -> None:
        make_article()
        first = rita().get("/feed.rss")
        with django_assert_num_queries(1):
            again("/feed.rss", first)

    def test_new_story_is_sent(self) -> None:
        make_article()
        first = rita().get("/feed.rss")
        make_article()
        assert again("/feed.rss", first).status_code == 200

    def test_changed_story_is_sent(self) -> None:
        story = make_article()
        first = rita().get("/feed.rss")
        acts.change(
            story,
            story.wording,
            [Point("New.", is_approved=True, override="Edie was there.")],
            by=edie(),
            kind="minor",
            reason="Why.",
        )
        assert again("/feed.rss", first).status_code == 200

    def test_withdrawal_of_an_older_story_is_noticed(self) -> None:
        older = make_article(published_at=NOON - timedelta(days=2))
        make_article()
        first = rita().get("/feed.rss")
        acts.withdraw(older, by=edie(), reason="Its source has taken it back.")
        assert again("/feed.rss", first).status_code == 200

    def test_empty_feed_has_no_date(self) -> None:
        response = rita().get("/feed.rss")
        assert "Last-Modified" not in response.headers
        assert again("/feed.rss", response).status_code == 304


class TopicAndSourceTests:
    def test_topic_has_its_own_stories(self) -> None:
        make_article(headline="Phone", topics=["Energy", "Phones"])
        make_article(headline="Dish", topics=["Networks"])
        assert titles("/topics/phones/feed.json") == ["Phone"]

    def test_source_has_its_own_stories_each_once(self) -> None:
        make_article(headline="Phone", sources=[("SCMP", "https://scmp.example/1"), ("SCMP", "https://scmp.example/2")])
        make_article(headline="Dish")
        assert titles("/sources/scmp/feed.json") == ["Phone"]

    def test_reviews_have_a_feed_of_their_own(self) -> None:
        make_review(headline="Pell K3")
        make_article(headline="Dish")
        assert titles("/reviews/feed.json") == ["Pell K3"]

    def test_names_itself_and_its_page(self) -> None:
        make_article(topics=["Phones"])
        document = json.loads(rita().get("/topics/phones/feed.json").content)
        assert document["title"] == "Phones | Newsroom"
        assert document["home_page_url"] == "http://testserver/topics/phones/"
        assert document["feed_url"] == "http://testserver/topics/phones/feed.json"

    def test_slug_in_any_script(self) -> None:
        make_article(topics=["Телефоны"], headline="Phone")
        assert titles("/topics/телефоны/feed.json") == ["Phone"]

    @pytest.mark.parametrize("slug", ["unknown", "%00", "a%00b", "%0a"])
    @pytest.mark.parametrize("kind", ["topics", "sources"])
    def test_unknown_one_is_not_found(self, kind: str, slug: str) -> None:
        assert rita().get(f"/{kind}/{slug}/feed.rss").status_code == 404


def _kept(bullet: Any) -> Point:
    return Point(bullet.text, is_approved=True, bullet_id=bullet.pk)
