"""What a page costs: processor time for a request, through every middleware, with the stories in SQLite's memory."""

import random
import time
from collections.abc import Iterator
from datetime import timedelta
from statistics import median

from django.test import Client

from tests.bench.figures import Figure
from tests.world import NOON, make_article

WARM_UP = 3
REQUESTS = 50
WORDS = (
    "a the its new old one two forty percent station satellite battery phone chip price factory network signal update"
    " makes opens tests cuts ships delays mends measures promises counts sells against after before without for in"
).split()


def serving(size: int) -> Iterator[Figure]:
    """Milliseconds of processor time for one request of each kind of page, on a site with ``size`` stories."""
    paths = [make_story(number) for number in range(size)]
    pages = {"home": "/", "article": paths[size // 2], "search": "/search/?q=satellite", "feed": "/feed.rss"}
    for name, path in pages.items():
        yield Figure(f"serving.{name}.cpu", processor_time_of(path) * 1000, "ms")


def processor_time_of(path: str) -> float:
    """Seconds of processor time that a request for ``path`` takes, in the median."""
    client = Client()
    times = []
    for number in range(WARM_UP + REQUESTS):
        start = time.process_time()
        answer = client.get(path)
        if number >= WARM_UP:
            times.append(time.process_time() - start)
        if answer.status_code != 200:
            raise RuntimeError(f"{path} answers {answer.status_code}.")
    return median(times)


def make_story(number: int) -> str:
    """Publish a story of eight paragraphs and four points, the same for the same number; return its path."""
    chance = random.Random(number)  # noqa: S311 (no secret)
    article = make_article(
        headline=sentence(chance, 9),
        standfirst=sentence(chance, 20),
        body="\n\n".join(sentence(chance, 60) for _ in range(8)),
        bullets=[sentence(chance, 15) for _ in range(4)],
        topics=[f"Topic {number % 12}"],
        sources=[f"Outlet {number % 30}"],
        published_at=NOON - timedelta(hours=number),
    )
    return article.get_absolute_url()


def sentence(chance: random.Random, length: int) -> str:
    """So many words, a capital letter and a full stop."""
    return " ".join(chance.choices(WORDS, k=length)).capitalize() + "."
