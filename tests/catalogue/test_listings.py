"""The lists of topics and outlets, and their counts: kept by the database alone, whoever writes."""

import threading
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, connections, transaction
from django.db.models import Sum
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from articles.catalogue import listings
from articles.catalogue.models import Article, ArticleSource, ArticleTopic, Listing, Source, StoryCount, Topic
from articles.revisions import acts
from articles.revisions.guards import PREFIX as RECORD
from articles.web import triggers
from articles.web.paging import page_by_key
from tests.world import NOON, edie, make_article

# ruff: noqa: ARG005 (every door gets the story and a topic, whatever it needs)

List = tuple[int, int]


def lists_by_query() -> dict[List, list[int]]:
    """The stories of every list, newest first, found without the triggers' help."""
    found: dict[List, list[int]] = {}
    for story in Article.objects.published().order_by("-listed_at", "-pk"):
        topics = {0, *ArticleTopic.objects.filter(article=story).values_list("topic", flat=True)}
        filed = ArticleSource.objects.filter(article=story).exclude(role="also")
        for source in {0, *filed.values_list("source", flat=True)}:
            for topic in topics:
                found.setdefault((topic, source), []).append(story.pk)
    return found


def lists_kept() -> dict[List, list[int]]:
    """The same, as the triggers keep them."""
    found: dict[List, list[int]] = {}
    for row in Listing.objects.order_by("-listed_at", "-article_id"):
        found.setdefault((row.topic_id, row.source_id), []).append(row.article_id)
    return found


def counts_kept() -> dict[List, int]:
    """How many stories each list has, by the counts."""
    counted = StoryCount.objects.values_list("topic_id", "source_id").annotate(total=Sum("stories"))
    return {(topic, source): total for topic, source, total in counted if total}


def check() -> None:
    """Nothing may differ from what a query says."""
    wanted = lists_by_query()
    assert lists_kept() == wanted
    assert counts_kept() == {key: len(stories) for key, stories in wanted.items()}


def unrecorded() -> Article:
    """A published story in a topic that no version stands for, written at once."""
    story = Article(slug="unrecorded", headline="One", status="published", is_from_archive=True)
    Article.objects.bulk_create([story])
    ArticleTopic.objects.bulk_create([ArticleTopic(article=story, topic=Topic.objects.named("Chips"))])
    return story


