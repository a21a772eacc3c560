"""Anonymous acts: who may send a form that needs no account and carries no token.

Pages are the same for every reader and are kept as published bytes, so they hold no CSRF token. A browser says
where a request comes from (Fetch Metadata, W3C; ``Origin``, RFC 6454), and no page of another site can forge that.
"""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt

View = Callable[..., HttpResponse]


def anonymous_act(view: View) -> View:
    """Decorate a view whose POST is an anonymous act: refuse one that another site started, with a 403 in words.

    The view sees no signed-in user, so that what it does can't depend on one.
    """

    @wraps(view)
    def checked(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if request.method not in ("GET", "HEAD", "OPTIONS") and not is_same_origin(request):
            return render(request, "403.html", {"is_foreign": True}, status=403)
        request.user = AnonymousUser()
        return view(request, *args, **kwargs)

    return csrf_exempt(checked)


def is_same_origin(request: HttpRequest) -> bool:
    """Whether the browser says that a page of this site sent the request; no word at all counts as no."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
