"""A drafting server to talk to."""

from collections.abc import Iterator

import pytest

from tests.drafting.server import DraftingServer, running


@pytest.fixture
def server() -> Iterator[DraftingServer]:
    with running() as server:
        yield server
