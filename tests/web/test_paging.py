"""Lists page by page: every row once, whatever stands in the address."""

import base64
import json
from datetime import timedelta
from typing import Any

import pytest
from django.http import Http404
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from articles.catalogue.models import Article, Topic
from articles.web.paging import cursor_of, moment_of, page_by_key
from tests.world import NOON


def walk(rows: Any, order_by: str, size: int) -> list[list[Any]]:
    """Every page of a list, from the first to the last."""
    pages, cursor = [], ""
    while True:
        page = page_by_key(rows, order_by=order_by, cursor=cursor, size=size)
        pages.append(list(page.rows))
        cursor = page.next_cursor
        if not cursor:
            return pages


def forge(*key: Any) -> str:
    """A cursor of this form that no list has handed out."""
    return base64.urlsafe_b64encode(json.dumps(key).encode()).decode().rstrip("=")


def make_stories(hours: list[int]) -> None:
    Article.objects.bulk_create(
        Article(slug=f"s{n}", headline="S", published_at=NOON - timedelta(hours=hour)) for n, hour in enumerate(hours)
    )


class EveryRowOnceTests(TestCase):
    @settings(max_examples=40, deadline=None)
    @given(hours=st.lists(st.integers(0, 3), max_size=12), size=st.integers(1, 5))
    def test_newest_first_with_ties(self, hours: list[int], size: int) -> None:
        make_stories(hours)
        pages = walk(Article.objects.all(), "-listed_at", size)
        assert [row for page in pages for row in page] == list(Article.objects.order_by("-listed_at", "-pk"))
        assert all(len(page) == size for page in pages[:-1])
        assert pages[-1] or not hours

    @settings(max_examples=40, deadline=None)
    @given(names=st.sets(st.text(alphabet="aäb -字'\\%", min_size=1, max_size=3), max_size=12), size=st.integers(1, 5))
    def test_by_name(self, names: set[str], size: int) -> None:
        Topic.objects.bulk_create(Topic(name=name, slug=f"t{n}") for n, name in enumerate(sorted(names)))
        found = [row for page in walk(Topic.objects.all(), "name", size) for row in page]
        assert found == list(Topic.objects.order_by("name", "pk"))
        assert len(found) == len(names)


@pytest.mark.django_db
class PageByKeyTests:
    def test_row_that_is_added_meanwhile_repeats_none(self) -> None:
        make_stories([1, 2, 3])
        first = page_by_key(Article.objects.all(), order_by="-listed_at", size=2)
        Article.objects.create(slug="new", headline="S", published_at=NOON)
        second = page_by_key(Article.objects.all(), order_by="-listed_at", cursor=first.next_cursor, size=2)
        assert [row.slug for row in [*first.rows, *second.rows]] == ["s0", "s1", "s2"]

    def test_cursor_of_a_row_that_is_gone_still_leads_on(self) -> None:
        make_stories([1, 2, 3])
        first = page_by_key(Article.objects.all(), order_by="-listed_at", size=2)
        first.rows[-1].delete()
        second = page_by_key(Article.objects.all(), order_by="-listed_at", cursor=first.next_cursor)
        assert [row.slug for row in second.rows] == ["s2"]

    def test_cursor_says_nothing_but_key_and_number(self) -> None:
        make_stories([0])
        story = Article.objects.get()
        cursor = cursor_of(story, "listed_at")
        assert json.loads(base64.urlsafe_b64decode(cursor + "==")) == ["2026-11-20T12:00:00+00:00", story.pk]

    @pytest.mark.parametrize(
        "cursor",
        [
            "forged",
            "é",
            forge(),
            forge("2026-11-20T12:00:00+00:00"),
            forge("2026-11-20T12:00:00+00:00", 1, 2),
            forge(None, 1),
            forge("2026-11-20T12:00:00+00:00", None),
            forge("soon", 1),
            forge("2026-11-20T12:00:00", 1),
            forge("2026-11-20", 1),
            forge("0001-01-01T00:00:00+23:00", 1),
            forge("9999-12-31T23:00:00-23:00", 1),
            forge("2026-11-20T12:00:00+00:00", "x"),
            forge({"a": 1}, [2]),
            forge(5, 1),
        ],
    )
    def test_forged_cursor_has_no_page(self, cursor: str) -> None:
        with pytest.raises(Http404):
            page_by_key(Article.objects.all(), order_by="-listed_at", cursor=cursor)

    @pytest.mark.parametrize("name", ["a\0b", "\ud800"])
    def test_name_that_no_database_holds_has_no_page(self, name: str) -> None:
        with pytest.raises(Http404):
            page_by_key(Topic.objects.all(), order_by="name", cursor=forge(name, 1))


class ForgedCursorTests(TestCase):
    @settings(max_examples=200, deadline=None)
    @given(
        cursor=st.one_of(
            st.text(max_size=40),
            st.binary(max_size=40).map(lambda raw: base64.urlsafe_b64encode(raw).decode()),
            st.builds(forge, st.one_of(st.text(), st.datetimes().map(str), st.none(), st.floats()), st.integers()),
            st.builds(forge, st.datetimes(timezones=st.timezones()).map(lambda at: at.isoformat()), st.integers()),
            st.builds(forge, st.lists(st.integers()), st.floats()),
        )
    )
    def test_any_cursor_is_a_page_or_not_found(self, cursor: str) -> None:
        for rows, order_by in ((Article.objects.all(), "-listed_at"), (Topic.objects.all(), "name")):
            try:
                page = page_by_key(rows, order_by=order_by, cursor=cursor)
            except Http404:
                continue
            assert page.rows == []


class MomentOfTests:
    @pytest.mark.parametrize("raw", ["2026-11-20T12:00:00+00:00", "2026-11-20T12:00:00Z", "2026-11-20 13:00:00+01:00"])
    def test_any_way_of_writing_that_is_accepted_as_a_key_can_be_read(self, raw: str) -> None:
        assert moment_of(forge(raw, 1)) == NOON
