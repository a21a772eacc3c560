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
        expect(page).to_have_url(re.compile(r"/\?before="))
        page.reload()
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


class PassageTests:
    @pytest.fixture(params=[True, False], ids=["with-javascript", "without"])
    def browser_context_args(
        self, browser_context_args: dict[str, Any], request: pytest.FixtureRequest
    ) -> dict[str, Any]:
        """The marker needs no script."""
        return {**browser_context_args, "java_script_enabled": request.param, "reduced_motion": "reduce"}

    def test_every_point_leads_to_its_passage(self, page: Page) -> None:
        page.goto(SEED)
        points = page.locator("#brief .points a:not(.flag)")
        expect(points).to_have_count(4)
        expected = {
            1: "This collaboration aims to increase the production",
            2: "The assembly of smartphones and electronics products",
            3: "The deal is seen as a significant milestone",
            4: "However, Xiaomi downplayed the significance",
        }
        for number, words in expected.items():
            points.nth(number - 1).click()
            passage = page.locator(f"#e{number}")
            expect(passage).to_contain_text(words)
            expect(passage).to_be_in_viewport()
            expect(passage).to_have_css("background-size", "100% 100%")
            expect(page.locator(f"#b{number} mark")).to_have_css("background-size", "100% 100%")
        expect(page.locator("#e1")).to_have_css("background-size", "0px 100%")

    def test_all_passages_of_a_point_light_and_lead_on(self, page: Page) -> None:
        page.goto(SEED)
        following = page.get_by_role("link", name="next passage")
        expect(following).to_have_count(0)
        page.locator("#b2 a").first.click()
        for passage in page.locator("mark[data-ev~='2']").all():
            expect(passage).to_have_css("background-size", "100% 100%")
        following.first.click()
        expect(page).to_have_url(re.compile("#e2(-2)?$"))

    def test_number_leads_back_to_the_point(self, page: Page) -> None:
        page.goto(f"{SEED}#e3")
        page.get_by_role("link", name="Supports point 3").click()
        expect(page).to_have_url(re.compile("#b3$"))
        expect(page.locator("#b3")).to_be_in_viewport()

    def test_from_the_front_page(self, page: Page) -> None:
        page.goto("/")
        page.get_by_role("link", name="The deal is seen as a significant milestone").first.click()
        expect(page).to_have_url(re.compile(f"{re.escape(SEED)}#e3$"))
        expect(page.locator("#e3")).to_have_css("background-size", "100% 100%")


class MarkerTests:
    def test_same_point_again_or_escape_puts_the_marker_away(self, page: Page) -> None:
        page.goto(SEED)
        point, passage = page.locator("#b3 a").first, page.locator("#e3")
        for is_pressed_again in (True, False):
            point.click()
            expect(passage).to_have_css("background-size", "100% 100%")
            if is_pressed_again:
                point.click()
            else:
                page.keyboard.press("Escape")
            expect(passage).to_have_css("background-size", "0px 100%")


class SelectionTests:
    def test_numbers_of_passages_are_no_part_of_what_is_quoted(self, page: Page) -> None:
        page.goto(SEED)
        page.locator(".text p").nth(1).evaluate("(paragraph) => getSelection().selectAllChildren(paragraph)")
        link = page.get_by_role("link", name="Report an error here")
        expect(link).to_be_visible()
        link.click()
        expect(page.get_by_label("The passage")).to_have_value(
            re.compile(
                r"^The assembly of smartphones .* Uttar Pradesh\. The deal is seen as .* domestic manufacturing\.$"
            )
        )

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
