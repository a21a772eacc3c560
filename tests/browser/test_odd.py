"""What is empty, long or odd: none of it breaks a page."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.audit import violations
from tests.live import Site, served

# The database guards the record, so its guards are taken down first and put up again.
CLEAR = """
from django.db import connection
from articles.catalogue.models import Article, Source, Topic
from articles.revisions.models import Revision, RevisionText
from articles.web import triggers
triggers.uninstall(connection)
for model in (RevisionText, Revision, Article, Source, Topic):
    model.objects.all().delete()
triggers.install(connection)
"""
LONG_WORD = ("Bahnsteig" * 9)[:80]
HEADLINE_OF_FORTY_WORDS = " ".join(f"word{number}" for number in range(1, 41))
FACTS = [f"Fact number {n} is that tower {n} stands." for n in range(1, 31)]
BODY = f"""{" ".join(FACTS)}

A word of {len(LONG_WORD)} letters: {LONG_WORD}. And a link: https://example.org/{"a-long-path/" * 12}

| Maker | Towers | Remark |
|---|---|---|
| Kestrel | 12 | {"A long remark. " * 6} |

```
{"a_very_long_line_of_code = 1; " * 12}
```

> A quotation, and in it a list:
>
> - one
> - two

لم يعد الصهريج يصعد إلى المحطة الشمسية صباح كل أحد.
"""
STORIES: dict[str, dict[str, Any]] = {
    "long": {
        "headline": HEADLINE_OF_FORTY_WORDS,
        "standfirst": f"Two languages: كانت المحطة الشمسية, and {LONG_WORD}.",
        "topics": [LONG_WORD],
        "sources": [{"name": LONG_WORD, "url": "https://long.example/"}],
        "byline": LONG_WORD,
        "bullets": FACTS,
    },
    "bare": {"headline": "Bare"},
}


@pytest.fixture(scope="module")
def odd(new_folder: Callable[[], Path]) -> Iterator[Site]:
    """A site that these tests empty and fill."""
    with served(new_folder()) as odd:
        odd.manage("shell", "--verbosity", "0", "-c", CLEAR)
        yield odd
    assert "Traceback" not in odd.log, odd.log


@pytest.fixture
def browser_context_args(browser_context_args: dict[str, Any], odd: Site) -> dict[str, Any]:
    """Paths start at the site of these tests."""
    return {**browser_context_args, "base_url": odd.url}


def publish(site: Site, folder: Path, *names: str) -> None:
    """Import and publish stories of ``STORIES``."""
    for name in names:
        front = {"published_at": "2026-11-20T10:00:00+00:00", **STORIES[name]}
        file = folder / f"{name}.md"
        # JSON is YAML
        body = BODY if name == "long" else "One sentence."
        file.write_text(f"---\n{json.dumps(front, ensure_ascii=False)}\n---\n{body}", encoding="utf-8")
        site.manage("import_articles", str(file), "--publish")
    site.manage("find_evidence")


def look(page: Page, path: str) -> list[str]:
    """What is wrong with the page at ``path`` on a narrow phone with doubled text, and by axe-core."""
    faults = []
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(path)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        faults.append(f"{path} scrolls sideways")
    page.evaluate("document.documentElement.removeAttribute('style')")
    return faults + [f"{path}: {fault}" for fault in violations(page)]


class EmptyTests:
    def test_every_list_says_that_it_is_empty(self, page: Page) -> None:
        faults = []
        for path, words in (
            ("/", "No stories yet"),
            ("/reviews/", "Nothing here yet."),
            ("/topics/", "None yet"),
            ("/sources/", "None yet"),
            ("/search/?q=phone", "No story mentions"),
            ("/saved/", "Nothing saved yet."),
        ):
            faults += look(page, path)
            expect(page.locator("main")).to_contain_text(words)
        assert faults == []


class OddTests:
    def test_one_story_of_a_headline_and_a_sentence(self, page: Page, odd: Site, tmp_path: Path) -> None:
        publish(odd, tmp_path, "bare")
        assert [*look(page, "/"), *look(page, "/articles/bare/")] == []
        expect(page.locator(".brief")).to_have_count(0)
        expect(page.get_by_text("This story names no source.")).to_be_visible()
        page.goto("/")
        expect(page.locator(".lead--alone")).to_have_count(1)
        expect(page.locator("#older")).to_have_count(0)

    def test_everything_long_at_once(self, page: Page, odd: Site, tmp_path: Path) -> None:
        publish(odd, tmp_path, "long")
        page.goto("/")
        page.get_by_role("link", name=HEADLINE_OF_FORTY_WORDS).click()
        path = page.url.removeprefix(odd.url)
        lists = ("/", "/topics/", "/sources/", "/search/?q=tower")
        assert [fault for each in (*lists, path, f"{path}brief/", f"{path}report/") for fault in look(page, each)] == []
        page.goto(path)
        expect(page.locator("#brief .points > li")).to_have_count(30)
        page.emulate_media(reduced_motion="reduce")
        page.locator("#b30 [href='#e30']").click()
        expect(page.locator("#e30")).to_have_css("background-size", "100% 100%")
        expect(page.locator("#b30 mark")).to_have_css("background-size", "100% 100%")
        expect(page.locator(".text pre")).to_have_css("direction", "ltr")
