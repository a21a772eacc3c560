"""What the tests of this folder share."""

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from tests.importing.local_server import LocalServer, running


@pytest.fixture
def server(settings: Settings) -> Iterator[LocalServer]:
    """A server on this machine that may be fetched from."""
    with running() as server:
        settings.FETCH_ALLOW = [server.place]
        yield server
