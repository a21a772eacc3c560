"""What holds for every test."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import TransactionTestCase
from hypothesis import HealthCheck, settings

from articles.revisions.guards import PREFIX
from articles.web import triggers

# A busy machine is no fault of the code: no example is timed.
settings.register_profile("suite", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("suite")


@pytest.fixture(autouse=True, scope="session")
def flush_without_triggers() -> Iterator[None]:
    """A test that commits is cleared up by emptying every table; the triggers of the record refuse that."""
    flush = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]

    def teardown(case: TransactionTestCase) -> None:
        triggers.uninstall(connection, PREFIX)
        flush(case)
        triggers.install(connection)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", teardown)
        yield


@pytest.fixture(autouse=True)
def nothing_counted() -> None:
    """What one test sent does not count against the limits of the next."""
    cache.clear()


@pytest.fixture
def unguarded(db: None) -> None:
    """For a test that writes past the verbs: without the triggers that keep the record, until it ends."""
    triggers.uninstall(connection, PREFIX)
