"""The admin under the site's strict policy: every script of it runs, and points are moved with a button."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_desk import sign_in
from tests.live import SEED, Site


@pytest.fixture
def desk(page: Page, site: Site) -> Page:
    """A browser signed in to the admin. These tests look and try, and save nothing."""
    sign_in(page, site)
    return page


def open_seed(desk: Page, site: Site) -> None:
    desk.goto(f"{site.url}/admin/articles/article/?q={SEED.strip('/').rpartition('/')[2]}")
    desk.locator("#result_list tbody th a").first.click()
    desk.wait_for_url("**/change/**")
    desk.wait_for_load_state("networkidle")


class PolicyTests:
    """The ``context`` of these tests fails on anything that the policy stops."""

    @pytest.mark.parametrize(
        "path", ["", "articles/article/", "articles/article/add/", "articles/report/", "password_change/"]
    )
    def test_page_opens_with_its_scripts(self, desk: Page, site: Site, path: str) -> None:
        desk.goto(f"{site.url}/admin/{path}")
        desk.wait_for_load_state("networkidle")
        expect(desk.locator("#content")).to_be_visible()

    def test_topic_is_chosen_from_a_list_that_is_fetched(self, desk: Page, site: Site) -> None:
        open_seed(desk, site)
        desk.locator("#article_topics-group .select2-selection").first.click()
        expect(desk.locator(".select2-results__option").first).to_be_visible()

    def test_address_of_a_topic_is_proposed(self, desk: Page, site: Site) -> None:
        desk.goto(f"{site.url}/admin/articles/topic/add/")
        desk.get_by_label("Name").press_sequentially("Folding phones")
        expect(desk.get_by_label("Slug")).to_have_value("folding-phones")


class PointsTests:
    def order(self, desk: Page) -> list[str]:
        """The first words of the points as they stand, each with its number."""
        rows = desk.locator("#bullets-group tr.form-row:not(.empty-form)").all()
        found = [
            (row.locator("[name$='-order']").input_value(), row.locator("[name$='-text']").input_value())
            for row in rows
        ]
        return [f"{number} {text[:12]}".strip() for number, text in found]

    def test_point_is_moved_down_and_a_new_one_up(self, desk: Page, site: Site) -> None:
        open_seed(desk, site)
        before = self.order(desk)
        assert [entry[:2] for entry in before] == ["1 ", "2 ", "3 ", "4 ", ""]
        first, second = before[0][2:], before[1][2:]
        desk.get_by_role("button", name="Move this point down").first.click()
        assert self.order(desk)[:2] == [f"1 {second}", f"2 {first}"]

        desk.locator("#bullets-4 [name$='-text']").fill("Another one.")
        desk.get_by_role("button", name="Move this point up").last.click()
        assert [entry[:14] for entry in self.order(desk)[3:]] == ["4 Another one.", f"5 {before[3][2:]}"]
        expect(desk.get_by_role("button", name="Move this point up").nth(3)).to_be_focused()

    def test_row_that_is_added_has_its_buttons(self, desk: Page, site: Site) -> None:
        open_seed(desk, site)
        desk.get_by_role("button", name="Add another Point").click()
        expect(desk.locator("#bullets-5 .move")).to_have_count(2)
