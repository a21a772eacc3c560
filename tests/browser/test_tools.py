"""Rita's tools: saved stories, marks, single keys, reading aloud, passing on and quoting."""

import re
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.live import SEED, Site

HEADLINE = "Xiaomi Partners with Indian Manufacturer Padget Electronics"
VOICE = """
  window.heard = [];
  class Utterance { constructor(text) { this.text = text; } }
  Object.defineProperty(window, "SpeechSynthesisUtterance", { value: Utterance });
  Object.defineProperty(window, "speechSynthesis", { value: {
    cancel() { clearTimeout(this.waiting); },
    speak(speech) {
      heard.push([speech.lang, speech.text]);
      this.waiting = setTimeout(() => speech.onend?.(), heard.length < 3 ? 10 : 100_000);
    },
  } });
"""


def select(page: Page, words: str) -> None:
    """Select ``words`` in the text of the story."""
    page.locator(".text").evaluate(
        """(text, words) => {
            const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
            while (walker.nextNode()) {
                const start = walker.currentNode.data.indexOf(words);
                if (start >= 0) getSelection().setBaseAndExtent(
                    walker.currentNode, start, walker.currentNode, start + words.length);
            }
        }""",
        words,
    )


class SavedTests:
    def test_story_is_saved_shown_and_taken_out(self, page: Page) -> None:
        page.goto("/saved/")
        expect(page.get_by_role("heading", name="Nothing saved yet.")).to_be_visible()
        page.goto("/")
        for name in (HEADLINE, "Quill 4 review"):
            button = page.get_by_role("button", name=re.compile(f"^Save {name}")).first
            button.click()
            expect(page.get_by_role("button", name=re.compile(f"^Saved {name}"))).to_have_attribute(
                "aria-pressed", "true"
            )
        page.goto("/saved/")
        shown = page.locator("main h3 a")
        expect(shown).to_have_count(2)
        assert shown.first.inner_text().startswith("Quill 4 review")
        expect(page.get_by_role("heading", name="Nothing saved yet.")).to_be_hidden()
        page.get_by_role("button", name=re.compile("^Saved Quill 4")).click()
        page.reload()
        expect(shown).to_have_text([HEADLINE])

    def test_many_come_twenty_at_a_time(self, page: Page, site: Site) -> None:
        slugs = [path.strip("/").partition("/")[2] for path in site.story_paths()][:25]
        page.goto("/about/")
        page.evaluate(
            """(slugs) => localStorage.setItem("saved", JSON.stringify(
                [...slugs, "gone-from-here"].map((slug) => [decodeURIComponent(slug), { headline: slug, at: 0 }])))""",
            slugs,
        )
        page.goto("/saved/")
        expect(page.locator("main h3 a")).to_have_count(25)
        expect(page.get_by_text("1 story saved here is no longer on this site.")).to_be_visible()

    def test_without_a_network_the_page_tells_from_memory(self, page: Page, problems: list[str]) -> None:
        page.goto(SEED)
        page.get_by_role("button", name=re.compile("^Save ")).click()
        page.route("**/saved/?*", lambda route: route.abort("connectionfailed"))
        page.goto("/saved/")
        expect(page.get_by_role("link", name=HEADLINE)).to_be_visible()
        expect(page.get_by_role("alert")).to_contain_text("No answer from the network")
        page.unroute_all()
        page.get_by_role("button", name="Try again").click()
        expect(page.get_by_role("link", name=re.compile("In brief"))).to_be_visible()
        expect(page.get_by_role("link", name=HEADLINE)).to_have_count(1)
        problems.clear()

    def test_forgetting_leaves_nothing(self, page: Page) -> None:
        page.goto(SEED)
        page.get_by_role("button", name=re.compile("^Save ")).click()
        assert page.evaluate("localStorage.length") == 2
        page.goto("/settings/")
        page.get_by_role("button", name="Forget all of it").click()
        expect(page.locator("main").get_by_text("Nothing is kept on this device now.")).to_be_visible()
        assert page.evaluate("localStorage.length") == 0


