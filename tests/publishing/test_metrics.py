"""The figures of the published pages: for Prometheus, and a line in the log at the end."""

import logging
import re
from typing import Any

import pytest

from articles.publishing.metrics import _log
from articles.publishing.pages import PublishedPages
from tests.publishing.asking import ask, open_pages

pytestmark = pytest.mark.django_db


@pytest.fixture
def pages() -> PublishedPages:
    return open_pages()


class MetricsTests:
    def test_show_what_became_of_requests(self, pages: PublishedPages) -> None:
        for _ in range(3):
            ask(pages, "/")
        told = ask(pages, "/metrics", REMOTE_ADDR="127.0.0.1")
        assert told.headers["Content-Type"].startswith("text/plain; version=")
        figures = dict(re.findall(r"^newsroom_pages_(\w+) (\S+)$", told.text, re.MULTILINE))
        assert figures["hits_total"] == "2.0"
        assert figures["misses_total"] == figures["renders_total"] == figures["passed_total"] == "1.0"
        assert figures["evictions_total"] == "0.0"
        assert float(figures["bytes"]) > 0
        assert float(figures["generation"]) > 0
        assert "python_info" in told.text

    @pytest.mark.parametrize(
        ("changes", "status"),
        [
            ({"REMOTE_ADDR": "127.0.0.1"}, 200),
            ({"REMOTE_ADDR": "::1"}, 200),
            ({"REMOTE_ADDR": "203.0.113.7"}, 404),
            ({"REMOTE_ADDR": None}, 404),
            ({"REMOTE_ADDR": "somewhere"}, 404),
            ({"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "203.0.113.7"}, 404),
            ({"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "127.0.0.1, 203.0.113.7"}, 404),
            ({"REMOTE_ADDR": "203.0.113.7", "HTTP_X_FORWARDED_FOR": "127.0.0.1"}, 404),
            ({"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "127.0.0.1"}, 200),
        ],
    )
    def test_are_for_local_addresses(self, pages: PublishedPages, changes: dict[str, Any], status: int) -> None:
        assert ask(pages, "/metrics", **changes).status == status

    def test_are_for_others_where_the_settings_say_so(self, pages: PublishedPages, settings: Any) -> None:
        settings.METRICS_ALLOW = ["10.0.0.0/8"]
        assert ask(pages, "/metrics", REMOTE_ADDR="10.1.2.3").status == 200
        assert ask(pages, "/metrics", REMOTE_ADDR="127.0.0.1").status == 404

    def test_work_without_pages(self, client: Any) -> None:
        assert b"python_info" in client.get("/metrics").content

    def test_end_with_a_line_in_the_log(self, pages: PublishedPages, caplog: pytest.LogCaptureFixture) -> None:
        ask(pages, "/")
        with caplog.at_level(logging.INFO):
            _log(pages)
        assert re.match(r"Published pages: hits 0, misses 1, renders 1, passed 0, evictions 0, ", caplog.messages[-1])
