"""What of a request makes a page of its own, and that nothing else of it reaches the page."""

from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from hypothesis import given
from hypothesis import strategies as st

from articles.publishing.key import MAX_LENGTH, Key, key_of, request_for
from tests.publishing.asking import environ_of

HOME = Key("http", "testserver", "/", "", "", "")
HTMX = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "points--7"}


def key_at(path: str, **changes: Any) -> Key | None:
    return key_of(environ_of(path, **changes))


class KeyTests:
    def test_plain_request(self) -> None:
        assert key_at("/") == HOME
        assert key_at("/", REQUEST_METHOD="HEAD") == HOME

    @pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PROPFIND", "get", ""])
    def test_other_methods_have_none(self, method: str) -> None:
        assert key_at("/", REQUEST_METHOD=method) is None

    def test_request_without_a_host_has_none(self) -> None:
        assert key_at("/", HTTP_HOST=None) is None

    @pytest.mark.parametrize(
        "changes",
        [
            {"path": f"/{'x' * MAX_LENGTH}/"},
            {"path": f"/?before={'x' * MAX_LENGTH}"},
            {"path": "/", "HTTP_COOKIE": "x" * MAX_LENGTH},
        ],
    )
    def test_overlong_request_has_none(self, changes: dict[str, str]) -> None:
        assert key_at(**changes) is None

    def test_host_counts_in_any_case_and_with_its_port(self) -> None:
        assert key_at("/", HTTP_HOST="TestServer") == HOME
        assert key_at("/", HTTP_HOST="testserver:8000") != HOME

    def test_addresses_are_as_they_came(self) -> None:
        assert key_at("/topics/é/") != key_at("/topics/e/")
        assert key_at("/about/") != key_at("/about")


class SchemeTests:
    def test_forwarded_scheme_counts_only_where_a_proxy_is_trusted(self, settings: Any) -> None:
        assert key_at("/", HTTP_X_FORWARDED_PROTO="https") == HOME
        settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
        assert key_at("/", HTTP_X_FORWARDED_PROTO="https") == HOME._replace(scheme="https")
        assert key_at("/", HTTP_X_FORWARDED_PROTO="https, http") == HOME._replace(scheme="https")
        assert key_at("/", HTTP_X_FORWARDED_PROTO="javascript") == HOME
        assert key_at("/") == HOME

    @pytest.mark.parametrize("said", ["https", "http", "HTTPS", " https ,http", "", None])
    @pytest.mark.parametrize("scheme", ["http", "https"])
    def test_it_is_the_scheme_that_django_sees(self, settings: Any, said: str | None, scheme: str) -> None:
        settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
        changes = {"HTTP_X_FORWARDED_PROTO": said, "wsgi.url_scheme": scheme}
        key = key_at("/", **changes)
        assert key
        assert key.scheme == WSGIRequest(environ_of("/", **changes)).scheme
        assert key.scheme == WSGIRequest(request_for(key, environ_of("/", **changes))).scheme


class QueryTests:
    def test_parameters_that_the_view_does_not_read_make_no_page_of_their_own(self) -> None:
        assert key_at("/?utm_source=mail&fbclid=x") == HOME
        assert key_at("/about/?before=x") == key_at("/about/")

    def test_parameters_count_once_in_the_view_s_order_and_not_when_empty(self) -> None:
        key = key_at("/search/?to=2026-01-02&q=a&junk=1&q=b+%C3%A9&kind=")
        assert key
        assert key.query == "q=b+%C3%A9&to=2026-01-02"

    @pytest.mark.parametrize(
        "query", ["before=%FF%FE", "before=a%00b", "before", "&&&", "before=" + "%25" * 100, "a=1&" * 400, "\xff=\xff"]
    )
    def test_strange_queries_are_read_without_a_fault(self, query: str) -> None:
        assert key_at(f"/?{query}")

    def test_each_of_a_list_counts_in_the_order_given(self) -> None:
        key = key_at("/saved/?story=b&junk=1&story=a&story=b&story=")
        assert key
        assert key.query == "story=b&story=a&story=b&story="
        assert key != key_at("/saved/?story=a&story=b")

    def test_too_many_parameters_count_as_none(self) -> None:
        assert key_at("/?" + "&" * 1_500) == HOME

    def test_address_without_a_public_view_has_no_key_for_a_query(self) -> None:
        assert key_at("/admin/?q=1") is None
        assert key_at("/nowhere/?q=1") is None


