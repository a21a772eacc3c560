"""The answer to a feed reader, which comes again and again and mostly has what there is."""

from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from math import floor

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

from articles.feeds.entries import Feed
from articles.feeds.formats import FORMATS


def answer_with(
    request: HttpRequest, extension: str, state: object, changed_at: datetime | None, make: Callable[[], Feed]
) -> HttpResponse:
    """The feed that ``make`` gives, in the format asked for, or 304 to a reader that has it.

    ``state`` tells by its ``repr`` what is in the feed; ``changed_at`` when that last changed, None for an empty one.
    Raises Http404 for a format that there is not.
    """
    if extension not in FORMATS:
        raise Http404("There is no feed of this format.")
    etag = f'"{sha256(repr(state).encode()).hexdigest()[:32]}"'
    changed = floor(changed_at.timestamp()) if changed_at else None
    response = get_conditional_response(request, etag=etag, last_modified=changed)
    if response is None:
        form = FORMATS[extension]
        response = HttpResponse(form.write(make()), content_type=form.content_type)
    response.headers["ETag"] = etag
    if changed:
        response.headers["Last-Modified"] = http_date(changed)
    return response
