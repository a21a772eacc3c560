"""Fetching from servers that behave, and from such as don't."""

import gzip
import socket
import threading
import time
import zlib
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest
from pytest_django import Settings

from articles.importing import guard
from articles.importing.fetching import fetch
from articles.importing.guard import FetchError, RefusedError
from tests.importing.local_server import Answer, LocalServer, drip, raw, running

HEAD = b"HTTP/1.1 200 OK\r\n"


def resolve_to(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> list[str]:
    """Make every name lead to ``addresses``; returns the names that are asked for, as they come."""
    names: list[str] = []

    def getaddrinfo(host: str, port: int, **_: Any) -> list[Any]:
        names.append(host)
        return [
            (socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))
            for address in addresses
        ]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    return names


class AnswerTests:
    def test_what_is_asked_and_answered(self, server: LocalServer) -> None:
        headers = {
            "Content-Type": "Application/RSS+XML; charset=ISO-8859-1",
            "ETag": '"a1"',
            "Last-Modified": "Fri, 20 Nov 2026 12:00:00 GMT",
        }
        server.answers["/feed?a=1"] = Answer(body=b"<rss/>", headers=headers)
        answer = fetch(server.url("/feed?a=1"), etag='"a0"', modified="Thu, 19 Nov 2026 12:00:00 GMT")
        assert (answer.status, answer.is_success, answer.body) == (200, True, b"<rss/>")
        assert (answer.url, answer.permanent_url) == (server.url("/feed?a=1"), "")
        assert (answer.content_type, answer.charset) == ("application/rss+xml", "ISO-8859-1")
        assert (answer.etag, answer.modified) == ('"a1"', "Fri, 20 Nov 2026 12:00:00 GMT")
        (asked,) = server.asked
        assert (asked["If-None-Match"], asked["If-Modified-Since"]) == ('"a0"', "Thu, 19 Nov 2026 12:00:00 GMT")
        assert asked["Host"] == server.place
        assert asked["User-Agent"] == "Newsroom/1.0 (+http://testserver)"

    def test_first_time_asks_without_conditions(self, server: LocalServer) -> None:
        fetch(server.url("/none"))
        assert not {"If-None-Match", "If-Modified-Since", "Cookie"} & server.asked[0].keys()

    @pytest.mark.parametrize("status", [304, 404, 410, 500])
    def test_every_status_is_an_answer(self, server: LocalServer, status: int) -> None:
        server.answers["/"] = Answer(status, headers={"Content-Length": "0"})
        answer = fetch(server.url())
        assert (answer.status, answer.is_success, answer.body) == (status, False, b"")

    def test_retry_after_in_seconds_and_as_a_date(self, server: LocalServer) -> None:
        later = format_datetime(datetime.now(UTC) + timedelta(hours=2), usegmt=True)
        for stated, seconds in [("120", 120), (later, 7200), ("soon", None), ("-5", None), ("9" * 30, 999_999_999)]:
            server.answers["/"] = Answer(429, headers={"Retry-After": stated})
            found = fetch(server.url()).retry_after
            assert found == seconds or (seconds == 7200 and found is not None and 7195 <= found <= 7200)

    def test_date_that_has_passed_asks_for_no_wait(self, server: LocalServer) -> None:
        server.answers["/"] = Answer(503, headers={"Retry-After": "Fri, 20 Nov 2015 12:00:00 GMT"})
        assert fetch(server.url()).retry_after == 0

    @pytest.mark.parametrize(
        ("encoding", "packed"),
        [
            # With the time of now in it, it would be another test in each process.
            ("gzip", gzip.compress(b"words", mtime=0)),
            ("GZIP", gzip.compress(b"wor", mtime=0) + gzip.compress(b"ds", mtime=0)),
            ("deflate", zlib.compress(b"words")),
            ("deflate", zlib.compressobj(wbits=-15).compress(b"") + b"\x2b\xcf\x2f\x4a\x29\x06\x00"),
            ("deflate, gzip", gzip.compress(zlib.compress(b"words"), mtime=0)),
            ("identity", b"words"),
        ],
    )
    def test_packed_answers(self, server: LocalServer, encoding: str, packed: bytes) -> None:
        server.answers["/"] = Answer(body=packed, headers={"Content-Encoding": encoding})
        assert fetch(server.url()).body == b"words"

    def test_chunks(self, server: LocalServer) -> None:
        chunks = b"3\r\nwor\r\n2\r\nds\r\n0\r\n\r\n"
        server.answers["/"] = raw(HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + chunks)
        assert fetch(server.url()).body == b"words"


