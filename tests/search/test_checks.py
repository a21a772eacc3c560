"""The system check of the search index."""

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from articles.search import index
from articles.search.checks import search_index_is_in_order

pytestmark = pytest.mark.django_db


def found() -> list[str | None]:
    return [message.id for message in search_index_is_in_order(None, databases=["default"])]


class SearchIndexCheckTests:
    def test_index_as_the_migrations_leave_it_is_in_order(self) -> None:
        assert found() == []

    def test_missing_index_is_an_error_with_a_way_out(self) -> None:
        index.uninstall(connection)
        assert found() == ["articles.E001"]
        with pytest.raises(SystemCheckError, match="rebuild_search_index"):
            call_command("check", databases=["default"])
        call_command("rebuild_search_index", verbosity=0)
        assert found() == []

    def test_is_not_run_where_no_database_is_named(self) -> None:
        index.uninstall(connection)
        assert search_index_is_in_order(None) == []

    def test_waiting_migrations_come_first(self) -> None:
        index.uninstall(connection)
        recorder = MigrationRecorder(connection)
        last = max(name for app, name in recorder.applied_migrations() if app == "articles")
        recorder.record_unapplied("articles", last)
        assert found() == []

    def test_empty_database_is_no_fault(self) -> None:
        index.uninstall(connection)
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE django_migrations")
        assert found() == []
