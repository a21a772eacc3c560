"""How the served site comes and goes. No browser: it is here because this folder serves the site."""

import os
import signal
from urllib.parse import urlsplit

import pytest

from newsroom.serve import PATIENCE, is_free
from tests.live import Site, served


class StopTests:
    @pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
    def test_ends_before_patience_does_and_leaves_nothing(self, site: Site, number: signal.Signals) -> None:
        with served(site.var) as again:
            again.read("/")
            os.killpg(again.process.pid, number)
            assert again.process.wait(timeout=PATIENCE - 2) == 0
            assert is_free(urlsplit(again.url).port or 0)


class StartTests:
    def test_a_second_set_up_changes_nothing(self, site: Site) -> None:
        stories, secret = site.story_paths(), (site.var / "local.env").read_text()
        with served(site.var) as again:
            assert again.story_paths() == stories
            assert (site.var / "local.env").read_text() == secret
