"""Showing the reading settings, and keeping what a reader chooses."""

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from articles.web.appearance import COOKIE, ReadingSettings, as_cookie, chosen, from_cookie
from articles.web.htmx import render_page
from articles.web.origin import anonymous_act

ONE_YEAR = 365 * 24 * 60 * 60


def reading_settings(request: HttpRequest) -> dict[str, ReadingSettings]:
    """Context processor: this reader's settings as ``reading``."""
    return {"reading": from_cookie(request.COOKIES.get(COOKIE, ""))}


@anonymous_act
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    """Show the settings, or keep them and go back to the page that they were changed on."""
    if request.method != "POST":
        return render_page(request, "reading/settings.html", {})
    wanted = chosen(request.POST.get("theme", ""), request.POST.get("text", ""))
    response = redirect(_page_before(request))
    if value := as_cookie(wanted):
        response.set_cookie(COOKIE, value, max_age=ONE_YEAR, samesite="Lax", httponly=True, secure=request.is_secure())
    else:
        response.delete_cookie(COOKIE, samesite="Lax")
    return response


def _page_before(request: HttpRequest) -> str:
    """The page of this site that the form stood on, without scheme and host; else the settings page."""
    referer = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(referer, {request.get_host()}, require_https=request.is_secure()):
        return reverse("reading:settings")
    parts = urlsplit(referer)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
