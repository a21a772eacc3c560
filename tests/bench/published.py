"""Published pages beside nginx, which sends the same bytes as files in the same run."""

import asyncio
import json
import re
import shutil
import sqlite3
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from urllib.request import urlopen

from tests import edge
from tests.bench.figures import Figure, Skipped
from tests.bench.site import Server, requests_per_second, running, set_up, times_of
from tests.live import free_port

ROUNDS = 5
WORKERS = 3
READERS = 8
READS = 30_000
PACKED = {"Accept-Encoding": "gzip"}
EDITS_EACH = 0.1
CLIENTS = 500


def published(paths: dict[str, str]) -> Iterator[Figure | Skipped]:
    """The figures for the pages at ``paths``, by name, of the site in the benchmark's database."""
    missing = [program for program in ("wrk", "nginx") if not shutil.which(program)]
    with tempfile.TemporaryDirectory(prefix="newsroom-bench-") as name:
        folder = Path(name)
        set_up(folder)
        with running(folder) as server:
            yield Figure("serving.first_answer", server.first_answer, "s")
            if missing:
                yield Skipped("serving.nginx", f"{' and '.join(missing)} not installed")
            else:
                yield from beside_nginx(server, folder, paths)
            for path in paths.values():
                server.get(path)
            yield Figure("serving.memory", server.memory(), "MB")
        with running(folder) as server:
            yield Figure("serving.stampede.renders", stampede(server, paths["article"]), "pages")
        with running(folder, workers=WORKERS) as server:
            yield from edited(server, folder / "newsroom.sqlite3")


def beside_nginx(server: Server, folder: Path, paths: dict[str, str]) -> Iterator[Figure]:
    """Rates as shares of nginx's own for files of the same bytes with the same headers, and what a request takes.

    Beside them stands granian with an application that does nothing: no page store behind it can be quicker.
    """
    files, port, front = folder / "files", free_port(), free_port()
    files.mkdir()
    headers = {name: store(server, path, files / name) for name, path in paths.items()}
    servers = edge.in_front_of(server.url, folder, front, static=folder / "static")
    bare = running(folder, application="tests.bench.constant:application", CONSTANT_PAGE=str(files / "article"))
    with edge.nginx(folder, port, f"{edge.files(files, port, headers)}\n{servers}") as process, bare as granian:
        worker = worker_of(process.pid)
        for name, path in paths.items():
            ours, theirs = Meter(server.processor_time, server.url + path), Meter(worker, f"{local(port)}/{name}")
            others = {"granian": Meter(granian.processor_time, granian.url)} if name == "article" else {}
            yield from compared(name, ours, theirs, **others)
        address, file = server.url + paths["article"], f"{local(port)}/article"
        ours, theirs = Meter(server.processor_time, address, known(address)), Meter(worker, file, known(file))
        others = {"granian": Meter(granian.processor_time, granian.url, known(file))}
        yield from compared("unchanged", ours, theirs, **others)
        through = Meter(lambda: worker() + server.processor_time(), local(front) + paths["article"], PACKED)
        yield from compared("behind_nginx", through, Meter(worker, file, PACKED))


def store(server: Server, path: str, file: Path) -> dict[str, str]:
    """Write a page's bytes to ``file``, packed ones beside it; its headers, which are written there too."""
    _, headers, body = server.get(path)
    file.write_bytes(body)
    deadline = time.monotonic() + 10
    while (packed := server.get(path, **PACKED))[1].get("content-encoding") != "gzip" and time.monotonic() < deadline:
        time.sleep(0.05)
    file.with_name(f"{file.name}.gz").write_bytes(packed[2])
    told = {name: value for name, value in headers.items() if name not in ("date", "server")}
    file.with_name(f"{file.name}.json").write_text(json.dumps(list(told.items())), encoding="utf-8")
    return told


def worker_of(nginx: int) -> Callable[[], float]:
    """Tells the processor time that nginx's one worker has had."""
    children = Path(f"/proc/{nginx}/task/{nginx}/children").read_text(encoding="ascii")
    return partial(times_of, int(children.split()[0]))


