"""The headers that every answer has, of whatever kind."""

from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from pytest_django import Settings

from articles.web.headers import CONTENT_SECURITY_POLICY, security_headers
from tests.world import make_article, rita, sam

pytestmark = pytest.mark.django_db


def check(response: Any, status: int) -> None:
    """Fail unless this answer has its status and all the headers."""
    assert response.status_code == status
    assert response["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
    assert "camera=()" in response["Permissions-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"


class SecurityHeadersTests:
    @pytest.mark.parametrize(
        ("address", "status"),
        [
            ("/", 200),
            ("/search/?q=dish", 200),
            ("/articles/dish/", 200),
            ("/feed.rss", 200),
            ("/feed.json", 200),
            ("/sitemap.xml", 200),
            ("/robots.txt", 200),
            ("/healthz", 200),
            ("/readyz", 200),
            ("/admin/login/", 200),
            ("/admin/", 302),
            ("/about", 301),
            ("/articles/none/", 404),
            ("/nowhere", 404),
            ("/static/none.css", 404),
            ("/media/none.png", 404),
        ],
    )
    def test_answers_to_reading(self, address: str, status: int) -> None:
        make_article(slug="dish")
        check(rita().get(address), status)

    def test_refusals(self) -> None:
        check(rita().post("/"), 405)
        check(sam().post("/settings/"), 403)
        check(Client(enforce_csrf_checks=True).post("/admin/login/"), 403)

    def test_answer_that_nothing_changed(self) -> None:
        make_article()
        check(rita().get("/feed.rss", headers={"If-None-Match": rita().get("/feed.rss")["ETag"]}), 304)

    def test_fault_of_ours(self) -> None:
        def down(*_: Any) -> Any:
            raise OperationalError("gone")

        client = Client(raise_request_exception=False)
        with connection.execute_wrapper(down):
            check(client.get("/"), 500)

    def test_static_file(self, settings: Settings, tmp_path: Path) -> None:
        (tmp_path / "base.css").write_text("p { margin: 0; }")
        settings.STATIC_ROOT = str(tmp_path)
        response = rita().get("/static/base.css")
        check(response, 200)
        response.close()

    def test_policy_allows_nothing_inline_and_nothing_foreign(self) -> None:
        assert "unsafe" not in CONTENT_SECURITY_POLICY
        assert "http" not in CONTENT_SECURITY_POLICY
        assert CONTENT_SECURITY_POLICY.startswith("default-src 'self';")

    def test_view_may_set_a_policy_of_its_own(self) -> None:
        def view(request: HttpRequest) -> HttpResponse:
            return HttpResponse(headers={"Content-Security-Policy": "default-src 'none'"})

        response = security_headers(view)(RequestFactory().get("/"))
        assert response["Content-Security-Policy"] == "default-src 'none'"


class TlsTests:
    def test_plain_site_asks_for_none(self) -> None:
        assert "Strict-Transport-Security" not in rita().get("/").headers

    def test_site_over_tls_demands_it(self, settings: Settings) -> None:
        settings.SECURE_SSL_REDIRECT = True
        settings.SECURE_HSTS_SECONDS = 31_536_000
        response = rita().get("/", secure=True)
        assert response["Strict-Transport-Security"] == "max-age=31536000"
        plain = rita().get("/about/")
        assert (plain.status_code, plain["Location"]) == (301, "https://testserver/about/")
        assert rita().get("/healthz").status_code == 200
