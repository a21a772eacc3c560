"""The published pages: kept, served, never wrong."""

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
from django.conf import settings as site_settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.test import override_settings
from django.urls import path

from articles.catalogue.models import Topic, Wording
from articles.corrections import acts as corrections
from articles.publishing import published
from articles.publishing.pages import BRIEFLY, PublishedPages
from articles.revisions import acts
from articles.summaries.points import Point
from tests.publishing.asking import Told, ask, open_pages
from tests.world import desk, edie, make_article

pytestmark = pytest.mark.django_db

calls: list[HttpRequest] = []


@published(query=("page",), fragments=("part",))
def whoami(request: HttpRequest) -> HttpResponse:
    """Says everything that it can find out about the reader."""
    calls.append(request)
    return HttpResponse(f"{sorted(request.headers.items())} {request.GET.dict()} {request.META.get('REMOTE_ADDR')}")


def forgetful(request: HttpRequest) -> HttpResponse:
    """Has no mark."""
    calls.append(request)
    return HttpResponse(f"for {request.headers['User-Agent']} alone")


@published()
def greeting(request: HttpRequest) -> HttpResponse:
    """Sets a cookie, in spite of its mark."""
    calls.append(request)
    response = HttpResponse("hello")
    response.set_cookie("greeted", "yes")
    return response


@published()
def secretive(request: HttpRequest) -> HttpResponse:
    """Says that it is for one reader, in spite of its mark."""
    calls.append(request)
    return HttpResponse("psst", headers={"Cache-Control": "private, max-age=60"})


@published()
def polyglot(request: HttpRequest) -> HttpResponse:
    """Varies on what the key does not hold, in spite of its mark."""
    calls.append(request)
    return HttpResponse(request.headers.get("Accept-Language", "none"), headers={"Vary": "Accept-Language, Cookie"})


@published()
def broken(request: HttpRequest) -> HttpResponse:
    """Fails."""
    calls.append(request)
    raise ZeroDivisionError


@published()
def teapot(request: HttpRequest) -> HttpResponse:
    """Answers with a status that is none to be kept."""
    calls.append(request)
    return HttpResponse("short and stout", status=418)


urlpatterns = [
    path("whoami/", whoami),
    path("forgetful/", forgetful),
    path("greeting/", greeting),
    path("secretive/", secretive),
    path("polyglot/", polyglot),
    path("broken/", broken),
    path("teapot/", teapot),
]


@pytest.fixture
def pages() -> PublishedPages:
    return open_pages()


@pytest.fixture
def strange_pages() -> Iterator[PublishedPages]:
    """A site of views that do what they should not."""
    calls.clear()
    with override_settings(ROOT_URLCONF=__name__):
        yield open_pages()


def get(pages: PublishedPages, path: str = "/", **changes: Any) -> Told:
    return ask(pages, path, **changes)


