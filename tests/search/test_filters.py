"""The filters beside the results."""

from datetime import UTC, date, datetime

import pytest

from articles.catalogue.facets import facet_at
from articles.catalogue.models import Article
from articles.search.filters import Choices, Filters, choices_among, read_filters
from articles.search.query import Found, find
from articles.search.terms import parse
from tests.world import make_article, make_review

pytestmark = pytest.mark.django_db


def read(**given: str) -> Filters:
    return read_filters({name.rstrip("_"): value for name, value in given.items()}, Choices([], []))


def passing(filters: Filters) -> set[str]:
    found = find(parse("kestrel"), filters.limits)
    return set(Article.objects.filter(pk__in=found.keys).values_list("headline", flat=True))


class ReadFiltersTests:
    def test_nothing_given_is_no_filter(self) -> None:
        assert read() == Filters()
        assert not read(kind="", topic="", source="", from_="", to="")

    def test_what_is_known_is_taken(self) -> None:
        make_article(topics=["Phones"], sources=["SCMP"])
        filters = read(kind="review", topic="phones", source="scmp", from_="2026-11-01", to="2026-11-30")
        assert filters == Filters(
            "review",
            facet_at("topic", "phones"),
            facet_at("source", "scmp"),
            date(2026, 11, 1),
            date(2026, 11, 30),
        )
        assert filters

    @pytest.mark.parametrize(
        ("name", "value", "note"),
        [
            ("kind", "poem", "We don’t know the kind “poem”, so it is left out."),
            ("topic", "x", "We don’t know the topic “x”, so it is left out."),
            ("source", "y" * 100, f"We don’t know the source “{'y' * 60}…”, so it is left out."),
            ("from", "yesterday", "We can’t read the date “yesterday”, so it is left out."),
            ("to", "2026-02-30", "We can’t read the date “2026-02-30”, so it is left out."),
            ("to", "0001-01-01", "We can’t read the date “0001-01-01”, so it is left out."),
            ("from", "9999-12-31", "We can’t read the date “9999-12-31”, so it is left out."),
            ("topic", "a\0b", "We don’t know the topic “a\0b”, so it is left out."),
        ],
    )
    def test_what_is_not_is_left_out_and_said_to_be(self, name: str, value: str, note: str) -> None:
        filters = read_filters({name: value}, Choices([], []))
        assert filters == Filters(notes=(note,))
        assert not filters

    def test_days_the_wrong_way_round_are_swapped(self) -> None:
        filters = read(from_="2026-11-30", to="2026-11-01")
        assert (filters.since, filters.until) == (date(2026, 11, 1), date(2026, 11, 30))
        assert filters.notes == ("The first day was later than the last, so we swapped them.",)

    def test_chosen_topic_without_stories_found_is_still_offered(self) -> None:
        make_article(topics=["Phones"])
        choices = choices_among(Found([]))
        assert choices == Choices([], [])
        assert read_filters({"topic": "phones"}, choices).topic == facet_at("topic", "phones")
        assert choices.topics == [facet_at("topic", "phones")]


class ApplyTests:
    def test_kind_topic_and_source(self) -> None:
        make_article(headline="News", topics=["Phones", "Energy"], sources=["SCMP", "Nordlys Tech"])
        make_review(headline="Review", topics=["Keyboards"], sources=["Open Circuit"])
        assert passing(read(kind="review")) == {"Review"}
        assert passing(read(kind="news")) == {"News"}
        assert passing(read(topic="energy")) == {"News"}
        assert passing(read(source="open-circuit")) == {"Review"}
        assert passing(read(topic="energy", source="open-circuit")) == set()

    def test_both_days_count_whole(self) -> None:
        for hour, headline in ((0, "First minute"), (23, "Last hour")):
            make_article(headline=headline, published_at=datetime(2026, 11, 20, hour, 0, tzinfo=UTC))
        make_article(headline="Before", published_at=datetime(2026, 11, 19, 23, 59, 59, tzinfo=UTC))
        make_article(headline="After", published_at=datetime(2026, 11, 21, 0, 0, tzinfo=UTC))
        assert passing(read(from_="2026-11-20", to="2026-11-20")) == {"First minute", "Last hour"}
        assert passing(read(from_="2026-11-20")) == {"First minute", "Last hour", "After"}
        assert passing(read(to="2026-11-19")) == {"Before"}

    def test_days_are_those_of_the_site(self, settings: object) -> None:
        settings.TIME_ZONE = "Asia/Tokyo"  # type: ignore[attr-defined]
        make_article(headline="Evening", published_at=datetime(2026, 11, 19, 15, 0, tzinfo=UTC))
        assert passing(read(from_="2026-11-20", to="2026-11-20")) == {"Evening"}


class ChoicesTests:
    def test_counts_are_of_the_stories_found(self) -> None:
        make_article(topics=["Phones"], sources=["SCMP"])
        make_article(topics=["Phones", "Energy"], sources=["SCMP", "Nordlys Tech"])
        make_article(topics=["Keyboards"], status="draft")
        choices = choices_among(find(parse("kestrel")))
        assert [(t.name, t.story_count) for t in choices.topics] == [("Phones", 2), ("Energy", 1)]
        assert [(s.name, s.story_count) for s in choices.sources] == [("SCMP", 2), ("Nordlys Tech", 1)]
