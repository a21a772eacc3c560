"""The history of a story, as Rita reads it."""

import json
from dataclasses import replace

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from articles.catalogue.models import Article
from articles.revisions import acts
from articles.revisions.models import Revision
from articles.summaries.points import Point
from tests.world import correct, edie, make_article, max_admin, rita

pytestmark = pytest.mark.django_db

TEXT = "Kestrel has {} ground stations.\n\nIt says that 40,000 homes can now order a dish."


def story(**changes: object) -> Article:
    return make_article(**{"slug": "kestrel", "headline": "Kestrel grows", "body": TEXT.format("two"), **changes})


def change(article: Article, reason: str = "It has three stations.", **words: str) -> None:
    """Edie changes words of a published story and leaves its points as they are."""
    article = Article.objects.get(pk=article.pk)
    points = [Point(bullet.text, is_approved=True, bullet_id=bullet.pk) for bullet in article.bullets.all()]
    wording = replace(article.wording, **words)
    acts.change(article, wording, points, by=edie(), kind=Revision.Kind.MINOR, reason=reason)


def page(address: str = "/articles/kestrel/history/", status: int = 200) -> str:
    response = rita().get(address)
    assert response.status_code == status
    return response.content.decode()


class ArticleHistoryTests:
    def test_newest_version_is_held_against_the_one_before(self) -> None:
        change(story(), body=TEXT.format("three"))
        html = page()
        assert (
            'Kestrel has <del><span class="vh" dir="ltr" lang="en">removed: </span>two</del> '
            '<ins><span class="vh" dir="ltr" lang="en">added: </span>three</ins> ground stations.'
        ) in html
        assert "1 paragraph unchanged" in html
        assert "1 word <del>taken out</del>" in html
        assert "1 word <ins>added</ins>" in html
        assert "It has three stations." in html

    def test_notice_of_a_correction_stands_beside_it(self) -> None:
        notice = correct(story(), body=TEXT.format("three"))
        html = page()
        assert notice.text in html
        assert "<del>" in html

    def test_sealed_versions_cannot_be_read(self) -> None:
        article = story()
        change(article, "Its count was off.", body=TEXT.format("three"))
        acts.withdraw(article, by=edie(), reason="A court has ruled so.")
        acts.seal(article, by=max_admin(), reason="A court has ruled so.")
        html = page("/articles/kestrel/history/2/")
        assert "sealed" in html
        assert "three" not in html
        assert "ground stations" not in html

    def test_first_version_is_all_added(self) -> None:
        story()
        html = page()
        assert "Version 1, published" in html
        assert "added: </span>Kestrel has two ground stations." in html
        assert "Compare other versions" not in html

    def test_parts_that_differ_are_named(self) -> None:
        change(story(), headline="Kestrel shrinks")
        html = page()
        assert '<h3 class="mt">Headline</h3>' in html
        assert "Standfirst" not in html
        assert "paragraph unchanged" not in html

    def test_links_and_formatting_alone(self) -> None:
        change(story(), body=TEXT.format("*two*"))
        assert "Links or formatting changed, and no word did." in page()

    def test_markup_in_words_is_shown_as_words(self) -> None:
        change(story(), headline="<script>alert(1)</script>", reason="<b>Why</b>")
        html = page()
        assert "<script>alert" not in html
        assert "&lt;b&gt;Why&lt;/b&gt;" in html

    @pytest.mark.parametrize("status", ["draft", "in_review"])
    def test_story_that_is_not_public_has_no_history(self, status: str) -> None:
        story(status=status)
        page(status=404)

    def test_withdrawn_story_keeps_its_history(self) -> None:
        article = story()
        change(article, body=TEXT.format("three"))
        acts.withdraw(article, by=edie(), reason="The firm does not exist.")
        html = page("/articles/kestrel/history/2/")
        assert "three</ins>" in html

    def test_comparison_is_chosen_without_script(self) -> None:
        article = story()
        change(article, body=TEXT.format("three"))
        change(article, body=TEXT.format("four"))
        html = page()
        assert 'action="/articles/kestrel/history/"' in html
        response = rita().get("/articles/kestrel/history/?version=3&against=1")
        assert response["Location"] == "/articles/kestrel/history/3/?against=1"

    @pytest.mark.parametrize("query", ["version=x", "version=1&against=x", "version=%C2%B2", "version=-1"])
    def test_comparison_of_what_is_no_version(self, query: str) -> None:
        story()
        page(f"/articles/kestrel/history/?{query}", status=404)

    def test_old_address_leads_to_the_story(self) -> None:
        article = story()
        article.take_slug("other")
        article.save()
        response = rita().get("/articles/kestrel/history/")
        assert (response.status_code, response["Location"]) == (301, "/articles/other/")

    def test_versions_come_in_pages(self) -> None:
        article = story()
        for number in range(51):
            change(article, headline=f"Kestrel has {number} stations")
        html = page()
        assert html.count("Version ") > 50
        assert "Earlier versions" in html
        assert ">Version 2, edited<" not in html

    def test_queries_do_not_grow_with_versions(self, django_assert_num_queries: DjangoAssertNumQueries) -> None:
        article = story()
        change(article, headline="Two")
        client = Client()
        with django_assert_num_queries(6):
            client.get("/articles/kestrel/history/")
        for number in range(5):
            change(article, headline=f"Title {number}")
        with django_assert_num_queries(6):
            client.get("/articles/kestrel/history/")

    def test_page_is_not_indexed(self) -> None:
        story()
        assert '<meta name="robots" content="noindex">' in page()