def out_of_order(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Stands in for Django where that must not be asked."""
    raise AssertionError(environ["PATH_INFO"])


class KeepingTests:
    def test_page_is_rendered_once_and_sent_to_everyone(self, pages: PublishedPages) -> None:
        story = make_article()
        first = get(pages, story.get_absolute_url())
        pages.application = out_of_order
        second = get(pages, story.get_absolute_url())
        assert story.headline in first.text
        assert second == first
        assert (pages.renders, pages.misses, pages.pages.hits) == (1, 1, 1)

    def test_is_what_django_says_with_its_headers(self, pages: PublishedPages) -> None:
        make_article()
        kept, plain = get(pages), ask(WSGIHandler(), "/")
        assert kept.body == plain.body
        assert {name: kept.headers[name] for name in plain.headers if name != "Vary"} == {
            name: value for name, value in plain.headers.items() if name != "Vary"
        }
        assert set(kept.headers["Vary"].split(", ")) == {*plain.headers["Vary"].split(", "), "Accept-Encoding"}

    @pytest.mark.parametrize(
        ("path", "vary"),
        [
            ("/", "Cookie, HX-Request, HX-Target, Accept-Encoding"),
            ("/about/", "Cookie, Accept-Encoding"),
            ("/articles/dish/", "Cookie, Accept-Encoding"),
            ("/articles/dish/brief/", "Cookie, HX-Request, HX-Target, Accept-Encoding"),
            ("/search/?q=dish", "Cookie, HX-Request, HX-Target, Accept-Encoding"),
            ("/feed.rss", "Accept-Encoding"),
            ("/sitemap.xml", "Accept-Encoding"),
        ],
    )
    def test_varies_on_no_more_than_it_must(self, pages: PublishedPages, path: str, vary: str) -> None:
        make_article(slug="dish")
        assert set(get(pages, path).headers["Vary"].split(", ")) == set(vary.split(", "))
        assert get(pages, path).status == 200
        assert pages.renders == 1

    @pytest.mark.parametrize(
        "path",
        [
            "/saved/",
            "/saved/?story=dish&story=bowl&story=nowhere",
            "/corrections/",
            "/corrections/?kind=correction&severity=major&origin=source&source=x&topic=chips&month=2026-11",
            "/offline/",
            "/sw.js",
            "/manifest.webmanifest",
        ],
    )
    def test_what_is_the_same_for_all_is_kept_and_is_what_django_says(self, pages: PublishedPages, path: str) -> None:
        make_article(slug="dish", topics=["Chips"])
        make_article(slug="bowl")
        plain = ask(WSGIHandler(), path)
        assert (plain.status, get(pages, path).body) == (200, plain.body)
        pages.application = out_of_order
        assert get(pages, path).body == plain.body

    def test_worker_of_the_site_is_asked_for_at_each_visit(self, pages: PublishedPages) -> None:
        assert "max-age=0" in get(pages, "/sw.js").headers["Cache-Control"]

    def test_edge_caches_can_purge_a_page_by_what_it_shows(self, pages: PublishedPages) -> None:
        make_article(slug="dish", topics=["Chips"])
        assert get(pages).headers["Surrogate-Key"] == "newsroom reading.home"
        keys = get(pages, "/articles/dish/").headers["Surrogate-Key"]
        assert keys == "newsroom reading.article reading.article/dish"

    def test_compressed_copies_follow(self, pages: PublishedPages) -> None:
        make_article()
        assert "Content-Encoding" not in get(pages, HTTP_ACCEPT_ENCODING="br").headers
        pages.uncompressed.join()
        assert get(pages, HTTP_ACCEPT_ENCODING="br").headers["Content-Encoding"] == "br"
        assert get(pages, HTTP_ACCEPT_ENCODING="gzip").headers["Content-Encoding"] == "gzip"

    def test_whoever_renders_compresses_where_too_many_pages_wait(
        self, pages: PublishedPages, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        pages.uncompressed.join()
        monkeypatch.setattr(pages.uncompressed, "maxsize", 1)
        monkeypatch.setattr(pages.uncompressed, "_qsize", lambda: 1)
        get(pages)
        assert get(pages, HTTP_ACCEPT_ENCODING="br").headers["Content-Encoding"] == "br"

    def test_reader_who_has_the_page_is_told_so_without_django(self, pages: PublishedPages) -> None:
        tag = get(pages).headers["ETag"]
        pages.application = out_of_order
        assert get(pages, HTTP_IF_NONE_MATCH=tag).status == 304

    def test_unrelated_change_renders_anew_but_the_reader_s_copy_stays_good(self, pages: PublishedPages) -> None:
        tag = get(pages, "/about/").headers["ETag"]
        make_article()
        assert get(pages, "/about/", HTTP_IF_NONE_MATCH=tag).status == 304
        assert pages.renders == 2

    def test_head_and_get_share_a_page(self, pages: PublishedPages) -> None:
        head = get(pages, REQUEST_METHOD="HEAD")
        whole = get(pages)
        assert head.headers == whole.headers
        assert (head.body, pages.renders) == (b"", 1)

    def test_searches_cannot_drive_out_stories(self) -> None:
        story = make_article()
        pages = open_pages(max_bytes=200_000)
        get(pages, story.get_absolute_url())
        for number in range(20):
            get(pages, f"/search/?q=word{number}")
        assert pages.others.evictions
        get(pages, story.get_absolute_url())
        assert pages.pages.hits == 1

    def test_counts_add_up(self, pages: PublishedPages) -> None:
        for _ in range(3):
            get(pages)
        get(pages, "/admin/login/")
        counts = pages.counts()
        assert {name: counts[name] for name in ("hits", "misses", "renders", "passed", "evictions", "entries")} == {
            "hits": 2, "misses": 1, "renders": 1, "passed": 1, "evictions": 0, "entries": 1,
        }  # fmt: skip
        assert counts["bytes"] > len(get(pages).body)
        assert counts["generation"]


class FreshnessTests:
    def test_correction_shows_in_the_next_answer(self, pages: PublishedPages) -> None:
        story = make_article(headline="Dish")
        addresses = (story.get_absolute_url(), "/", "/feed.rss", "/search/?q=kestrel")
        for address in addresses:
            assert "Bowl" not in get(pages, address).text
        points = [Point("Kestrel has a bowl.", is_approved=True)]
        acts.change(story, Wording("Bowl", "", "Kestrel.", ""), points, by=edie(), kind="minor", reason="A bowl.")
        for address in addresses:
            assert "Bowl" in get(pages, address).text

    def test_correction_shows_in_its_log(self, pages: PublishedPages) -> None:
        story = make_article(topics=["Chips"])
        addresses = ("/corrections/", "/corrections/?topic=chips", f"/saved/?story={story.slug}")
        for address in addresses:
            assert "the old words" not in get(pages, address).text
        corrections.withdraw(story, by=edie(), reason="these were the old words.")
        for address in addresses[:2]:
            assert "the old words" in get(pages, address).text
        assert "Withdrawn" in get(pages, addresses[2]).text

    def test_two_processes_see_the_same(self) -> None:
        one, other = open_pages(), open_pages()
        make_article(topics=["Chips"])
        assert get(one, "/topics/") == get(other, "/topics/")
        Topic.objects.update(name="Wafers")
        assert "Wafers" in get(one, "/topics/").text
        assert "Wafers" in get(other, "/topics/").text

    def test_what_changes_while_a_page_is_rendered_is_in_the_next_answer(self) -> None:
        make_article(topics=["Chips"])
        django = WSGIHandler()

        def slow(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
            answer = list(django(environ, start_response))
            Topic.objects.update(name="Wafers")
            return answer

        pages = open_pages(slow)
        assert "Chips" in get(pages, "/topics/").text
        pages.application = django
        assert "Wafers" in get(pages, "/topics/").text

    def test_day_s_end_ends_a_page(self, pages: PublishedPages, monkeypatch: pytest.MonkeyPatch) -> None:
        get(pages)
        day = 24 * 60 * 60
        now = time.time()
        monkeypatch.setattr("articles.publishing.generation.time.time", lambda: now + day)
        get(pages)
        assert pages.renders == 2

    @pytest.mark.parametrize("path", ["/articles/nowhere/", "/articles/before/"])
    def test_redirects_and_dead_ends_are_kept_for_seconds(
        self, pages: PublishedPages, path: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        story = make_article(slug="before")
        story.take_slug("after")
        story.save()
        first = get(pages, path)
        assert first.status in (301, 404)
        assert get(pages, path) == first
        assert (pages.renders, len(pages.pages), len(pages.others)) == (1, 0, 1)
        now = time.monotonic()
        monkeypatch.setattr("articles.publishing.entry.time.monotonic", lambda: now + BRIEFLY)
        get(pages, path)
        assert pages.renders == 2

    def test_nothing_is_kept_or_sent_while_the_generation_is_unknown(
        self, pages: PublishedPages, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        get(pages)
        monkeypatch.setattr(pages.clock.watch, "read", lambda: None)
        assert "Surrogate-Key" not in get(pages).headers
        assert (pages.renders, pages.passed) == (1, 1)

    def test_a_post_makes_the_watch_ask_again(self, pages: PublishedPages, monkeypatch: pytest.MonkeyPatch) -> None:
        doubts: list[str] = []
        monkeypatch.setattr(pages.clock.watch, "doubt", lambda: doubts.append("asked"))
        get(pages, "/report/", REQUEST_METHOD="POST", HTTP_SEC_FETCH_SITE="same-origin")
        get(pages)
        assert doubts == ["asked"]


class EditorTests:
    def test_editor_always_gets_a_fresh_page(self, pages: PublishedPages) -> None:
        get(pages)
        session = desk().cookies[site_settings.SESSION_COOKIE_NAME].value
        for _ in range(2):
            told = get(pages, HTTP_COOKIE=f"editor={session}; reading=dark.m")
            assert "Surrogate-Key" not in told.headers
        assert (pages.renders, pages.passed) == (1, 2)

    def test_what_an_editor_gets_is_never_kept(self, pages: PublishedPages) -> None:
        session = desk().cookies[site_settings.SESSION_COOKIE_NAME].value
        get(pages, HTTP_COOKIE=f"editor={session}")
        assert len(pages.pages) == 0


class PoisonTests:
    """One reader's request leaves no trace in what another gets."""

    @pytest.mark.parametrize(
        "poison",
        [
            {"HTTP_X_FORWARDED_HOST": "evil.example"},
            {"HTTP_X_FORWARDED_PROTO": "https"},
            {"HTTP_X_FORWARDED_FOR": "10.0.0.1"},
            {"HTTP_X_FORWARDED_PORT": "666"},
            {"HTTP_FORWARDED": "host=evil.example"},
            {"HTTP_X_ORIGINAL_URL": "/admin/"},
            {"HTTP_X_REWRITE_URL": "/admin/"},
            {"HTTP_X_HTTP_METHOD_OVERRIDE": "POST"},
            {"HTTP_COOKIE": "csrftoken=x; sessionid=y; messages=z; reading=evil.evil"},
            {"HTTP_AUTHORIZATION": "Basic ZWRpZTplZGll"},
            {"HTTP_ACCEPT_LANGUAGE": "ar"},
            {"HTTP_USER_AGENT": "<script>"},
            {"HTTP_REFERER": "https://evil.example/"},
            {"HTTP_RANGE": "bytes=0-3"},
            {"HTTP_IF_NONE_MATCH": '"x"'},
            {"HTTP_IF_MODIFIED_SINCE": "Wed, 22 Nov 2023 18:00:00 GMT"},
            {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "nothing"},
            {"REMOTE_ADDR": "10.0.0.1", "REMOTE_USER": "max"},
            {"QUERY_STRING": "utm_source=evil&editor=1&callback=alert"},
            {"CONTENT_LENGTH": "100", "CONTENT_TYPE": "application/x-www-form-urlencoded"},
        ],
    )
    def test_reader_of_a_poisoned_page_would_get_the_same_as_everyone(
        self, strange_pages: PublishedPages, poison: dict[str, str]
    ) -> None:
        poisoned = get(strange_pages, "/whoami/", **poison)
        clean = get(strange_pages, "/whoami/")
        assert poisoned == clean
        assert len(calls) == 1

    def test_forged_host_gets_no_page_and_leaves_none(self, pages: PublishedPages) -> None:
        for host in ("evil.example", "testserver.evil.example", "testserver@evil.example", "testserver\r\nX: y"):
            assert get(pages, HTTP_HOST=host).status == 400
        assert (len(pages.pages), len(pages.others)) == (0, 0)
        assert "evil" not in get(pages).text

    def test_each_host_has_pages_of_its_own(self, strange_pages: PublishedPages) -> None:
        assert "localhost" in get(strange_pages, "/whoami/", HTTP_HOST="localhost").text
        assert "localhost" not in get(strange_pages, "/whoami/").text

    def test_query_that_counts_is_in_the_key(self, strange_pages: PublishedPages) -> None:
        assert "{'page': '2'}" in get(strange_pages, "/whoami/?page=2&junk=1").text
        assert "{}" in get(strange_pages, "/whoami/").text

    def test_fragment_is_never_taken_for_the_page(self, strange_pages: PublishedPages) -> None:
        fragment = get(strange_pages, "/whoami/", HTTP_HX_REQUEST="true", HTTP_HX_TARGET="part--7")
        assert "Hx-Target" in fragment.text
        assert "Hx-Target" not in get(strange_pages, "/whoami/").text

    @pytest.mark.parametrize("reading", ["dark.m", "auto.xl", "light.s"])
    def test_reading_settings_are_never_someone_else_s(self, pages: PublishedPages, reading: str) -> None:
        theme, text = reading.split(".")
        mine = get(pages, HTTP_COOKIE=f"reading={reading}")
        html = mine.text.partition(">")[2].partition(">")[0]
        assert (f'data-theme="{theme}"' in html) == (theme != "auto")
        assert (f'data-text="{text}"' in html) == (text != "m")
        assert get(pages).text.partition(">")[2].partition(">")[0].strip() == '<html dir="ltr" lang="en"'
        assert get(pages, HTTP_COOKIE=f"reading={reading}") == mine

    @pytest.mark.parametrize("path", ["/forgetful/", "/greeting/", "/secretive/", "/polyglot/", "/teapot/"])
    def test_what_is_not_marked_or_says_otherwise_is_not_kept(self, strange_pages: PublishedPages, path: str) -> None:
        first = get(strange_pages, path, HTTP_USER_AGENT="Rita", HTTP_ACCEPT_LANGUAGE="fi")
        second = get(strange_pages, path, HTTP_USER_AGENT="Sam", HTTP_ACCEPT_LANGUAGE="ar")
        assert (len(strange_pages.pages), len(strange_pages.others)) == (0, 0)
        assert strange_pages.passed == 2
        assert first.headers.get("Surrogate-Key") is second.headers.get("Surrogate-Key") is None
        if path in ("/forgetful/", "/polyglot/"):
            assert first.body != second.body

    def test_exception_is_not_kept(self, strange_pages: PublishedPages) -> None:
        for _ in range(2):
            assert get(strange_pages, "/broken/").status == 500
        assert (len(strange_pages.pages), len(strange_pages.others), strange_pages.passed) == (0, 0, 2)

    @pytest.mark.parametrize("path", [f"/{'a' * 5_000}/", f"/?before={'a' * 5_000}", "/%00/", "/\xff/", "/?\xff", "//"])
    def test_strange_addresses_leave_no_page(self, pages: PublishedPages, path: str) -> None:
        assert get(pages, path).status in (200, 400, 404)
        assert len(pages.pages) == (1 if path == "/?\xff" else 0)


@pytest.mark.django_db(transaction=True)
class StampedeTests:
    def test_many_readers_of_a_cold_page_wait_for_one_rendering(self) -> None:
        entered, told = threading.Event(), []

        def slow(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
            entered.set()
            time.sleep(0.2)
            start_response("200 OK", [("Content-Type", "text/html")])
            return [b"The page."]

        pages = open_pages(slow)
        pages.clock.watch = Still()
        threads = [threading.Thread(target=lambda: told.append(get(pages, "/about/"))) for _ in range(50)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert entered.is_set()
        assert {answer.body for answer in told} == {b"The page."}
        assert (pages.renders, len(told)) == (1, 50)

    def test_reader_who_comes_after_a_change_does_not_get_what_was_begun_before_it(self) -> None:
        begun, go_on = threading.Event(), threading.Event()
        words = iter([b"Before.", b"After."])

        def slow(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
            word = next(words)
            begun.set()
            go_on.wait(10)
            start_response("200 OK", [("Content-Type", "text/html")])
            return [word]

        pages = open_pages(slow)
        pages.clock.watch = watch = Still()
        told: list[Told] = []
        early = threading.Thread(target=lambda: told.append(get(pages, "/about/")))
        early.start()
        begun.wait(10)
        watch.row = (2, 0)
        late = threading.Thread(target=lambda: told.append(get(pages, "/about/")))
        late.start()
        go_on.set()
        early.join()
        late.join()
        assert {answer.body for answer in told} == {b"Before.", b"After."}
        assert get(pages, "/about/").body == b"After."

    def test_failure_frees_those_who_wait(self) -> None:
        def fails(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
            raise ConnectionError("The database went away.")

        pages = open_pages(fails)
        pages.clock.watch = Still()
        for _ in range(2):
            with pytest.raises(ConnectionError):
                get(pages, "/about/")


class Still:
    """A database in which nothing changes by itself."""

    def __init__(self) -> None:
        self.row = (1, 0)

    def read(self) -> tuple[int, int]:
        return self.row

    def doubt(self) -> None: ...
