"""Rita's saved stories, as the page that her device asks for them."""

import pytest
from pytest_django import DjangoAssertNumQueries

from articles.catalogue.models import Article
from articles.reading.saved import rows_at
from tests.world import make_article, make_review, rita

pytestmark = pytest.mark.django_db


def text_of(query: str, **headers: str) -> str:
    response = rita().get(f"/saved/{query}", headers=headers)
    assert response.status_code == 200
    return response.content.decode()


class SavedTests:
    def test_without_stories_it_is_for_the_device_to_fill(self) -> None:
        page = text_of("")
        assert "data-own" in page
        assert "Saving needs JavaScript" in page

    def test_stories_named_stand_in_the_order_of_the_names(self) -> None:
        first, second = make_article(headline="First"), make_review(headline="Second")
        page = text_of(f"?story={second.slug}&story={first.slug}")
        assert "data-own" not in page
        assert page.index(">Second</a>") < page.index(">First</a>")

    def test_fragment_holds_the_rows_alone(self) -> None:
        make_article(headline="First")
        part = text_of("?story=first", HX_Request="true", HX_Target="saved-rows--0")
        assert ">First</a>" in part
        assert "<h1" not in part

    def test_withdrawn_story_says_so_and_a_draft_is_nowhere(self) -> None:
        make_article(headline="Taken back", status="withdrawn")
        make_article(headline="Not yet", status="draft")
        page = text_of("?story=taken-back&story=not-yet")
        assert '<span class="tag">Withdrawn</span>' in page
        assert "Not yet" not in page
        assert "1 story saved here is no longer on this site." in page

    def test_what_no_database_could_hold_is_left_out(self) -> None:
        assert "no longer" not in text_of("?story=a%00b")

    def test_twenty_at_most(self) -> None:
        for number in range(25):
            make_article(headline=f"Dish {number}", slug=f"dish-{number}")
        query = "&".join(f"story=dish-{number}" for number in range(25))
        part = text_of(f"?{query}", HX_Request="true", HX_Target="saved-rows--0")
        assert part.count('<article class="story"') == 20


class RowsAtTests:
    def test_address_of_before_leads_to_the_story_once(self) -> None:
        article = make_article(headline="Now", slug="before")
        article.take_slug("now")
        article.save()
        (row,) = rows_at(["before", "now", "nowhere"])
        assert ">Now</a>" in row.html

    @pytest.mark.parametrize("count", [2, 15])
    def test_queries_do_not_grow(self, count: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
        slugs = [make_article().slug for _ in range(count)]
        with django_assert_num_queries(7):
            assert len(rows_at(slugs)) == count

    def test_nothing_asked_takes_no_query(self, django_assert_num_queries: DjangoAssertNumQueries) -> None:
        with django_assert_num_queries(0):
            assert rows_at([]) == []
        assert Article.objects.count() == 0
