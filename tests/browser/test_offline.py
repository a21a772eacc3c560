"""Rita reads in a train: the service worker keeps what she saved and read, and never shows it in the place of news."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.live import SEED, Site, served

HEADLINE = "Xiaomi Partners with Indian Manufacturer Padget Electronics"
FETCHED = re.compile(r"You are offline\. This is the story as it was fetched on .*\d")
OTHER = "/articles/quill-4-review-the-notes-app-that-finally-trusts-you-with-your-own-notes/"
CHANGE = """
from django.contrib.auth.models import User
from articles.catalogue.models import Article
from articles.catalogue.models import Wording
from articles.corrections.acts import correct
from articles.corrections.drafts import Draft
from articles.corrections.notices import Notice
from articles.summaries.models import Bullet
from articles.summaries.points import Point
story = Article.objects.get(slug="{slug}")
points = [Point(bullet.text, is_approved=True) for bullet in Bullet.objects.filter(article=story)]
wording = Wording("{headline}", story.standfirst, story.body_markdown, story.byline)
correct(Draft(story, wording, points, Notice("correction", "major", "story")), by=User.objects.first())
"""

PICTURES = """
import io
from django.core.files.base import ContentFile
from PIL import Image as Pillow
from articles.catalogue.models import Article, Image
story = Article.objects.get(slug="{slug}")
for position in (1, 2):
    jpeg = io.BytesIO()
    Pillow.linear_gradient("L").resize((1800, 1200)).save(jpeg, "JPEG")
    image = Image(article=story, position=position, alt="A shade", credit="Ann Wu")
    image.file.save("shade.jpg", ContentFile(jpeg.getvalue()), save=False)
    image.save()
