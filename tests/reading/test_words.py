"""Every word that Rita meets, and that is not a story's, goes through gettext."""

import re
from collections.abc import Sequence
from datetime import timedelta

import pytest
from django.test import Client, RequestFactory
from pytest_django import Settings

from articles.catalogue.models import Article, Image, SiteStatement
from articles.reading import story as story_page
from articles.revisions import acts
from articles.revisions.models import Revision
from articles.summaries.models import Bullet
from articles.summaries.points import Point
from articles.web.errors import server_error
from tests.web.pseudo import bracketed, untranslated
from tests.world import NOON, correct, edie, make_article, make_report, make_review, max_admin, rita, sam

pytestmark = pytest.mark.django_db

# Names and words that people wrote: nobody translates these.
DATA = ("Newsroom", "Nordlys Tech", "Networks", "Chips", "Edie Torres", "Max Okafor", "Pell K3", "Mia Berg")
DATA += ("Kestrel öffnet", "Pell K3: leise", "Zweite Station.", "EUR", "nordlys.example")
WRITTEN = {"language": "de", "body": "Kestrel hat zwei Stationen.\n\nJetzt können 40.000 Haushalte bestellen."}


@pytest.fixture(autouse=True)
def fresh() -> None:
    """What was marked of a story before, in another language, is not kept."""
    story_page._marked.cache_clear()


def story(**changes: object) -> Article:
    about = {"headline": "Kestrel öffnet", "standfirst": "Zweite Station.", "bullets": ["Kestrel hat zwei Stationen."]}
    return make_article(**{**WRITTEN, **about, **changes})


def faults_on(addresses: Sequence[str], *data: str, client: Client | None = None) -> dict[str, list[str]]:
    """The words outside of the brackets, by page; every page has words of the interface."""
    found = {}
    with bracketed():
        for address in addresses:
            page = (client or rita()).get(address).content.decode()
            assert "⟦" in page, address
            found[address] = untranslated(page, *DATA, *data)
    return {address: left for address, left in found.items() if left}


class ListWordTests:
    def test_empty_site(self) -> None:
        assert faults_on(["/", "/reviews/", "/topics/", "/sources/", "/saved/", "/search/", "/search/?q=dish"]) == {}

    def test_lists_of_stories(self) -> None:
        archived = {"published_at": None, "is_from_archive": True, "updated_as_stated": "Jan 9", "is_edited": True}
        stories = [story(published_at=NOON - timedelta(hours=hour)) for hour in range(24)]
        story(**archived, byline="Mia Berg", is_sample=True)
        story(updated_as_stated="gestern")
        make_review(**WRITTEN, headline="Pell K3: leise", standfirst="Gut.", byline="Mia Berg")
        saved = f"/saved/?story={stories[0].slug}&story=gone"
        lists = ["/", "/reviews/", "/topics/", "/topics/networks/", "/sources/", "/sources/nordlys-tech/", saved]
        assert faults_on(lists, "gestern", "networks") == {}

    def test_older_stories_and_what_is_said_of_them(self) -> None:
        for hour in range(24):
            story(published_at=NOON - timedelta(hours=hour))
        found = re.search(r'href="(/\?before=[^"]+)"', rita().get("/").content.decode())
        assert found
        htmx = Client(headers={"HX-Request": "true", "HX-Target": "older"})
        assert faults_on([found[1]]) == faults_on([found[1]], client=htmx) == {}

    def test_topic_and_source_without_stories(self) -> None:
        gone = story(topics=["Chips"], sources=["Nordlys Tech"])
        acts.withdraw(gone, by=edie(), reason="Die Quelle zog zurück.")
        assert faults_on(["/topics/chips/", "/sources/nordlys-tech/"]) == {}