class NoScriptTests:
    @pytest.fixture
    def browser_context_args(self, browser_context_args: dict[str, Any]) -> dict[str, Any]:
        """A browser without JavaScript."""
        return {**browser_context_args, "java_script_enabled": False}

    def test_what_needs_script_is_absent(self, page: Page) -> None:
        for path in ("/", SEED, "/settings/"):
            page.goto(path)
            for name in ("Save", "Listen", "Share", "Keyboard shortcuts", "Forget all of it"):
                expect(page.get_by_role("button", name=re.compile(f"^{name}"))).to_have_count(0)
        expect(page.locator("body > dialog")).to_be_hidden()

    def test_saved_page_explains(self, page: Page) -> None:
        page.goto("/saved/")
        expect(page.get_by_role("heading", name="Saving needs JavaScript")).to_be_visible()
        expect(page.get_by_role("heading", name="Nothing saved yet.")).to_be_hidden()

    def test_each_point_and_the_end_lead_to_the_form(self, page: Page) -> None:
        page.goto(SEED)
        page.get_by_role("link", name="Report an error in point 3").click()
        expect(page.get_by_label("The passage")).to_have_value(
            re.compile("^The deal is seen as a significant milestone")
        )
        page.goto(SEED)
        page.get_by_role("region", name="Spotted a mistake?").get_by_role("link", name="Report an error").click()
        expect(page).to_have_url(re.compile(r"/report/\?version=1$"))


class KeyTests:
    def test_stories_are_walked_opened_and_saved(self, page: Page) -> None:
        page.goto("/")
        headlines = page.locator("main :is(h2, h3) > a")
        for key, at in (("j", 0), ("j", 1), ("j", 2), ("k", 1), ("j", 2), ("j", 3), ("j", 4)):
            page.keyboard.press(key)
            expect(headlines.nth(at)).to_be_focused()
        row = page.locator(".story").first
        page.keyboard.press("b")
        expect(row.locator(".points")).to_be_visible()
        page.keyboard.press("s")
        expect(row.locator(".save")).to_have_attribute("aria-pressed", "true")
        page.keyboard.press("Enter")
        page.wait_for_url("**/articles/**")

    def test_points_and_report_of_a_story(self, page: Page) -> None:
        page.goto(SEED)
        page.keyboard.press("3")
        expect(page).to_have_url(re.compile("#e3$"))
        page.keyboard.press("Escape")
        expect(page).to_have_url(re.compile("#_$"))
        page.keyboard.press("r")
        page.wait_for_url("**/report/**")

    def test_slash_finds_the_search(self, page: Page) -> None:
        page.goto("/")
        page.keyboard.press("/")
        field = page.get_by_role("searchbox", name="Search stories")
        expect(field).to_be_focused()
        page.keyboard.type("j?sbr1")
        expect(field).to_have_value("j?sbr1")
        expect(page.locator("#keys")).to_be_hidden()

    def test_slash_leads_to_the_search_page_on_a_phone(self, page: Page) -> None:
        page.set_viewport_size({"width": 390, "height": 800})
        page.goto("/")
        page.keyboard.press("/")
        page.wait_for_url("**/search/")

    def test_sheet_opens_closes_and_turns_them_off(self, page: Page) -> None:
        page.goto("/")
        page.keyboard.press("?")
        sheet = page.get_by_role("dialog", name="Keyboard shortcuts")
        expect(sheet).to_be_visible()
        page.keyboard.press("Escape")
        expect(sheet).to_be_hidden()
        page.get_by_role("button", name="Keyboard shortcuts").click()
        sheet.get_by_label("Single keys are on").uncheck()
        sheet.get_by_role("button", name="Close").click()
        page.reload()
        page.keyboard.press("j")
        page.keyboard.press("?")
        expect(sheet).to_be_hidden()
        assert page.evaluate("document.activeElement === document.body")
        page.get_by_role("button", name="Keyboard shortcuts").click()
        sheet.get_by_label("Single keys are on").check()
        page.keyboard.press("Escape")
        page.keyboard.press("j")
        assert page.evaluate("document.activeElement !== document.body")


class ListenTests:
    def test_paragraphs_are_read_one_by_one_and_marked(self, page: Page) -> None:
        page.add_init_script(VOICE)
        page.goto(SEED)
        button = page.get_by_role("button", name="Listen")
        button.click()
        expect(button).to_have_attribute("aria-pressed", "true")
        expect(page.locator(".is-heard")).to_have_text(re.compile("This collaboration aims"))
        heard = page.evaluate("heard")
        assert [language for language, _ in heard] == ["en"] * 3
        assert heard[0][1] == HEADLINE
        assert heard[2][1].startswith("This collaboration aims")
        page.keyboard.press("Escape")
        expect(page.locator(".is-heard")).to_have_count(0)
        expect(button).to_have_attribute("aria-pressed", "false")

    def test_browser_that_cannot_speak_has_no_button(self, page: Page) -> None:
        page.add_init_script("delete window.speechSynthesis; delete Window.prototype.speechSynthesis")
        page.goto(SEED)
        expect(page.get_by_role("button", name="Share")).to_be_visible()
        expect(page.get_by_role("button", name="Listen")).to_have_count(0)


