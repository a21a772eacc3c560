"""How the served site comes and goes. No browser: it is here because this folder serves the site."""

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode, urlsplit
from urllib.request import Request, urlopen

import pytest

from newsroom.serve import PATIENCE, is_free
from tests import mail_server
from tests.bench import reports
from tests.live import SEED, Site, served


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


class MailTests:
    def test_report_reaches_the_editors_within_ten_seconds(self, new_folder: Callable[[], Path]) -> None:
        with (
            mail_server.running() as server,
            served(new_folder(), EMAIL_URL=server.url, EDITORS_EMAIL="desk@example.org") as site,
        ):
            report(site, "The worker may still be starting.")
            wait_for_mails(server, 1, seconds=60)
            report(site, "It is 40, not 400.")
            wait_for_mails(server, 2, seconds=10)
        assert "It is 40, not 400." in server.taken[1].get_content()


def report(site: Site, what: str) -> None:
    """Report an error in the seed."""
    answers = urlencode({"kind": "fact", "what": what}).encode()
    form = Request(f"{site.url}{SEED}report/", answers, {"Sec-Fetch-Site": "same-origin"})  # noqa: S310 (our own server)
    with urlopen(form, timeout=10) as receipt:  # noqa: S310
        assert "/reports/R-" in receipt.url


def wait_for_mails(server: mail_server.MailServer, count: int, *, seconds: float) -> None:
    """Wait until the server has taken so many. Fails if that takes longer than so many seconds."""
    deadline = time.monotonic() + seconds
    while len(server.taken) < count:
        assert time.monotonic() < deadline, f"{len(server.taken)} mails"
        time.sleep(0.05)


class ReportsAtOnceTests:
    def test_none_is_lost_and_the_database_is_never_locked(self, tmp_path: Path) -> None:
        with reports.served_behind_a_proxy(tmp_path) as site:
            sent = reports.send_at_once(site, 12)
            assert {one.status for one in sent} == {303}
            assert reports.missing(site, sent) == 0
            assert reports.LOCKED not in site.log
            assert "Traceback" not in site.log