class RedirectTests:
    def test_permanent_moves_are_told_from_others(self, server: LocalServer) -> None:
        server.answers["/old"] = Answer(301, headers={"Location": "/new"})
        server.answers["/new"] = Answer(308, headers={"Location": server.url("/newer")})
        server.answers["/newer"] = Answer(302, headers={"Location": "now"})
        server.answers["/now"] = Answer(body=b"here")
        answer = fetch(server.url("/old"))
        assert (answer.body, answer.url) == (b"here", server.url("/now"))
        assert answer.permanent_url == server.url("/newer")

    def test_permanent_move_behind_a_passing_one_is_not_ours_to_keep(self, server: LocalServer) -> None:
        server.answers["/old"] = Answer(307, headers={"Location": "/new"})
        server.answers["/new"] = Answer(301, headers={"Location": "/newer"})
        server.answers["/newer"] = Answer(body=b"here")
        assert fetch(server.url("/old")).permanent_url == ""

    def test_loop(self, server: LocalServer) -> None:
        server.answers["/a"] = Answer(301, headers={"Location": "/b"})
        server.answers["/b"] = Answer(302, headers={"Location": "/a"})
        with pytest.raises(FetchError, match=r"^more than 5 redirects"):
            fetch(server.url("/a"))
        assert len(server.asked) == 6

    @pytest.mark.parametrize(
        ("location", "message"),
        [
            ("http://127.0.0.1/", "which is not a public address"),
            ("http://127.1/", "which is not a public address"),
            ("http://2130706433/", "which is not a public address"),
            ("http://169.254.169.254/latest/meta-data/", "169.254.169.254, which is not a public address"),
            ("http://[::1]/", "which is not a public address"),
            ("http://[::ffff:10.0.0.1]/", "which is not a public address"),
            ("//localhost/", "which is not a public address"),
            ("file:///etc/passwd", "not an http or https address"),
            ("gopher://example.org/", "not an http or https address"),
            ("http://user:secret@example.org/", "a name or password in it"),
            ("http://example.org:22/", "port 22 is none of the web's"),
            ("http://[bad/", "not a web address"),
        ],
    )
    def test_redirect_to_where_nothing_is_fetched_from(self, server: LocalServer, location: str, message: str) -> None:
        server.answers["/"] = Answer(302, headers={"Location": location})
        with pytest.raises(RefusedError, match=message) as refused:
            fetch(server.url())
        assert str(refused.value).startswith("redirected to ")
        assert len(server.asked) == 1


