"""What every page owes its reader, whatever is on it."""

import re

import brotli
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.live import SEED, Site

WIDTHS = (320, 390, 1440)


class EveryPageTests:
    """One walk over each kind of page; the ``context`` fixture watches console, policy and requests."""

    def test_is_whole_and_sets_no_cookie(self, page: Page, context: BrowserContext, site: Site) -> None:
        for path in site.kinds_of_page():
            answer = page.goto(path)
            assert answer is not None
            assert answer.ok, path
            assert "default-src 'self'" in answer.headers["content-security-policy"]
            expect(page.locator("h1")).to_have_count(1)
            expect(page.locator("main")).to_be_visible()
            assert context.cookies() == [], path

    @pytest.mark.parametrize("width", WIDTHS)
    def test_never_scrolls_sideways(self, page: Page, site: Site, width: int) -> None:
        page.set_viewport_size({"width": width, "height": 800})
        assert [path for path in site.kinds_of_page() if is_wider_than_the_window(page, path)] == []

    def test_no_story_scrolls_sideways_on_a_narrow_phone(self, page: Page, site: Site) -> None:
        page.set_viewport_size({"width": 320, "height": 800})
        assert [path for path in site.story_paths() if is_wider_than_the_window(page, path)] == []

    def test_what_is_not_there_says_so(self, page: Page, problems: list[str]) -> None:
        answer = page.goto("/articles/no-such-story/")
        assert answer is not None
        assert answer.status == 404
        expect(page.get_by_role("heading", level=1)).to_contain_text("not here")
        assert "404" in problems.pop()


class WatchTests:
    """The watch that the ``context`` fixture keeps sees what it is there to see."""

    @pytest.mark.parametrize(
        ("act", "seen"),
        [
            ("console.error('on purpose')", "on purpose"),
            ("setTimeout(() => { throw new Error('on purpose') })", "on purpose"),
            ("document.body.append(document.createElement('style'))", "style-src"),
            ("document.body.setAttribute('style', 'color: red')", "style-src"),
            ("fetch('https://elsewhere.invalid/').catch(() => {})", "connect-src"),
            ("location.assign('http://elsewhere.invalid/')", "request to http://elsewhere.invalid/"),
        ],
    )
    def test_sees(self, page: Page, problems: list[str], act: str, seen: str) -> None:
        page.goto("/about/")
        page.evaluate(f"() => {{ {act} }}")
        page.wait_for_timeout(300)
        assert any(seen in problem for problem in problems)
        problems.clear()


class StaticFileTests:
    def test_are_hashed_kept_for_good_and_sent_compressed(self, page: Page) -> None:
        with page.expect_response(lambda response: "/static/css/components" in response.url) as waiting:
            page.goto("/")
        style = waiting.value
        assert style.ok
        assert "immutable" in style.headers["cache-control"]
        assert style.headers["content-encoding"] == "br"

    def test_pages_are_sent_compressed(self, page: Page) -> None:
        answer = page.goto(SEED)
        assert answer is not None
        assert answer.headers["content-encoding"] in ("br", "gzip")

    def test_font_of_the_headlines_arrives(self, page: Page) -> None:
        page.goto(SEED)
        assert page.evaluate("document.fonts.ready.then(() => document.fonts.check('700 40px \"Brygada 1918\"'))")


class WeightTests:
    """What the first view costs, each file compressed as the site sends it."""

    @pytest.mark.parametrize("path", ["/", SEED])
    def test_markup_and_styles_fit_into_fourteen_kilobytes(self, site: Site, path: str) -> None:
        html = site.read(path)
        styles = [site.read(href) for href in re.findall(r'<link rel="stylesheet" href="([^"]+)">', html)]
        assert len(styles) == 6
        assert sum(map(weight, [html, *styles])) <= 14 * 1024

    @pytest.mark.parametrize("path", ["/", SEED, "/search/?q=phone", "/saved/"])
    def test_scripts_fit_into_twenty_kilobytes(self, site: Site, path: str) -> None:
        scripts = re.findall(r'<script src="([^"]+)" defer>', site.read(path))
        assert scripts
        assert sum(weight(site.read(src)) for src in scripts) <= 20 * 1024

    @pytest.mark.parametrize("path", ["/", SEED])
    def test_nothing_moves_while_the_page_comes(self, page: Page, path: str) -> None:
        page.set_viewport_size({"width": 390, "height": 800})
        page.add_init_script(
            """window.moved = 0;
            new PerformanceObserver((list) => list.getEntries().forEach(({ value }) => { moved += value; }))
                .observe({ type: "layout-shift", buffered: true });"""
        )
        page.goto(path, wait_until="networkidle")
        page.evaluate("document.fonts.ready.then(() => new Promise(requestAnimationFrame))")
        assert page.evaluate("moved") < 0.01


def weight(text: str) -> int:
    """Bytes of ``text`` as Brotli packs it."""
    return len(brotli.compress(text.encode()))


class KeyboardTests:
    def test_story_is_found_checked_and_reported_with_keys_alone(self, page: Page) -> None:
        page.emulate_media(reduced_motion="reduce")
        page.goto("/")
        page.keyboard.press("j")
        page.keyboard.press("Enter")
        page.wait_for_url("**/articles/**")
        press_tab_to(page, "#brief .points a[href='#e1']")
        page.keyboard.press("Enter")
        expect(page.locator("#e1")).to_have_css("background-size", "100% 100%")
        press_tab_to(page, ".text a[href='#b1']")
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile("#b1$"))
        press_tab_to(page, ".flag[aria-label$='2']")
        page.keyboard.press("Enter")
        page.wait_for_url("**/report/**")
        press_tab_to(page, "[name=what]")
        page.keyboard.type("It is not so.")
        page.keyboard.press("Tab")
        press_tab_to(page, "main form button")
        page.keyboard.press("Enter")
        page.wait_for_url("**/reports/**")

    def test_first_stop_leads_past_the_masthead(self, page: Page) -> None:
        page.goto(SEED)
        page.keyboard.press("Tab")
        skip = page.get_by_role("link", name="Skip to content")
        expect(skip).to_be_focused()
        expect(skip).to_be_in_viewport()
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile("#main$"))
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('main') !== null")

    @pytest.mark.parametrize("path", ["/", SEED, "/report/"])
    def test_every_stop_shows_where_it_is(self, page: Page, path: str) -> None:
        page.goto(path)
        unseen = []
        for _ in range(40):
            page.keyboard.press("Tab")
            stop = page.evaluate(
                """() => {
                    const on = document.activeElement;
                    const style = getComputedStyle(on.matches(".seg input") ? on.closest("label") : on);
                    return on === document.body ? null : [on.outerHTML, style.outlineStyle, style.outlineWidth];
                }"""
            )
            if stop and (stop[1] == "none" or stop[2] == "0px"):
                unseen.append(stop)
        assert unseen == []


def press_tab_to(page: Page, selector: str) -> None:
    """Press Tab until the focus is on ``selector``."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"Tab never comes to {selector}.")


def is_wider_than_the_window(page: Page, path: str) -> bool:
    """Whether the page at ``path`` can be scrolled sideways."""
    page.goto(path)
    wide: bool = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    return wide
