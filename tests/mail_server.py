"""A real SMTP server on this machine that takes mail, or refuses it, as it is told."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email import message_from_bytes, policy
from email.message import EmailMessage
from socketserver import StreamRequestHandler, ThreadingTCPServer


class MailServer(ThreadingTCPServer):
    """Keeps the mails that it took in ``taken``. While ``fault`` holds a reply, recipients are refused with it."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Session)
        self.taken: list[EmailMessage] = []
        self.fault = ""

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    @property
    def url(self) -> str:
        """The server as EMAIL_URL names it."""
        return f"smtp://127.0.0.1:{self.port}"


class _Session(StreamRequestHandler):
    """One client's dialogue (RFC 5321), as far as sending a mail needs it."""

    server: MailServer

    def handle(self) -> None:
        with suppress(OSError):
            self._say("220 here")
            while line := self.rfile.readline():
                self._answer(line.split(b" ")[0].strip().upper())

    def _answer(self, verb: bytes) -> None:
        if verb == b"DATA":
            self._say("354 go on")
            self._take(b"".join(iter(self.rfile.readline, b".\r\n")))
        elif verb == b"RCPT" and self.server.fault:
            self._say(self.server.fault)
            return
        self._say("250 ok")

    def _take(self, data: bytes) -> None:
        mail = message_from_bytes(data.replace(b"\r\n.", b"\r\n"), policy=policy.default)
        self.server.taken.append(mail)

    def _say(self, reply: str) -> None:
        self.wfile.write(f"{reply}\r\n".encode())


@contextmanager
def running() -> Iterator[MailServer]:
    """A server that runs until the end of the block."""
    with MailServer() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
