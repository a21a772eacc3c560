"""The pages as Rita meets them."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from articles.catalogue.models import Article, Source, Topic, Wording
from articles.revisions import acts
from articles.summaries.points import Point, write_points
from tests.world import NOON, correct, edie, make_article, make_review, rita

pytestmark = pytest.mark.django_db

MANY = 30


def text_of(address: str, status: int = 200) -> str:
    response = rita().get(address)
    assert response.status_code == status
    return response.content.decode()


def make_many(count: int, **changes: object) -> None:
    for number in range(count):
        make_article(published_at=NOON - timedelta(hours=number), **changes)


class HomeTests:
    def test_empty_site_says_so(self) -> None:
        assert "No stories yet" in text_of("/")

    def test_newest_story_leads_with_its_points(self) -> None:
        make_article(headline="Older", published_at=NOON - timedelta(days=1))
        make_article(headline="Newer", bullets=["A point."], published_at=NOON)
        page = text_of("/")
        assert page.index("Newer") < page.index("Older")
        assert '<h2 class="lead__h" lang="en" dir="ltr"><a href="/articles/newer/">Newer</a></h2>' in page
        assert 'href="/articles/newer/#b1"' in page

    def test_only_published_stories_are_there(self) -> None:
        for status in ("draft", "in_review", "withdrawn"):
            make_article(headline=f"A {status} story", status=status)
        assert "No stories yet" in text_of("/")

    def test_unapproved_points_are_nowhere(self) -> None:
        article = make_article(bullets=[])
        write_points(article, [Point("Not approved.", is_approved=False)], by=edie())
        for address in ("/", article.get_absolute_url(), f"{article.get_absolute_url()}brief/"):
            assert "Not approved." not in text_of(address)

    def test_story_of_unknown_date_says_added(self) -> None:
        added = datetime(2026, 11, 19, 8, 0, tzinfo=UTC)
        make_article(published_at=None, is_from_archive=True, added_at=added, updated_as_stated="Jan 9")
        page = text_of("/")
        assert "Added" in page
        assert '<time datetime="01-09">9 Jan</time>' in page

    def test_day_is_named_where_no_label_stands_beside_it(self) -> None:
        added = datetime(2026, 11, 19, 8, 0, tzinfo=UTC)
        for number in range(5):
            make_article(headline=f"Dish {number}", published_at=None, is_from_archive=True, added_at=added)
        page = text_of("/")
        assert page.count("Added <time") == 1
        assert page.count("<span>Added</span>") == 1

    def test_older_stories_follow_by_cursor_without_gap_or_repeat(self) -> None:
        make_many(45)
        seen: list[str] = []
        address = "/"
        while address:
            response = rita().get(address)
            context = response.context
            rows = [context["lead"], *context["also"]] if context["lead"] else []
            rows += [row for day in context["days"] for row in day.rows]
            seen += [re.findall(r"<h[23].*?>([^<]+)</a>", row.html)[0] for row in rows]
            address = context["older_url"]
        assert len(seen) == len(set(seen)) == 45

    def test_invented_cursor_is_not_a_page(self) -> None:
        make_article()
        text_of("/?before=nonsense", status=404)

    @pytest.mark.parametrize("count", [5, 100])
    def test_queries_do_not_grow_with_stories(
        self, count: int, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        make_many(count, topics=["Chips", "Phones"], sources=["SCMP", "Harbour Wire"])
        make_review(published_at=NOON + timedelta(hours=1))
        client = rita()
        with django_assert_num_queries(9):
            client.get("/")


class ArticleTests:
    def test_first_paragraph_stands_in_for_a_standfirst_once(self) -> None:
        article = make_article(standfirst="", body="First *paragraph*.\n\nSecond paragraph.")
        page = text_of(article.get_absolute_url())
        assert '<p class="stand">First <em>paragraph</em>.</p>' in page
        assert page.count("paragraph</em>.") == 1

    def test_record_leaves_out_what_is_not_known(self) -> None:
        article = make_article(published_at=None, is_from_archive=True, sources=[], topics=[])
        page = text_of(article.get_absolute_url())
        assert "<dt>Published</dt>" not in page
        assert "<dt>Source" not in page
        assert "Added here" in page
        assert "datePublished" not in page

    def test_original_is_linked(self) -> None:
        article = make_article(sources=[("SCMP", "https://scmp.example/xiaomi")])
        assert 'href="https://scmp.example/xiaomi" rel="external noopener"' in text_of(article.get_absolute_url())

    def test_edited_is_a_mark_and_not_a_link(self) -> None:
        assert '<span class="tag">[Edited]</span>' in text_of(make_article(is_edited=True).get_absolute_url())

    def test_old_address_redirects_for_ever(self) -> None:
        article = make_article(headline="Old name")
        article.take_slug("new-name")
        article.save()
        response = rita().get("/articles/old-name/")
        assert (response.status_code, response["Location"]) == (301, "/articles/new-name/")

    @pytest.mark.parametrize("status", ["draft", "in_review"])
    def test_unpublished_story_is_not_there(self, status: str) -> None:
        article = make_article(status=status)
        text_of(article.get_absolute_url(), status=404)
        text_of(f"{article.get_absolute_url()}brief/", status=404)

    def test_withdrawn_story_keeps_its_address_and_says_why(self) -> None:
        article = make_article(status="withdrawn", body="The withdrawn words.")
        page = text_of(article.get_absolute_url())
        assert "Its source has taken the report back." in page
        assert "The withdrawn words." not in page
        assert '<meta name="robots" content="noindex">' in page
        assert "application/ld+json" not in page

    def test_changes_stand_in_the_record(self) -> None:
        article = make_article(headline="Old")
        correct(article, headline="New")
        page = text_of(article.get_absolute_url())
        assert "An earlier version said “Old”. It now says “New”." in page
        assert "2 versions" in page

    def test_right_to_left_story_says_so(self) -> None:
        article = make_article(language="ar", headline="قصة")
        assert 'lang="ar" dir="rtl"' in text_of(article.get_absolute_url())

    def test_review_shows_verdict_score_and_specs(self) -> None:
        page = text_of(make_review().get_absolute_url())
        for words in ("8.0", "out of 10", "Buy it for the sound.", "Quiet keys", "Heavy", "1.2 kg", "EUR 79"):
            assert words in page

    def test_review_without_score_or_price(self) -> None:
        details = {"score": None, "price": None, "currency": ""}
        page = text_of(make_review(details=details).get_absolute_url())
        assert "Reviewed without a score" in page
        assert "<dt>Price</dt>" not in page

    def test_sample_is_marked(self) -> None:
        page = text_of(make_article(is_sample=True).get_absolute_url())
        assert '<span class="sample">Sample</span>' in page

    @pytest.mark.parametrize("count", [1, MANY])
    def test_queries_do_not_grow(self, count: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
        make_many(count)
        article = make_article(
            bullets=[f"Point {n}." for n in range(count)],
            topics=["Networks", *(f"Topic {n}" for n in range(count))],
            sources=[f"Outlet {n}" for n in range(count)],
        )
        client = rita()
        with django_assert_num_queries(15):
            client.get(article.get_absolute_url())


class PassageTests:
    FIRST = "Kestrel has switched on a second ground station."

    def test_point_and_passage_lead_to_each_other(self) -> None:
        page = text_of(
            make_article(headline="News from Tarn", bullets=["Kestrel has a second ground station."]).get_absolute_url()
        )
        assert '<li id="b1"><a href="#e1">' in page
        assert (
            '<mark>Kestrel has a second ground station.</mark><small><bdi dir="ltr" lang="en">1 passage</bdi></small>'
            in page
        )
        assert f'</a><mark class="ev" id="e1" data-ev="1">{self.FIRST}</mark>' in page
        assert '<a class="ev__n" href="#b1" ' in page
        assert "Choose a point to see the passage behind it." in page

    def test_point_without_a_passage_leads_nowhere(self) -> None:
        page = text_of(make_article(headline="News from Tarn", bullets=["Bees dance."]).get_absolute_url())
        assert '<li id="b1"><p>' in page
        assert "Choose a point" not in page
        assert "passage</bdi>" not in page

    def test_passages_of_a_point_lead_to_each_other(self) -> None:
        page = text_of(
            make_article(
                headline="News from Tarn", bullets=["Kestrel has a second station, 40,000 homes order a dish."]
            ).get_absolute_url()
        )
        assert "2 passages" in page
        assert 'id="e1-2"' in page
        assert 'href="#e1-2" dir="ltr" lang="en">next passage</a>' in page
        assert 'href="#e1" dir="ltr" lang="en">next passage</a>' in page

    def test_passage_in_the_paragraph_that_stands_for_the_standfirst(self) -> None:
        article = make_article(
            headline="News from Tarn",
            standfirst="",
            body=f"{self.FIRST}\n\nMore.",
            bullets=["Kestrel has a second station."],
        )
        page = text_of(article.get_absolute_url())
        assert f'<mark class="ev" id="e1" data-ev="1">{self.FIRST}</mark></p></header>' in page

    def test_headline_holds_the_mark_and_no_links(self) -> None:
        article = make_article(headline="Oriel recalls 9 <pumps>", body="No more.", bullets=["Oriel recalls 9 pumps."])
        page = text_of(article.get_absolute_url())
        assert '<h1><mark class="ev" id="e1" data-ev="1">Oriel recalls 9 &lt;pumps&gt;</mark></h1>' in page

    def test_passages_in_the_body_come_before_the_headline(self) -> None:
        article = make_article(
            headline="Oriel recalls 9 pumps",
            body="The cause is a clip.",
            bullets=["Oriel recalls 9 pumps; a clip is the cause."],
        )
        page = text_of(article.get_absolute_url())
        assert '<h1><mark class="ev" id="e1-2"' in page
        assert (
            '<mark class="ev" id="e1" data-ev="1">The cause is a clip.</mark> <a class="ev__next" href="#e1-2"' in page
        )

    def test_lists_lead_to_the_passage_where_there_is_one(self) -> None:
        article = make_article(
            headline="News from Tarn", bullets=["Kestrel has a second ground station.", "Bees dance."]
        )
        for address in ("/", f"{article.get_absolute_url()}brief/"):
            page = text_of(address)
            assert f'href="{article.get_absolute_url()}#e1"' in page
            assert f'href="{article.get_absolute_url()}#b2"' in page

    def test_numbers_are_those_of_the_points_that_readers_see(self) -> None:
        article = make_article(headline="News from Tarn", bullets=[])
        points = [Point("Kestrel has a ground station.", is_approved=False), Point("A dish for 40,000 homes.", True)]
        write_points(article, points, by=edie())
        page = text_of(article.get_absolute_url())
        assert page.count("<mark") == 2
        assert 'data-ev="1">It says that 40,000 homes can now order a dish.</mark>' in page

    def test_point_under_review_says_so_and_shows_no_passage(self) -> None:
        article = make_article(headline="News from Tarn", bullets=["Kestrel has a second ground station."])
        points = [Point(b.text, True, b.pk) for b in article.bullets.all()]
        words = Wording(article.headline, "", "Kestrel has switched on a third ground station.", "")
        acts.change(article, words, points, by=edie(), kind="minor", reason="A third one.")
        for address in ("/", article.get_absolute_url(), f"{article.get_absolute_url()}brief/"):
            page = text_of(address)
            assert "The story changed after this point was written. An editor is checking it." in page
            assert "<mark" not in page
            assert "#e1" not in page

    def test_withdrawn_story_shows_none(self) -> None:
        assert "<mark" not in text_of(make_article(status="withdrawn").get_absolute_url())


class BriefTests:
    def test_whole_page_by_itself(self) -> None:
        page = text_of(f"{make_article(bullets=['A point.']).get_absolute_url()}brief/")
        assert "<!doctype html>" in page
        assert "A point." in page

    def test_fragment_in_place(self) -> None:
        article = make_article(bullets=["A point."])
        headers = {"HX-Request": "true", "HX-Target": f"points--{article.pk}"}
        response = Client(headers=headers).get(f"{article.get_absolute_url()}brief/")
        assert response.content.decode().lstrip().startswith('<ol class="points"')
        assert {"HX-Request", "HX-Target"} <= set(response["Vary"].split(", "))

    def test_other_target_gets_the_page(self) -> None:
        headers = {"HX-Request": "true", "HX-Target": "main"}
        response = Client(headers=headers).get(f"{make_article().get_absolute_url()}brief/")
        assert "<!doctype html>" in response.content.decode()


class ListTests:
    def test_reviews_lists_only_reviews(self) -> None:
        make_article(headline="A story")
        make_review(headline="A review")
        page = text_of("/reviews/")
        assert "A review" in page
        assert "A story" not in page

    def test_topic_lists_its_stories_and_counts_them(self) -> None:
        make_article(headline="On chips", topics=["Chips"], published_at=NOON)
        make_article(headline="On phones", topics=["Phones"])
        page = text_of(Topic.objects.get(name="Chips").get_absolute_url())
        assert "On chips" in page
        assert "On phones" not in page
        assert "1 story, the newest from 20 Nov 2026." in page

    def test_source_lists_its_stories_once(self) -> None:
        make_article(headline="Twice", sources=[("SCMP", "https://scmp.example/1"), ("SCMP", "https://scmp.example/2")])
        page = text_of(Source.objects.get(name="SCMP").get_absolute_url())
        assert page.count(">Twice</a>") == 1
        assert "summed up <b>1</b> story" in page

    @pytest.mark.parametrize("address", ["/topics/nothing/", "/sources/nothing/", "/articles/nothing/"])
    def test_unknown_address_is_404_in_words(self, address: str) -> None:
        assert "The page you want is" in text_of(address, status=404)

    def test_indexes_list_what_has_stories_by_name(self) -> None:
        make_article(topics=["Zinc", "Alloys"], sources=["SCMP"])
        Topic.objects.named("Empty")
        page = text_of("/topics/")
        assert page.index("Alloys") < page.index("Zinc")
        assert "Empty" not in page
        assert "SCMP" in text_of("/sources/")

    @pytest.mark.parametrize("address", ["/reviews/", "/topics/networks/", "/sources/nordlys-tech/"])
    def test_queries_do_not_grow(self, address: str, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
        for number in range(MANY):
            make_review(published_at=NOON - timedelta(hours=number), headline=f"Review {number}")
        client = rita()
        with django_assert_max_num_queries(10) as captured:
            client.get(address)
        many = len(captured)
        for article in Article.objects.all()[1:]:
            acts.withdraw(article, by=edie(), reason="Its source has taken it back.")
        with django_assert_max_num_queries(10) as captured:
            client.get(address)
        assert len(captured) == many

    @pytest.mark.parametrize("address", ["/topics/", "/sources/"])
    def test_indexes_take_one_query(self, address: str, django_assert_num_queries: DjangoAssertNumQueries) -> None:
        make_article(topics=[f"Topic {n}" for n in range(MANY)], sources=[f"Outlet {n}" for n in range(MANY)])
        client = rita()
        with django_assert_num_queries(1):
            client.get(address)

    def test_long_index_goes_on_by_cursor(self) -> None:
        make_article(topics=[f"Topic {n:03}" for n in range(70)])
        response = rita().get("/topics/")
        following = rita().get(response.context["more_url"])
        names = [topic.name for page in (response, following) for topic in page.context["page"].rows]
        assert names == [f"Topic {n:03}" for n in range(70)]


class NoCookieTests:
    @pytest.mark.parametrize("address", ["/", "/articles/a-story/", "/reviews/", "/topics/", "/sources/", "/about/"])
    def test_reading_sets_no_cookie_and_holds_no_token(self, address: str) -> None:
        make_article(headline="A story")
        response = rita().get(address)
        assert not response.cookies
        assert "csrf" not in response.content.decode().lower()

    def test_page_is_the_same_for_an_editor(self) -> None:
        make_article(headline="A story")
        signed_in = Client()
        signed_in.force_login(edie())
        assert signed_in.get("/").content == rita().get("/").content


class AddressTests:
    @pytest.mark.parametrize("address", ["/articles/a%00b/", "/articles/a%00b/brief/", "/topics/%00/", "/sources/%00/"])
    def test_null_character_leads_nowhere(self, address: str) -> None:
        text_of(address, status=404)
