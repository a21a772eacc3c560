"""Sitemaps and robots.txt, as a search engine follows them."""

from xml.etree import ElementTree

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from articles.catalogue.models import Article
from articles.feeds import sitemaps
from articles.feeds.sitemaps import BLOCK
from articles.revisions import acts
from tests.world import edie, make_article, rita

pytestmark = pytest.mark.django_db

SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def read(address: str) -> dict[str, str]:
    """Every address in a sitemap with its date, or ""."""
    response = rita().get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/xml; charset=utf-8"
    root = ElementTree.fromstring(response.content)  # noqa: S314 (our own)
    return {entry.findtext(f"{SPACE}loc", ""): entry.findtext(f"{SPACE}lastmod", "") for entry in root}


class SitemapTests:
    @pytest.mark.usefixtures("unguarded")
    def test_index_lists_pages_and_the_blocks_that_have_stories(self, settings: Settings) -> None:
        settings.SITE_URL = "https://news.example"
        Article.objects.bulk_create(
            Article(pk=number, slug=f"s{number}", headline="S", status=status, is_from_archive=True)
            for number, status in (
                (1, "published"),
                (BLOCK, "published"),
                (BLOCK + 1, "published"),
                (3 * BLOCK, "draft"),
            )
        )
        assert list(read("/sitemap.xml")) == [
            "https://news.example/sitemap-pages.xml",
            "https://news.example/sitemap-stories-0.xml",
            "https://news.example/sitemap-stories-1.xml",
        ]
        assert list(read("/sitemap-stories-0.xml")) == ["https://news.example/articles/s1/"]
        assert list(read("/sitemap-stories-1.xml")) == [
            f"https://news.example/articles/s{BLOCK}/",
            f"https://news.example/articles/s{BLOCK + 1}/",
        ]

    def test_dates_are_those_of_the_last_change(self) -> None:
        story = make_article()
        acts.change(story, story.wording, [], by=edie(), kind="minor", reason="Why.")
        story.refresh_from_db()
        changed = story.changed_at.isoformat(timespec="seconds")
        assert set(read(_block_of(story)).values()) == {changed}
        assert changed in read("/sitemap.xml").values()

    def test_every_address_leads_to_a_page(self) -> None:
        make_article(topics=["Телефоны"], headline="小米印度工厂")
        for index_address in list(read("/sitemap.xml")):
            for address in read(index_address.removeprefix("http://testserver")):
                assert rita().get(address.removeprefix("http://testserver")).status_code == 200, address

    def test_topics_and_sources_without_stories_are_left_out(self) -> None:
        make_article(topics=["Phones"], sources=["SCMP"], status="draft")
        assert list(read("/sitemap-pages.xml")) == [f"http://testserver{reverse(name)}" for name in sitemaps.STANDING]

    @pytest.mark.parametrize("number", [0, 7, 10**30])
    def test_block_without_stories_is_not_found(self, number: int) -> None:
        assert rita().get(f"/sitemap-stories-{number}.xml").status_code == 404

    @pytest.mark.parametrize("count", [1, 30])
    def test_queries_do_not_grow(self, count: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
        stories = [make_article(topics=[f"Topic {n}"], sources=[f"Source {n}"]) for n in range(count)]
        client = rita()
        for address, queries in (("/sitemap.xml", 1), ("/sitemap-pages.xml", 2), (_block_of(stories[0]), 1)):
            with django_assert_num_queries(queries):
                client.get(address)


class RobotsTests:
    def test_allows_all_but_the_private_and_the_endless(self, settings: Settings) -> None:
        settings.SITE_URL = "https://news.example"
        response = rita().get("/robots.txt")
        assert response["Content-Type"] == "text/plain; charset=utf-8"
        assert response.content.decode().splitlines() == [
            "User-agent: *",
            "Disallow: /admin/",
            "Disallow: /reports/",
            "Disallow: /follow/",
            "Disallow: /search/",
            "",
            "Sitemap: https://news.example/sitemap.xml",
        ]


def _block_of(article: Article) -> str:
    return f"/sitemap-stories-{article.pk // BLOCK}.xml"
