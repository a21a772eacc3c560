"""Reading settings: theme and text size, kept in one cookie that says nothing about who reads."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from articles.web.htmx import render_page
from articles.web.origin import anonymous_act

COOKIE = "reading"
ONE_YEAR = 365 * 24 * 60 * 60
THEMES = {"auto": "Auto", "light": "Light", "dark": "Dark"}
TEXTS = {"s": "Small", "m": "Normal", "l": "Large", "xl": "XL"}


@dataclass(frozen=True)
class ReadingSettings:
    """A reader's theme and text size; the defaults are the page that everyone shares."""

    theme: str = "auto"
    text: str = "m"

    @property
    def themes(self) -> list[tuple[str, str]]:
        """Values and names of the themes, for the form."""
        return list(THEMES.items())

    @property
    def texts(self) -> list[tuple[str, str]]:
        """Values and names of the text sizes, for the form."""
        return list(TEXTS.items())


def chosen(theme: str, text: str) -> ReadingSettings:
    """Settings from outside: what is not known falls back to the default."""
    return ReadingSettings(theme if theme in THEMES else "auto", text if text in TEXTS else "m")


def reading_settings(request: HttpRequest) -> dict[str, ReadingSettings]:
    """Context processor: this reader's settings as ``reading``."""
    theme, _, text = request.COOKIES.get(COOKIE, "").partition(".")
    return {"reading": chosen(theme, text)}


@anonymous_act
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    """Show the settings, or keep them and go back to the page that they were changed on."""
    if request.method != "POST":
        return render_page(request, "reading/settings.html", {})
    wanted = chosen(request.POST.get("theme", ""), request.POST.get("text", ""))
    response = redirect(_page_before(request))
    if wanted == ReadingSettings():
        response.delete_cookie(COOKIE, samesite="Lax")
    else:
        value = f"{wanted.theme}.{wanted.text}"
        response.set_cookie(COOKIE, value, max_age=ONE_YEAR, samesite="Lax", httponly=True, secure=request.is_secure())
    return response


def _page_before(request: HttpRequest) -> str:
    """The page of this site that the form stood on, without scheme and host; else the settings page."""
    referer = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(referer, {request.get_host()}, require_https=request.is_secure()):
        return reverse("reading:settings")
    parts = urlsplit(referer)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
