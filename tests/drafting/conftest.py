"""A story, and a drafting server to talk to."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.drafting.server import DraftingServer, drafts, running

BODY = (
    "Kestrel has switched on a second ground station in Norway.\n\nIt says that 40,000 homes can now order a dish."
    " The dish costs 300 euros, the firm said on Friday.\n\nA third station will follow in spring."
)
BULLETS = (
    "Kestrel has switched on a second ground station.",
    "40,000 homes can now order a dish.",
    "The dish costs 300 euros.",
)
USAGE = {"prompt_tokens": 1000, "completion_tokens": 100}
GOOD = drafts(*BULLETS, usage=USAGE)


@pytest.fixture
def server() -> Iterator[DraftingServer]:
    with running() as server:
        yield server


@pytest.fixture
def provider(server: DraftingServer, settings: Any) -> DraftingServer:
    """A drafting server that the site is set up with; it answers well unless told otherwise."""
    settings.DRAFTING_BASE_URL = server.url
    settings.DRAFTING_API_KEY = "sk-very-secret-4711"
    settings.DRAFTING_MODEL = "m1"
    settings.DRAFTING_TIMEOUT = 20.0
    server.replies = [GOOD]
    return server
