"""Rita reads on in lists and searches, without leaving the page, and with a network that fails."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.live import SEED

HEADLINES = "main :is(h2, h3) > a"
FEW = re.compile(r"\b\d+ more stor(y|ies)\.")


def headlines(page: Page) -> list[str]:
    return page.locator(HEADLINES).all_inner_texts()


def load_more(page: Page) -> None:
    page.get_by_role("link", name=re.compile("Load older stories")).click()
    expect(page.locator("#said")).to_have_text(FEW)


class LoadMoreTests:
    @pytest.mark.parametrize("path", ["/", "/reviews/", "/search/?q=the"])
    def test_next_page_comes_below(self, page: Page, path: str) -> None:
        page.goto(path)
        before = headlines(page)
        if page.locator("#older").count() == 0:
            assert path == "/reviews/"
            return
        load_more(page)
        after = headlines(page)
        assert after[: len(before)] == before
        assert len(after) > len(before)
        assert len({*after}) == len(after)
        expect(page.locator(HEADLINES).nth(len(before))).to_be_focused()
        expect(page).to_have_url(re.compile(r"[?&]before="))
        assert page.locator("main [id]").evaluate_all("all => all.length === new Set(all.map(({ id }) => id)).size")

    def test_back_and_forward_restore_the_list(self, page: Page) -> None:
        page.goto("/")
        first = headlines(page)
        load_more(page)
        grown = headlines(page)
        page.go_back()
        expect(page.locator(HEADLINES)).to_have_count(len(first))
        assert headlines(page) == first
        page.go_forward()
        expect(page.locator(HEADLINES)).to_have_count(len(grown))
        assert headlines(page) == grown
        assert page.evaluate("document.activeElement === document.body")

    def test_list_is_as_it_was_left_after_a_story(self, page: Page) -> None:
        page.goto("/")
        page.locator(".story .peek").first.click()
        expect(page.locator(".story .points")).to_have_count(1)
        load_more(page)
        grown = headlines(page)
        last = page.locator(HEADLINES).last
        last.scroll_into_view_if_needed()
        scrolled = page.evaluate("scrollY")
        last.click()
        page.wait_for_url("**/articles/**")
        page.go_back()
        page.wait_for_url(re.compile(r"before="))
        expect(page.locator(HEADLINES)).to_have_count(len(grown))
        assert headlines(page) == grown
        expect(page.locator(".story .points")).to_have_count(1)
        page.wait_for_function("(y) => Math.abs(scrollY - y) < 4", arg=scrolled)

    def test_address_of_what_was_loaded_is_a_page(self, page: Page) -> None:
        page.goto("/")
        load_more(page)
        page.reload()
        expect(page.locator("h1")).to_have_count(1)
        expect(page.locator(".masthead")).to_be_visible()
        assert headlines(page)


class LiveSearchTests:
    def test_results_follow_the_typing(self, page: Page) -> None:
        page.goto("/search/")
        field = page.get_by_role("searchbox", name="Search stories").last
        field.press_sequentially("pager", delay=20)
        expect(page.locator("#found")).to_contain_text("pager")
        expect(page).to_have_url(re.compile(r"/search/\?q=pager$"))
        expect(page).to_have_title(re.compile("^pager: search"))
        expect(field).to_be_focused()
        expect(page.locator("article mark.hit").first).to_have_text(re.compile("pager", re.IGNORECASE))

    def test_filter_narrows_and_back_undoes(self, page: Page) -> None:
        page.goto("/search/?q=phone")
        many = page.locator(HEADLINES).count()
        page.get_by_label("Kind").select_option("review")
        expect(page).to_have_url(re.compile(r"/search/\?q=phone&kind=review$"))
        expect(page.locator(HEADLINES)).not_to_have_count(many)
        expect(page.get_by_label("Kind")).to_have_value("review")
        page.go_back()
        expect(page.locator(HEADLINES)).to_have_count(many)
        expect(page.get_by_label("Kind")).to_have_value("")

    def test_old_answers_are_discarded(self, page: Page, problems: list[str]) -> None:
        held: list[Route] = []

        def hold_the_first(route: Route) -> None:
            if "q=phones" in route.request.url:
                route.continue_()
            else:
                held.append(route)

        page.goto("/search/")
        page.route("**/search/?q=phone*", hold_the_first)
        field = page.get_by_role("searchbox", name="Search stories").last
        with page.expect_request("**/search/?q=phone"):
            field.fill("phone")
        field.fill("phones")
        expect(page).to_have_url(re.compile("q=phones"))
        held[0].abort()
        expect(page.locator("#found")).to_contain_text("phones")
        expect(page.locator(".fault")).to_have_count(0)
        assert any("sendAbort" in problem for problem in problems)
        problems.clear()

    def test_field_says_what_was_looked_for_after_going_back(self, page: Page) -> None:
        page.goto("/search/?q=phone")
        field = page.get_by_role("searchbox", name="Search stories").last
        field.fill("battery")
        expect(page).to_have_url(re.compile("q=battery"))
        page.go_back()
        expect(field).to_have_value("phone")
        expect(page.locator("#found")).to_contain_text("phone")


def cut(route: Route) -> None:
    route.abort("connectionfailed")


def break_down(route: Route) -> None:
    route.fulfill(status=503, body="")


def leave_waiting(route: Route) -> None:
    """Never answer."""


class FaultTests:
    """Whatever fails says so where it failed, and can be tried again."""

    @pytest.fixture(params=[cut, break_down], ids=["no-answer", "server-error"])
    def fault(self, request: pytest.FixtureRequest) -> Callable[[Route], None]:
        act: Callable[[Route], None] = request.param
        return act

    def try_again(self, page: Page, problems: list[str]) -> None:
        note = page.get_by_role("alert")
        expect(note).to_contain_text(re.compile("No answer from the network|The site could not answer"))
        page.unroute_all()
        note.get_by_role("button", name="Try again").click()
        expect(note).to_have_count(0)
        assert problems
        problems.clear()

    def test_in_brief(self, page: Page, fault: Callable[[Route], None], problems: list[str]) -> None:
        page.goto("/")
        page.route("**/brief/", fault)
        page.locator(".story .peek").first.click()
        self.try_again(page, problems)
        expect(page.locator(".story .points")).to_have_count(1)

    def test_older_stories(self, page: Page, fault: Callable[[Route], None], problems: list[str]) -> None:
        page.goto("/")
        page.route("**/?before=*", fault)
        page.locator("#older").click()
        self.try_again(page, problems)
        expect(page.locator("#said")).to_have_text(FEW)

    def test_search(self, page: Page, fault: Callable[[Route], None], problems: list[str]) -> None:
        page.goto("/search/")
        page.route("**/search/?q=*", fault)
        page.get_by_role("searchbox", name="Search stories").last.fill("pager")
        self.try_again(page, problems)
        expect(page.locator("#found")).to_contain_text("pager")

    def test_report(self, page: Page, fault: Callable[[Route], None], problems: list[str]) -> None:
        page.goto("/report/")
        page.get_by_label("What is wrong?").fill("A link is broken.")
        page.get_by_label("A fact is wrong").check()
        page.route("**/report/", fault)
        page.get_by_role("button", name="Send report").click()
        expect(page.get_by_label("What is wrong?")).to_have_value("A link is broken.")
        self.try_again(page, problems)
        page.wait_for_url("**/reports/*/")
        expect(page.get_by_text("A link is broken.")).to_be_visible()

    def test_settings(self, page: Page, problems: list[str]) -> None:
        page.goto("/settings/")
        page.route("**/settings/", cut)
        page.locator("main").get_by_text("Dark", exact=True).click()
        self.try_again(page, problems)
        page.reload()
        expect(page.locator("html")).to_have_attribute("data-theme", "dark")

    @pytest.mark.parametrize(("path", "link"), [("/", ".story .peek"), ("/", "#older"), (SEED, ".after [data-hx-get]")])
    def test_link_pressed_twice_asks_once(self, page: Page, path: str, link: str) -> None:
        held: list[Route] = []

        def hold(route: Route) -> None:
            held.append(route)

        page.goto(path)
        page.route(re.compile(r"/brief/|before=|/report/"), hold)
        with page.expect_request(re.compile(r"/brief/|before=|/report/")):
            page.locator(link).last.dblclick()
        page.locator(link).last.click()
        with page.expect_response(re.compile(r"/brief/|before=|/report/")):
            held[0].continue_()
        page.wait_for_load_state("networkidle")
        assert len(held) == 1

    def test_answer_that_takes_too_long(self, page: Page, problems: list[str]) -> None:
        page.goto("/")
        page.evaluate("htmx.config.timeout = 300")
        page.route("**/brief/", leave_waiting)
        page.locator(".story .peek").first.click()
        expect(page.get_by_role("alert")).to_contain_text("No answer from the network")
        page.unroute_all(behavior="ignoreErrors")
        problems.clear()
