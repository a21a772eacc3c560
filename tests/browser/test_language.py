"""The interface in Arabic, which LANGUAGE_CODE alone chooses: Rita reads it, and reports an error in it."""

from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.audit import violations
from tests.live import SEED, Site, served

PAGES = ("/", SEED, f"{SEED}report/", "/search/?q=phone", "/corrections/", "/about/", "/settings/")
PASSAGES = ("مقطع واحد", "مقطعان")


@pytest.fixture(scope="module")
def arabic(new_folder: Callable[[], Path]) -> Iterator[Site]:
    """The site with its interface in Arabic; the stories are in English."""
    with served(new_folder(), LANGUAGE_CODE="ar") as site:
        yield site
    assert "Traceback" not in site.log, site.log


class ArabicTests:
    def test_page_is_written_from_right_to_left_and_the_story_from_left_to_right(
        self, page: Page, arabic: Site
    ) -> None:
        page.goto(f"{arabic.url}{SEED}")
        assert page.locator("html").get_attribute("lang") == "ar"
        assert page.locator("html").get_attribute("dir") == "rtl"
        story = page.locator("#story")
        assert (story.get_attribute("lang"), story.get_attribute("dir")) == ("en", "ltr")
        expect(page.locator("#brief h2")).to_have_text("باختصار")
        brief, record = (page.locator(selector).bounding_box() for selector in ("#brief", ".record"))
        assert brief
        assert record
        assert brief["x"] < record["x"]

    def test_counts_take_the_form_that_their_number_has(self, page: Page, arabic: Site) -> None:
        page.goto(f"{arabic.url}{SEED}")
        said = set(page.locator("#brief .says small").all_inner_texts())
        assert said & set(PASSAGES), said

    def test_days_have_the_names_that_arabic_gives_them(self, page: Page, arabic: Site) -> None:
        page.goto(f"{arabic.url}{SEED}")
        expect(page.locator(".record time[datetime='01-09']")).to_have_text("9 يناير")

    def test_no_page_scrolls_sideways_or_has_a_fault(self, page: Page, arabic: Site) -> None:
        for path, width in zip(PAGES, cycle([320, 1440]), strict=False):
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(f"{arabic.url}{path}")
            assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), path
            assert violations(page) == [], path

    def test_words_of_the_scripts_are_arabic_too(self, page: Page, arabic: Site) -> None:
        page.goto(arabic.url)
        save = page.locator(".story [data-save]").first
        save.click()
        expect(save.locator("span").first).to_have_text("محفوظ")
        page.keyboard.press("?")
        expect(page.get_by_role("dialog")).to_contain_text("اختصارات لوحة المفاتيح")

    def test_report_is_refused_and_then_taken_in_arabic(self, page: Page, arabic: Site, problems: list[str]) -> None:
        page.goto(f"{arabic.url}{SEED}report/")
        page.get_by_role("button", name="إرسال البلاغ").click()
        expect(page.get_by_role("alert")).to_be_visible()
        problems.clear()
        page.get_by_label("ما الخطأ؟").fill("ليس هذا صحيحًا.")
        page.get_by_role("button", name="إرسال البلاغ").click()
        expect(page.locator(".receipt")).to_contain_text("إيصال")