class FragmentTests:
    def test_fragment_that_the_view_answers_with_counts(self) -> None:
        key = key_at("/articles/dish/brief/", **HTMX)
        assert key
        assert key.fragment == "points"

    @pytest.mark.parametrize(
        "changes",
        [
            {**HTMX, "HTTP_HX_TARGET": "body"},
            {**HTMX, "HTTP_HX_TARGET": "../../etc"},
            {**HTMX, "HTTP_HX_HISTORY_RESTORE_REQUEST": "true"},
            {**HTMX, "HTTP_HX_BOOSTED": "true"},
            {**HTMX, "HTTP_HX_REQUEST": "yes"},
            {"HTTP_HX_TARGET": "points"},
        ],
    )
    def test_anything_else_is_the_whole_page(self, changes: dict[str, str]) -> None:
        assert key_at("/articles/dish/brief/", **changes) == key_at("/articles/dish/brief/")

    def test_page_without_fragments_knows_none(self) -> None:
        assert key_at("/", **HTMX) == HOME


class CookieTests:
    @pytest.mark.parametrize(
        ("cookie", "reading"),
        [
            ("reading=dark.xl", "dark.xl"),
            ("a=1; reading=dark.xl; b=2", "dark.xl"),
            ("reading=auto.m", ""),
            ("reading=<script>.m", ""),
            ("reading=dark", "dark.m"),
            ("reading=dark.xl; reading=light.s", "light.s"),
            ("theme=dark", ""),
            ("", ""),
            ("\xff\x00;;=;reading", ""),
        ],
    )
    def test_reading_settings_count_as_far_as_they_are_known(self, cookie: str, reading: str) -> None:
        assert key_at("/", HTTP_COOKIE=cookie) == HOME._replace(reading=reading)

    @pytest.mark.parametrize("cookie", ["editor=x", "reading=dark.m; editor=", "editor=a; editor=b"])
    def test_editor_has_no_key(self, cookie: str) -> None:
        assert settings.SESSION_COOKIE_NAME == "editor"
        assert key_at("/", HTTP_COOKIE=cookie) is None


class RequestTests:
    def test_holds_what_the_key_says(self) -> None:
        asked = environ_of(
            "/search/?q=dish&junk=1", HTTP_HOST="TESTSERVER", HTTP_COOKIE="reading=dark.xl; id=7", **HTMX
        )
        key = key_of({**asked, "HTTP_HX_TARGET": "results"})
        assert key
        request = WSGIRequest(request_for(key, asked))
        assert request.get_full_path() == "/search/?q=dish"
        assert request.get_host() == "testserver"
        assert request.COOKIES == {"reading": "dark.xl"}
        assert dict(request.headers) == {
            "Host": "testserver",
            "Cookie": "reading=dark.xl",
            "Hx-Request": "true",
            "Hx-Target": "results",
        }

    @given(
        headers=st.dictionaries(
            st.from_regex(r"HTTP_[A-Z_]{1,20}", fullmatch=True), st.text(st.characters(max_codepoint=255)), max_size=5
        ),
        given=st.dictionaries(st.sampled_from(["q", "before", "story", "junk", "editor"]), st.text(max_size=20)),
        path=st.sampled_from(["/", "/search/", "/saved/", "/articles/dish/", "/articles/dish/brief/", "/feed.rss"]),
    )
    def test_depends_on_nothing_but_the_key(self, headers: dict[str, str], given: dict[str, str], path: str) -> None:
        asked = {**environ_of(f"{path}?{urlencode(given)}"), **headers, "REMOTE_USER": "edie", "CONTENT_LENGTH": "7"}
        key = key_of(asked)
        if key is None:
            return
        request = request_for(key, asked)
        plain = request_for(key, environ_of("/"))
        assert {name: str(value) for name, value in request.items() if name != "wsgi.input"} == {
            name: str(value) for name, value in plain.items() if name != "wsgi.input"
        }
        assert key_of(request) == key
