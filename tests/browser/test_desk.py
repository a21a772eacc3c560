"""Edie's first day: the account that the local run makes, a draft published, the samples cleared away."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.live import SEED, Site, served

STORY = """---
headline: Foxglove opens a repair school
published_at: 2026-11-20T10:05:00+00:00
topics: [Phones]
sources:
  - name: Harbour Wire
    url: https://harbourwire.example/2026/11/foxglove
bullets:
  - Foxglove teaches anyone to mend its phones.
---
Foxglove opened a school on Friday that teaches anyone to mend its phones.

The course takes two days and costs nothing.
"""


@pytest.fixture(scope="session")
def desk(new_folder: Callable[[], Path]) -> Iterator[Site]:
    """A site that these tests may change, with a draft on it."""
    with served(new_folder()) as desk:
        draft = desk.var / "foxglove.md"
        draft.write_text(STORY, encoding="utf-8")
        desk.manage("import_articles", str(draft))
        yield desk
    assert "Traceback" not in desk.log, desk.log


class DeskTests:
    def test_a_draft_is_changed_and_published(self, page: Page, desk: Site) -> None:
        page.goto(desk.url)
        expect(page.get_by_role("link", name=re.compile("Foxglove"))).to_have_count(0)
        sign_in(page, desk)
        page.goto(f"{desk.url}/admin/articles/article/?q=Foxglove")
        page.get_by_role("link", name="Foxglove opens a repair school").click()
        page.get_by_label("Headline").fill("Foxglove opens a school for menders")
        page.get_by_role("button", name="Save and publish").click()
        expect(page.locator(".messagelist")).to_contain_text("Published.")

        page.context.clear_cookies()
        page.goto(desk.url)
        expect(page.get_by_role("link", name="Foxglove opens a school for menders").first).to_be_visible()

    def test_a_report_becomes_a_correction_without_a_mouse(self, page: Page, desk: Site) -> None:
        page.goto(f"{desk.url}{SEED}report/?version=1&quote=18,000 stores")
        page.get_by_label("What is wrong?").fill("These are shops that stock the phones.")
        page.get_by_role("button", name="Send report").click()
        expect(page.get_by_text("Thank you. An editor will check it.")).to_be_visible()
        receipt = page.url

        sign_in(page, desk)
        page.goto(f"{desk.url}/admin/articles/report/")
        page.keyboard.press("j")
        page.keyboard.press("Enter")
        expect(page.locator("#passage")).to_have_text("18,000 stores")
        page.wait_for_load_state()
        page.keyboard.press("n")
        page.keyboard.type("tcx")
        expect(page.get_by_label(re.compile("Answer in public"))).to_have_value("tcx")
        page.get_by_role("link", name="Correct c").focus()
        page.keyboard.press("c")
        passage = page.get_by_label("How it should read")
        passage.fill(passage.input_value().replace("18,000 stores", "18,000 shops that stock its phones"))
        page.keyboard.press("Control+Enter")
        expect(page.locator(".messagelist")).to_contain_text("Published, and answered.")

        page.goto(receipt)
        expect(page.get_by_text("An editor has answered your report.")).to_be_visible()
        page.get_by_role("link", name="Read the notice").click()
        expect(page.locator("#correction-1")).to_contain_text("shops that stock its phones")
        expect(page.locator("#answers")).to_contain_text("Corrected: A fact is wrong.")

    def test_keys_stay_off_once_turned_off(self, page: Page, desk: Site) -> None:
        sign_in(page, desk)
        page.goto(f"{desk.url}/admin/articles/report/?state=all")
        page.get_by_role("button", name="Turn the keys off").click()
        page.reload()
        page.keyboard.press("j")
        expect(page.locator("#result_list .field-code a:focus")).to_have_count(0)
        page.get_by_role("button", name="Turn the keys on").click()
        page.get_by_role("button", name="Turn the keys off").press("j")
        expect(page.locator("#result_list .field-code a:focus")).to_have_count(1)

    def test_samples_once_removed_stay_away(self, desk: Site) -> None:
        password = password_of(desk)
        assert len(desk.story_paths()) > 20
        desk.manage("remove_samples")
        with served(desk.var) as again:
            assert SEED in again.story_paths()
            assert len(again.story_paths()) <= 2
            assert password_of(again) == password


def password_of(site: Site) -> str:
    """The password of the local editor account, as the set-up stored it."""
    return (site.var / "editor-password.txt").read_text(encoding="utf-8").strip()


def sign_in(page: Page, site: Site) -> None:
    """Sign in to the admin as the local editor."""
    page.goto(f"{site.url}/admin/")
    page.get_by_label("Username").fill("editor")
    page.get_by_label("Password").fill(password_of(site))
    page.get_by_role("button", name="Log in").click()
    expect(page).to_have_url(re.compile("/admin/$"))
