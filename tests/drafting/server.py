"""A real HTTP server that speaks the protocol of a drafting server, well or badly, as it is told."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Headers = dict[str, str]


@dataclass
class Reply:
    """What to answer: status, body and headers; the length is stated unless ``headers`` states another."""

    status: int = 200
    body: bytes = b""
    headers: Headers = field(default_factory=dict)

    def __call__(self, handler: "_Handler") -> None:
        handler.send_response(self.status)
        stated = {"Content-Type": "application/json", "Content-Length": str(len(self.body)), **self.headers}
        for name, value in stated.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(self.body)


Act = Callable[["_Handler"], None]


@dataclass(frozen=True)
class Asked:
    """A request as it came in."""

    path: str
    headers: Headers
    body: Any

    @property
    def system(self) -> str:
        return str(self.body["messages"][0]["content"])

    @property
    def user(self) -> str:
        return str(self.body["messages"][1]["content"])


class DraftingServer(ThreadingHTTPServer):
    """Gives its ``replies`` one after the other, the last one for ever; ``asked`` holds the requests."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.replies: list[Act] = []
        self.asked: list[Asked] = []
        self.is_closing = threading.Event()

    @property
    def url(self) -> str:
        """Its address, as DRAFTING_BASE_URL has it."""
        return f"http://127.0.0.1:{self.server_address[1]}/v1"

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of clients that hang up: that is what they are here for."""


class _Handler(BaseHTTPRequestHandler):
    server: DraftingServer

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append(Asked(self.path, dict(self.headers.items()), body))
        number = min(len(self.server.asked), len(self.server.replies)) - 1
        with suppress(OSError):
            self.server.replies[number](self)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Keep quiet."""


def says(content: object, *, usage: Any = None, **choice: Any) -> Reply:
    """A completion whose text is ``content``, or ``content`` as JSON if it isn't a text."""
    text = content if isinstance(content, str) or content is None else json.dumps(content, ensure_ascii=False)
    message = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": "stop", **choice}
    data: dict[str, Any] = {"id": "1", "object": "chat.completion", "created": 1, "model": "m", "choices": [message]}
    if usage is not None:
        data["usage"] = usage
    return Reply(body=json.dumps(data).encode())


def drafts(*bullets: str, usage: Any = None) -> Reply:
    """A completion with these bullets in the shape that is asked for."""
    return says({"bullets": bullets}, usage=usage)


def fails(status: int, words: str = "", **headers: str) -> Reply:
    """An error as the protocol has it."""
    body = json.dumps({"error": {"message": words, "type": "error"}}).encode()
    return Reply(status, body, {name.replace("_", "-"): value for name, value in headers.items()})


def hangs(handler: "_Handler") -> None:
    """Never answer."""
    handler.server.is_closing.wait(30)


def drips(handler: "_Handler") -> None:
    """Answer for ever, a byte at a time, always in time for a limit on each byte."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n")
    while not handler.server.is_closing.wait(0.05):
        handler.wfile.write(b" ")


def breaks_off(handler: "_Handler") -> None:
    """Hang up in the middle of the answer."""
    whole = drafts("One.", "Two.", "Three.").body
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n")
    handler.wfile.write(f"Content-Length: {len(whole)}\r\n\r\n".encode() + whole[:40])
    handler.close_connection = True


def floods(handler: "_Handler") -> None:
    """Answer without an end, as fast as it goes."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n")
    until = time.monotonic() + 20
    while time.monotonic() < until and not handler.server.is_closing.is_set():
        handler.wfile.write(b" " * 65536)


@contextmanager
def running() -> Iterator[DraftingServer]:
    """A server that runs until the end of the block."""
    server = DraftingServer()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.is_closing.set()
        server.shutdown()
        server.server_close()
        thread.join()
