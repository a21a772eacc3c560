"""The icons of the installed site, drawn from static/img/icon.svg: ``python -m tests.icons`` after a change of it."""

import re
from io import BytesIO

from PIL import Image
from playwright.sync_api import sync_playwright

from tests import chromium
from tests.system import ROOT

FOLDER = ROOT / "static" / "img"
# The name of each file, its side in pixels, and the share of it that the drawing fills: a launcher may cut a mask.
ICONS = (("icon-180", 180, 1.0), ("icon-192", 192, 1.0), ("icon-512", 512, 1.0), ("icon-mask", 512, 0.8))
GROUND = "#14191b"


def main() -> None:
    """Draw every icon, with few colours so that the files stay small."""
    drawing = re.sub(r"<svg ", '<svg width="100%" height="100%" ', (FOLDER / "icon.svg").read_text(), count=1)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**chromium.launch_options())
        for name, side, share in ICONS:
            page = browser.new_page(viewport={"width": side, "height": side})
            inset = side * (1 - share) / 2
            page.set_content(
                f'<body style="margin:0;background:{GROUND};padding:{inset}px;box-sizing:border-box">{drawing}'
            )
            picture = Image.open(BytesIO(page.screenshot())).convert("P", palette=Image.Palette.ADAPTIVE, colors=32)
            picture.save(FOLDER / f"{name}.png", optimize=True)
        browser.close()


if __name__ == "__main__":
    main()
