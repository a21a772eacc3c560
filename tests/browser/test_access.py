"""The pages for those who don't see, point or read as others do. ``make audit`` looks at all settings of each page."""

from itertools import cycle
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.audit import SCHEMES, WIDTHS, violations
from tests.live import SEED, Site

ARABIC = "%D8%B1%D9%88%D8%A8%D9%88%D8%AA"
IS_COVERED = """() => {
    const on = document.activeElement;
    if (on === document.body) return null;
    const seen = on.matches(".seg input") ? on.closest("label") : on;
    const { left, top, width, height } = seen.getClientRects()[0];
    const [x, y] = [left + width / 2, top + height / 2];
    const above = document.elementFromPoint(x, y);
    return above && (seen.contains(above) || above.contains(seen)) ? null : on.outerHTML.slice(0, 120);
}"""


class AxeTests:
    def test_finds_nothing_on_any_page(self, page: Page, site: Site) -> None:
        """Each page in another setting than the one before."""
        settings = cycle([(width, scheme) for scheme in SCHEMES for width in WIDTHS])
        found = []
        for path, (width, scheme) in zip(site.kinds_of_page(), settings, strict=False):
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)
            page.goto(path)
            found += [f"{path} at {width} px, {scheme}: {fault}" for fault in violations(page)]
        assert found == []

    def test_finds_nothing_in_what_opens(self, page: Page, problems: list[str]) -> None:
        page.goto("/")
        page.locator(".tools summary").click()
        page.locator(".story .peek").first.click()
        expect(page.locator(".story .points")).to_have_count(1)
        assert violations(page) == []
        page.keyboard.press("?")
        assert violations(page) == []
        page.goto(f"{SEED}#e3")
        page.locator(".text p").nth(2).dblclick(position={"x": 10, "y": 12})
        expect(page.locator(".pop")).to_be_visible()
        assert violations(page) == []
        page.goto("/report/")
        page.get_by_role("button", name="Send report").click()
        expect(page.get_by_role("alert")).to_be_visible()
        assert violations(page) == []
        problems.clear()


class ZoomTests:
    def test_doubled_text_never_scrolls_sideways_on_a_narrow_phone(self, page: Page, site: Site) -> None:
        page.set_viewport_size({"width": 320, "height": 800})
        wide = []
        for path in site.kinds_of_page():
            page.goto(path)
            page.evaluate("document.documentElement.style.fontSize = '200%'")
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                wide.append(path)
        assert wide == []


class FocusTests:
    @pytest.mark.parametrize("width", [390, 1440])
    @pytest.mark.parametrize("path", ["/", SEED, "/search/?q=the"])
    def test_is_never_covered(self, page: Page, path: str, width: int) -> None:
        page.set_viewport_size({"width": width, "height": 700})
        page.emulate_media(reduced_motion="reduce")
        page.goto(path)
        covered = []
        for _ in range(70):
            page.keyboard.press("Tab")
            covered.append(page.evaluate(IS_COVERED))
        assert [stop for stop in covered if stop] == []


class PreferenceTests:
    def test_nothing_moves_for_those_who_want_no_movement(self, page: Page) -> None:
        page.emulate_media(reduced_motion="reduce")
        page.goto(SEED)
        expect(page.locator("#e1")).to_have_css("transition-duration", "0s")
        expect(page.locator("html")).to_have_css("scroll-behavior", "auto")

    def test_lit_passage_stands_out_in_forced_colours(self, page: Page) -> None:
        page.emulate_media(forced_colors="active")
        page.goto(f"{SEED}#e3")
        lit = page.locator("#e3").evaluate("(mark) => getComputedStyle(mark).backgroundColor")
        rest = page.locator("#e1").evaluate("(mark) => getComputedStyle(mark).backgroundColor")
        assert lit != rest

    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_chosen_theme_is_there_from_the_first_paint(
        self, browser: Browser, site: Site, scheme: Literal["light", "dark"]
    ) -> None:
        """Without script: the server says it in the markup, so nothing can flash."""
        other: Literal["light", "dark"] = "light" if scheme == "dark" else "dark"
        page = browser.new_page(color_scheme=other, java_script_enabled=False)
        page.context.add_cookies([{"name": "reading", "value": f"{scheme}.xl", "url": site.url}])
        page.goto(f"{site.url}{SEED}")
        expect(page.locator("html")).to_have_attribute("data-theme", scheme)
        expect(page.locator("html")).to_have_attribute("data-text", "xl")
        expect(page.locator("html")).to_have_css("color-scheme", scheme)
        page.close()


class RightToLeftTests:
    def test_story_runs_from_the_right_and_its_record_from_the_left(self, page: Page, site: Site) -> None:
        path = next(path for path in site.story_paths() if ARABIC in path)
        page.goto(path)
        expect(page.locator("#story")).to_have_css("direction", "rtl")
        step = page.locator(".timeline li").first
        dot = step.evaluate("(li) => parseFloat(getComputedStyle(li, '::before').width)")
        words = step.evaluate(
            "(li) => { const range = document.createRange(); range.selectNodeContents(li);"
            " return range.getBoundingClientRect().left - li.getBoundingClientRect().left; }"
        )
        assert words > dot
