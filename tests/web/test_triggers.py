"""Triggers kept as constants: held against the database, put back, taken away."""

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import DatabaseError, connection, transaction

from articles.catalogue.models import Topic
from articles.web import triggers
from articles.web.triggers import Trigger

pytestmark = pytest.mark.django_db

NO_TOPICS = Trigger(
    "articles_test_no_topics",
    "articles_topic",
    "BEFORE INSERT",
    sqlite="BEGIN SELECT RAISE(ABORT, 'no topics'); END",
    postgresql="BEGIN RAISE EXCEPTION 'no topics'; END",
)


@pytest.fixture
def no_topics(monkeypatch: pytest.MonkeyPatch) -> Trigger:
    """A trigger that refuses topics, registered and in the database."""
    monkeypatch.setattr(triggers, "_registry", dict(triggers._registry))
    triggers.register(NO_TOPICS)
    triggers.install(connection)
    return NO_TOPICS


def drop(trigger: Trigger) -> None:
    with connection.cursor() as cursor:
        on = f" ON {trigger.table}" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER {trigger.name}{on}")


class InstallTests:
    def test_migrations_leave_every_trigger_in_order(self) -> None:
        assert triggers.differing(connection) == []
        assert triggers.install(connection) == []

    @pytest.mark.usefixtures("no_topics")
    def test_trigger_does_what_it_says(self) -> None:
        with pytest.raises(DatabaseError, match="no topics"), transaction.atomic():
            Topic.objects.create(name="Chips", slug="chips")

    def test_missing_trigger_is_named_and_put_back(self, no_topics: Trigger) -> None:
        drop(no_topics)
        assert triggers.differing(connection) == [no_topics.name]
        assert triggers.install(connection) == [no_topics.name]
        assert triggers.differing(connection) == []

    def test_trigger_that_says_something_else_is_made_anew(self, no_topics: Trigger) -> None:
        drop(no_topics)
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute(f"CREATE TRIGGER {no_topics.name} BEFORE INSERT ON articles_topic BEGIN SELECT 1; END")
            else:
                cursor.execute(
                    f"CREATE OR REPLACE FUNCTION {no_topics.name}() RETURNS trigger LANGUAGE plpgsql"
                    " AS 'BEGIN RETURN NEW; END'"
                )
                cursor.execute(no_topics.statement("postgresql"))
        assert triggers.differing(connection) == [no_topics.name]
        triggers.install(connection)
        with pytest.raises(DatabaseError, match="no topics"), transaction.atomic():
            Topic.objects.create(name="Chips", slug="chips")

    def test_trigger_that_is_switched_off_is_switched_on(self, no_topics: Trigger) -> None:
        if connection.vendor == "sqlite":
            pytest.skip("SQLite can't switch a trigger off")
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE articles_topic DISABLE TRIGGER {no_topics.name}")
        assert triggers.differing(connection) == [no_topics.name]
        triggers.install(connection)
        assert triggers.differing(connection) == []

    def test_trigger_that_is_wanted_no_longer_goes(self, no_topics: Trigger) -> None:
        triggers._registry.pop(no_topics.name)
        assert triggers.install(connection) == [no_topics.name]
        Topic.objects.create(name="Chips", slug="chips")

    def test_trigger_of_a_table_that_is_not_there_yet_waits(self, no_topics: Trigger) -> None:
        triggers.register(Trigger("articles_test_later", "articles_later", "BEFORE INSERT", "BEGIN SELECT 1; END", "x"))
        assert triggers.install(connection) == []

    def test_taken_away_and_put_back(self, no_topics: Trigger) -> None:
        triggers.uninstall(connection)
        assert no_topics.name in triggers.differing(connection)
        triggers.install(connection)
        assert triggers.differing(connection) == []


class RegisterTests:
    @pytest.mark.usefixtures("no_topics")
    def test_the_same_trigger_can_be_registered_again_but_not_another_of_its_name(self) -> None:
        triggers.register(NO_TOPICS)
        with pytest.raises(ValueError, match="articles_test_no_topics"):
            triggers.register(Trigger(NO_TOPICS.name, "articles_source", "BEFORE INSERT"))

    def test_names_have_the_prefix_that_they_are_found_by(self) -> None:
        with pytest.raises(ValueError, match="no_topics"):
            triggers.register(Trigger("no_topics", "articles_topic", "BEFORE INSERT"))


class CheckTests:
    def test_missing_trigger_is_an_error_that_the_command_mends(
        self, no_topics: Trigger, capsys: pytest.CaptureFixture[str]
    ) -> None:
        drop(no_topics)
        with pytest.raises(SystemCheckError, match=r"articles_test_no_topics(.|\n)*install_triggers"):
            call_command("check", databases=["default"])
        call_command("install_triggers")
        assert capsys.readouterr().out == "Put in order: articles_test_no_topics.\n"
        call_command("check", databases=["default"])
        capsys.readouterr()
        call_command("install_triggers")
        assert capsys.readouterr().out == "Every trigger is in order.\n"
