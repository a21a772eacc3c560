"""The site as it is served, for tests and pictures: what ``make run`` starts, in a folder and on a port of its own."""

import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from tests.system import ROOT, clean_environment

PATIENCE = 180.0
SEED = "/articles/xiaomi-partners-with-indian-manufacturer-padget-electronics/"


class NotServed(Exception):  # noqa: N818 (it says what is the matter)
    """The site did not come up; holds the server's log."""


@dataclass(frozen=True)
class Site:
    """A running site: its address, the folder that holds its database, secrets and log, and its process."""

    url: str
    var: Path
    process: "subprocess.Popen[bytes]"

    @property
    def log(self) -> str:
        """What the server has said so far."""
        return (self.var / "server.log").read_text(encoding="utf-8", errors="replace")

    def manage(self, *arguments: str) -> str:
        """Run a management command on this site; return what it prints. Raises CalledProcessError if it fails."""
        command = [sys.executable, "manage.py", *arguments]
        return subprocess.run(
            command, cwd=ROOT, env=environment(self.var), check=True, capture_output=True, text=True
        ).stdout

    def read(self, path: str) -> str:
        """The body of a page."""
        with urlopen(f"{self.url}{path}", timeout=10) as answer:  # noqa: S310 (our own server)
            body: str = answer.read().decode()
            return body

    def story_paths(self) -> list[str]:
        """The paths of all published stories, from the sitemaps."""
        found = re.findall(r"<loc>([^<]+)</loc>", self.read("/sitemap.xml"))
        maps = [path for path in map(self.path_of, found) if path.startswith("/sitemap-stories-")]
        return [self.path_of(url) for path in maps for url in re.findall(r"<loc>([^<]+)</loc>", self.read(path))]

    def path_of(self, url: str) -> str:
        """The path of an address on this site. Raises ValueError for one that is elsewhere."""
        if not url.startswith(f"{self.url}/"):
            raise ValueError(f"{url} is not on {self.url}.")
        return url.removeprefix(self.url)

    def kinds_of_page(self) -> list[str]:
        """A path for each kind of page, and more than one for those that stories make very different."""
        stories = self.story_paths()
        special = [
            next(path for path in stories if part in path) for part in ("-review-", "pager", "67-letter", "memory")
        ]
        other_scripts = [path for path in stories if not path.isascii() or "%" in path]
        return [
            *("/", SEED, f"{SEED}brief/", f"{SEED}summary/", *special, *other_scripts),
            *("/reviews/", "/topics/", "/topics/phones/", "/sources/", "/sources/scmp/"),
            *("/saved/", f"/saved/?story={SEED.split('/')[2]}", "/offline/"),
            *("/search/", "/search/?q=phone", "/search/?q=zzzz", "/settings/", f"{SEED}report/", "/report/"),
            *("/corrections/", "/corrections/record/"),
            *("/about/", "/about/corrections/", "/about/ai/", "/about/privacy/"),
        ]


@contextmanager
def served(var: Path, *, port: int = 0, **settings: str) -> Iterator[Site]:
    """Set up a site in the folder ``var``, or the one that is there, and serve it with ``settings``; then stop it.

    ``port`` 0 takes a free one. Raises NotServed, with the server's log, if it does not answer that it is ready within
    three minutes.
    """
    var.mkdir(parents=True, exist_ok=True)
    port = port or free_port()
    command = [sys.executable, "-m", "newsroom.serve", "--port", str(port)]
    with (var / "server.log").open("a") as log:
        # A group of its own, as a program at a terminal has: a test may send it what Ctrl-C sends.
        process = subprocess.Popen(
            command, cwd=ROOT, env={**environment(var), **settings}, stdout=log, stderr=log, process_group=0
        )
    site = Site(f"http://127.0.0.1:{port}", var, process)
    try:
        wait_for(site)
        yield site
    finally:
        process.terminate()
        process.wait(timeout=20)


def environment(var: Path) -> dict[str, str]:
    """The environment of a site that keeps everything in the folder ``var`` and takes what a hasty reader sends."""
    return {**clean_environment(), "VAR_DIR": str(var), "FORM_MIN_SECONDS": "0", "SENT_PER_NETWORK": "0"}


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


def wait_for(site: Site) -> None:
    """Wait until the site says that it is ready."""
    deadline = time.monotonic() + PATIENCE
    answer = "It did not answer."
    while time.monotonic() < deadline and site.process.poll() is None:
        try:
            site.read("/readyz")
        except HTTPError as error:
            answer = error.read().decode()
        except URLError:
            time.sleep(0.05)
        else:
            return
    raise NotServed(f"{answer}\nThe server ended with {site.process.poll()} and said:\n{site.log}")
