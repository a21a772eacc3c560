"""How the served site bears many readers who report at once, each from a network of their own and on another story."""

import http.client
import re
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from threading import Barrier
from urllib.parse import urlencode, urlsplit

from tests.bench.figures import Figure
from tests.live import Site, served

PATIENCE = 60
ROUNDS = 5
LOCKED = "database is locked"


def served_behind_a_proxy(var: Path) -> AbstractContextManager[Site]:
    """The site with limits as they are by default, which takes one proxy's word for where a reader is."""
    return served(var, TRUSTED_PROXIES="1", SENT_PER_NETWORK="10")


@dataclass(frozen=True)
class Sent:
    """What came of one report: the status, the path of its receipt, and the seconds until the answer."""

    status: int
    receipt: str
    seconds: float


def reports(size: int) -> Iterator[Figure]:
    """Seconds until ``size`` readers who post at the same moment have their receipts, and what was lost."""
    with tempfile.TemporaryDirectory() as folder, served_behind_a_proxy(Path(folder)) as site:
        sent = [one for number in range(ROUNDS) for one in send_at_once(site, size, number)]
        lost = sum(one.status != 303 for one in sent) + missing(site, sent)
        yield Figure("reports.sent", len(sent), "reports")
        yield Figure("reports.lost", lost, "reports")
        yield Figure("reports.locked", site.log.count(LOCKED), "errors")
        yield Figure("reports.median", median(one.seconds for one in sent) * 1000, "ms")
        yield Figure("reports.p99", quantiles([one.seconds for one in sent], n=100)[98] * 1000, "ms")


def send_at_once(site: Site, count: int, number: int = 0) -> list[Sent]:
    """Let ``count`` readers post round ``number`` at the same moment, each from another network on another story."""
    paths = site.story_paths()
    together = Barrier(count)

    def send(reader: int) -> Sent:
        path = f"{paths[reader % len(paths)]}report/"
        answers = {"kind": "fact", "what": f"Reader {reader} says, for the {number}th time, that this is wrong."}
        return post(site, path, answers, f"10.{reader}.0.1", together)

    with ThreadPoolExecutor(count) as readers:
        return list(readers.map(send, range(count)))


def post(site: Site, path: str, answers: dict[str, str], address: str, together: Barrier) -> Sent:
    """Post a form from ``address`` once everybody is ready."""
    connection = http.client.HTTPConnection(urlsplit(site.url).netloc, timeout=PATIENCE)
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Sec-Fetch-Site": "same-origin",
        "X-Forwarded-For": address,
    }
    connection.connect()
    together.wait(PATIENCE)
    start = time.perf_counter()
    connection.request("POST", path, urlencode(answers), headers)
    answer = connection.getresponse()
    answer.read()
    seconds = time.perf_counter() - start
    connection.close()
    return Sent(answer.status, answer.headers.get("Location", ""), seconds)


def missing(site: Site, sent: Sequence[Sent]) -> int:
    """How many of the receipts that readers were led to are not there, or were given to two of them."""
    receipts = [one.receipt for one in sent if one.receipt]
    there = sum(bool(re.search(r'<p class="code">R-', site.read(receipt))) for receipt in set(receipts))
    return len(receipts) - there
