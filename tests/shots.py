"""Pictures of each kind of page, for people to look at: ``make shots`` puts them into var/shots/."""

import re
import tempfile
from pathlib import Path
from typing import Literal
from urllib.parse import unquote

from playwright.sync_api import sync_playwright

from tests import chromium
from tests.live import Site, served
from tests.system import ROOT

WIDTHS = (390, 1440)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


def main() -> None:
    """Serve the site with its samples and take the pictures."""
    folder = ROOT / "var" / "shots"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="newsroom-shots-") as var, served(Path(var)) as site:
        take(site, folder)
    print(f"The pictures are in {folder}")  # noqa: T201 (to the person at the terminal)


def take(site: Site, folder: Path) -> None:
    """One picture of the whole page for each kind of page, width and theme: ``about-390-dark.png``."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**chromium.launch_options())
        for scheme in SCHEMES:
            for width in WIDTHS:
                page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
                for path in [*site.kinds_of_page(), "/not-here/"]:
                    page.goto(f"{site.url}{path}")
                    page.evaluate("document.fonts.ready")
                    page.screenshot(path=folder / f"{file_name(path)}-{width}-{scheme}.png", full_page=True)
                page.close()
        browser.close()


def file_name(path: str) -> str:
    """A file name for the page at ``path``."""
    return re.sub(r"[^\w]+", "-", unquote(path)).strip("-") or "home"


if __name__ == "__main__":
    main()
