"""The benchmark of pages that are rendered: what each costs with few stories, and with many."""

import time
from collections.abc import Iterator, Mapping
from statistics import median
from urllib.parse import urlencode

from django.test import Client

from articles.catalogue.models import Article, Source, Topic
from articles.web.paging import cursor_of
from tests.bench.figures import Figure

FEW = 1_000
WARM_UP = 3
REQUESTS = 20


def misses(with_few: Mapping[str, float]) -> Iterator[Figure]:
    """Processor time of each page with the stories that there are, and as a multiple of ``with_few``, its ``costs``."""
    for name, cost in costs().items():
        yield Figure(f"serving.miss.{name}.cpu", cost * 1000, "ms")
        yield Figure(f"serving.miss.{name}.growth", cost / with_few[name], "ratio")


def costs() -> dict[str, float]:
    """Seconds of processor time of each page with the stories that there are."""
    return {name: processor_time_of(path) for name, path in pages().items()}


def pages() -> dict[str, str]:
    """A page of every kind, by name: those of lists from their middle, too."""
    stories = Article.objects.published().newest_first()
    middle = stories[stories.count() // 2]
    topic, source = Topic.objects.all()[3].slug, Source.objects.all()[3].slug
    older = urlencode({"before": cursor_of(middle, "listed_at")})
    return {
        "home": "/",
        "older": f"/?{older}",
        "article": f"/articles/{middle.slug}/",
        "brief": f"/articles/{middle.slug}/brief/",
        "history": f"/articles/{middle.slug}/history/",
        "topics": "/topics/",
        "topic": f"/topics/{topic}/",
        "topic.older": f"/topics/{topic}/?{older}",
        "sources": "/sources/",
        "source": f"/sources/{source}/",
        "source.older": f"/sources/{source}/?{older}",
        "reviews": "/reviews/",
        "corrections": "/corrections/",
        "search.empty": "/search/",
        "search.common": "/search/?q=satellite",
        "search.older": f"/search/?q=satellite&{older}",
        "search.phrase": "/search/?q=%22new+battery%22",
        "search.none": "/search/?q=zebra",
        "search.topic": f"/search/?q=satellite&topic={topic}",
        "search.source": f"/search/?q=satellite&source={source}",
        "search.kind": "/search/?q=satellite&kind=news",
        "search.days": f"/search/?q=satellite&to={middle.listed_at:%Y-%m-%d}",
        "feed": "/feed.rss",
        "topic.feed": f"/topics/{topic}/feed.rss",
        "sitemap": "/sitemap.xml",
    }


def processor_time_of(path: str) -> float:
    """Seconds of processor time that a request for ``path`` takes, in the median. Raises RuntimeError if it fails."""
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
