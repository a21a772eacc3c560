"""Outlets, topics and the standing statement in the admin."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.catalogue.models import SiteStatement, Source, Topic
from tests.world import desk, make_article, max_admin

pytestmark = pytest.mark.django_db


class SourceAdminTests:
    LIST = "/admin/articles/source/"

    def test_list_counts_stories_in_a_bounded_number_of_queries(self) -> None:
        make_article(sources=["Nordlys"])
        make_article(sources=[("Nordlys", "https://a.example/"), ("Nordlys", "https://b.example/")], status="draft")
        client = desk()
        with CaptureQueriesContext(connection) as few:
            page = client.get(self.LIST)
        assert [source.all_stories for source in page.context["cl"].result_list] == [2]
        for number in range(20):
            make_article(sources=[f"S{number}"])
        with CaptureQueriesContext(connection) as many:
            client.get(self.LIST)
        assert len(many) == len(few)

    def test_name_in_use_is_refused_in_words(self) -> None:
        Source.objects.named("SCMP")
        answer = desk().post(f"{self.LIST}add/", {"name": " scmp ", "slug": "scmp-2"})
        assert "This name is in use already." in answer.text
        assert "source_name_is_unique" not in answer.text

    def test_address_is_chosen_once(self) -> None:
        client = desk()
        client.post(f"{self.LIST}add/", {"name": "SCMP", "slug": "scmp", "home_page": "scmp.example"})
        source = Source.objects.get()
        assert (source.slug, source.home_page) == ("scmp", "https://scmp.example")
        client.post(f"{self.LIST}{source.pk}/change/", {"name": "South China", "slug": "else", "home_page": ""})
        source.refresh_from_db()
        assert (source.name, source.slug) == ("South China", "scmp")

    def test_another_feed_starts_anew_and_the_same_goes_on(self) -> None:
        client = desk()
        client.post(f"{self.LIST}add/", {"name": "SCMP", "slug": "scmp", "feed_url": "https://scmp.example/rss"})
        source = Source.objects.get()
        assert source.feed_url == "https://scmp.example/rss"
        Source.objects.update(feed_etag='"1"', feed_note="3 new stories")
        page = f"{self.LIST}{source.pk}/change/"
        assert "3 new stories" in client.get(page).text
        client.post(page, {"name": "SCMP", "feed_url": "https://scmp.example/rss", "is_licensed": "on"})
        source.refresh_from_db()
        assert (source.feed_etag, source.is_licensed) == ('"1"', True)
        client.post(page, {"name": "SCMP", "feed_url": "https://scmp.example/atom"})
        source.refresh_from_db()
        assert (source.feed_url, source.feed_etag, source.feed_note) == ("https://scmp.example/atom", "", "")

    def test_outlet_of_a_story_is_not_deleted(self) -> None:
        make_article(sources=["SCMP"])
        source = Source.objects.get()
        desk(max_admin()).post(f"{self.LIST}{source.pk}/delete/", {"post": "yes"})
        assert Source.objects.filter(pk=source.pk).exists()

    def test_search(self) -> None:
        Source.objects.named("SCMP")
        Source.objects.named("Nordlys")
        page = desk().get(self.LIST, {"q": "scm"})
        assert [source.name for source in page.context["cl"].result_list] == ["SCMP"]


class TopicAdminTests:
    LIST = "/admin/articles/topic/"

    def test_list_counts_stories(self) -> None:
        make_article(topics=["Phones"])
        make_article(topics=["Phones"], status="draft")
        page = desk().get(self.LIST)
        assert [topic.all_stories for topic in page.context["cl"].result_list] == [2]

    def test_name_in_use_is_refused_in_words_but_may_be_kept(self) -> None:
        topic = Topic.objects.named("Phones")
        path = f"{self.LIST}{topic.pk}/change/"
        assert desk().post(path, {"name": "PHONES", "description": "Calls."}).status_code == 302
        Topic.objects.named("India")
        assert "This name is in use already." in desk().post(path, {"name": "india"}).text


class SiteStatementAdminTests:
    LIST = "/admin/articles/sitestatement/"

    def test_there_is_one_and_it_is_reworded(self) -> None:
        client = desk(max_admin())
        assert client.get(f"{self.LIST}add/").status_code == 200
        client.post(f"{self.LIST}add/", {"text": "We check."})
        first = SiteStatement.objects.get()
        assert client.get(f"{self.LIST}add/").status_code == 403
        client.post(f"{self.LIST}{first.pk}/change/", {"text": "We check twice."})
        again = SiteStatement.objects.get()
        assert again.text == "We check twice."
        assert again.changed_at > first.changed_at
        assert client.post(f"{self.LIST}{first.pk}/delete/", {"post": "yes"}).status_code == 403
