"""The one seam between a page and its fragments.

A fragment is a ``partialdef`` of the page's own template; its name is the id of the element that htmx replaces
and so the value of ``HX-Target``. Where a page holds several of a kind, their ids go on after two dashes:
``points--some-story``. The view lists the fragments that it may answer with; the client never chooses.
"""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers


def render_page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any],
    *,
    fragments: tuple[str, ...] = (),
    status: int = 200,
) -> HttpResponse:
    """Answer with the fragment that htmx asks for if it is one of ``fragments``, else with the whole page.

    History restores, boosted links and unknown targets get the whole page. Both answers vary on the same headers,
    so that no cache can mistake one for the other; every page varies on the cookie of the reading settings.
    """
    fragment = wanted_fragment(request, fragments)
    name = f"{template}#{fragment}" if fragment else template
    response = render(request, name, {**context, "is_fragment": bool(fragment)}, status=status)
    patch_vary_headers(response, ("Cookie", "HX-Request", "HX-Target") if fragments else ("Cookie",))
    return response


def wanted_fragment(request: HttpRequest, fragments: tuple[str, ...]) -> str:
    """The name of the fragment to answer with, or "" for the whole page."""
    return fragment_in(request.headers, fragments)


def fragment_in(headers: Mapping[str, str], fragments: tuple[str, ...]) -> str:
    """The one of ``fragments`` that the headers of a request name, or ""."""
    if headers.get("HX-Request") != "true" or headers.get("HX-History-Restore-Request") == "true":
        return ""
    if headers.get("HX-Boosted") == "true":
        return ""
    target = headers.get("HX-Target", "").partition("--")[0]
    return target if target in fragments else ""
