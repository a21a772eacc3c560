"""A real HTTP server on this machine that answers as it is told, well or badly."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Headers = dict[str, str]
Act = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Answer:
    """What to answer: status, headers, body. The length is stated unless ``headers`` states another."""

    status: int = 200
    body: bytes = b""
    headers: Headers = field(default_factory=dict)

    def __call__(self, handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(self.status)
        for name, value in {"Content-Length": str(len(self.body)), **self.headers}.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(self.body)


class LocalServer(ThreadingHTTPServer):
    """Answers by path; ``asked`` holds the headers of each request, in order, with its path as ``Path``."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answers: dict[str, Act] = {}
        self.asked: list[Headers] = []
        self.is_closing = threading.Event()

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    @property
    def place(self) -> str:
        """Host and port, as FETCH_ALLOW has them."""
        return f"127.0.0.1:{self.port}"

    def url(self, path: str = "/") -> str:
        return f"http://{self.place}{path}"

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of clients that hang up: that is what they are here for."""


class _Handler(BaseHTTPRequestHandler):
    server: LocalServer

    def do_GET(self) -> None:
        self.server.asked.append({**dict(self.headers.items()), "Path": self.path})
        with suppress(OSError):
            self.server.answers.get(self.path, Answer(404))(self)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Keep quiet."""


def drip(pieces: bytes, *, every: float, of: bytes = b"") -> Act:
    """Send ``of`` at once, then ``pieces`` byte by byte."""

    def act(handler: BaseHTTPRequestHandler) -> None:
        handler.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        handler.wfile.write(of)
        server = handler.server
        assert isinstance(server, LocalServer)
        for place in range(len(pieces)):
            if server.is_closing.wait(every):
                return
            handler.wfile.write(pieces[place : place + 1])

    return act


def raw(answer: bytes) -> Act:
    """Send exactly these bytes, and hang up."""

    def act(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(answer)
        handler.close_connection = True

    return act


@contextmanager
def running() -> Iterator[LocalServer]:
    """A server that runs until the end of the block."""
    server = LocalServer()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.is_closing.set()
        server.shutdown()
        server.server_close()
        thread.join()
