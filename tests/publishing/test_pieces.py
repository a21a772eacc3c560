"""What is kept of single stories: as long as nothing changes that readers see of them, whoever changes it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection, transaction
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from articles.catalogue.models import Article, ArticleSource, ArticleTopic, Image, SiteStatement, Source, Topic
from articles.publishing.models import StoryState
from articles.publishing.pieces import Shelf, key_of, pieces_of, shelf
from articles.reading.story_page import make_page, whole_pages
from articles.revisions import acts
from articles.summaries.models import Bullet, Evidence
from tests.publishing.asking import raw_sql
from tests.world import NOON, correct, edie, make_article, make_report, make_review, rita

DISH = "Dish"


def state_of(article: Article) -> int:
    """The number of the story's state; 0 if it never had one that readers saw."""
    if connection.vendor == "postgresql":
        # As at the end of a transaction.
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    return StoryState.objects.filter(article=article).values_list("number", flat=True).first() or 0


@pytest.mark.django_db
class StateTests:
    @pytest.mark.parametrize(
        "change",
        [
            lambda: correct(Article.objects.get(headline=DISH), headline="Bowl"),
            lambda: acts.withdraw(Article.objects.get(headline=DISH), by=edie(), reason="Taken back."),
            lambda: Article.objects.update(is_edited=True),
            lambda: Bullet.objects.update(under_review_at=NOON),
            lambda: Bullet.objects.all().delete(),
            lambda: Evidence.objects.update(exact="else"),
            lambda: Evidence.objects.all().delete(),
            lambda: ArticleTopic.objects.all().delete(),
            lambda: ArticleSource.objects.update(url="https://scmp.example/dish"),
            lambda: Topic.objects.update(name="Wafers"),
            lambda: Source.objects.update(name="SCMP"),
            lambda: SiteStatement.objects.create(text="We sum up."),
            lambda: Image.objects.create(article=Article.objects.get(headline=DISH), credit="Ada Holm"),
            lambda: raw_sql("DELETE FROM articles_articletopic"),
        ],
    )
    def test_whatever_readers_see_of_a_story_counts(self, change: Callable[[], object]) -> None:
        article = make_article(headline=DISH)
        before = state_of(article)
        try:
            with transaction.atomic():
                change()
        except Exception as refusal:
            assert "revision" in str(refusal)  # noqa: PT017
            return
        assert state_of(article) > before > 0

    def test_answered_report_counts_and_a_waiting_one_does_not(self) -> None:
        article = make_article()
        before = state_of(article)
        report = make_report(article)
        assert state_of(article) == before
        report.settle(by=edie(), outcome="no_change", answer="The source says so.")
        assert state_of(article) > before

    def test_other_stories_keep_their_state(self) -> None:
        article, other = (
            make_article(topics=["Chips"], sources=["SCMP"]),
            make_article(topics=["Phones"], sources=["N"]),
        )
        before = state_of(article)
        correct(other, headline="Bowl")
        Topic.objects.filter(name="Phones").update(name="Handsets")
        Source.objects.filter(name="N").update(name="Nordlys")
        assert state_of(article) == before

    def test_what_an_outlets_feed_last_said_does_not_count(self) -> None:
        article = make_article()
        before = state_of(article)
        Source.objects.update(feed_url="https://scmp.example/feed")
        assert state_of(article) == before

    def test_draft_has_none_until_it_is_published(self) -> None:
        article = make_article(status="draft", bullets=[])
        before = state_of(article)
        acts.publish(article, by=edie())
        assert state_of(article) > before

    def test_state_that_was_lost_comes_back(self) -> None:
        article = make_article()
        StoryState.objects.all().delete()
        Article.objects.update(is_edited=True)
        assert state_of(article) > 0