def sql(text: str, *values: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(text, values)


@pytest.mark.django_db
class DoorTests:
    def test_story_is_in_the_lists_of_its_topics_and_of_the_outlets_it_rests_on(self) -> None:
        story = make_article(topics=["Chips", "Phones"], sources=["SCMP", ("SCMP", "https://scmp.example/2")])
        chips, phones = (Topic.objects.get(name=name).pk for name in ("Chips", "Phones"))
        scmp = Source.objects.get(name="SCMP").pk
        assert set(lists_kept()) == {(topic, source) for topic in (0, chips, phones) for source in (0, scmp)}
        assert set(counts_kept().values()) == {1}
        assert Listing.objects.filter(article=story).count() == 6

    def test_report_of_the_same_event_makes_no_list(self) -> None:
        make_article(sources=["SCMP"])
        ArticleSource.objects.update(role="also")
        assert {source for _, source in lists_kept()} == {0}
        check()

    @pytest.mark.parametrize("status", ["draft", "in_review", "withdrawn"])
    def test_story_that_is_not_published_is_in_none(self, status: str) -> None:
        make_article(status=status)
        assert (lists_kept(), counts_kept()) == ({}, {})

    def test_publishing_withdrawing_and_sealing(self) -> None:
        story = make_article(status="draft")
        acts.publish(story, by=edie())
        check()
        assert sum(counts_kept().values()) == 4
        acts.withdraw(story, by=edie(), reason="Its source has taken it back.")
        assert counts_kept() == {}

    def test_story_that_moves_in_time_moves_in_its_lists(self) -> None:
        first, second = make_article(), make_article()
        Article.objects.filter(pk=second.pk).update(published_at=NOON - timedelta(days=3))
        assert lists_kept()[0, 0] == [first.pk, second.pk]
        Article.objects.filter(pk=second.pk).update(published_at=NOON + timedelta(days=3000))
        assert lists_kept()[0, 0] == [second.pk, first.pk]

    @pytest.mark.parametrize(
        "door",
        [
            lambda story, other: ArticleTopic.objects.filter(article=story).update(topic=other),
            lambda story, other: ArticleTopic.objects.filter(article=story).delete(),
            lambda story, other: story.topics.clear(),
            lambda story, other: story.topics.set([other]),
            lambda story, other: story.topics.add(other),
            lambda story, other: ArticleTopic.objects.bulk_create([ArticleTopic(article=story, topic=other)]),
            lambda story, other: sql("UPDATE articles_articletopic SET topic_id = %s", other.pk),
            lambda story, other: sql("DELETE FROM articles_articletopic"),
            lambda story, other: ArticleSource.objects.filter(article=story).delete(),
            lambda story, other: ArticleSource.objects.filter(article=story).update(role="additional"),
            lambda story, other: (
                ArticleSource.objects.filter(article=story)
                .filter(position=1)
                .update(source=Source.objects.named("New"))
            ),
            lambda story, other: sql("DELETE FROM articles_articlesource"),
            lambda story, other: ArticleTopic.objects.update(article=make_article(topics=[])),
        ],
    )
    def test_topics_and_sources_changed_by_any_door(self, door: Callable[[Article, Topic], object]) -> None:
        story = make_article(topics=["Chips"], sources=["SCMP", "Harbour Wire"])
        door(story, Topic.objects.named("Phones"))
        check()

    @pytest.mark.usefixtures("unguarded")
    @pytest.mark.parametrize(
        "door",
        [
            lambda: Article.objects.update(status="withdrawn"),
            lambda: Article.objects.filter(slug=unrecorded().slug).delete(),
            lambda: sql("UPDATE articles_article SET status = 'draft'"),
            unrecorded,
            lambda: Article.objects.filter(published_at=NOON).update(published_at=None, is_from_archive=True),
        ],
    )
    def test_stories_changed_past_every_verb(self, door: Callable[[], object]) -> None:
        make_article()
        make_article(status="draft", topics=["Chips"])
        door()
        check()

    def test_samples_are_removed(self) -> None:
        make_article(is_sample=True)
        kept = make_article()
        acts.remove_samples()
        assert lists_kept()[0, 0] == [kept.pk]
        check()

    def test_what_is_rolled_back_never_was(self) -> None:
        make_article()
        with transaction.atomic():
            make_article(topics=["Chips"])
            transaction.set_rollback(True)
        check()
        assert counts_kept()[0, 0] == 1

    @pytest.mark.usefixtures("unguarded")
    def test_tables_emptied_at_once(self) -> None:
        if connection.vendor == "sqlite":
            pytest.skip("SQLite has no TRUNCATE")
        make_article()
        sql("SET CONSTRAINTS ALL IMMEDIATE")
        sql("TRUNCATE articles_articletopic")
        check()
        assert {topic for topic, _ in lists_kept()} == {0}
        sql("TRUNCATE articles_article CASCADE")
        assert (lists_kept(), counts_kept()) == ({}, {})


class AnyOrderTests(TestCase):
    """Acts in any order, by any door, leave what a query finds."""

    @settings(max_examples=25)
    @given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 3), st.integers(0, 2)), max_size=12))
    def test_lists_and_counts_are_what_a_query_finds(self, steps: list[tuple[int, int, int]]) -> None:
        triggers.uninstall(connection, RECORD)
        stories = [make_article(status="draft", topics=[], sources=[]) for _ in range(4)]
        topics = [Topic.objects.named(name) for name in ("Chips", "Phones", "Networks")]
        sources = [Source.objects.named(name) for name in ("SCMP", "Harbour Wire", "Nordlys Tech")]
        for act, number, label in steps:
            story, topic, source = stories[number], topics[label], sources[label]
            self.take(act, story, topic, source)
        check()
        self.hold_pages_against(lists_by_query())

    def take(self, act: int, story: Article, topic: Topic, source: Source) -> None:
        same = Article.objects.filter(pk=story.pk)
        doors: list[Callable[[], Any]] = [
            lambda: same.update(status="published"),
            lambda: same.update(status="withdrawn"),
            lambda: story.topics.add(topic),
            lambda: story.topics.remove(topic),
            lambda: ArticleSource.objects.create(
                article=story, source=source, url=f"https://a.example/{story.article_sources.count()}-{source.pk}"
            ),
            lambda: ArticleSource.objects.filter(article=story, source=source).delete(),
            lambda: same.update(published_at=NOON - timedelta(days=source.pk)),
            lambda: ArticleSource.objects.filter(article=story).update(role="also"),
        ]
        doors[act]()

    def hold_pages_against(self, lists: dict[List, list[int]]) -> None:
        for (topic, source), keys in lists.items():
            seen, cursor = [], ""
            while True:
                stories = Article.objects.listed(topic=topic, source=source)
                page = page_by_key(stories, order_by="-listed_at", cursor=cursor, size=2, place="place_")
                seen += [story.pk for story in page.rows]
                cursor = page.next_cursor
                if not cursor:
                    break
            assert seen == keys
        by_topic = Counter({topic: len(keys) for (topic, source), keys in lists.items() if topic and not source})
        assert {topic.pk: topic.story_count for topic in Topic.objects.with_stories()} == by_topic


