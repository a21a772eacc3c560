"""Uploaded pictures, served by the process itself where no web server stands in front."""

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe
from django.views.static import serve

ONE_DAY = 24 * 60 * 60


@require_safe
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """The uploaded file at ``path``; Http404 where there is none, a 400 where ``path`` leads outside the folder."""
    response = serve(request, path, document_root=str(settings.MEDIA_ROOT))
    response.headers["Cache-Control"] = f"public, max-age={ONE_DAY}"
    return response
