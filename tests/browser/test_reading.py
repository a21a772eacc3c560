"""Rita reads the seed story, checks it and reports an error, with JavaScript and without."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.live import SEED, Site

HEADLINE = "Xiaomi Partners with Indian Manufacturer Padget Electronics"
CODE = re.compile(r"R(-[0-9A-HJKMNP-TV-Z]{4}){3}")


class JourneyTests:
    @pytest.fixture(params=[True, False], ids=["with-javascript", "without"])
    def browser_context_args(
        self, browser_context_args: dict[str, Any], request: pytest.FixtureRequest
    ) -> dict[str, Any]:
        """Both kinds of browser walk the same way."""
        return {**browser_context_args, "java_script_enabled": request.param}

    def test_from_home_to_the_receipt(self, page: Page) -> None:
        page.goto("/")
        page.get_by_role("link", name=HEADLINE).first.click()
        expect(page).to_have_url(re.compile(re.escape(SEED)))
        expect(page.get_by_role("heading", level=1)).to_have_text(HEADLINE)
        expect(page.locator("#brief .points li")).to_have_count(4)

        record = page.get_by_role("complementary", name="About this story")
        record.get_by_role("link", name="SCMP").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("SCMP")
        page.get_by_role("link", name=HEADLINE).click()

        record.get_by_role("link", name="Report an error").click()
        page.get_by_label("What is wrong?").fill("The figure counts shops that stock the phones.")
        page.get_by_label("A fact is wrong").check()
        page.get_by_role("button", name="Send report").click()

        expect(page).to_have_url(re.compile(rf"/reports/{CODE.pattern}/$"))
        code = CODE.search(page.url)
        assert code is not None
        expect(page.get_by_text(code[0]).first).to_be_visible()
        expect(page.get_by_text("The figure counts shops that stock the phones.")).to_be_visible()
        expect(page.get_by_role("link", name=HEADLINE)).to_be_visible()
        assert page.context.cookies() == []

    def test_points_of_a_story_in_a_list(self, page: Page, browser_context_args: dict[str, Any]) -> None:
        page.goto("/sources/scmp/")
        page.get_by_role("link", name=re.compile("In brief")).first.click()
        expect(page.get_by_text("it is a continuation of their existing relationship").first).to_be_visible()
        if browser_context_args["java_script_enabled"]:
            expect(page).to_have_url(re.compile(r"/sources/scmp/$"))
        else:
            expect(page).to_have_url(re.compile(rf"{SEED}#brief$"))

    def test_an_empty_report_keeps_what_was_typed(self, page: Page, problems: list[str]) -> None:
        page.goto(f"{SEED}report/?version=1&quote=18%2C000+stores")
        page.get_by_label("A name or spelling").check()
        page.get_by_role("button", name="Send report").click()
        expect(page).to_have_title(re.compile("^Error:"))
        expect(page.get_by_role("alert")).to_contain_text("Tell us what is wrong")
        expect(page.get_by_label("A name or spelling")).to_be_checked()
        expect(page.get_by_label("The passage")).to_have_value("18,000 stores")
        assert "422" in problems.pop()

    def test_older_stories(self, page: Page) -> None:
        page.goto("/")
        newest = page.locator("h3 a").all_inner_texts()
        page.get_by_role("link", name=re.compile("Load older stories")).click()
        expect(page).to_have_title(re.compile("^Older stories"))
        older = page.locator("h3 a").all_inner_texts()
        assert older
        assert not {*newest} & {*older}

    def test_theme_is_kept(self, page: Page) -> None:
        page.goto("/settings/")
        form = page.locator("main form")
        form.get_by_text("Dark", exact=True).click()
        form.get_by_role("button", name="Keep these settings").click()
        page.goto(SEED)
        expect(page.locator("html")).to_have_attribute("data-theme", "dark")
        assert {cookie["name"] for cookie in page.context.cookies()} == {"reading"}


class SeedTests:
    """The seed story, as a person would check it against its file."""

    def test_nothing_is_lost_and_nothing_invented(self, page: Page) -> None:
        page.goto(SEED)
        story = page.locator("#story")
        paragraphs = [page.locator("#story .stand").inner_text(), *page.locator("#story .text p").all_inner_texts()]
        assert len(paragraphs) == 8
        assert paragraphs[0].startswith("Chinese smartphone giant Xiaomi has entered")
        assert paragraphs[-1].endswith("according to Counterpoint Research data.")
        text = story.inner_text()
        assert text.count(paragraphs[0]) == 1
        assert "9 Jan" in text
        assert not re.search(r"9 Jan\w* \d{4}", text)
        assert page.locator("time[datetime='01-09']").count() > 0
        assert "As technology advances" not in text
        assert "Published" not in page.get_by_role("complementary", name="About this story").inner_text()

    def test_statement_stands_on_the_about_page_with_its_gap_mended(self, page: Page) -> None:
        page.goto("/about/")
        statement = page.locator("section", has_text="As technology advances").last
        expect(statement).not_to_contain_text("email us at")
        statement.get_by_role("link").click()
        expect(page).to_have_url(re.compile("/report/$"))


class SelectionTests:
    def test_selected_words_go_into_the_report(self, page: Page) -> None:
        page.goto(SEED)
        page.get_by_text("Currently, the company has 18,000 stores").evaluate(
            """(paragraph) => {
                const text = [...paragraph.childNodes].find((node) => node.data?.includes("18,000"));
                const start = text.data.indexOf("18,000 stores");
                getSelection().setBaseAndExtent(text, start, text, start + "18,000 stores".length);
            }"""
        )
        link = page.get_by_role("link", name="Report an error here")
        expect(link).to_be_visible()
        link.click()
        expect(page.get_by_label("The passage")).to_have_value("18,000 stores")
        assert "version=1" in page.url


class SearchTests:
    def test_finds_and_marks(self, page: Page, site: Site) -> None:
        page.goto("/")
        page.get_by_role("searchbox", name="Search stories").fill("noida")
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile(r"/search/\?q=noida"))
        expect(page.get_by_role("link", name=HEADLINE)).to_be_visible()
        expect(page.locator("article mark.hit").first).to_have_text("Noida")
