"""Words weigh what the site's own stories say that they do, once there are enough of them."""

from math import log
from unittest.mock import patch

import pytest
from django.core.management import call_command
from pytest_django import DjangoAssertNumQueries

from articles.catalogue.models import Article
from articles.summaries import word_counts
from articles.summaries.tasks import weigh_words
from articles.summaries.weights import english_weights
from articles.summaries.word_counts import WordCounts, count_words, is_count_due, weights_now
from articles.summaries.words import key_of
from tests.world import make_article

pytestmark = pytest.mark.django_db


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three stories are enough, and are counted two at a time."""
    monkeypatch.setattr(word_counts, "LEAST_STORIES", 3)
    monkeypatch.setattr(word_counts, "BATCH", 2)


def make_stories(*bodies: str) -> list[Article]:
    return [make_article(headline="Dish", standfirst="", body=body, bullets=[]) for body in bodies]


@pytest.mark.usefixtures("few")
class CountTests:
    def test_word_counts_once_for_each_story_that_has_it(self) -> None:
        make_stories("Dishes, dishes. Rockets!", "A rocket.", "Nothing.")
        assert count_words() == 3
        weights = weights_now()
        assert weights.articles == 3
        assert {key: weights.frequencies.get(key_of(key), 0) for key in ("dish", "rocket", "nothing")} == {
            "dish": 3,
            "rocket": 2,
            "nothing": 0,
        }
        assert weights.of(key_of("rocket")) == log(4 / 3) + 1

    def test_drafts_count_too(self) -> None:
        make_stories("One.", "Two.")
        make_article(status="draft", bullets=[])
        assert count_words() == 3

    def test_stopped_count_goes_on_where_it_stopped(self) -> None:
        make_stories("One.", "Two.", "Three.", "Four.", "Five.")
        assert word_counts._count_batch().articles == 2
        assert weights_now() == english_weights()
        with patch.object(word_counts, "_keys", wraps=word_counts._keys) as keys:
            assert count_words() == 5
        assert keys.call_count == 3
        assert weights_now().articles == 5

    def test_empty_site(self) -> None:
        assert count_words() == 0
        assert weights_now() == english_weights()

    def test_count_takes_the_place_of_the_one_before_last(self) -> None:
        make_stories("One.", "Two.", "Three.")
        for _ in range(3):
            count_words()
        make_stories("Four.")
        count_words()
        assert weights_now().articles == 4
        assert list(WordCounts.objects.order_by("pk").values_list("articles", flat=True)) == [3, 4]


@pytest.mark.usefixtures("few")
class WeightsTests:
    def test_row_is_read_once_a_process(self, django_assert_num_queries: DjangoAssertNumQueries) -> None:
        make_stories("One.", "Two.", "Three.")
        count_words()
        weights_now()
        with django_assert_num_queries(1):
            assert weights_now().articles == 3

    def test_few_stories_weigh_as_english_news_does(self) -> None:
        make_stories("One.", "Two.")
        count_words()
        assert weights_now() is english_weights()


@pytest.mark.usefixtures("few")
class DueTests:
    def test_count_is_due_when_there_are_enough_stories_and_when_their_number_changes(self) -> None:
        make_stories("One.", "Two.")
        assert not is_count_due()
        make_stories("Three.")
        assert is_count_due()
        count_words()
        assert not is_count_due()
        make_stories("Four.")
        assert is_count_due()

    def test_count_that_was_stopped_is_due(self) -> None:
        make_stories("One.", "Two.", "Three.")
        word_counts._count_batch()
        assert is_count_due()

    def test_command_says_what_it_did(self, capsys: pytest.CaptureFixture[str]) -> None:
        make_stories("One.", "Two.", "Three.")
        call_command("count_words")
        call_command("count_words", "--if-due")
        assert capsys.readouterr().out == ("Counted the words of 3 stories.\nThe words were counted not long ago.\n")

    def test_worker_counts_what_is_due(self) -> None:
        make_stories("One.", "Two.", "Three.")
        weigh_words.call()
        assert WordCounts.objects.get().articles == 3
        weigh_words.call()
        assert WordCounts.objects.count() == 1
