"""Edie's first day: the account that the local run makes, a draft published, the samples cleared away."""

import re
from collections.abc import Iterator

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
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site that these tests may change, with a draft on it."""
    with served(tmp_path_factory.mktemp("desk")) as desk:
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
