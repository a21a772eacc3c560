"""Reading without a network: the service worker, what makes the site installable, and the page shown instead."""

import hashlib
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from articles.publishing import published
from articles.web import language
from articles.web.htmx import render_page

FILES = (
    *(f"css/{name}.css" for name in ("tokens", "base", "layout", "components", "utilities")),
    *(f"css/{name}.css" for name in ("lists", "article", "pages")),
    *(f"js/{name}.js" for name in ("newsroom", "story", "shelf")),
    "django_htmx/htmx-2.min.js",
    "fonts/brygada-1918-latin.woff2",
    "img/icon.svg",
)
ICONS = (("img/icon-192.png", 192, "any"), ("img/icon-512.png", 512, "any"), ("img/icon-mask.png", 512, "maskable"))
ONE_DAY = 24 * 60 * 60


@published()
@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """What stands in the place of a page that can't be had without a network."""
    return render_page(request, "reading/offline.html", {})


@published()
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker; with OFFLINE_READING off, one that clears up after the others and goes."""
    name = "reading/sw.js" if settings.OFFLINE_READING else "reading/sw_gone.js"
    urls, version = shell()
    return render(request, name, {"files": urls, "version": version}, content_type="text/javascript")


@published()
@require_safe
@cache_control(public=True, max_age=ONE_DAY)
def manifest(request: HttpRequest) -> JsonResponse:
    """The web application manifest (W3C), so that the site can be installed."""
    icons = [
        {"src": static(path), "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
        for path, size, purpose in ICONS
    ]
    content = {
        "name": settings.SITE_NAME,
        "short_name": settings.SITE_NAME,
        **language.attributes(),
        "id": "/",
        "start_url": "/",
        "display": "minimal-ui",
        "background_color": "#fbfcfc",
        "theme_color": "#fbfcfc",
        "icons": icons,
    }
    return JsonResponse(content, content_type="application/manifest+json")


@lru_cache(maxsize=1)
def shell() -> tuple[list[str], str]:
    """The addresses of the files that a kept page needs, and a name for this set of them: 12 hexadecimal digits."""
    urls = [static(path) for path in FILES]
    return urls, hashlib.sha256("\n".join(urls).encode()).hexdigest()[:12]
