"""What the machines that watch the site are told."""

from typing import Any

import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder

from articles.search import index
from tests.world import rita


def down(*_: Any) -> Any:
    """A database that does not answer."""
    raise OperationalError("could not connect to server")


class HealthzTests:
    def test_answers_without_the_database(self) -> None:
        response = rita().get("/healthz")
        assert (response.status_code, response.content) == (200, b"ok\n")

    def test_only_reading_is_allowed(self) -> None:
        assert rita().head("/healthz").status_code == 200
        assert rita().post("/healthz").status_code == 405


@pytest.mark.django_db
class ReadyzTests:
    def test_all_is_in_order(self) -> None:
        response = rita().get("/readyz")
        assert (response.status_code, response.content) == (200, b"ready\n")
        assert response["Content-Type"] == "text/plain"

    def test_search_index_is_not(self) -> None:
        index.uninstall(connection)
        response = rita().get("/readyz")
        assert response.status_code == 503
        assert response.content.startswith(b"The search index of the database 'default' is not in order")

    def test_migration_is_waiting(self) -> None:
        recorder = MigrationRecorder(connection)
        last = max(name for app, name in recorder.applied_migrations() if app == "articles")
        recorder.record_unapplied("articles", last)
        response = rita().get("/readyz")
        assert response.status_code == 503
        assert response.content == b"Migrations are not applied (1): run `python manage.py migrate`.\n"

    def test_database_is_down(self) -> None:
        with connection.execute_wrapper(down):
            response = rita().get("/readyz")
        assert response.status_code == 503
        assert response.content == b"The database does not answer: OperationalError.\n"

    def test_only_reading_is_allowed(self) -> None:
        assert rita().post("/readyz").status_code == 405
