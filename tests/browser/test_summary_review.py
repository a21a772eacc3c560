"""Edie goes through a summary without touching the mouse, and once without any script."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_desk import password_of, sign_in
from tests.live import Site, served

STORY = """---
headline: {headline}
published_at: 2026-11-20T10:{minute}:00+00:00
---
Foxglove opened a school on Friday that teaches anyone to mend its phones.

The course takes two days and costs nothing. Some 18,000 people have asked for a place.
"""
DRAFTS = """
from articles.catalogue.models import Article
from articles.summaries.points import add_drafts
for story in Article.objects.filter(headline__startswith="Foxglove, story"):
    add_drafts(story, {texts!r}, model="Abridger", prompt_version="3")
"""
TEXTS = [
    "Foxglove opened a school on Friday that teaches anyone to mend its phones.",
    "The course costs nothing.",
    "Some 81,000 people have asked for a place.",
]


@pytest.fixture(scope="module")
def desk(new_folder: Callable[[], Path]) -> Iterator[Site]:
    """A site that these tests may change, with drafted stories: a later one is published a minute later."""
    with served(new_folder()) as desk:
        stories = desk.var / "stories"
        stories.mkdir()
        for minute in range(10, 17):
            text = STORY.format(headline=f"Foxglove, story {minute}", minute=minute)
            (stories / f"{minute}.md").write_text(text, encoding="utf-8")
        desk.manage("import_articles", str(stories))
        desk.manage("shell", "-c", DRAFTS.format(texts=TEXTS))
        yield desk
    assert "Traceback" not in desk.log, desk.log


def open_story(page: Page, desk: Site, number: int, *, has_script: bool = True) -> None:
    """From the queue to the screen of a story that no other test has."""
    page.goto(f"{desk.url}/admin/articles/article/?summary=needs_approval")
    page.get_by_role("link", name=f"Foxglove, story {number}").click()
    expect(page.locator("h1")).to_contain_text("Summary of")
    # What the script shows: from then on keys act.
    expect(page.locator("[data-sheet]")).to_be_visible(visible=has_script)


class KeyboardTests:
    def test_walk_by_keys(self, page: Page, desk: Site) -> None:
        sign_in(page, desk)
        open_story(page, desk, 16)
        first, second, third = (page.locator(f"#b{number}") for number in (1, 2, 3))
        keys = page.keyboard

        keys.press("j")
        expect(first).to_be_focused()
        keys.press("a")
        expect(first.get_by_label("Approve")).to_be_checked()
        keys.press("a")
        expect(first.get_by_label("Approve")).not_to_be_checked()
        keys.press("a")

        keys.press("j")
        keys.press("e")
        expect(second.get_by_label("What it says")).to_be_focused()
        keys.press("End")
        keys.type(" a jar")
        expect(second.get_by_label("What it says")).to_have_value(re.compile("a jar"))
        expect(second.get_by_label("Approve")).not_to_be_checked()
        keys.press("Escape")
        expect(second).to_be_focused()

        keys.press("j")
        expect(third).to_be_focused()
        keys.press("k")
        expect(second).to_be_focused()
        keys.press("j")
        keys.press("o")
        expect(third.get_by_label("Right in spite of red flags")).to_be_focused()
        keys.type("The school says so")
        keys.press("Escape")
        keys.press("a")
        keys.press("s")

        expect(page.locator(".messagelist")).to_contain_text("Approved: points 1, 3.")
        expect(third).to_contain_text("Approved all the same, because: The school says so")
        expect(second.get_by_label("What it says")).to_have_value(re.compile("a jar"))

    def test_next_story_by_key(self, page: Page, desk: Site) -> None:
        sign_in(page, desk)
        open_story(page, desk, 15)
        page.keyboard.press("j")
        page.keyboard.press("a")
        page.keyboard.press("n")
        expect(page.locator(".messagelist")).to_contain_text("Approved: point 1.")
        expect(page.locator("h1")).to_contain_text("story 14")

    def test_passages_are_chosen_and_a_point_rejected_by_keys(self, page: Page, desk: Site) -> None:
        sign_in(page, desk)
        open_story(page, desk, 13)
        keys = page.keyboard
        keys.press("j")
        keys.press("p")
        expect(page).to_have_url(re.compile("#e1$"))
        box = page.locator(".sentence:has(#e1) input")
        expect(box).to_be_focused()
        keys.press("Space")
        expect(box).to_be_checked()
        keys.press("u")
        expect(page.locator(".messagelist")).to_contain_text("Passages chosen: point 1.")
        expect(page.locator("#b1")).to_contain_text("Passages chosen by")

        keys.press("j")
        expect(page.locator("#b2")).to_be_focused()
        keys.press("r")
        expect(page.locator("#b2").get_by_label("Why")).to_be_focused()
        keys.type("Too short")
        keys.press("Tab")
        keys.press("Enter")
        expect(page.locator(".messagelist")).to_contain_text("Rejected: “The course costs nothing.”.")
        expect(page.locator(".point")).to_have_count(2)

    def test_keys_are_listed_and_can_be_switched_off_for_good(self, page: Page, desk: Site) -> None:
        sign_in(page, desk)
        open_story(page, desk, 12)
        page.keyboard.press("?")
        sheet = page.get_by_role("dialog", name="Keys")
        expect(sheet).to_be_visible()
        sheet.get_by_label("Use these keys").uncheck()
        sheet.get_by_role("button", name="Close").click()
        page.reload()
        for key in ("j", "a", "?"):
            page.keyboard.press(key)
        expect(page.locator(":focus")).to_have_count(0)
        expect(page.get_by_label("Approve").first).not_to_be_checked()
        expect(sheet).to_be_hidden()
        expect(page.locator(".review kbd").first).to_be_hidden()
        page.get_by_role("button", name="Keys").click()
        sheet.get_by_label("Use these keys").check()
        expect(page.locator(".review kbd").first).to_be_visible()


class EvidenceTests:
    def test_point_lights_its_passages_and_itself(self, page: Page, desk: Site) -> None:
        sign_in(page, desk)
        open_story(page, desk, 11)

        def background(selector: str) -> str:
            found: str = page.locator(selector).first.evaluate("(one) => getComputedStyle(one).backgroundColor")
            return found

        before = background("[data-ev~='1']")
        page.locator("#b1 .chip").click()
        assert background("[data-ev~='1']") != before
        assert background("#b1 .point__text > span:last-child") == background("[data-ev~='1']")
        assert background("[data-ev~='2']:not([data-ev~='1'])") == before


class WithoutScriptTests:
    def test_everything_is_there_to_be_pressed(self, browser: Browser, desk: Site) -> None:
        context = browser.new_context(java_script_enabled=False)
        page = context.new_page()
        page.goto(f"{desk.url}/admin/")
        page.get_by_label("Username").fill("editor")
        page.get_by_label("Password").fill(password_of(desk))
        page.get_by_role("button", name="Log in").click()
        open_story(page, desk, 10, has_script=False)
        expect(page.locator(".review kbd").first).to_be_hidden()
        expect(page.get_by_role("button", name="Keys")).to_have_count(0)

        page.locator("#b2 summary", has_text="Edit").click()
        page.locator("#b2").get_by_label("What it says").fill("The course is free.")
        page.locator("#b2").get_by_role("button", name="Save these words").click()
        expect(page.locator(".messagelist")).to_contain_text("Reworded: point 2.")
        page.locator("#b3").get_by_label("Approve").check()
        page.get_by_role("button", name="Approve the ticked points").click()
        expect(page.locator("#b3")).to_contain_text("Write the reason, edit the point, or reject it.")
        page.locator("#b3").get_by_label("Right in spite of red flags").fill("The school says so.")
        page.locator("#b1").get_by_label("Approve").check()
        page.get_by_role("button", name="Approve the ticked points").click()
        expect(page.locator(".messagelist")).to_contain_text("Approved: points 1, 3.")
        page.get_by_role("button", name="Move point 3 up").click()
        expect(page.locator("#b2")).to_contain_text("Some 81,000 people")
        context.close()
