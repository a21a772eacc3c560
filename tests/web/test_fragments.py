"""Pieces of pages: rendered once for what they show, and never taken for others."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.template import Context, Template
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from articles.catalogue.models import Article, ArticleTopic, Source, Topic
from articles.search.query import Hits
from articles.summaries.models import Bullet, visible_points
from articles.web import fragments
from articles.web.fragments import content_of, render_piece
from tests.world import correct, make_article, make_review

pytestmark = pytest.mark.django_db

ROW = "components/_story.html"


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    fragments.forget()


def row() -> Article:
    """The one story, with all that its row shows."""
    return Article.objects.for_lists().prefetch_related(visible_points()).get()


def renderings() -> int:
    """How many pieces have been rendered."""
    return fragments._kept.cache_info().misses


class PieceTests:
    def test_same_story_read_anew_is_rendered_once(self, django_assert_num_queries: DjangoAssertNumQueries) -> None:
        make_article()
        first, again = render_piece(ROW, {"article": row()}), row()
        with django_assert_num_queries(0):
            assert render_piece(ROW, {"article": again}) == first
        assert renderings() == 1

    @pytest.mark.parametrize(
        "change",
        [
            lambda: correct(Article.objects.get(), headline="Bowl"),
            lambda: correct(Article.objects.get(), standfirst="Deep."),
            lambda: Article.objects.update(slug="bowl"),
            lambda: Topic.objects.update(name="Wafers"),
            lambda: Topic.objects.update(slug="wafers"),
            lambda: Source.objects.update(name="SCMP"),
            lambda: ArticleTopic.objects.all().delete(),
            lambda: Bullet.objects.all().delete(),
        ],
    )
    def test_whatever_changes_shows(self, change: Any) -> None:
        make_article()
        before = render_piece(ROW, {"article": row()})
        change()
        assert render_piece(ROW, {"article": row()}) != before

    def test_score_of_a_review_shows(self) -> None:
        review = make_review()
        before = render_piece(ROW, {"article": row()})
        review.review.score = Decimal("3.0")
        review.review.save()
        assert render_piece(ROW, {"article": row()}) != before

    def test_other_values_are_another_piece(self) -> None:
        make_article()
        hits = Hits([("Kestrel", True)], [("a station", False)])
        shown = {render_piece(ROW, {"article": row(), **more}) for more in ({}, {"by_day": True}, {"hits": hits})}
        assert len(shown) == 3

    def test_year_shows_when_it_is_over(self) -> None:
        make_article(published_at=datetime(2026, 12, 31, tzinfo=UTC))
        with time_machine.travel(datetime(2026, 12, 31, tzinfo=UTC)):
            assert "31 Dec<" in render_piece(ROW, {"article": row()})
        with time_machine.travel(datetime(2027, 1, 1, tzinfo=UTC)):
            assert "31 Dec 2026<" in render_piece(ROW, {"article": row()})

    def test_each_language_has_its_own(self) -> None:
        make_article(published_at=datetime(2026, 12, 31, tzinfo=UTC))
        with translation.override("de"):
            assert "31 Dez" in render_piece(ROW, {"article": row()})
        with translation.override("en"):
            assert "31 Dec" in render_piece(ROW, {"article": row()})

    def test_piece_that_looks_something_up_is_not_kept(self) -> None:
        make_article()
        plain = Article.objects.get()
        assert "Networks" in render_piece(ROW, {"article": plain})
        Topic.objects.update(name="Wafers")
        assert "Wafers" in render_piece(ROW, {"article": Article.objects.get()})

    def test_tag_gives_the_piece_what_it_names_and_nothing_else(self) -> None:
        make_article()
        template = Template('{% load newsroom %}{% piece "components/_story.html" article=story %}')
        html = template.render(Context({"story": row(), "by_day": True, "hits": Hits([("x", True)], [])}))
        assert html == render_piece(ROW, {"article": row()})


class ContentTests:
    def test_story_that_its_topics_lead_back_to_ends_there(self) -> None:
        make_article()
        stories = Article.objects.prefetch_related("article_topics")
        assert content_of(stories.get()) == content_of(stories.get())
        assert hash(content_of(stories.get()))

    def test_lists_and_mappings_compare_by_what_they_hold(self) -> None:
        assert content_of({"a": [1, {"b": (2,)}]}) == content_of({"a": [1, {"b": (2,)}]})
        assert content_of({"a": [1]}) != content_of({"a": [2]})
        assert content_of([1, 2]) != content_of([2, 1])
