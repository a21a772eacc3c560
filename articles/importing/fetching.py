"""Fetching what is behind a web address, without being led to where only this machine may go.

Redirects are followed by hand, each as carefully as the first address (``guard`` says how). Size and time have limits
that no slow, endless or tightly packed answer gets around.
"""

import re
import socket
import threading
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from urllib.parse import urljoin

from django.conf import settings
from django.utils.translation import gettext as _
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError
from urllib3.response import BaseHTTPResponse
from urllib3.util import Url, parse_url

from articles.importing import guard
from articles.importing.guard import FetchError, RefusedError

MOST_BYTES = 10_000_000
MOST_SECONDS = 30.0
MOST_REDIRECTS = 5
PORTS = (80, 443, 8080, 8443)
DEFAULT_PORTS = {"http": 80, "https": 443}
REDIRECTS = (301, 302, 303, 307, 308)
PERMANENT = (301, 308)
PIECE = 65_536
ACCEPT = "application/atom+xml, application/rss+xml, application/feed+json, text/html;q=0.9, */*;q=0.8"
CHARSET = re.compile(r"""charset\s*=\s*["']?([\w.:-]+)""", re.IGNORECASE)
# How zlib reads gzip and deflate; some servers send deflate without its header.
PACKED = {"gzip": (47,), "x-gzip": (47,), "deflate": (47, -15)}


@dataclass(frozen=True)
class Fetched:
    """What a server answered: the last address, its status and, if that is a success, the body.

    ``permanent_url`` is the address that the first one has moved to for good, else "". ``retry_after`` counts
    seconds; None where the server does not say.
    """

    url: str
    status: int
    body: bytes = b""
    content_type: str = ""
    charset: str = ""
    etag: str = ""
    modified: str = ""
    permanent_url: str = ""
    retry_after: int | None = None

    @property
    def is_success(self) -> bool:
        return 200 <= self.status < 300


class _Guarded(HTTPConnection):
    """Connects only as ``guard`` allows, and can be cut off from another thread, whatever it is waiting for."""

    deadline = 0.0
    is_free = False
    handle: socket.socket | None = None

    def _new_conn(self) -> socket.socket:
        made = guard.connect(self._dns_host, self.port, deadline=self.deadline, is_free=self.is_free)
        # A second handle on the same connection, which stays valid when TLS takes over the first.
        self.handle = made.dup()
        return made

    def cut(self) -> None:
        """End the connection in both directions."""
        with suppress(OSError):
            if self.handle:
                self.handle.shutdown(socket.SHUT_RDWR)

    def end(self) -> None:
        """Close everything; ``close`` alone is also called when an answer without a length is still to be read."""
        self.close()
        if self.handle:
            self.handle.close()


class _GuardedTls(_Guarded, HTTPSConnection):
    """The same, with TLS and the name of the host checked against the certificate."""


def fetch(
    url: str, *, etag: str = "", modified: str = "", limit: int = MOST_BYTES, timeout: float = MOST_SECONDS
) -> Fetched:
    """Fetch ``url``: at most ``limit`` bytes, packed and unpacked, in at most ``timeout`` seconds altogether.

    ``etag`` and ``modified`` are those of an earlier answer: the server may then answer 304. Any status is an answer.
    Raises FetchError, a RefusedError for an address that leads to no public place.
    """
    deadline = time.monotonic() + timeout
    headers = {
        "Accept": ACCEPT,
        "Accept-Encoding": "gzip, deflate",
        "User-Agent": f"Newsroom/1.0 (+{settings.SITE_URL})",
        **({"If-None-Match": etag} if etag else {}),
        **({"If-Modified-Since": modified} if modified else {}),
    }
    permanent, is_permanent = "", True
    for number in range(MOST_REDIRECTS + 1):
        try:
            answer, location = _fetch_one(url, headers, limit, deadline)
        except FetchError as error:
            redirected = _("redirected to %(url)s: %(error)s") % {"url": url, "error": error}
            raise type(error)(redirected if number else str(error)) from error
        if not location:
            return replace(answer, permanent_url=permanent)
        url = _joined(url, location)
        is_permanent = is_permanent and answer.status in PERMANENT
        permanent = url if is_permanent else permanent
    message = _("more than %(most)s redirects, one after another; the last led to %(url)s")
    raise FetchError(message % {"most": MOST_REDIRECTS, "url": url})


def _fetch_one(url: str, headers: dict[str, str], limit: int, deadline: float) -> tuple[Fetched, str]:
    """The answer of one server, and where it redirects to, if it does."""
    parts = _checked(url)
    with _connected(parts, deadline) as connection:
        try:
            connection.request("GET", parts.request_uri, headers=headers, preload_content=False, decode_content=False)
            response = connection.getresponse()
            location = response.headers.get("Location", "") if response.status in REDIRECTS else ""
            body = b"" if location else _body_of(response, limit)
        except (HTTPError, HTTPException, OSError, ValueError) as error:
            raise _fault(error, deadline) from error
    if time.monotonic() >= deadline:
        raise _fault(TimeoutError(), deadline)
    return _answer(url, response, body), location