@dataclass
class Told:
    """A story in a state, without a database."""

    pk: int
    state_number: int | None = 1


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As if no transaction of a test were open."""
    monkeypatch.setattr("articles.publishing.pieces.is_settled", lambda: True)
    shelf.clear()
    yield
    shelf.clear()


@pytest.mark.usefixtures("settled")
class PiecesOfTests:
    loaded: list[list[int]]

    def load(self, keys: list[int]) -> Mapping[int, str]:
        """Stories called by their keys; number 9 has gone."""
        self.loaded.append(keys)
        return {key: f"story {key}" for key in keys if key != 9}

    def pieces(self, *stories: Told, name: str = "row") -> list[tuple[str] | None]:
        return pieces_of(stories, [name] * len(stories), self.load, lambda name, story: (f"{name} of {story}",))

    @pytest.fixture(autouse=True)
    def nothing_loaded(self) -> None:
        self.loaded = []

    def test_made_once_for_a_state(self) -> None:
        first = self.pieces(Told(1), Told(2))
        assert first == [("row of story 1",), ("row of story 2",)]
        assert self.pieces(Told(2), Told(1), Told(3)) == [first[1], first[0], ("row of story 3",)]
        assert self.loaded == [[1, 2], [3]]

    def test_another_state_or_name_is_another_piece(self) -> None:
        self.pieces(Told(1))
        self.pieces(Told(1, state_number=2))
        self.pieces(Told(1), name="page")
        assert self.loaded == [[1]] * 3

    def test_story_without_a_state_is_not_kept(self) -> None:
        self.pieces(Told(1, None))
        self.pieces(Told(1, None))
        assert self.loaded == [[1]] * 2

    def test_story_that_has_gone_has_none_and_none_is_kept(self) -> None:
        assert self.pieces(Told(9), Told(1)) == [None, ("row of story 1",)]
        self.pieces(Told(9))
        assert self.loaded == [[9, 1], [9]]

    def test_nothing_asked_loads_nothing(self) -> None:
        assert self.pieces() == []
        assert self.loaded == []

    def test_next_day_and_another_language_are_others(self) -> None:
        keys = {key_of(Told(1), "row")}
        with translation.override("ar"):
            keys.add(key_of(Told(1), "row"))
        with time_machine.travel(datetime.now(tz=UTC) + timedelta(days=1)):
            keys.add(key_of(Told(1), "row"))
        assert len(keys) == 3


class ShelfTests:
    def test_longest_unused_go_first(self) -> None:
        kept = Shelf(max_characters=10)
        for name in ("a", "b", "c"):
            kept.put(name, (name * 4, 7))
            kept.get("a")
        assert [kept.get(name) for name in ("a", "b", "c")] == [("aaaa", 7), None, ("cccc", 7)]
        assert kept.characters == 8

    def test_first_that_was_made_stays(self) -> None:
        kept = Shelf(max_characters=10)
        kept.put("a", ("first",))
        kept.put("a", ("second",))
        assert kept.get("a") == ("first",)
        assert kept.characters == 5

    def test_what_is_larger_than_all_is_not_kept(self) -> None:
        kept = Shelf(max_characters=3)
        kept.put("a", ("long",))
        assert kept.get("a") is None
        assert kept.characters == 0


@pytest.mark.django_db(transaction=True)
class KeptPagesTests:
    """Pages are put together from what is kept: each takes as many queries as it has lists."""

    @pytest.fixture(autouse=True)
    def empty_shelf(self) -> None:
        shelf.clear()

    @pytest.mark.parametrize(
        ("path", "queries"),
        [
            ("/", 4),
            ("/articles/dish/", 2),
            ("/reviews/", 1),
            ("/feed.rss", 1),
            ("/saved/?story=dish", 2),
        ],
    )
    def test_queries(self, path: str, queries: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
        make_article(headline=DISH)
        for number in range(5):
            make_article(headline=f"Bowl {number}")
        make_review()
        first = rita().get(path).content
        with django_assert_num_queries(queries):
            assert rita().get(path).content == first

    def test_change_of_one_story_makes_its_pieces_anew_alone(
        self, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        dish, bowl = make_article(headline=DISH), make_article(headline="Bowl")
        before = rita().get(bowl.get_absolute_url()).content
        correct(dish, headline="Plate")
        assert b">Plate</h1>" in rita().get(dish.get_absolute_url()).content
        assert b">Plate</a>" in rita().get("/").content
        with django_assert_num_queries(2 + 3):
            after = rita().get(bowl.get_absolute_url()).content
        assert b">Plate</a>" in after
        assert after.partition(b'<section class="after next"')[0] == before.partition(b'<section class="after next"')[0]

    def test_what_a_transaction_shows_is_not_kept(self) -> None:
        article = make_article(headline=DISH)
        with transaction.atomic():
            Article.objects.update(is_edited=True)
            assert b"[Edited]" in rita().get(article.get_absolute_url()).content
            transaction.set_rollback(True)
        assert b"[Edited]" not in rita().get(article.get_absolute_url()).content


@pytest.mark.django_db
class PageTests:
    def test_page_that_its_story_has_left_is_not_found(self, monkeypatch: pytest.MonkeyPatch) -> None:
        article = make_article()
        monkeypatch.setattr("articles.reading.views.whole_pages", lambda _keys: {})
        assert rita().get(article.get_absolute_url()).status_code == 404

    def test_review_says_where_it_belongs(self) -> None:
        review = make_review()
        assert make_page("page", whole_pages([review.pk])[review.pk]).section == "reviews"