class StoryWordTests:
    def test_story_with_all_that_can_stand_on_it(self, settings: Settings) -> None:
        settings.EMAIL_IS_SET_UP = True
        sources = [("Nordlys Tech", "https://nordlys.example/1"), "Nordlys Tech"]
        article = story(sources=sources, topics=["Networks", "Chips"], byline="Mia Berg", is_sample=True)
        story(topics=["Networks"])
        Image.objects.create(article=article, credit="Mia Berg")
        for word in ("drei", "vier", "fünf", "sechs"):
            correct(article, body=WRITTEN["body"].replace("zwei", word), text="Es sind mehr.")
        report = make_report(article)
        report.answer(by=edie(), outcome="no_change", words="Es stimmt.")
        data = ("Es sind mehr.", "Es stimmt.")
        url = article.get_absolute_url()
        assert faults_on([url, f"{url}brief/", f"{url}summary/"], *data) == {}

    def test_review(self) -> None:
        review = make_review(**WRITTEN, headline="Pell K3: leise", standfirst="Gut.", byline="Mia Berg")
        plain = make_review(**WRITTEN, headline="Pell K3: leise", standfirst="Gut.", details={"score": None})
        assert faults_on([review.get_absolute_url(), plain.get_absolute_url()], "Gut.") == {}

    def test_points_that_wait_or_came_from_elsewhere(self) -> None:
        article = story(is_from_archive=True, published_at=None)
        SiteStatement.objects.create(text="Made with the help of AI.")
        Bullet.objects.filter(article=article).update(origin="imported", under_review_at=NOON)
        url = article.get_absolute_url()
        assert faults_on([url, f"{url}brief/", f"{url}summary/"]) == {}
        Bullet.objects.filter(article=article).update(
            origin="machine", drafted_text="Kestrel hat eine.", drafted_at=NOON, model="m", prompt_version="1"
        )
        assert faults_on([url, f"{url}summary/"]) == {}

    def test_withdrawn_and_sealed(self) -> None:
        article = story()
        acts.withdraw(article, by=edie(), reason="Die Quelle zog zurück.")
        assert faults_on([article.get_absolute_url()], "Die Quelle zog zurück.") == {}
        acts.seal(Article.objects.get(pk=article.pk), by=max_admin(), reason="Das Gericht.")
        assert faults_on([article.get_absolute_url()], "Die Quelle zog zurück.", "Das Gericht.") == {}

    def test_history(self) -> None:
        article = story()
        for kind in ("drei", "vier"):
            correct(article, body=WRITTEN["body"].replace("zwei", kind), text="Es sind mehr.")
        article = Article.objects.get(pk=article.pk)
        points = [Point("Kestrel hat vier.", is_approved=True, override="So ist es.")]
        wording = article.wording.__class__("Kestrel wächst", "", "Ganz anders.", "Mia Berg")
        acts.change(article, wording, points, by=edie(), kind=Revision.Kind.MINOR, reason="Neu.")
        url = f"{article.get_absolute_url()}history/"
        data = ("Es sind mehr.", "Neu.", "Kestrel wächst")
        assert faults_on([url, f"{url}1/", f"{url}2/", f"{url}3/?against=1", f"{url}3/?against=3"], *data) == {}


class SearchWordTests:
    def test_hits_none_and_filters_that_do_not_help(self) -> None:
        story()
        make_review(**WRITTEN, headline="Pell K3: leise", standfirst="Gut.")
        several = "/search/?q=Kestrel+hat+Stationen"
        wrong = "&kind=x&topic=y&source=z&from=2026-13-01&to=never"
        swapped = "&kind=news&from=2026-12-01&to=2026-01-01"
        many = "/search/?q=" + "+".join(f"w{number}" for number in range(14))
        nothing = ["/search/?q=zzzz", "/search/?q=zzzz&kind=news", "/search/?q=…", many]
        data = ("Kestrel", "hat", "Stationen", "x")
        assert faults_on(["/search/?q=Kestrel", several, several + wrong, several + swapped, *nothing], *data) == {}


class OtherWordTests:
    def test_pages_about_the_site(self, settings: Settings) -> None:
        settings.EMAIL_IS_SET_UP, settings.CONTACT_EMAIL = True, "desk@nordlys.example"
        text = "Wir prüfen alles. If you see a mistake, please email us at"
        SiteStatement.objects.create(text=text)
        about = ["/about/", "/about/corrections/", "/about/ai/", "/about/privacy/"]
        assert faults_on([*about, "/settings/", "/offline/"], "Wir prüfen alles.") == {}

    def test_pages_that_say_no(self) -> None:
        with bracketed():
            missing = rita().get("/nowhere/")
            foreign = sam().post("/settings/", {"theme": "dark"})
            broken = server_error(RequestFactory().get("/"))
        assert [missing.status_code, foreign.status_code, broken.status_code] == [404, 403, 500]
        for response in (missing, foreign, broken):
            assert untranslated(response.content.decode(), *DATA) == []

    def test_broken_page_needs_neither_request_nor_database(self, django_assert_num_queries: object) -> None:
        with django_assert_num_queries(0):  # type: ignore[operator]
            page = server_error(RequestFactory().get("/")).content.decode()
        assert '<html dir="ltr" lang="en">' in page
        assert "The fault has been logged." in page

    def test_worker_speaks_the_language_of_the_site(self) -> None:
        with bracketed():
            worker = rita().get("/sw.js").content.decode()
        assert 'const LANGUAGE = "zz";' in worker
        assert "⟦You are offline. This is the story as it was fetched on {at}.⟧" in worker
