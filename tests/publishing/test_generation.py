"""The generation: raised by whatever readers can see, whoever changes it."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.db import connection, transaction

from articles.catalogue.models import (
    Article,
    ArticleTopic,
    FormerSlug,
    Image,
    SiteStatement,
    Source,
    Topic,
)
from articles.publishing.generation import Clock, FileWatch, begin, come_due, put_off
from articles.publishing.models import Generation
from articles.publishing.triggers import COLUMNS, PUBLIC
from articles.revisions import acts
from articles.summaries.models import Bullet
from articles.web import triggers
from tests.publishing.asking import generation, raw_sql
from tests.world import correct, edie, make_article, make_report, make_review

# Tables whose rows no page that is kept shows.
PRIVATE = {
    *("articles_feeditem", "articles_importeddocument", "articles_importrun", "articles_likeness"),
    *("articles_likenesskey", "articles_loadedfixture", "articles_original", "articles_possiblerepeat"),
    *("articles_proposedchange", "articles_proposedfield", "articles_proposedcorrection", "articles_upload"),
    *(
        "articles_answertemplate",
        "articles_follower",
    ),
    *(
        "articles_uploadedfile",
        "articles_draftrun",
        "articles_wordcounts",
        "articles_generation",
        "articles_storystate",
    ),
    "django_tasks_database_dbtaskresult",
}


def raises(act: Callable[[], object]) -> bool:
    """Whether ``act`` raises the generation."""
    before = generation()
    act()
    return generation() != before


@pytest.mark.django_db
class TriggerTests:
    def test_every_table_is_known_as_public_or_private(self) -> None:
        tables = {model._meta.db_table for model in apps.get_app_config("articles").get_models()}
        assert tables == PUBLIC.keys() | PRIVATE
        assert not PUBLIC.keys() & PRIVATE

    def test_the_triggers_are_among_those_that_the_site_checks(self) -> None:
        raw_sql("DROP TRIGGER articles_generation_topic_" + ("row ON articles_topic" if is_postgres() else "insert"))
        assert [name for name in triggers.differing(connection) if name.startswith("articles_generation_topic_")]
        triggers.install(connection)
        assert triggers.differing(connection) == []

    @pytest.mark.parametrize(
        "make",
        [
            lambda: Topic.objects.create(name="Chips", slug="chips"),
            lambda: Source.objects.create(name="SCMP", slug="scmp"),
            lambda: SiteStatement.objects.create(text="We sum up."),
            lambda: FormerSlug.objects.create(article=Article.objects.get(), slug="formerly"),
            lambda: Image.objects.create(article=Article.objects.get(), credit="Ada Holm"),
            make_article,
            make_review,
        ],
    )
    def test_what_is_new(self, make: Callable[[], object]) -> None:
        make_article()
        assert raises(make)

    def test_plain_sql_in_every_table(self) -> None:
        story = make_review(bullets=["Kestrel has switched on a second ground station."], is_sample=True)
        correct(story, standfirst="The third in a year.")
        make_report(story).settle(by=edie(), outcome="no_change", answer="It is 40.")
        FormerSlug.objects.create(article=story, slug="formerly")
        Image.objects.create(article=story, credit="Ada Holm")
        SiteStatement.objects.create(text="We sum up.")
        # Nobody changes the record; the rows of samples can be deleted.
        record = ["articles_correction", "articles_revisiontext", "articles_revision"]
        for table in ["articles_report", *record]:
            assert raises(partial(raw_sql, f"DELETE FROM {table}")), table  # noqa: S608
        # Rows that others lean on go last.
        last = ["articles_bullet", "articles_article", "articles_topic", "articles_source"]
        for table in [*(PUBLIC.keys() - {"articles_report", *record} - set(last)), *last]:
            change = "name = name || '!'" if table in COLUMNS else "id = id"
            assert raises(partial(raw_sql, f"UPDATE {table} SET {change}")), table  # noqa: S608
            assert raises(partial(raw_sql, f"DELETE FROM {table}")), table  # noqa: S608

    def test_bulk_updates_and_deletes(self) -> None:
        make_article(topics=["Chips"])
        assert raises(lambda: Topic.objects.update(name="Wafers"))
        assert raises(lambda: Bullet.objects.update(text="Other."))
        assert raises(lambda: ArticleTopic.objects.all().delete())

    def test_every_act_of_publishing(self) -> None:
        story = make_article(status="draft")
        assert raises(lambda: acts.publish(story, by=edie()))
        assert raises(lambda: acts.withdraw(story, by=edie(), reason="Its source has taken it back."))
        assert raises(lambda: acts.publish(story, by=edie()))

    def test_what_no_reader_can_see(self) -> None:
        draft = make_article(status="draft", bullets=[], topics=[], sources=[])
        Bullet.objects.create(article=draft, position=1, text="Not yet.")
        source = Source.objects.create(name="SCMP", slug="scmp")
        now = datetime(2026, 11, 20, tzinfo=UTC)
        assert not raises(lambda: Article.objects.filter(pk=draft.pk).update(headline="Other"))
        assert not raises(lambda: Bullet.objects.update(text="Still not."))
        assert not raises(lambda: source.note_answer("Nothing new.", at=now, next_at=now))
        assert not raises(lambda: Bullet.objects.all().delete())
        assert not raises(draft.delete)

    def test_columns_that_do_not_count_are_those_of_feeds(self) -> None:
        columns = {field.column for field in Source._meta.local_fields}
        hidden = columns - set(COLUMNS["articles_source"])
        assert hidden == {"is_licensed", *(column for column in columns if column.startswith("feed_"))}

    def test_what_is_undone_leaves_no_trace(self) -> None:
        before = generation()
        with transaction.atomic():
            make_article()
            generation()
            transaction.set_rollback(True)
        assert generation() == before

    def test_a_lost_row_comes_back(self) -> None:
        before = generation()
        Generation.objects.all().delete()
        assert generation() is None
        make_article()
        after = generation()
        assert after
        assert before
        assert after > before


@pytest.mark.django_db
class PuttingOffTests:
    """Work in many transactions, as a large import is, makes one new generation every two seconds."""

    @pytest.fixture(autouse=True)
    def clock(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The process's clock stands still where the test sets it; the database's goes on."""
        self.now: float = datetime.now(tz=UTC).timestamp()
        monkeypatch.setattr("articles.publishing.generation.time.time", lambda: self.now)

    def put_off(self) -> None:
        with transaction.atomic(), put_off():
            make_article()
        generation()

    def test_counts_when_it_is_due(self) -> None:
        before = generation()
        self.put_off()
        assert generation() == before
        self.now += 1
        self.put_off()
        assert generation() == before
        self.now += 10
        assert generation() != before

    def test_each_two_seconds_begin_a_generation(self) -> None:
        seen = set()
        for _ in range(3):
            self.put_off()
            raw_sql("UPDATE articles_generation SET due_at = due_at - 5000")
            seen.add(generation())
        assert len(seen) == 3

    def test_a_change_that_is_not_put_off_counts_at_once(self) -> None:
        self.put_off()
        assert raises(lambda: Topic.objects.update(name="Wafers"))

    def test_the_end_of_the_work_counts_at_once(self) -> None:
        self.put_off()
        assert raises(come_due)
        assert not raises(come_due)

    def test_nothing_done_is_nothing_due(self) -> None:
        with transaction.atomic(), put_off():
            Topic.objects.first()
        self.now += 10
        before = generation()
        self.now += 10
        assert generation() == before

    def test_what_fails_is_undone(self) -> None:
        before = generation()
        with transaction.atomic():
            with put_off():
                make_article()
            generation()
            transaction.set_rollback(True)
        self.now += 10
        assert generation() == before


