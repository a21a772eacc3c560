"""The site behind nginx, as deploy/nginx.conf has it. No browser: it is here because this folder serves the site."""

import gzip
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from tests import edge
from tests.live import SEED, Site, free_port, served

pytestmark = pytest.mark.skipif(not edge.is_installed(), reason="nginx is not installed")

RENAME = "from articles.catalogue.models import Topic; Topic.objects.filter(name='Phones').update(name='{}')"


@pytest.fixture(scope="module")
def behind(tmp_path_factory: pytest.TempPathFactory, site: Site) -> Iterator[Site]:
    """A copy of the site that tests may change."""
    with served(site.var) as again:
        yield again


@pytest.fixture(scope="module")
def address(behind: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where nginx answers."""
    folder, port = tmp_path_factory.mktemp("nginx"), free_port()
    servers = edge.in_front_of(behind.url, folder, port, static=behind.var / "static")
    with edge.nginx(folder, port, servers):
        yield f"http://127.0.0.1:{port}"


def get(url: str, **headers: str) -> tuple[dict[str, str], bytes]:
    """Headers, by their names in lower case, and body."""
    request = Request(url, headers={name.replace("_", "-"): value for name, value in headers.items()})  # noqa: S310
    with urlopen(request, timeout=10) as answer:  # noqa: S310 (our own server)
        return {name.lower(): value for name, value in answer.headers.items()}, answer.read()


def get_compressed(url: str) -> str:
    """The body once it comes compressed: pages are, a moment after they are rendered."""
    for _ in range(50):
        headers, body = get(url, Accept_Encoding="gzip")
        if headers.get("content-encoding") == "gzip":
            return gzip.decompress(body).decode()
        time.sleep(0.1)
    raise AssertionError("The page never came compressed.")


class EdgeTests:
    def test_second_reader_gets_the_copy_of_the_first(self, address: str) -> None:
        get(f"{address}/about/")
        headers, body = get(f"{address}/about/")
        assert headers["x-cache"] == "HIT"
        assert b"How we work" in body

    def test_one_compressed_copy_serves_everyone(self, address: str) -> None:
        page = get_compressed(f"{address}/topics/")
        headers, body = get(f"{address}/topics/")
        assert "content-encoding" not in headers
        assert body.decode() == page

    def test_correction_reaches_readers_within_its_two_seconds_however_long_nobody_looked(
        self, address: str, behind: Site
    ) -> None:
        get(f"{address}/topics/phones/")
        behind.manage("shell", "-v", "0", "-c", RENAME.format("Handsets"))
        time.sleep(2.1)
        headers, body = get(f"{address}/topics/phones/")
        assert b"Handsets" in body, headers
        behind.manage("shell", "-v", "0", "-c", RENAME.format("Phones"))

    def test_reading_settings_have_copies_of_their_own_and_other_cookies_none(self, address: str) -> None:
        url = f"{address}{SEED}"
        assert b'data-theme="dark"' in get(url, Cookie="reading=dark.m; id=1")[1]
        assert b'data-theme="dark"' not in get(url, Cookie="id=1")[1]
        assert get(url, Cookie="id=2; reading=<script>")[0]["x-cache"] in ("HIT", "STALE", "REVALIDATED")

    def test_fragment_is_never_taken_for_the_page(self, address: str) -> None:
        url = f"{address}{SEED}brief/"
        assert b"<html" not in get(url, HX_Request="true", HX_Target="points--1")[1]
        assert b"<html" in get(url)[1]

    def test_editor_goes_past_the_cache(self, address: str) -> None:
        get(f"{address}/about/")
        assert get(f"{address}/about/", Cookie="editor=x")[0]["x-cache"] == "BYPASS"

    def test_static_files_come_from_nginx(self, address: str) -> None:
        page = get(f"{address}/")[1].decode()
        path = page.partition('rel="stylesheet" href="')[2].partition('"')[0]
        headers, body = get(f"{address}{path}", Accept_Encoding="gzip")
        assert headers["cache-control"] == "public, max-age=31536000, immutable"
        assert "x-cache" not in headers
        assert b"--" in gzip.decompress(body)

    def test_metrics_are_not_for_the_world(self, address: str, behind: Site) -> None:
        with pytest.raises(HTTPError, match="404"):
            get(f"{address}/metrics")
        assert b"newsroom_pages_hits_total" in get(f"{behind.url}/metrics")[1]


class ProcessTests:
    def test_server_says_at_its_end_what_came_of_its_pages(self, site: Site) -> None:
        with served(Path(site.var)) as again:
            again.read("/")
            again.read("/")
        assert "Published pages: hits 1, misses 1, renders 1" in again.log
