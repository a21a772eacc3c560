"""What the kept pages come to, for Prometheus and for the log."""

import logging
from collections.abc import Iterator
from ipaddress import ip_address, ip_network
from multiprocessing.util import Finalize

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from prometheus_client import REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.registry import Collector

from articles.publishing.pages import PublishedPages

log = logging.getLogger(__name__)

COUNTERS = {
    "hits": "Requests answered with a page that was kept",
    "misses": "Requests for a public page that had to wait for its rendering",
    "renders": "Pages rendered to be kept",
    "passed": "Requests left to Django",
    "evictions": "Pages dropped for want of room",
}
GAUGES = {
    "entries": "Pages kept",
    "bytes": "Memory that kept pages take",
    "generation": "Milliseconds since 1970 at the last change that readers can see",
}


class PagesCollector(Collector):
    """Reads the counts of kept pages when it is asked."""

    def __init__(self, pages: PublishedPages) -> None:
        self.pages = pages

    def collect(self) -> Iterator[Metric]:
        """Counters since the process began, and how things stand now."""
        counts = self.pages.counts()
        for name, words in COUNTERS.items():
            yield CounterMetricFamily(f"newsroom_pages_{name}", words, value=counts[name])
        for name, words in GAUGES.items():
            yield GaugeMetricFamily(f"newsroom_pages_{name}", words, value=counts[name])


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """The counts of the process that answers (each of several has its own). Raises Http404 for strangers."""
    if not is_from_within(request):
        raise Http404("There is no page at this address.")
    registry = CollectorRegistry()
    if pages := request.META.get("articles.publishing"):
        registry.register(PagesCollector(pages))
    return HttpResponse(generate_latest(registry) + generate_latest(REGISTRY), content_type=CONTENT_TYPE_LATEST)


def is_from_within(request: HttpRequest) -> bool:
    """Whether everyone who had a hand in a request, as far as it says, has an address in METRICS_ALLOW.

    A proxy on this machine has a local address, so those that it names count as well. A request that names more than
    there are can only shut itself out.
    """
    named = request.headers.get("X-Forwarded-For", "").split(",")
    addresses = [request.META.get("REMOTE_ADDR", ""), *(address.strip() for address in named if address.strip())]
    networks = [ip_network(network) for network in settings.METRICS_ALLOW]
    try:
        return all(any(ip_address(address) in network for network in networks) for address in addresses)
    except ValueError:
        return False


def log_at_stop(pages: PublishedPages) -> None:
    """Say in the log what the kept pages came to when this process, which a server started, ends."""
    Finalize(pages, _log, args=[pages], exitpriority=0)


def _log(pages: PublishedPages) -> None:
    log.info("Published pages: %s", ", ".join(f"{name} {count}" for name, count in pages.counts().items()))