class ArticleVersionTests:
    def test_any_version_against_any_other(self) -> None:
        article = story()
        change(article, body=TEXT.format("three"))
        change(article, body=TEXT.format("four"))
        html = page("/articles/kestrel/history/3/?against=1")
        assert "removed: </span>two" in html
        assert "added: </span>four" in html
        html = page("/articles/kestrel/history/1/?against=3")
        assert "removed: </span>four" in html

    def test_same_words(self) -> None:
        article = story()
        change(article, body=TEXT.format("three"))
        assert "The words of both versions are the same." in page("/articles/kestrel/history/2/?against=2")

    @pytest.mark.parametrize("address", ["/articles/kestrel/history/2/", "/articles/kestrel/history/1/?against=7"])
    def test_version_that_there_is_not(self, address: str) -> None:
        story()
        page(address, status=404)


class ChangesFeedTests:
    @pytest.mark.parametrize("extension", ["rss", "atom", "json"])
    def test_every_version_is_an_entry(self, extension: str) -> None:
        change(story(), body=TEXT.format("three"))
        feed = page(f"/articles/kestrel/feed.{extension}")
        assert "Version 2, edited: Kestrel grows" in feed
        assert "Version 1, published: Kestrel grows" in feed
        assert "/articles/kestrel/history/2/" in feed

    def test_feed_tells_the_reason_as_words(self) -> None:
        change(story(), reason="It is < 3.", body=TEXT.format("three"))
        items = json.loads(page("/articles/kestrel/feed.json"))["items"]
        assert items[0]["content_html"] == "<p>It is &lt; 3.</p>"

    def test_reader_that_has_it_gets_nothing_again(self) -> None:
        article = story()
        first = rita().get("/articles/kestrel/feed.atom")
        known = {"If-None-Match": first["ETag"]}
        assert rita().get("/articles/kestrel/feed.atom", headers=known).status_code == 304
        change(article, headline="Another")
        assert rita().get("/articles/kestrel/feed.atom", headers=known).status_code == 200

    def test_feed_of_what_is_not_there(self) -> None:
        story(status="draft")
        page("/articles/kestrel/feed.atom", status=404)
        page("/articles/kestrel/feed.txt", status=404)
