"""Accessibility of every kind of page, at every width and theme, and Lighthouse: ``make audit``.

The suite looks at each page in one setting (tests/browser/test_access.py); this looks at all of them. Lighthouse
needs Node; without it, that part is named as NOT RUN.
"""

# ruff: noqa: T201 (it speaks to the person at the terminal)

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib.resources import files
from itertools import product
from pathlib import Path
from typing import Literal

from playwright.sync_api import Page, sync_playwright

from tests import chromium
from tests.live import SEED, Site, served

WIDTHS = (360, 768, 1440)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
LIGHTHOUSE = "lighthouse@12"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")


def main() -> int:
    """Print each fault; return the exit code."""
    with tempfile.TemporaryDirectory(prefix="newsroom-audit-") as var, served(Path(var)) as site:
        faults = [*axe_faults(site), *lighthouse_faults(site)]
    for fault in faults:
        print(fault)
    print(f"audit: {len(faults)} faults")
    return int(bool(faults))


def axe_faults(site: Site) -> Iterator[str]:
    """What axe-core finds, over the whole grid of pages, widths and themes."""
    paths = [*site.kinds_of_page(), "/not-here/"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**chromium.launch_options())
        for width, scheme in product(WIDTHS, SCHEMES):
            page = browser.new_page(
                viewport={"width": width, "height": 900}, color_scheme=scheme, service_workers="block"
            )
            for path in paths:
                page.goto(f"{site.url}{path}")
                yield from (f"{path} at {width} px, {scheme}: {fault}" for fault in violations(page))
            page.close()
            print(f"axe-core: {len(paths)} pages at {width} px, {scheme}", flush=True)
        browser.close()


def violations(page: Page) -> list[str]:
    """What axe-core finds on the page as it stands: the rule, the first element and what is wrong with it."""
    page.evaluate(AXE)
    found = page.evaluate("(tags) => axe.run(document, { runOnly: { type: 'tag', values: tags } })", list(TAGS))
    firsts = [(fault, fault["nodes"][0]) for fault in found["violations"]]
    return [f"{fault['id']}: {first['html'][:160]} {first['failureSummary']}" for fault, first in firsts]


def lighthouse_faults(site: Site) -> Iterator[str]:
    """The categories in which a page gets less than 100 on a simulated phone."""
    if not shutil.which("npx"):
        print("Lighthouse: NOT RUN, there is no npx")
        return
    for path in ("/", SEED, f"{SEED}report/"):
        scores = lighthouse(f"{site.url}{path}")
        print(f"Lighthouse {path}: " + ", ".join(f"{name} {score:.0f}" for name, score in scores.items()), flush=True)
        # A form that search engines are asked to leave out is no fault of it.
        expected = {name: score for name, score in scores.items() if name != "seo" or not path.endswith("/report/")}
        yield from (f"Lighthouse: {path} has {score:.0f} for {name}" for name, score in expected.items() if score < 100)


def lighthouse(url: str) -> dict[str, float]:
    """The four scores of a page, of 100. Raises CalledProcessError if Lighthouse can't be run."""
    options = chromium.launch_options()
    flags = ["--headless=new", *options["args"]]
    with tempfile.TemporaryDirectory(prefix="newsroom-lighthouse-") as folder:
        report = Path(folder) / "report.json"
        subprocess.run(
            [
                *("npx", "--yes", LIGHTHOUSE, url, "--quiet", "--output=json", f"--output-path={report}"),
                f"--only-categories={','.join(CATEGORIES)}",
                f"--chrome-flags={' '.join(flags)}",
            ],
            check=True,
            env={**os.environ, "CHROME_PATH": options.get("executable_path", "")},
        )
        result = json.loads(report.read_text(encoding="utf-8"))
    return {name: 100 * result["categories"][name]["score"] for name in CATEGORIES}


if __name__ == "__main__":
    sys.exit(main())
