"""The results page, as Rita meets it: whole, as a fragment, and with whatever she types."""

from datetime import timedelta
from html import unescape

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.world import NOON, make_article, rita

pytestmark = pytest.mark.django_db

FRAGMENT = {"HX-Request": "true", "HX-Target": "results"}


def text_of(address: str, **headers: str) -> str:
    response = rita().get(address, headers=headers)
    assert response.status_code == 200
    return unescape(response.content.decode())


class ResultsTests:
    def test_without_a_query_there_is_the_field_and_no_list(self) -> None:
        make_article()
        page = text_of("/search/")
        assert '<input id="words" name="q" type="search" value="">' in page
        assert "<h2" not in page.partition("<main")[2].partition("</main>")[0]
        assert "story" not in page.partition('<div id="results">')[2].partition("</main>")[0]

    def test_says_how_many_and_marks_the_hits(self) -> None:
        make_article(headline="Dish moves to India", standfirst="", body="The assembly starts.", bullets=[])
        make_article(headline="Another", bullets=[])
        page = text_of("/search/?q=assembly+india")
        assert '<b>1 story</b> with <mark class="hit">assembly</mark> and <mark class="hit">india</mark>' in page
        assert "1 of 2 stories" in page
        assert 'Dish moves to <mark class="hit">India</mark>' in page
        assert 'The <mark class="hit">assembly</mark> starts.' in page
        assert "Another" not in page

    def test_is_kept_out_of_other_search_engines(self) -> None:
        page = text_of("/search/?q=india")
        assert '<meta name="robots" content="noindex">' in page
        assert "canonical" not in page

    def test_what_was_typed_stays_in_the_field_as_text(self) -> None:
        response = rita().get("/search/", {"q": '"><script>alert(1)</script>'})
        assert b"<script>alert" not in response.content
        assert b'value="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"' in response.content

    def test_nothing_found_says_what_to_do(self) -> None:
        make_article(headline="Dish", bullets=[])
        page = text_of("/search/?q=kettle")
        assert page.count("No story mentions “kettle”") == 2
        assert "Try fewer words" in page
        assert "drop a filter" not in page

    def test_nothing_found_with_a_filter_offers_to_drop_it(self) -> None:
        make_article(headline="Kettle", bullets=[])
        page = text_of("/search/?q=kettle+%26&kind=review")
        assert "You could drop a filter." in page
        assert 'href="/search/?q=kettle%20%26"' in page

    @pytest.mark.parametrize("typed", ["!!!", "😀", '"', "*"])
    def test_signs_alone_are_said_to_hold_no_word(self, typed: str) -> None:
        page = unescape(rita().get("/search/", {"q": typed}).content.decode())
        assert f"“{typed}” holds no word to look for." in page

    @pytest.mark.parametrize(
        "typed", ["NEAR(", "a AND", "\0", "x" * 5000, "%", "'; DROP TABLE articles_article; --", "a\nb", "headline:"]
    )
    def test_no_input_is_an_error(self, typed: str) -> None:
        assert rita().get("/search/", {"q": typed}).status_code == 200

    def test_too_many_words_are_said_to_be(self) -> None:
        assert "Only the first 12 words count." in text_of("/search/?q=" + "+".join("abcdefghijklm"))

    def test_filters_are_kept_chosen_and_limit_the_list(self) -> None:
        make_article(headline="Dish one", topics=["Phones"], sources=["SCMP"], published_at=NOON)
        make_article(headline="Dish two", topics=["Energy"], published_at=NOON - timedelta(days=9))
        page = text_of("/search/?q=dish&kind=news&topic=phones&source=scmp&from=2026-11-20&to=2026-11-20")
        assert '<option value="news" selected>News</option>' in page
        assert '<option value="phones" selected>Phones (1)</option>' in page
        assert '<option value="energy">Energy (1)</option>' in page
        assert '<option value="scmp" selected>SCMP (1)</option>' in page
        assert 'name="from" type="date" form="search" value="2026-11-20"' in page
        assert "dish-one" in page
        assert "dish-two" not in page

    def test_filter_that_cannot_be_used_is_named_in_the_status(self) -> None:
        make_article(headline="Dish")
        page = text_of("/search/?q=dish&topic=x&from=soon")
        assert "1 story" in page
        assert "We don’t know the topic “x”, so it is left out." in page
        assert "We can’t read the date “soon”, so it is left out." in page

    def test_every_hit_once_page_by_page_with_the_filters_kept(self) -> None:
        for number in range(25):
            make_article(headline=f"Dish number{number}x", bullets=[], published_at=NOON)
        first = text_of("/search/?q=dish&kind=news&topic=")
        link = first.partition('<a class="more" id="older" href="')[2].partition('"')[0]
        assert link.startswith("/search/?q=dish&kind=news&before=")
        both = first + text_of(link)
        assert all(
            both.count(f"number{number}x</a>") + both.count(f"number{number}x\n</a>") == 1 for number in range(25)
        )

    def test_forged_cursor_is_not_found(self) -> None:
        assert rita().get("/search/?q=dish&before=forged").status_code == 404

    def test_of_very_many_it_says_only_that_there_are_more(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("articles.search.query.MOST", 2)
        for number in range(3):
            make_article(headline=f"Dish {number}", topics=["Phones"], sources=["SCMP"])
        make_article(headline="Kettle", body="It boils.", topics=["Kitchens"], bullets=[])
        page = text_of("/search/?q=dish")
        assert "<b>More than 2 stories</b> with" in page
        assert "More than 2 of 4 stories" in page
        assert '<option value="phones">Phones</option>' in page
        assert '<option value="kitchens">Kitchens</option>' in page
        assert page.count("Dish</mark>") == 2

    def test_older_rows_alone_ask_for_nothing_else(self, django_assert_num_queries: DjangoAssertNumQueries) -> None:
        for number in range(25):
            make_article(headline=f"Dish {number}")
        link = text_of("/search/?q=dish").partition('id="older" href="')[2].partition('"')[0]
        client = rita()
        with django_assert_num_queries(8):
            rows = client.get(link, headers={"HX-Request": "true", "HX-Target": "older"}).content.decode()
        assert rows.count("<article") == 5

    def test_posting_is_not_allowed(self) -> None:
        assert rita().post("/search/?q=dish").status_code == 405

    @pytest.mark.parametrize("count", [1, 100])
    def test_queries_do_not_grow_with_hits(self, count: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
        for number in range(count):
            make_article(headline="Dish", topics=[f"Topic {number}"], sources=[f"Source {number}"])
        client = rita()
        with django_assert_num_queries(11):
            client.get("/search/?q=dish")


class FragmentTests:
    def test_holds_the_results_the_title_and_the_status(self) -> None:
        make_article(headline="Dish", bullets=[])
        fragment = text_of("/search/?q=dish", **FRAGMENT)
        assert "<html" not in fragment
        assert "<title>dish: search | Newsroom" in fragment
        assert '<p id="found" data-hx-swap-oob="innerHTML"><b>1 story</b>' in fragment
        assert '<mark class="hit">Dish</mark>' in fragment

    def test_page_names_the_status_once_and_the_target(self) -> None:
        page = text_of("/search/?q=dish")
        assert page.count('id="found"') == page.count('id="results"') == 1
        assert 'data-hx-get="/search/" data-hx-target="#results" data-hx-push-url="true"' in page

    def test_both_vary_alike(self) -> None:
        page, fragment = rita().get("/search/?q=dish"), rita().get("/search/?q=dish", headers=FRAGMENT)
        assert page.headers["Vary"] == fragment.headers["Vary"]
        assert {"HX-Request", "HX-Target"} <= set(page.headers["Vary"].split(", "))

    def test_other_targets_and_history_get_the_page(self) -> None:
        assert "<html" in text_of("/search/?q=dish", **{"HX-Request": "true", "HX-Target": "main"})
        assert "<html" in text_of("/search/?q=dish", **FRAGMENT, **{"HX-History-Restore-Request": "true"})