@pytest.mark.django_db
class ClockTests:
    def test_midnight_in_the_site_s_time_zone_begins_a_generation(self, settings: Any) -> None:
        settings.TIME_ZONE = "Europe/Helsinki"
        clock = Clock(Row())
        with time_machine.travel(datetime(2026, 11, 20, 21, 59, 59, tzinfo=UTC), tick=False) as at:
            before = clock.now()
            at.shift(1)
            after = clock.now()
            assert after != before
            at.shift(23 * 60 * 60)
            assert clock.now() == after

    def test_what_no_trigger_sees_can_begin_one(self) -> None:
        assert raises(begin)

    def test_nothing_is_known_without_the_row(self) -> None:
        Generation.objects.all().delete()
        assert generation() is None


class Row:
    """A row that never changes."""

    def read(self) -> tuple[int, int]:
        return (1, 0)

    def doubt(self) -> None: ...


class FileWatchTests:
    """On a file of its own, without Django."""

    @pytest.fixture
    def database(self, tmp_path: Path) -> Iterator[sqlite3.Connection]:
        opened = sqlite3.connect(tmp_path / "news.sqlite3", isolation_level=None)
        opened.execute("PRAGMA journal_mode = WAL")
        opened.execute("CREATE TABLE articles_generation (id INTEGER PRIMARY KEY, number INTEGER, due_at INTEGER)")
        opened.execute("INSERT INTO articles_generation VALUES (1, 5, 0)")
        yield opened
        opened.close()

    @pytest.fixture
    def watch(self, tmp_path: Path, database: sqlite3.Connection) -> FileWatch:
        return FileWatch(str(tmp_path / "news.sqlite3"))

    def test_every_commit_shows_at_once(self, watch: FileWatch, database: sqlite3.Connection) -> None:
        for number in range(6, 500):
            database.execute("UPDATE articles_generation SET number = ?", [number])
            assert watch.read() == watch.read() == (number, 0)

    def test_commit_of_another_thread_shows_at_once(self, watch: FileWatch, tmp_path: Path) -> None:
        def write() -> None:
            other = sqlite3.connect(tmp_path / "news.sqlite3", isolation_level=None)
            other.execute("UPDATE articles_generation SET number = 6")
            other.close()

        assert watch.read() == (5, 0)
        thread = threading.Thread(target=write)
        thread.start()
        thread.join()
        assert watch.read() == (6, 0)

    def test_asks_only_when_something_was_committed(self, watch: FileWatch, monkeypatch: pytest.MonkeyPatch) -> None:
        watch.read()
        watch.read()
        monkeypatch.setattr(watch, "_ask", None)
        assert watch.read() == (5, 0)

    def test_what_is_not_committed_does_not_show(self, watch: FileWatch, database: sqlite3.Connection) -> None:
        database.execute("BEGIN IMMEDIATE")
        database.execute("UPDATE articles_generation SET number = 6")
        assert watch.read() == (5, 0)
        database.execute("ROLLBACK")
        assert watch.read() == (5, 0)

    def test_goes_on_when_the_log_starts_anew(self, watch: FileWatch, database: sqlite3.Connection) -> None:
        for number in range(6, 30):
            database.execute("UPDATE articles_generation SET number = ?", [number])
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            assert watch.read() == (number, 0)

    def test_goes_on_when_every_other_connection_has_been_closed(self, watch: FileWatch, tmp_path: Path) -> None:
        assert watch.read() == (5, 0)
        for number in range(6, 10):
            other = sqlite3.connect(tmp_path / "news.sqlite3", isolation_level=None)
            other.execute("UPDATE articles_generation SET number = ?", [number])
            other.close()
            assert watch.read() == (number, 0)

    def test_database_without_that_log_is_asked_each_time(self, tmp_path: Path) -> None:
        with sqlite3.connect(tmp_path / "plain.sqlite3", isolation_level=None) as plain:
            plain.execute("CREATE TABLE articles_generation (number INTEGER, due_at INTEGER)")
            plain.execute("INSERT INTO articles_generation VALUES (5, 0)")
            watch = FileWatch(str(tmp_path / "plain.sqlite3"))
            assert watch.read() == (5, 0)
            plain.execute("UPDATE articles_generation SET number = 6")
            assert watch.read() == (6, 0)
        plain.close()

    def test_database_that_has_no_such_table_yet_says_nothing(self, tmp_path: Path) -> None:
        watch = FileWatch(str(tmp_path / "empty.sqlite3"))
        assert watch.read() is None
        with sqlite3.connect(tmp_path / "empty.sqlite3", isolation_level=None) as later:
            later.execute("CREATE TABLE articles_generation (number INTEGER, due_at INTEGER)")
            assert watch.read() is None
            later.execute("INSERT INTO articles_generation VALUES (5, 0)")
            assert watch.read() == (5, 0)
        later.close()


def is_postgres() -> bool:
    return connection.vendor == "postgresql"
