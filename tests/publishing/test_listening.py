"""The generation on PostgreSQL: heard of within moments, and not believed after a silence."""

import time
from collections.abc import Callable, Iterator

import pytest
from django.db import connection

if connection.vendor != "postgresql":
    pytest.skip("PostgreSQL alone tells its listeners", allow_module_level=True)

from articles.catalogue.models import Topic
from articles.publishing.generation import Row, begin
from articles.publishing.listening import POLL, TRUST, ChannelWatch
from articles.publishing.models import Generation
from articles.publishing.site import watch as watch_of_site
from tests.publishing.asking import raw_sql

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def watch() -> Iterator[ChannelWatch]:
    begin()
    watch = watch_of_site()
    assert isinstance(watch, ChannelWatch)
    soon(lambda: watch.read() is not None)
    yield watch
    watch.close()


def soon(is_so: Callable[[], bool], seconds: float = 10) -> float:
    """Wait until something is so; how many seconds that took."""
    start = time.monotonic()
    while not is_so():
        assert time.monotonic() - start < seconds
        time.sleep(0.001)
    return time.monotonic() - start


def row() -> Row:
    return Generation.objects.values_list("number", "due_at").get()


class ListeningTests:
    def test_commit_is_heard_of_before_the_next_poll(self, watch: ChannelWatch) -> None:
        # Far more often than the polls, of which the first may happen to come just then.
        waits = []
        for number in range(5):
            Topic.objects.create(name=f"Chips {number}", slug=f"chips-{number}")
            waits.append(soon(lambda: watch.read() == row()))
        assert min(waits) < POLL / 2

    def test_lost_notification_is_made_up_for_within_a_second(self, watch: ChannelWatch) -> None:
        raw_sql("UPDATE articles_generation SET number = number + 1")
        assert soon(lambda: watch.read() == row()) < POLL + 1

    def test_what_this_process_commits_is_known_at_once(self, watch: ChannelWatch) -> None:
        for number in range(20):
            Topic.objects.create(name=f"Chips {number}", slug=f"chips-{number}")
            watch.doubt()
            assert watch.read() == row()

    def test_nothing_is_believed_after_a_silence(self, watch: ChannelWatch) -> None:
        watch.close()
        soon(lambda: watch.read() is None, TRUST + 1)

    def test_nothing_is_believed_while_the_database_does_not_answer(
        self, watch: ChannelWatch, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("articles.publishing.listening.READ", "SELECT nothing")
        watch.doubt()
        assert watch.read() is None

    def test_comes_back_after_the_connection_is_lost(self, watch: ChannelWatch) -> None:
        raw_sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query ILIKE '%articles_generation%'"
            " AND pid <> pg_backend_pid() AND datname = current_database()"
        )
        Topic.objects.create(name="Chips", slug="chips")
        soon(lambda: watch.read() == row())
