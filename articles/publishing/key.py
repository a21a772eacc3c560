"""What one kept page differs from another by, and the request that Django is asked it with."""

from collections.abc import Mapping
from functools import lru_cache
from io import BytesIO
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.core.handlers.wsgi import get_path_info
from django.http import QueryDict, parse_cookie
from django.http.request import HttpHeaders

from articles.publishing.marks import Mark, mark_at
from articles.web import appearance
from articles.web.htmx import fragment_in

Environ = dict[str, Any]

SAFE = {"GET", "HEAD"}
MAX_LENGTH = 2_000
# What requests often say is read once. A request says no more than MAX_LENGTH, so this bounds the memory as well.
REMEMBERED = 1_000
SERVER = (
    "SCRIPT_NAME",
    "SERVER_NAME",
    "SERVER_PORT",
    "SERVER_PROTOCOL",
    "wsgi.version",
    "wsgi.errors",
    "wsgi.multithread",
    "wsgi.multiprocess",
    "wsgi.run_once",
)


class Key(NamedTuple):
    """All that a public page may depend on, in its shortest form; ``path`` is WSGI's ``PATH_INFO``."""

    scheme: str
    host: str
    path: str
    query: str
    fragment: str
    reading: str


def key_of(environ: Environ) -> Key | None:
    """The key of a request; None for one that is none of the store's: unsafe, overlong, or from a signed-in editor.

    Parameters that the view does not read make no page of their own: they are left out.
    """
    host, path, query = environ.get("HTTP_HOST", ""), environ["PATH_INFO"], environ["QUERY_STRING"]
    cookie = environ.get("HTTP_COOKIE", "")
    is_short = len(host) + len(path) + len(query) + len(cookie) <= MAX_LENGTH
    reading = _reading_in(cookie) if cookie and is_short else ""
    if environ["REQUEST_METHOD"] not in SAFE or not host or not is_short or reading is None:
        return None
    fragment = ""
    if query or "HTTP_HX_REQUEST" in environ:
        found = mark_at(get_path_info(environ))
        if not found:
            return None
        mark = found[0]
        query = _query_of(query, mark) if query else ""
        if mark.fragments and "HTTP_HX_REQUEST" in environ:
            fragment = fragment_in(HttpHeaders(environ), mark.fragments)
    return Key(_scheme_of(environ), host.lower(), path, query, fragment, reading)


def request_for(key: Key, environ: Environ) -> Environ:
    """A request that holds what ``key`` says and nothing else of ``environ`` but what the server says of itself.

    So no header, cookie or parameter that is not in the key can leave a trace in a page that others get.
    """
    request = {name: environ[name] for name in SERVER if name in environ}
    request |= {"REQUEST_METHOD": "GET", "PATH_INFO": key.path, "QUERY_STRING": key.query, "HTTP_HOST": key.host}
    request |= {"wsgi.url_scheme": key.scheme, "wsgi.input": BytesIO()}
    if key.reading:
        request["HTTP_COOKIE"] = f"{appearance.COOKIE}={key.reading}"
    if key.fragment:
        request |= {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": key.fragment}
    return request


def _scheme_of(environ: Mapping[str, Any]) -> str:
    """The scheme as Django sees it: a proxy's word counts only where the settings trust one."""
    trusted = settings.SECURE_PROXY_SSL_HEADER
    said = environ.get(trusted[0]) if trusted else None
    if trusted and said is not None:
        return "https" if said.partition(",")[0].strip() == trusted[1] else "http"
    scheme: str = environ["wsgi.url_scheme"]
    return scheme


@lru_cache(REMEMBERED)
def _reading_in(cookie: str) -> str | None:
    """The reading settings in a ``Cookie`` header as WSGI holds it; None if it is a signed-in editor's."""
    cookies = parse_cookie(_bytes_of(cookie).decode(errors="replace"))
    if settings.SESSION_COOKIE_NAME in cookies:
        return None
    return appearance.as_cookie(appearance.from_cookie(cookies.get(appearance.COOKIE, "")))


@lru_cache(REMEMBERED)
def _query_of(query: str, mark: Mark) -> str:
    """The parameters that the view reads, in its order, each once where it reads one value."""
    try:
        given = QueryDict(_bytes_of(query))
    except SuspiciousOperation:
        return ""
    single = [(name, given[name]) for name in mark.query if given.get(name)]
    return urlencode([*single, *((name, value) for name in mark.lists for value in given.getlist(name))])


def _bytes_of(text: str) -> bytes:
    """What was sent: WSGI holds a byte in each character."""
    return text.encode("iso-8859-1")
