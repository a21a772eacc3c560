"""A site of stories as it is served: its database, its processes and what they take."""

import os
import re
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

from django.db import connection

from newsroom.serve import THREADS
from tests.live import free_port
from tests.system import ROOT, clean_environment

TICK = os.sysconf("SC_CLK_TCK")
PATIENCE = 60.0


@dataclass(frozen=True)
class Server:
    """The running site: its port, its first process, and how many seconds it took to answer."""

    port: int
    process: "subprocess.Popen[bytes]"
    first_answer: float

    @property
    def url(self) -> str:
        """Its address, without a path."""
        return f"http://127.0.0.1:{self.port}"

    def processes(self) -> list[int]:
        """The server and all its descendants."""
        found = [self.process.pid]
        for pid in found:
            children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
            found += map(int, children.split())
        return found

    def processor_time(self) -> float:
        """Seconds of processor time that all processes have had."""
        return sum(times_of(pid) for pid in self.processes())

    def memory(self) -> float:
        """Megabytes that all processes take, shared ones counted once."""
        rollups = [Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii") for pid in self.processes()]
        return sum(int(re.findall(r"^Pss: +(\d+)", text, re.MULTILINE)[0]) for text in rollups) / 1024

    def get(self, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and body of an answer."""
        asked = HTTPConnection("127.0.0.1", self.port, timeout=30)
        asked.request("GET", path, headers=headers)
        answer = asked.getresponse()
        told = answer.status, dict(answer.getheaders()), answer.read()
        asked.close()
        return told

    def count(self, name: str) -> int:
        """A figure of /metrics."""
        text = self.get("/metrics")[2].decode()
        return int(float(re.findall(rf"^newsroom_pages_{name} (\S+)$", text, re.MULTILINE)[0]))


def times_of(pid: int) -> float:
    """Seconds of processor time that a process has had."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def set_up(folder: Path) -> None:
    """Write the stories of the benchmark's own database and the static files into ``folder``."""
    target = sqlite3.connect(folder / "newsroom.sqlite3")
    connection.ensure_connection()
    connection.connection.backup(target)
    target.execute("PRAGMA journal_mode = WAL")
    target.close()
    subprocess.run([sys.executable, "manage.py", "collectstatic", "-v0"], cwd=ROOT, env=environment(folder), check=True)


def environment(folder: Path) -> dict[str, str]:
    """The environment of the site in ``folder``."""
    settings = {"VAR_DIR": str(folder), "SECRET_KEY": "only-for-benchmarks-" + "x" * 50, "ALLOWED_HOSTS": "127.0.0.1"}
    return {**clean_environment(), **settings}


@contextmanager
def running(
    folder: Path, *, workers: int = 1, application: str = "newsroom.wsgi:application", **settings: str
) -> Iterator[Server]:
    """Serve the site in ``folder`` as ``make run`` does, with so many processes, until the block ends."""
    port = free_port()
    options = f"--interface wsgi --http 1 --no-ws --port {port} --workers {workers} --log-level error"
    command = [str(Path(sys.executable).with_name("granian")), *options.split(), "--blocking-threads", str(THREADS)]
    start = time.monotonic()
    with (folder / "server.log").open("ab") as log:
        env = {**environment(folder), **settings}
        process = subprocess.Popen([*command, application], cwd=ROOT, env=env, stdout=log, stderr=log)
    try:
        wait_for(port, process)
        yield Server(port, process, time.monotonic() - start)
    finally:
        process.terminate()
        process.wait(timeout=20)


def wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    """Wait for the first page. Raises RuntimeError if the process ends before or none comes for a minute."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        try:
            Server(port, process, 0).get("/")
        except OSError:
            time.sleep(0.01)
        else:
            return
    raise RuntimeError(f"The site was not served; its process ended with {process.poll()}.")


def requests_per_second(url: str, headers: Sequence[str] = (), *, seconds: int = 2) -> tuple[float, int]:
    """What sixteen clients get from ``url`` that ask again as soon as they are answered: a rate, and how many."""
    command = ["wrk", "-t1", "-c16", f"-d{seconds}s", *(part for header in headers for part in ("-H", header)), url]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if refused := re.search(r"Non-2xx or 3xx responses: \d+|Socket errors: .*", said):
        raise RuntimeError(f"{url}: {refused[0]}")
    rate, count = re.search(r"Requests/sec: +([\d.]+)", said), re.search(r"(\d+) requests in", said)
    if not rate or not count:
        raise RuntimeError(said)
    return float(rate[1]), int(count[1])