def _joined(url: str, location: str) -> str:
    try:
        return urljoin(url, location)
    except ValueError as error:
        raise RefusedError(_("redirected to %(url)s: not a web address") % {"url": location}) from error


def _checked(url: str) -> Url:
    """The parts of ``url``. Raises RefusedError for another scheme, for a name and password in it, for odd ports."""
    try:
        parts = parse_url(url)
    except (HTTPError, ValueError) as error:
        raise RefusedError(_("not a web address")) from error
    if parts.scheme not in DEFAULT_PORTS or not parts.host:
        raise RefusedError(_("not an http or https address"))
    if parts.auth:
        raise RefusedError(_("an address with a name or password in it is not fetched"))
    port = parts.port or DEFAULT_PORTS[parts.scheme]
    if port not in PORTS and not guard.is_exempt(parts.host, port):
        said = {"port": port, "ports": _(", ").join(map(str, PORTS))}
        raise RefusedError(_("port %(port)s is none of the web's (%(ports)s)") % said)
    return parts._replace(port=port)


@contextmanager
def _connected(parts: Url, deadline: float) -> Iterator[HTTPConnection]:
    """A connection, not yet opened, that is cut at ``deadline`` and closed at the end."""
    host, port = parts.host or "", parts.port or 0
    kind = _GuardedTls if parts.scheme == "https" else _Guarded
    left = max(deadline - time.monotonic(), 0.001)
    connection = kind(host.strip("[]"), port, timeout=left)
    connection.deadline, connection.is_free = deadline, guard.is_exempt(host, port)
    watch = threading.Timer(left, connection.cut)
    watch.daemon = True
    watch.start()
    try:
        yield connection
    finally:
        watch.cancel()
        connection.end()


def _body_of(response: BaseHTTPResponse, limit: int) -> bytes:
    """The body of a success, unpacked. Raises FetchError if it is longer than ``limit``."""
    if not 200 <= response.status < 300:
        return b""
    body = b""
    while piece := response.read(min(PIECE, limit + 1)):
        body += piece
        if len(body) > limit:
            raise FetchError(_("more than %(most)s MB") % {"most": f"{limit / 1_000_000:g}"})
    for encoding in reversed(re.findall(r"[\w-]+", response.headers.get("Content-Encoding", "").lower())):
        body = _unpacked(body, encoding, limit)
    return body


def _unpacked(body: bytes, encoding: str, limit: int) -> bytes:
    if encoding == "identity":
        return body
    for bits in PACKED.get(encoding, ()):
        with suppress(zlib.error):
            return _inflated(body, bits, limit)
    raise FetchError(_("packed as %(encoding)s in a way that can't be read") % {"encoding": encoding})


def _inflated(body: bytes, bits: int, limit: int) -> bytes:
    found = b""
    while body:
        inflater = zlib.decompressobj(bits)
        found += inflater.decompress(body, limit + 1 - len(found))
        if len(found) > limit:
            raise FetchError(_("more than %(most)s MB once unpacked") % {"most": f"{limit / 1_000_000:g}"})
        if not inflater.eof:
            raise FetchError(_("broke off in the middle of what it had packed"))
        body = inflater.unused_data
    return found


def _fault(error: Exception, deadline: float) -> FetchError:
    is_late = time.monotonic() >= deadline or isinstance(error, TimeoutError)
    unreadable = _("the answer can't be read (%(error)s)") % {"error": error}
    return FetchError(_("took too long") if is_late else unreadable)


def _answer(url: str, response: BaseHTTPResponse, body: bytes) -> Fetched:
    header = response.headers.get("Content-Type", "")
    charset = CHARSET.search(header)
    return Fetched(
        url=url,
        status=response.status,
        body=body,
        content_type=header.partition(";")[0].strip().lower(),
        charset=charset[1] if charset else "",
        etag=response.headers.get("ETag", ""),
        modified=response.headers.get("Last-Modified", ""),
        retry_after=_seconds(response.headers.get("Retry-After", "")),
    )


def _seconds(stated: str) -> int | None:
    """Retry-After (RFC 9110, section 10.2.3): seconds, or a date."""
    if stated.strip().isascii() and stated.strip().isdigit():
        return int(stated.strip()[:9])
    try:
        moment = parsedate_to_datetime(stated)
    except (ValueError, TypeError, IndexError):
        return None
    return max(0, round((moment.replace(tzinfo=moment.tzinfo or UTC) - datetime.now(UTC)).total_seconds()))
