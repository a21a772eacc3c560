"""The browser and the served site, for the tests in this folder alone."""

import os
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, ConsoleMessage, Request, expect

from tests import chromium
from tests.live import PATIENCE, Site, served

# A busy machine is no fault of the page.
expect.set_options(timeout=10_000)

REPORT_VIOLATIONS = """
addEventListener("securitypolicyviolation", (event) =>
  console.error(`policy violated: ${event.violatedDirective} by ${event.blockedURI}`));
"""


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """The system's Chromium, kept to itself."""
    return chromium.launch_options()


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """No service worker, which every new context would install anew: the tests of offline reading allow it."""
    return {**browser_context_args, "service_workers": "block"}


@pytest.fixture(scope="session")
def new_folder(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Path]:
    """Makes the folder of a site with seeds and samples that nobody else has: a copy, for setting one up takes long."""
    own = tmp_path_factory.getbasetemp()
    first = set_up_once(own.parent if "PYTEST_XDIST_WORKER" in os.environ else own)
    return lambda: shutil.copytree(first, tmp_path_factory.mktemp("site"), dirs_exist_ok=True)


def set_up_once(folder: Path) -> Path:
    """The folder of a site that is set up, in ``folder``: by the first of the processes that ask, while others wait."""
    first, done = folder / "first-site", folder / "first-site.done"
    try:
        first.mkdir()
    except FileExistsError:
        deadline = time.monotonic() + PATIENCE
        while not done.exists():
            assert time.monotonic() < deadline, "The site was not set up."
            time.sleep(0.1)
        return first
    with served(first):
        pass
    done.touch()
    return first


@pytest.fixture(scope="session")
def site(new_folder: Callable[[], Path]) -> Iterator[Site]:
    """The site with seeds and samples, shared by the tests that only read and report."""
    with served(new_folder()) as site:
        yield site
    assert "Traceback" not in site.log, site.log


@pytest.fixture(scope="session")
def base_url(site: Site) -> str:
    """Where paths given to ``page.goto`` start."""
    return site.url


@pytest.fixture
def problems() -> list[str]:
    """What went wrong in the browser: a test that expects something takes it out."""
    return []


@pytest.fixture
def context(context: BrowserContext, problems: list[str]) -> Iterator[BrowserContext]:
    """A browser that no test may leave with an error, a broken policy or a request to another machine."""

    def listen(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and "blocked by Playwright" not in message.text:
            problems.append(f"{message.page and message.page.url}: {message.text}")

    def look(request: Request) -> None:
        if not request.url.startswith("http://127.0.0.1:"):
            problems.append(f"request to {request.url}")

    context.add_init_script(REPORT_VIOLATIONS)
    context.on("console", listen)
    context.on("weberror", lambda error: problems.append(str(error.error)))
    context.on("request", look)
    context.set_default_timeout(10_000)
    yield context
    assert problems == []
