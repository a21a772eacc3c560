"""A page as it is kept: its bytes in each coding, and the answers made of them."""

import gzip
import time
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from hashlib import sha256
from typing import Any, NamedTuple

import brotli
from django.utils.http import http_date, parse_etags, parse_http_date_safe

from articles.publishing.generation import Generation

Headers = list[tuple[str, str]]
StartResponse = Callable[..., Any]

# What a cache between this process and a reader may do: hold a page for a second, and renew it behind its back for
# another. Nobody sees a correction later than that; with no cache in between, everybody sees it at once.
CACHE_CONTROL = "public, max-age=0, s-maxage=1, stale-while-revalidate=1"
UNCHANGED_NAMES = {"cache-control", "content-location", "date", "etag", "expires", "vary", "last-modified"}
IDENTITY = "identity"
CODECS: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda body: brotli.compress(body, quality=5),
    "gzip": lambda body: gzip.compress(body, 6, mtime=0),
}
# Bytes: what the headers of three replies take, and the shortest page that compression pays for.
OVERHEAD = 3_000
WORTH_IT = 200
# Characters of Accept-Encoding; browsers send some 30.
MAX_ACCEPTED = 200
# Seconds: how far the clocks of the database and of this process may be apart.
SKEW = 1


class Answer(NamedTuple):
    """What Django said."""

    status: str
    headers: Headers
    body: bytes


class Reply(NamedTuple):
    """One representation: whole, and as the headers that say that the reader has it."""

    etag: str
    headers: Headers
    unchanged: Headers
    body: bytes


class Entry:
    """A kept page of a ``generation``, good until ``ends_at`` (``time.monotonic``) at most if that is set."""

    def __init__(self, answer: Answer, generation: Generation, ends_at: float | None, surrogate_key: str) -> None:
        self.answer = answer
        self.generation = generation
        self.ends_at = ends_at
        self.is_read = False
        self.headers = _headers_of(answer, surrogate_key)
        self.digest = sha256(answer.body).hexdigest()[:24]
        self.replies = {IDENTITY: self._reply(IDENTITY, answer.body)}

    @property
    def size(self) -> int:
        """Bytes that it takes at most, roughly: the compressed copies together are smaller than the page."""
        return 2 * len(self.answer.body) + OVERHEAD

    @property
    def is_compressed(self) -> bool:
        """Whether the compressed replies are there, as far as they are worth it."""
        return len(self.replies) > 1 or len(self.answer.body) < WORTH_IT

    def compress(self) -> None:
        """Make the compressed replies; until then, the page is sent as it is."""
        body = self.answer.body
        self.replies = self.replies | {coding: self._reply(coding, codec(body)) for coding, codec in CODECS.items()}

    def take_over(self, before: "Entry") -> None:
        """Take the replies of an entry from an earlier generation if that page was the same."""
        if before.answer == self.answer:
            self.replies = before.replies

    def is_valid(self, generation: Generation) -> bool:
        """Whether it may still be sent."""
        return self.generation == generation and (self.ends_at is None or time.monotonic() < self.ends_at)

    def send(self, environ: Mapping[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        """Answer a GET or HEAD, in the coding that it prefers, or say that its copy is still good."""
        reply = self._best_reply(environ.get("HTTP_ACCEPT_ENCODING", ""))
        has_condition = "HTTP_IF_NONE_MATCH" in environ or "HTTP_IF_MODIFIED_SINCE" in environ
        if has_condition and self._is_current(reply, environ):
            start_response("304 Not Modified", reply.unchanged)
            return [b""]
        start_response(self.answer.status, reply.headers)
        return [b"" if environ["REQUEST_METHOD"] == "HEAD" else reply.body]

    def _best_reply(self, accepted: str) -> Reply:
        replies = self.replies
        if accepted and len(accepted) <= MAX_ACCEPTED:
            for coding in codings_in(accepted):
                if coding in replies:
                    return replies[coding]
        return replies[IDENTITY]

    def _is_current(self, reply: Reply, environ: Mapping[str, Any]) -> bool:
        """Whether the conditions of a request (RFC 9110, 13.1) say that the reader has this reply.

        A time counts only if it lies clearly after the last change: a second can hold two.
        """
        if self.answer.status != "200 OK":
            return False
        if tags := environ.get("HTTP_IF_NONE_MATCH"):
            if tags == reply.etag:
                return True
            given = [tag.removeprefix("W/") for tag in parse_etags(tags)]
            return reply.etag in given or given == ["*"]
        since = parse_http_date_safe(environ.get("HTTP_IF_MODIFIED_SINCE", ""))
        return since is not None and since > max(self.generation) // 1000 + SKEW

    def _reply(self, coding: str, body: bytes) -> Reply:
        etag = f'"{self.digest}"' if coding == IDENTITY else f'"{self.digest}-{coding}"'
        headers = [*self.headers, ("ETag", etag)]
        unchanged = [(name, value) for name, value in headers if name.lower() in UNCHANGED_NAMES]
        headers += [] if coding == IDENTITY else [("Content-Encoding", coding)]
        return Reply(etag, [*headers, ("Content-Length", str(len(body)))], unchanged, body)


def _headers_of(answer: Answer, surrogate_key: str) -> Headers:
    dropped = {"content-length", "etag", "last-modified"}
    headers = {name.lower(): (name, value) for name, value in answer.headers if name.lower() not in dropped}
    headers.setdefault("cache-control", ("Cache-Control", CACHE_CONTROL))
    vary = [name.strip() for name in headers.get("vary", ("", ""))[1].split(",")]
    wanted = dict.fromkeys(name for name in [*vary, "Accept-Encoding"] if name)
    headers["vary"] = ("Vary", ", ".join(wanted))
    return [*headers.values(), ("Last-Modified", http_date(time.time())), ("Surrogate-Key", surrogate_key)]


@lru_cache(maxsize=256)
def codings_in(accepted: str) -> tuple[str, ...]:
    """The compressed codings that ``Accept-Encoding`` allows no less than none (RFC 9110, 12.5.3), the best first."""
    weights = {}
    for part in accepted.lower().split(","):
        name, _, parameter = part.partition(";")
        weights[name.strip()] = _weight(parameter)
    others = weights.get("*", 0.0)
    worth = {coding: weights.get(coding, others) for coding in CODECS}
    wanted = [coding for coding in CODECS if worth[coding] > 0 and worth[coding] >= weights.get(IDENTITY, 0.0)]
    return tuple(sorted(wanted, key=lambda coding: -worth[coding]))


def _weight(parameter: str) -> float:
    name, _, value = parameter.strip().partition("=")
    try:
        return float(value) if name.strip() == "q" else 1.0
    except ValueError:
        return 0.0