@pytest.mark.django_db
class MendingTests:
    def test_command_fills_lists_whose_triggers_were_lost(self) -> None:
        triggers.uninstall(connection, listings.PREFIX)
        make_article()
        assert lists_kept() == {}
        assert triggers.differing(connection)
        call_command("install_triggers", verbosity=0)
        assert lists_kept()
        check()

    def test_filling_puts_wrong_counts_right(self) -> None:
        make_article()
        StoryCount.objects.update(stories=7)
        Listing.objects.filter(source_id=0).delete()
        listings.fill(connection)
        check()

    def test_filling_what_is_right_changes_nothing(self) -> None:
        make_article()
        before = lists_kept(), counts_kept()
        listings.fill(connection)
        assert (lists_kept(), counts_kept()) == before


@pytest.mark.django_db(transaction=True)
class TransactionTests:
    """Writers at the same time, on PostgreSQL; SQLite lets one write at a time."""

    @pytest.fixture(autouse=True)
    def postgres_only(self) -> None:
        if connection.vendor == "sqlite":
            pytest.skip("SQLite lets one transaction write at a time")

    def test_each_list_has_one_count_after_a_transaction(self) -> None:
        for _ in range(3):
            with transaction.atomic():
                make_article()
        check()
        assert StoryCount.objects.count() == len(counts_kept())

    def test_writers_of_different_stories_do_not_wait_and_both_count(self) -> None:
        first, second = make_article(status="draft"), make_article()
        topic = Topic.objects.named("Networks")
        ArticleTopic.objects.all().delete()
        with transaction.atomic():
            acts.publish(first, by=edie())
            file_elsewhere(second, topic, patience="2s")
        check()
        acts.withdraw(second, by=edie(), reason="Its source has taken it back.")
        check()
        assert StoryCount.objects.count() == len(counts_kept())

    def test_of_two_writers_of_a_story_the_second_sees_what_the_first_wrote(self) -> None:
        story, topic = make_article(status="draft", topics=[]), Topic.objects.named("Chips")
        writer = threading.Thread(target=file_elsewhere, args=(story, topic), kwargs={"patience": "20s"})
        with transaction.atomic():
            acts.publish(story, by=edie())
            writer.start()
            writer.join(0.5)
            assert writer.is_alive()
        writer.join()
        check()
        assert (topic.pk, 0) in lists_kept()


def file_elsewhere(story: Article, topic: Topic, *, patience: str) -> None:
    """File a story under a topic on a connection of its own, waiting no longer than ``patience``."""
    other = connections.create_connection("default")
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT set_config('lock_timeout', %s, false)", [patience])
            cursor.execute(
                "INSERT INTO articles_articletopic (article_id, topic_id, position) VALUES (%s, %s, 1)",
                [story.pk, topic.pk],
            )
    finally:
        other.close()
