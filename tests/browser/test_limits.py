"""Rita is held up, and loses nothing of what she wrote."""

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.live import SEED, served

WORDS = "It is 40, not 400."


class LimitTests:
    def test_refused_form_comes_back_filled_and_goes_through_later(
        self, page: Page, problems: list[str], new_folder: Callable[[], Path]
    ) -> None:
        with served(new_folder(), FORM_MIN_SECONDS="4", SENT_PER_NETWORK="1") as site:
            page.goto(f"{site.url}{SEED}report/")
            page.get_by_label("What is wrong?").fill(WORDS)
            page.get_by_role("button", name="Send report").click()
            expect(page.get_by_role("alert")).to_contain_text("quicker than people write")
            expect(page.get_by_label("What is wrong?")).to_have_value(WORDS)
            page.wait_for_timeout(4_500)
            page.get_by_role("button", name="Send report").click()
            expect(page).to_have_url(re.compile("/reports/R-"))

            page.goto(f"{site.url}{SEED}report/")
            page.get_by_label("What is wrong?").fill("Something else.")
            page.wait_for_timeout(4_500)
            page.get_by_role("button", name="Send report").click()
            expect(page.get_by_role("alert")).to_contain_text("send it again after")
            expect(page.get_by_label("What is wrong?")).to_have_value("Something else.")
            assert "/reports/" not in page.url
        assert [re.search(r"status of (\d+)", problem)[1] for problem in problems] == ["422", "429"]  # type: ignore[index]
        problems.clear()
