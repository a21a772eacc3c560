"""Published pages beside nginx, which sends the same bytes as files in the same run."""

import asyncio
import re
import shutil
import sqlite3
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from pathlib import Path
from statistics import median

from tests import edge
from tests.bench.figures import Figure, Skipped
from tests.bench.site import Server, requests_per_second, running, set_up, times_of
from tests.live import free_port

ROUNDS = 3
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
    """Rates as shares of nginx's own, in the median of some rounds, and processor time for a request."""
    files, port, front = folder / "files", free_port(), free_port()
    files.mkdir()
    for name, path in paths.items():
        (files / name).write_bytes(server.get(path)[2])
    site = f"http://127.0.0.1:{server.port}"
    behind = edge.in_front_of(site, folder, front, static=folder / "static")
    with edge.nginx(folder, port, f"{edge.files(files, port)}\n{behind}") as nginx:
        for name, path in paths.items():
            yield from beside_file(server, nginx.pid, name, f"{site}{path}", f"http://127.0.0.1:{port}/{name}")
        article, file = f"{site}{paths['article']}", f"http://127.0.0.1:{port}/article"
        yield Figure("serving.unchanged.share", share(conditional(article), conditional(file)), "of nginx")
        (files / "packed").write_bytes(server.get(paths["article"], **PACKED)[2])
        through, packed = (f"http://127.0.0.1:{at}" for at in (f"{front}{paths['article']}", f"{port}/packed"))
        yield Figure("serving.behind_nginx.share", share(compressed(through), compressed(packed)), "of nginx")


def beside_file(server: Server, nginx: int, name: str, url: str, file: str) -> Iterator[Figure]:
    """What a page takes, and what the same bytes take as a file."""
    worker = int(Path(f"/proc/{nginx}/task/{nginx}/children").read_text(encoding="ascii").split()[0])
    ours, theirs = Meter(server.processor_time, url), Meter(lambda: times_of(worker), file)
    yield Figure(f"serving.{name}.share", share(ours, theirs), "of nginx")
    yield Figure(f"serving.{name}.kept.cpu", ours.processor_time, "µs")
    yield Figure(f"serving.{name}.nginx.cpu", theirs.processor_time, "µs")


class Meter:
    """Asks for an address and adds up the processor time that this took the server."""

    def __init__(self, spent: Callable[[], float], url: str) -> None:
        self.spent, self.url = spent, url
        self.seconds, self.count = 0.0, 0

    def __call__(self) -> float:
        before = self.spent()
        rate, count = requests_per_second(self.url)
        self.seconds += self.spent() - before
        self.count += count
        return rate

    @property
    def processor_time(self) -> float:
        """Microseconds for a request."""
        return self.seconds / self.count * 1_000_000


def share(ours: Callable[[], float], theirs: Callable[[], float]) -> float:
    """The median of how much of their rate ours is, each measured right after the other."""
    return median(ours() / theirs() for _ in range(ROUNDS))


def conditional(url: str) -> Callable[[], float]:
    """Asks with the tag that the address has now."""
    host, _, path = url.removeprefix("http://").partition("/")
    asked = HTTPConnection(host)
    asked.request("HEAD", f"/{path}")
    tag = asked.getresponse().getheader("ETag")
    asked.close()
    return lambda: requests_per_second(url, [f"If-None-Match: {tag}"])[0]


def compressed(url: str) -> Callable[[], float]:
    """Asks as browsers do, for a compressed page."""
    return lambda: requests_per_second(url, [": ".join(header) for header in PACKED.items()])[0]


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
    threads = [threading.Thread(target=race.read, args=[READS // READERS]) for _ in range(READERS)]
    editor = threading.Thread(target=race.edit)
    for thread in (editor, *threads):
        thread.start()
    for thread in threads:
        thread.join()
    race.is_over.set()
    editor.join()
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

    def edit(self) -> None:
        """Commit the next number, note that it is committed, wait."""
        writer = sqlite3.connect(self.database, isolation_level=None, timeout=20)
        while not self.is_over.wait(EDITS_EACH):
            writer.execute("UPDATE articles_topic SET name = ? WHERE slug = 'topic-1'", [f"Edit {self.committed + 1}."])
            self.committed += 1
        writer.close()

    def read(self, times: int) -> None:
        """Look so many times, from a connection that another process may hold each time."""
        for number in range(times):
            if number % 50 == 0:
                asked = HTTPConnection("127.0.0.1", self.port, timeout=30)
            least = self.committed
            asked.request("GET", "/topics/")
            found = re.search(rb"Edit (\d+)\.", asked.getresponse().read())
            with self._counting:
                self.reads += 1
                self.stale += (int(found[1]) if found else 0) < least
