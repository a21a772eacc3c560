"""The way in: a WSGI application around Django's that answers with kept pages where it may."""

import queue
import threading
import time
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any
from urllib.parse import quote

from django.core.handlers.wsgi import get_path_info
from django.urls import ResolverMatch

from articles.publishing.entry import Answer, Entry, StartResponse
from articles.publishing.flights import Flights
from articles.publishing.generation import Clock, Generation
from articles.publishing.key import Environ, Key, key_of, request_for
from articles.publishing.marks import mark_at
from articles.publishing.store import Store

Application = Callable[[Environ, StartResponse], Iterable[bytes]]

PAGE = "200"
# Redirects for good and addresses that lead nowhere are kept for some seconds.
BRIEF = {"301", "308", "404"}
BRIEFLY = 5.0
# What a page may vary on: the key holds all that these headers decide.
IN_KEY = {"", "accept-encoding", "cookie", "hx-request", "hx-target"}
PRIVATE = {"private", "no-store", "no-cache"}
# How many pages may wait to be compressed before those who render them have to do it themselves.
WAITING = 100


class PublishedPages:
    """Answers with kept pages, renders once those that it lacks, and leaves everything else to Django.

    ``max_bytes`` is what kept pages may take. A quarter of it is for those that anybody can make more of (searches,
    redirects, addresses that lead nowhere), so that these never drive out the others.
    """

    def __init__(self, application: Application, clock: Clock, max_bytes: int) -> None:
        self.application = application
        self.clock = clock
        self.pages, self.others = Store(max_bytes * 3 // 4), Store(max_bytes // 4)
        self.misses = self.renders = self.passed = 0
        self._flights = Flights()
        self.uncompressed: queue.Queue[Entry] = queue.Queue(WAITING)
        threading.Thread(target=self._compress, name="compression", daemon=True).start()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        key = key_of(environ)
        entry = self._entry_for(key, environ) if key else None
        if entry:
            return entry.send(environ, start_response)
        self.passed += 1
        environ["articles.publishing"] = self
        answer = self.application(environ, start_response)
        if environ["REQUEST_METHOD"] == "POST":
            self.clock.watch.doubt()
        return answer

    def counts(self) -> dict[str, int]:
        """What became of the requests so far, and what is kept now."""
        stores = (self.pages, self.others)
        return {
            "hits": sum(store.hits for store in stores),
            "misses": self.misses,
            "renders": self.renders,
            "passed": self.passed,
            "evictions": sum(store.evictions for store in stores),
            "entries": sum(len(store) for store in stores),
            "bytes": sum(store.bytes for store in stores),
            "generation": max(self.clock.now() or [0]),
        }

    def _entry_for(self, key: Key, environ: Environ) -> Entry | None:
        """The page as it is now, from the store or rendered; None where it is not one to be kept.

        A rendering that began in an earlier generation is not waited for: it may have read what has changed since.
        """
        while generation := self.clock.now():
            entry = self.pages.get(key, generation) or self.others.get(key, generation)
            if entry:
                return entry
            entry = self._flights.join(key, partial(self._render, key, environ, generation))
            if entry is None:
                return None
            if entry.generation == generation:
                self.misses += 1
                return entry
        return None

    def _render(self, key: Key, environ: Environ, generation: Generation) -> Entry | None:
        """Ask Django for a page, and keep it as one of the generation that was read before."""
        found = mark_at(get_path_info(environ))
        if not found:
            return None
        self.renders += 1
        answer = ask(self.application, request_for(key, environ))
        if not is_public(answer):
            return None
        is_page = answer.status[:3] == PAGE
        entry = Entry(answer, generation, None if is_page else time.monotonic() + BRIEFLY, surrogate_key(found[1]))
        (self.pages if is_page and not key.query else self.others).put(key, entry)
        if not entry.is_compressed:
            self._leave_for_compression(entry)
        return entry

    def _leave_for_compression(self, entry: Entry) -> None:
        try:
            self.uncompressed.put_nowait(entry)
        except queue.Full:
            entry.compress()

    def _compress(self) -> None:
        while True:
            self.uncompressed.get().compress()
            self.uncompressed.task_done()


def ask(application: Application, request: Environ) -> Answer:
    """What a WSGI application answers, whole."""
    said: list[tuple[str, list[tuple[str, str]]]] = []

    def start_response(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> None:
        said.append((status, headers))

    chunks = application(request, start_response)
    try:
        body = b"".join(chunks)
    finally:
        getattr(chunks, "close", lambda: None)()
    return Answer(*said[-1], body)


def is_public(answer: Answer) -> bool:
    """Whether an answer may be kept: nothing in it says that it is for one reader, or on what else it depends."""
    values = {name.lower(): value.lower() for name, value in answer.headers}
    rules, varies = (set(values.get(name, "").replace(" ", "").split(",")) for name in ("cache-control", "vary"))
    is_private = rules & PRIVATE or {"set-cookie", "content-encoding"} & values.keys()
    return answer.status[:3] in {PAGE, *BRIEF} and varies <= IN_KEY and not is_private


def surrogate_key(match: ResolverMatch) -> str:
    """Names for an edge cache to purge a page by: that of all pages, of its kind, and its own."""
    kind = match.view_name.replace(":", ".")
    own = "/".join([kind, *(quote(str(value), safe="") for value in match.kwargs.values())])
    return " ".join(dict.fromkeys(["newsroom", kind, own]))