class PassOnTests:
    @pytest.fixture
    def context(self, context: BrowserContext) -> BrowserContext:
        """A browser that lets the page read what it copied."""
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        return context

    def test_link_is_copied_where_the_system_has_no_sheet(self, page: Page) -> None:
        page.add_init_script("Object.defineProperty(Navigator.prototype, 'share', { value: undefined })")
        page.goto(f"{SEED}?from=elsewhere#e2")
        page.locator("[data-share]").click()
        expect(page.locator("#said")).to_have_text("Copied")
        assert page.evaluate("navigator.clipboard.readText()").endswith(SEED)

    def test_sheet_of_the_system_is_used_where_there_is_one(self, page: Page) -> None:
        page.add_init_script(
            "Object.defineProperty(Navigator.prototype, 'share', { value: async (what) => { window.shared = what; } })"
        )
        page.goto(SEED)
        page.get_by_role("button", name="Share").click()
        shared = page.evaluate("shared")
        assert shared["title"] == HEADLINE
        assert shared["url"].endswith(SEED)

    def test_quote_is_copied_with_a_link_that_leads_to_it(self, page: Page) -> None:
        page.goto(SEED)
        select(page, "18,000 stores")
        page.get_by_role("button", name="Copy with link").click()
        expect(page.locator("#said")).to_have_text("Copied")
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied.startswith(f"“18,000 stores” {HEADLINE}, http://127.0.0.1:")
        assert copied.endswith(f"{SEED}#:~:text=18%2C000%20stores")
        expect(page.locator(".pop")).to_be_hidden()


class SelectToReportTests:
    def test_keyboard_reaches_it_next(self, page: Page) -> None:
        page.goto(SEED)
        page.locator(".text p").nth(2).dblclick(position={"x": 10, "y": 12})
        page.keyboard.press("Control+Shift+ArrowRight")
        link = page.get_by_role("link", name="Report an error here")
        expect(link).to_be_visible()
        page.keyboard.press("Tab")
        expect(link).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.get_by_label("The passage")).to_have_value(re.compile("^Xiaomi.s decision"))

    def test_single_key_takes_the_selected_words(self, page: Page) -> None:
        page.goto(SEED)
        select(page, "18,000 stores")
        expect(page.locator(".pop")).to_be_visible()
        page.keyboard.press("r")
        expect(page.get_by_label("The passage")).to_have_value("18,000 stores")

    def test_escape_puts_it_away(self, page: Page) -> None:
        page.goto(SEED)
        select(page, "18,000 stores")
        expect(page.locator(".pop")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.locator(".pop")).to_be_hidden()

    def test_mouse(self, page: Page) -> None:
        page.goto(SEED)
        page.locator(".text p").nth(2).dblclick(position={"x": 40, "y": 12})
        expect(page.get_by_role("link", name="Report an error here")).to_be_in_viewport()
        page.locator("#record-h").click()
        expect(page.locator(".pop")).to_be_hidden()

    def test_form_opens_in_place(self, page: Page, problems: list[str]) -> None:
        page.goto(SEED)
        assert page.evaluate("typeof htmx") == "undefined"
        page.get_by_role("region", name="Spotted a mistake?").get_by_role("link", name="Report an error").click()
        what = page.get_by_label("What is wrong?")
        expect(what).to_be_visible()
        expect(page).to_have_url(re.compile(re.escape(SEED) + "$"))
        page.get_by_role("button", name="Send report").click()
        expect(page.get_by_role("alert")).to_contain_text("attention")
        assert "422" in problems.pop()


class TouchTests:
    @pytest.fixture
    def browser_context_args(self, browser_context_args: dict[str, Any]) -> dict[str, Any]:
        """A phone."""
        return {**browser_context_args, "has_touch": True, "is_mobile": True, "viewport": {"width": 390, "height": 800}}

    def test_it_stands_below_where_the_menu_of_the_phone_does_not(self, page: Page) -> None:
        page.goto(SEED)
        select(page, "18,000 stores")
        pop = page.locator(".pop")
        expect(pop).to_be_visible()
        bottom = page.evaluate("getSelection().getRangeAt(0).getBoundingClientRect().bottom")
        box = pop.bounding_box()
        assert box is not None
        assert box["y"] > bottom
        assert box["x"] + box["width"] <= 390
        page.get_by_role("link", name="Report an error here").tap()
        page.wait_for_url("**/report/**")
