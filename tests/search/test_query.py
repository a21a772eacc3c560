"""What Rita finds: the same on both databases."""

from datetime import timedelta
from urllib.parse import unquote

import pytest
from django.http import Http404
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from articles.catalogue.models import Article
from articles.revisions import acts
from articles.search import query as module
from articles.search.limits import Limits
from articles.search.query import Found, Result, results_page
from articles.search.terms import parse
from articles.summaries.points import Point, write_points
from tests.world import NOON, edie, make_article

pytestmark = pytest.mark.django_db


def find(typed: str) -> list[Result]:
    return results_page(parse(typed), Limits(), "")[0]


def found(typed: str) -> list[str]:
    return [headline_of(result) for result in find(typed)]


def headline_of(result: Result) -> str:
    """The headline of a story that was found."""
    return Article.objects.get(slug=unquote(result.frame.url).split("/")[2]).headline


def show(runs: object) -> str:
    """Runs as text, hits in brackets."""
    return "".join(f"[{text}]" if is_hit else text for text, is_hit in runs)  # type: ignore[attr-defined]


class MatchTests:
    @pytest.mark.parametrize(
        ("words", "typed"),
        [
            ("The assembly line", "assembly"),
            ("The assembly line", "ASSEMBLY"),
            ("The assembly line", "assem"),
            ("The assembly line", "line assembly"),
            ("The assembly line", '"assembly line"'),
            ("Two batteries", "battery"),
            ("They connected it", "connecting"),
            ("To be or not to be", "to be or not"),
            ("Café São Paulo Ångström", "cafe sao angstrom"),
            ("Cafe Sao Paulo", "café são"),
            ("Cafe\u0301", "café"),
            ("ΑΘΗΝΑ", "αθηνα"),
            ("МОСКВА", "москва"),
            ("Wi-Fi, 24/7 and AC/DC", "wi-fi"),
            ("Wi-Fi, 24/7 and AC/DC", "fi dc"),
            ("Wi-Fi, 24/7 and AC/DC", '"24 7"'),
            ("It costs US$676 or -5.5%", "us 676"),
            ("It costs US$676 or -5.5%", "5.5"),
            ("See https://nordlys.example/a_b?c=d", "nordlys"),
            ("See https://nordlys.example/a_b?c=d", "a_b"),
            ("Write to max@nordlys.example", "nordlys.example"),
            ("“Make in India’ initiative”", '"make in india"'),
            ("“Make in India’ initiative”", '"make in india initiative"'),
            ("In 2015s 5G networks", "5g"),
            ("हिन्दी में", "हिन्दी"),
            ("مقال عن الألواح", "الألواح"),
            ("小米印度工厂", "小米"),
            ("A <b>bold</b> &amp; brave word", "bold brave"),
            ("Nothing \ue000but\ue001 signs", "but"),
        ],
    )
    def test_finds(self, words: str, typed: str) -> None:
        make_article(headline=words, standfirst="", body="Body.")
        make_article(headline="Another", standfirst="", body="Nothing here.", bullets=[], sources=[])
        assert found(typed) == [words]

    @pytest.mark.parametrize(
        ("words", "typed"),
        [
            ("The assembly line", "sembly"),
            ("The assembly line", "assembly plant"),
            ("The assembly line", '"line assembly"'),
            ("The assembly line", "assem line"),
            ("The assembly line", "a"),
            ("The assembly line", "assembly OR plant"),
            ("The assembly line", "²"),
            ("The assembly line", "1"),
        ],
    )
    def test_does_not_find(self, words: str, typed: str) -> None:
        make_article(headline=words, standfirst="", body="Body.", bullets=[])
        assert found(typed) == []

    def test_words_may_stand_in_headline_text_and_bullets(self) -> None:
        make_article(headline="Kestrel", standfirst="Flat dish.", body="Second station.", bullets=["Forty homes."])
        assert found("kestrel dish station homes") == ["Kestrel"]

    def test_phrase_does_not_reach_from_one_field_into_the_next(self) -> None:
        make_article(headline="Kestrel opens", standfirst="Stations.", body="Body.", bullets=["Homes."])
        assert found('"opens stations"') == []
        assert found('"body homes"') == []

    @pytest.mark.parametrize("status", ["draft", "in_review", "withdrawn"])
    def test_only_published_stories(self, status: str) -> None:
        make_article(headline="Kestrel", status=status)
        assert found("kestrel") == []

    def test_newest_first_page_by_page(self) -> None:
        for hours in range(25):
            make_article(headline=f"Kestrel {hours}", published_at=NOON - timedelta(hours=hours))
        query = parse("kestrel")
        first, cursor = results_page(query, Limits(), "")
        second, end = results_page(query, Limits(), cursor)
        assert [headline_of(result) for result in first + second] == [f"Kestrel {hours}" for hours in range(25)]
        assert end == ""

    def test_story_that_moves_in_time_moves_in_the_results(self) -> None:
        first, second = (make_article(headline=f"Kestrel {name}", bullets=["One."]) for name in ("one", "two"))
        assert found("kestrel") == ["Kestrel two", "Kestrel one"]
        Article.objects.filter(pk=second.pk).update(published_at=NOON - timedelta(days=9))
        write_points(first, [Point("Three homes.", is_approved=True, override="Edie was there.")], by=edie())
        assert found("kestrel") == ["Kestrel one", "Kestrel two"]
        assert found("three homes") == ["Kestrel one"]

    @pytest.mark.parametrize("year", [1, 1969, 1970, 2243, 9999])
    def test_any_year(self, year: int) -> None:
        story = make_article(headline="Kestrel far away", published_at=NOON.replace(year=year))
        make_article(headline="Kestrel now")
        assert set(found("kestrel")) == {"Kestrel far away", "Kestrel now"}
        acts.withdraw(story, by=edie(), reason="Its source has taken it back.")
        assert found("kestrel") == ["Kestrel now"]

    def test_of_very_many_the_newest_count(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(module, "MOST", 3)
        stories = [make_article(headline="Kestrel", published_at=NOON + timedelta(days=day)) for day in range(4)]
        assert module.find(parse("kestrel")) == Found([story.pk for story in stories[:0:-1]], is_capped=True)
        acts.withdraw(stories[0], by=edie(), reason="Taken back.")
        assert not module.find(parse("kestrel")).is_capped

    def test_forged_cursor_has_no_page(self) -> None:
        query = parse("kestrel")
        with pytest.raises(Http404):
            results_page(query, Limits(), "forged")


class HitsTests:
    def test_headline_and_the_passage_of_the_text(self) -> None:
        make_article(headline="Dish moves to India", standfirst="", body="First.\n\nThe assembly in India opens.")
        hits = find("india assembl")[0].hits
        assert show(hits.headline) == "Dish moves to [India]"
        assert show(hits.passage) == "The [assembly] in [India] opens."

    def test_accents_stay(self) -> None:
        make_article(headline="Un café à São Paulo", standfirst="", body="Body.")
        assert show(find("cafe sao")[0].hits.headline) == "Un [café] à [São] Paulo"

    def test_words_between_signs_are_marked_alone(self) -> None:
        make_article(headline="Live: AC/DC, 24/7 (again)", standfirst="", body="Body.")
        assert show(find("dc again")[0].hits.headline) == "Live: AC/[DC], 24/7 ([again])"

    def test_passage_of_a_bullet_where_the_text_has_no_hit(self) -> None:
        make_article(headline="Dish", standfirst="", body="Body.", bullets=["One.", "Forty homes."])
        assert show(find("homes")[0].hits.passage) == "Forty [homes]."

    def test_line_under_the_headline_where_only_that_has_a_hit(self) -> None:
        make_article(headline="Dish", standfirst="Flat and wide.", body="Body.", bullets=[])
        assert show(find("dish")[0].hits.passage) == "Flat and wide."

    def test_markup_stays_text(self) -> None:
        make_article(headline="The <mark> of <script>", standfirst="", body="Body.", bullets=[])
        assert show(find("script")[0].hits.headline) == "The <mark> of <[script]>"

    def test_delimiters_in_a_text_do_no_harm(self) -> None:
        make_article(headline="A \ue001dish\ue000 flat", standfirst="", body="Body.", bullets=[])
        assert "[dish]" in show(find("dish")[0].hits.headline)


class AnyInputTests(TestCase):
    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(
        st.text(
            alphabet=st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from("\"'*()|&!:<->\\%\0ab ")),
            min_size=1,
            max_size=80,
        )
    )
    def test_no_input_is_an_error(self, typed: str) -> None:
        make_article(headline=typed.replace("\0", "") + ".", body="Body.", bullets=[])
        query = parse(typed)
        if query.terms:
            assert all(result.hits.headline for result in results_page(query, Limits(), "")[0])