class Meter:
    """Asks for an address and adds up the processor time that this took the server."""

    def __init__(self, spent: Callable[[], float], url: str, headers: Mapping[str, str] | None = None) -> None:
        self.spent, self.url = spent, url
        self.headers = [f"{name}: {value}" for name, value in (headers or {}).items()]
        self.seconds, self.count = 0.0, 0

    def __call__(self) -> float:
        before = self.spent()
        rate, count = requests_per_second(self.url, self.headers)
        self.seconds += self.spent() - before
        self.count += count
        return rate

    @property
    def processor_time(self) -> float:
        """Microseconds for a request."""
        return self.seconds / self.count * 1_000_000


def compared(name: str, ours: Meter, nginx: Meter, **others: Meter) -> Iterator[Figure]:
    """Measure all in turn, round after round: the median share of nginx's rate, and processor time for a request."""
    meters = {"": ours, "nginx.": nginx, **{f"{who}.": meter for who, meter in others.items()}}
    rounds = [{who: meter() for who, meter in meters.items()} for _ in range(ROUNDS)]
    for who, meter in meters.items():
        if meter is not nginx:
            share = median(rates[who] / rates["nginx."] for rates in rounds)
            yield Figure(f"serving.{name}.{who}share", share, "of nginx")
        yield Figure(f"serving.{name}.{who or 'kept.'}cpu", meter.processor_time, "µs")


def known(url: str) -> dict[str, str]:
    """What a reader asks with who has what is at ``url``."""
    with urlopen(url, timeout=30) as answer:  # noqa: S310 (our own server)
        return {"If-None-Match": answer.headers["ETag"]}


def local(port: int) -> str:
    """The address of a server on this machine."""
    return f"http://127.0.0.1:{port}"


def stampede(server: Server, path: str) -> int:
    """How often a page that nobody has asked for is rendered when 500 clients ask at once."""
    before = server.count("renders_total")

    async def client() -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
        connected.append(writer)
        if len(connected) == CLIENTS:
            everyone.set()
        await everyone.wait()
        writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode())
        answer = await reader.read()
        writer.close()
        return answer

    async def clients() -> list[bytes]:
        return await asyncio.gather(*(client() for _ in range(CLIENTS)))

    connected: list[asyncio.StreamWriter] = []
    everyone = asyncio.Event()
    answers = asyncio.run(clients())
    if not all(answer.startswith(b"HTTP/1.1 200") for answer in answers):
        raise RuntimeError("Some clients of the stampede got no page.")
    return server.count("renders_total") - before


def edited(server: Server, database: Path) -> Iterator[Figure]:
    """Reads from several processes while an editor commits every 100 ms: how many were older than their request."""
    race = Race(server.port, database)
    start = time.monotonic()
    race.run(READS)
    yield Figure("serving.edited.stale", race.stale, f"of {race.reads} answers")
    yield Figure("serving.edited.edits", race.committed, "commits")
    yield Figure("serving.edited.rate", race.reads / (time.monotonic() - start), "answers/s")


class Race:
    """An editor who counts up the name of a topic, and readers who look at the list of topics."""

    def __init__(self, port: int, database: Path) -> None:
        self.port, self.database = port, database
        self.committed = self.stale = self.reads = 0
        self.is_over = threading.Event()
        self._counting = threading.Lock()

    def run(self, reads: int) -> None:
        """Edit until so many answers have been read."""
        threads = [threading.Thread(target=self.read, args=[reads // READERS]) for _ in range(READERS)]
        editor = threading.Thread(target=self.edit)
        for thread in (editor, *threads):
            thread.start()
        for thread in threads:
            thread.join()
        self.is_over.set()
        editor.join()

    def edit(self) -> None:
        """Commit the next number, note that it is committed, wait."""
        writer = sqlite3.connect(self.database, isolation_level=None, timeout=20)
        while not self.is_over.wait(EDITS_EACH):
            name = f"Edit {self.committed + 1}."
            writer.execute("UPDATE articles_topic SET name = ? WHERE id = (SELECT min(id) FROM articles_topic)", [name])
            self.committed += 1
        writer.close()

    def read(self, times: int) -> None:
        """Look so many times, from a connection that another process may hold each time."""
        asked = HTTPConnection("127.0.0.1", self.port, timeout=30)
        for number in range(times):
            if number % 50 == 0:
                asked.close()
            least = self.committed
            asked.request("GET", "/topics/")
            found = re.search(rb"Edit (\d+)\.", asked.getresponse().read())
            with self._counting:
                self.reads += 1
                self.stale += (int(found[1]) if found else 0) < least
        asked.close()