class GuardTests:
    """What is checked where the connection is made."""

    @pytest.mark.parametrize(
        "address",
        """127.0.0.1 127.8.8.8 10.1.2.3 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1 0.0.0.0 224.0.0.1 240.0.0.1
        255.255.255.255 192.0.2.1 198.18.0.1 ::1 :: fe80::1 fe80::1%1 fc00::1 fd12:3456::1 ff02::1 fec0::1 2001:db8::1
        ::ffff:127.0.0.1 ::ffff:192.168.0.1 ::127.0.0.1 64:ff9b::7f00:1 64:ff9b::a9fe:a9fe 64:ff9b:1::1
        2002:7f00:1:: 2002:a00:1::1 2001::1""".split(),
    )
    def test_not_public(self, address: str) -> None:
        assert not guard.is_public(address)

    @pytest.mark.parametrize(
        "address",
        "1.1.1.1 93.184.216.34 2606:4700::1111 ::ffff:1.1.1.1 64:ff9b::101:101 2002:101:101::1".split(),
    )
    def test_public(self, address: str) -> None:
        assert guard.is_public(address)

    @pytest.mark.parametrize("address", ["10.0.0.1", "::1", "169.254.169.254", "::ffff:127.0.0.1"])
    def test_name_that_leads_to_a_private_address(self, monkeypatch: pytest.MonkeyPatch, address: str) -> None:
        resolve_to(monkeypatch, address)
        with pytest.raises(RefusedError, match=r"^news\.example leads to .*, which is not a public"):
            fetch("http://news.example/feed")

    def test_one_private_address_among_public_ones_is_enough(self, monkeypatch: pytest.MonkeyPatch) -> None:
        resolve_to(monkeypatch, "93.184.216.34", "192.168.0.1")
        with pytest.raises(RefusedError):
            fetch("https://news.example/feed")

    def test_exemption_is_for_this_host_and_port_alone(self, server: LocalServer) -> None:
        with running() as other, pytest.raises(RefusedError, match="port"):
            fetch(other.url())
        with pytest.raises(RefusedError):
            fetch(server.url().replace("127.0.0.1", "localhost"))
        assert server.asked == []

    def test_name_is_asked_once_and_its_checked_address_is_the_one_connected_to(
        self, server: LocalServer, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A second answer, which would lead elsewhere, is never asked for: the name can't be bound anew."""
        settings.FETCH_ALLOW = [f"news.example:{server.port}"]
        server.answers["/"] = Answer(body=b"here")
        names = resolve_to(monkeypatch, "127.0.0.1")
        assert fetch(f"http://news.example:{server.port}/").body == b"here"
        assert names == ["news.example"]
        assert server.asked[0]["Host"] == f"news.example:{server.port}"

    def test_next_address_is_tried_where_the_first_does_not_answer(
        self, server: LocalServer, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        settings.FETCH_ALLOW = [f"news.example:{server.port}"]
        server.answers["/"] = Answer(body=b"here")
        resolve_to(monkeypatch, "::1", "127.0.0.1")
        assert fetch(f"http://news.example:{server.port}/").body == b"here"

    @pytest.mark.parametrize(
        ("url", "message"),
        [
            ("ftp://example.org/", "not an http or https address"),
            ("http://", "not an http or https address"),
            ("feed.xml", "not an http or https address"),
            ("https://me@example.org/", "a name or password"),
            ("http://example.org:6379/", r"port 6379 is none of the web's \(80, 443, 8080, 8443\)"),
        ],
    )
    def test_addresses_that_are_not_fetched(self, url: str, message: str) -> None:
        with pytest.raises(RefusedError, match=message):
            fetch(url)

    def test_unknown_name(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def getaddrinfo(*_: Any, **__: Any) -> None:
            raise socket.gaierror(-2, "Name or service not known")

        monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
        with pytest.raises(FetchError, match=r"news\.example: no such name \(Name or service not known\)"):
            fetch("http://news.example/")

    def test_nothing_answers(self, settings: Settings) -> None:
        with running() as server:
            url, settings.FETCH_ALLOW = server.url(), [server.place]
        with pytest.raises(FetchError, match=r"127\.0\.0\.1: no connection to port"):
            fetch(url)


class BadServerTests:
    def test_too_much(self, server: LocalServer) -> None:
        server.answers["/"] = Answer(body=b"x" * 1001)
        with pytest.raises(FetchError, match=r"^more than 0.001 MB$"):
            fetch(server.url(), limit=1000)
        server.answers["/"] = Answer(body=b"x" * 1000)
        assert len(fetch(server.url(), limit=1000).body) == 1000

    @pytest.mark.parametrize("encoding", ["gzip", "deflate"])
    def test_bomb(self, server: LocalServer, encoding: str) -> None:
        plain = b"\0" * 50_000_000
        packed = gzip.compress(plain) if encoding == "gzip" else zlib.compress(plain)
        server.answers["/"] = Answer(body=packed, headers={"Content-Encoding": encoding})
        with pytest.raises(FetchError, match=r"^more than 1 MB once unpacked$"):
            fetch(server.url(), limit=1_000_000)

    def test_bomb_in_a_bomb(self, server: LocalServer) -> None:
        packed = gzip.compress(gzip.compress(b"\0" * 50_000_000))
        server.answers["/"] = Answer(body=packed, headers={"Content-Encoding": "gzip, gzip"})
        with pytest.raises(FetchError, match="once unpacked"):
            fetch(server.url(), limit=1_000_000)

    @pytest.mark.parametrize("encoding", ["br", "gzip"])
    def test_packed_in_a_way_that_is_not_read(self, server: LocalServer, encoding: str) -> None:
        server.answers["/"] = Answer(body=b"words", headers={"Content-Encoding": encoding})
        with pytest.raises(FetchError, match=f"packed as {encoding} in a way that can't be read"):
            fetch(server.url())

    def test_half_of_what_was_packed(self, server: LocalServer) -> None:
        server.answers["/"] = Answer(body=gzip.compress(b"words" * 99)[:-12], headers={"Content-Encoding": "gzip"})
        with pytest.raises(FetchError, match="broke off"):
            fetch(server.url())

    def test_endless(self, server: LocalServer) -> None:
        server.answers["/"] = drip(b"x" * 10_000, every=0, of=HEAD + b"\r\n")
        with pytest.raises(FetchError, match="more than"):
            fetch(server.url(), limit=2_000)

    @pytest.mark.parametrize(
        "sent",
        [
            HEAD + b"\r\n",
            HEAD + b"Content-Length: 9999\r\n\r\n",
            HEAD + b"Transfer-Encoding: chunked\r\n\r\n",
            HEAD + b"X-Slow: ",
            b"",
        ],
    )
    def test_slow_drip_ends_with_the_time_allowed(self, server: LocalServer, sent: bytes) -> None:
        server.answers["/"] = drip(b"1" * 1000, every=0.05, of=sent)
        start = time.monotonic()
        with pytest.raises(FetchError, match=r"^took too long$"):
            fetch(server.url(), timeout=0.4)
        assert time.monotonic() - start < 2

    def test_time_allowed_is_for_all_redirects_together(self, server: LocalServer) -> None:
        server.answers["/"] = drip(b"", every=0, of=b"")
        for number in range(5):
            head = f"HTTP/1.1 302 Found\r\nLocation: /{number + 1}\r\nContent-Length: 0\r\n".encode()
            server.answers[f"/{number}"] = drip(b"\r\n", every=0.1, of=head)
        with pytest.raises(FetchError, match="took too long"):
            fetch(server.url("/0"), timeout=0.5)
        assert len(server.asked) < 5

    def test_less_than_the_stated_length(self, server: LocalServer) -> None:
        server.answers["/"] = raw(HEAD + b"Content-Length: 100\r\n\r\nwords")
        with pytest.raises(FetchError, match=r"the answer can't be read .*IncompleteRead"):
            fetch(server.url())

    @pytest.mark.parametrize(
        "answer",
        [
            b"",
            b"nonsense\r\n\r\n",
            HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
            b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n",
        ],
    )
    def test_answers_that_are_none(self, server: LocalServer, answer: bytes) -> None:
        server.answers["/"] = raw(answer)
        with pytest.raises(FetchError, match="the answer can't be read"):
            fetch(server.url())


class TlsTests:
    def test_certificate_is_asked_for_the_name_and_not_for_the_address(
        self, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        hello: list[bytes] = []
        with socket.create_server(("127.0.0.1", 0)) as listener:
            port = listener.getsockname()[1]

            def answer() -> None:
                connection, _ = listener.accept()
                with connection:
                    hello.append(connection.recv(4096))

            thread = threading.Thread(target=answer)
            thread.start()
            settings.FETCH_ALLOW = [f"news.example:{port}"]
            resolve_to(monkeypatch, "127.0.0.1")
            with pytest.raises(FetchError, match="the answer can't be read"):
                fetch(f"https://news.example:{port}/")
            thread.join()
        assert b"news.example" in hello[0]

    def test_server_without_tls_gets_no_request(self, server: LocalServer) -> None:
        with pytest.raises(FetchError, match=r"the answer can't be read .*SSL"):
            fetch(server.url().replace("http:", "https:"))
        assert server.asked == []