"""


@pytest.fixture(scope="module")
def train(new_folder: Callable[[], Path]) -> Iterator[Site]:
    """A site that these tests may change."""
    with served(new_folder()) as train:
        yield train
    assert "Traceback" not in train.log, train.log


@pytest.fixture
def browser_context_args(browser_context_args: dict[str, Any], train: Site) -> dict[str, Any]:
    """A browser that may install the worker."""
    return {**browser_context_args, "service_workers": "allow", "base_url": train.url}


@pytest.fixture
def reader(page: Page) -> Page:
    """A browser on the front page with the worker at work."""
    page.goto("/")
    page.evaluate(
        "navigator.serviceWorker.ready.then(() => new Promise((done) => { const look = () =>"
        " navigator.serviceWorker.controller ? done() : setTimeout(look, 20); look(); }))"
    )
    return page


def cut_off(page: Page, *, is_cut: bool = True) -> None:
    """Pull the plug of the network, or put it in again."""
    page.context.set_offline(is_cut)


def kept(page: Page, name: str) -> list[str]:
    """The paths in the cache ``name``, once something has come into it."""
    paths: list[str] = page.evaluate(
        """async (name) => {
            for (let tries = 0; tries < 200; tries++) {
                const keys = await (await caches.open(name)).keys();
                if (keys.length) return keys.map(({ url }) => new URL(url).pathname);
                await new Promise((done) => setTimeout(done, 20));
            }
            return [];
        }""",
        name,
    )
    return paths


class OfflineTests:
    def test_story_that_was_read_opens_with_the_time_it_was_fetched(self, reader: Page, problems: list[str]) -> None:
        reader.goto(SEED)
        assert kept(reader, "read") == [SEED]
        expect(reader.locator(".offline")).to_have_count(0)
        cut_off(reader)
        reader.reload()
        expect(reader.get_by_role("heading", level=1)).to_have_text(HEADLINE)
        expect(reader.locator(".offline")).to_have_text(FETCHED)
        reader.locator("#b3 [href='#e3']").click()
        expect(reader.locator("#e3")).to_have_css("background-size", "100% 100%")
        cut_off(reader, is_cut=False)
        reader.reload()
        expect(reader.locator(".offline")).to_have_count(0)
        problems.clear()

    def test_saved_story_is_kept_until_it_is_taken_out(self, reader: Page, problems: list[str]) -> None:
        reader.get_by_role("button", name=re.compile("^Save Quill 4")).first.click()
        assert kept(reader, "saved") == [OTHER]
        cut_off(reader)
        reader.goto("/saved/")
        reader.get_by_role("link", name=re.compile("^Quill 4")).click()
        expect(reader.get_by_role("heading", level=1)).to_have_text(re.compile("^Quill 4"))
        expect(reader.locator(".offline")).to_be_visible()
        cut_off(reader, is_cut=False)
        reader.goto("/saved/")
        reader.get_by_role("button", name=re.compile("^Saved Quill 4")).click()
        reader.wait_for_function(
            "caches.open('saved').then((cache) => cache.keys()).then(({ length }) => length === 0)"
        )
        problems.clear()

    def test_anything_else_is_the_offline_page_with_what_is_here(self, reader: Page, problems: list[str]) -> None:
        reader.goto(SEED)
        kept(reader, "read")
        cut_off(reader)
        reader.goto("/topics/")
        expect(reader.get_by_role("heading", level=1)).to_have_text("You are offline.")
        expect(reader.locator("main h3 a")).to_have_text([HEADLINE])
        assert reader.evaluate("document.fonts.ready.then(() => document.fonts.check('700 40px \"Brygada 1918\"'))")
        cut_off(reader, is_cut=False)
        reader.get_by_role("link", name="Try again").click()
        expect(reader.get_by_role("heading", level=1)).to_have_text("Topics")
        problems.clear()

    def test_online_the_page_is_the_one_of_now(self, reader: Page, train: Site) -> None:
        reader.goto(OTHER)
        kept(reader, "read")
        slug = OTHER.strip("/").partition("/")[2]
        train.manage("shell", "--verbosity", "0", "-c", CHANGE.format(slug=slug, headline="Quill 4.1 review"))
        reader.goto("/reviews/")
        expect(reader.get_by_role("link", name="Corrected since you read it")).to_have_count(1)
        reader.get_by_role("link", name="Quill 4.1 review").first.click()
        expect(reader.get_by_role("heading", level=1)).to_have_text("Quill 4.1 review")
        expect(reader.get_by_role("link", name="Corrected since you read it")).to_have_count(1)
        reader.goto("/reviews/")
        expect(reader.get_by_role("link", name="Corrected since you read it")).to_have_count(0)

    def test_admin_is_left_alone(self, reader: Page, problems: list[str]) -> None:
        reader.goto("/admin/")
        cut_off(reader)
        with pytest.raises(Exception, match="ERR_INTERNET_DISCONNECTED"):
            reader.goto("/admin/")
        problems.clear()


class PictureTests:
    @pytest.fixture(scope="class")
    @classmethod
    def story(cls, train: Site) -> str:
        """The path of a story with a picture on top and another that is loaded late."""
        path = next(path for path in train.story_paths() if "thimble" in path)
        train.manage("shell", "--verbosity", "0", "-c", PICTURES.format(slug=path.split("/")[2]))
        return path

    def kept_pictures(self, page: Page, story: str, wanted: list[int]) -> list[int]:
        """How wide the pictures are that are kept with ``story``, once they are as ``wanted`` or time is up."""
        widths: list[int] = page.evaluate(
            """async ([name, wanted]) => {
                let widths = [];
                for (let tries = 0; tries < 400 && String(widths) !== String(wanted); tries++) {
                    const cache = (await caches.has(name)) && (await caches.open(name));
                    const keys = cache ? await cache.keys() : [];
                    const blobs = await Promise.all(keys.map(async (key) => (await cache.match(key)).blob()));
                    const pictures = await Promise.all(blobs.map((blob) => createImageBitmap(blob)));
                    widths = pictures.map(({ width }) => width).sort((one, other) => one - other);
                    await new Promise((done) => setTimeout(done, 20));
                }
                return widths;
            }""",
            [f"pictures of {story}", wanted],
        )
        return widths

    def shows_both(self, page: Page) -> bool:
        """Scroll each picture into view and tell whether it comes."""
        pictures = page.locator(".figure img")
        expect(pictures).to_have_count(2)
        for picture in pictures.all():
            picture.scroll_into_view_if_needed()
            expect(picture).to_have_js_property("complete", True)
        return all(picture.evaluate("(image) => image.naturalWidth > 0") for picture in pictures.all())

    def test_story_that_was_read_opens_with_what_was_shown(self, reader: Page, story: str, problems: list[str]) -> None:
        reader.set_viewport_size({"width": 1200, "height": 300})
        reader.goto(story)
        assert self.shows_both(reader)
        assert self.kept_pictures(reader, story, [960, 960]) == [960, 960]
        cut_off(reader)
        reader.set_viewport_size({"width": 390, "height": 300})
        reader.reload()
        expect(reader.locator(".offline")).to_be_visible()
        assert self.shows_both(reader)
        problems.clear()

    def test_saved_story_has_the_smallest_until_it_is_taken_out(
        self, reader: Page, story: str, problems: list[str]
    ) -> None:
        reader.goto("/search/?q=thimble")
        reader.locator(f"article:has([href='{story}']) [data-save]").first.click()
        assert self.kept_pictures(reader, story, [480, 480]) == [480, 480]
        cut_off(reader)
        reader.goto(story)
        assert self.shows_both(reader)
        cut_off(reader, is_cut=False)
        reader.reload()
        reader.locator("#story [data-save]").first.click()
        reader.wait_for_function("(name) => caches.has(name).then((is) => !is)", arg=f"pictures of {story}")
        problems.clear()

    def test_picture_that_left_the_story_goes(self, reader: Page, train: Site, story: str) -> None:
        reader.goto(story)
        reader.evaluate(
            "(name) => caches.open(name).then((cache) =>"
            " cache.put('/media/renditions/images/old.jpg/', new Response('x')))",
            f"pictures of {story}",
        )
        reader.reload()
        reader.wait_for_function(
            "(name) => caches.open(name).then((cache) => cache.match('/media/renditions/images/old.jpg/'))"
            ".then((found) => !found)",
            arg=f"pictures of {story}",
        )

    def test_stories_without_pictures_keep_none(self, reader: Page) -> None:
        reader.goto(SEED)
        kept(reader, "read")
        assert [name for name in reader.evaluate("caches.keys()") if name.startswith("pictures")] == []


class InstallTests:
    def test_manifest_names_icons_that_are_there(self, reader: Page) -> None:
        manifest = json.loads(reader.evaluate("fetch('/manifest.webmanifest').then((answer) => answer.text())"))
        assert manifest["name"] == "Newsroom"
        for icon in manifest["icons"]:
            assert (
                reader.evaluate(
                    "(src) => new Promise((done) => { const image = new Image(); image.onload = () =>"
                    " done(`${image.naturalWidth}x${image.naturalHeight}`); image.src = src; })",
                    icon["src"],
                )
                == icon["sizes"]
            )

    def test_forgetting_removes_the_worker_and_all_it_kept(self, reader: Page) -> None:
        reader.goto(SEED)
        kept(reader, "read")
        reader.goto("/settings/")
        reader.get_by_role("button", name="Forget all of it").click()
        expect(reader.locator("main").get_by_text("Nothing is kept on this device now.")).to_be_visible()
        assert reader.evaluate("caches.keys()") == []
        assert reader.evaluate("navigator.serviceWorker.getRegistrations().then(({ length }) => length)") == 0

    def test_old_shells_go_when_a_new_one_comes(self, page: Page, problems: list[str]) -> None:
        page.goto("/feed.json")
        page.evaluate("caches.open('shell-of-before').then((cache) => cache.put('/x', new Response('x')))")
        page.goto("/")
        problems.clear()  # data has no icon of its own, and the browser asks for one
        page.wait_for_function("caches.keys().then((names) => names.length === 1 && names[0] !== 'shell-of-before')")

    def test_worker_goes_when_offline_reading_is_switched_off(self, reader: Page, train: Site) -> None:
        reader.goto(SEED)
        kept(reader, "read")
        train.process.terminate()
        train.process.wait(timeout=20)
        with served(train.var, port=urlsplit(train.url).port or 0, OFFLINE_READING="false"):
            reader.evaluate("navigator.serviceWorker.getRegistration().then((found) => found.update())")
            reader.wait_for_function("caches.keys().then((names) => names.length === 0)")
            reader.wait_for_function("navigator.serviceWorker.getRegistrations().then(({ length }) => length === 0)")
            reader.goto("about:blank")
            reader.goto(f"{train.url}/")
            expect(reader.locator("[rel=manifest]")).to_have_count(0)
            assert reader.evaluate("navigator.serviceWorker.controller === null")
