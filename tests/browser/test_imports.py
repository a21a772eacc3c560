"""Edie imports a story in the admin, sees first what would happen, and decides on what her readers would see."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.test_desk import STORY, sign_in
from tests.live import Site, served


@pytest.fixture(scope="module")
def desk(new_folder: Callable[[], Path]) -> Iterator[Site]:
    """A site that these tests may change."""
    with served(new_folder()) as desk:
        yield desk
    assert "Traceback" not in desk.log, desk.log


def hand_in(page: Page, desk: Site, text: str) -> None:
    """Choose a file and go on to the plan."""
    page.goto(f"{desk.url}/admin/articles/importrun/add/")
    payload: FilePayload = {"name": "foxglove.md", "mimeType": "text/markdown", "buffer": text.encode()}
    page.get_by_label("Files").set_input_files(payload)
    page.get_by_role("button", name="Show what it would do").click()


class ImportTests:
    def test_file_is_looked_at_imported_published_and_merged(self, page: Page, desk: Site) -> None:
        sign_in(page, desk)
        hand_in(page, desk, STORY)
        expect(page.get_by_role("heading", name="Create: Foxglove opens a repair school")).to_be_visible()
        page.get_by_role("button", name="Import").click()
        expect(page.locator(".messagelist")).to_contain_text("1 created.")
        page.get_by_role("link", name="Foxglove opens a repair school").click()
        page.get_by_role("button", name="Save and publish").click()
        expect(page.locator(".messagelist")).to_contain_text("Published.")

        hand_in(page, desk, STORY.replace("The course takes two days", "The course takes three days"))
        expect(page.get_by_text("The course takes three days and costs nothing.")).to_be_visible()
        page.get_by_role("button", name="Import").click()
        expect(page.locator(".messagelist")).to_contain_text("1 proposed.")

        page.goto(f"{desk.url}/admin/articles/proposedchange/")
        page.get_by_role("link", name="Foxglove opens a repair school").click()
        page.get_by_label("Take what the file says").check()
        page.get_by_label("Kind of change").select_option("correction")
        page.get_by_label("Severity").select_option("major")
        page.get_by_label("Where the error came from").select_option("source")
        page.get_by_role("button", name="Decide").click()
        expect(page.locator(".messagelist")).to_contain_text("Decided.")
        expect(page.get_by_text("Taken from the file by editor")).to_be_visible()
        page.goto(f"{desk.url}/articles/foxglove-opens-a-repair-school/")
        expect(page.locator("a.fixed")).to_have_text("The course takes three days and costs nothing.")
        expect(page.locator("#correction-1")).to_contain_text("It now says “The course takes three days")
