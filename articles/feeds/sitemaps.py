"""Sitemaps (sitemaps.org, protocol 0.9) and robots.txt: every public page, for search engines.

The index lists one file for the standing pages, topics and sources, and one for every block of story numbers. A file
of stories so keeps its address and its stories, and stays far below the 50,000 that the protocol allows.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Max, QuerySet
from django.db.models.functions import Coalesce, Greatest
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_safe

from articles.catalogue.models import Article, Source, Topic
from articles.publishing import published
from articles.web.site import absolute_url

BLOCK = 5_000
MAX_LABELS = 20_000
STANDING = (
    *("reading:home", "reading:reviews", "reading:topics", "reading:sources", "corrections:log", "corrections:record"),
    *("reading:about", "reading:about_corrections", "reading:about_ai", "reading:about_privacy"),
)
CHANGED = Greatest(Coalesce("updated_at", "added_at"), "listed_at", "added_at")


@dataclass(frozen=True)
class Page:
    """An entry of a sitemap: an absolute address, and when what stands there last changed, if that is known."""

    url: str
    changed_at: datetime | None = None

    @property
    def lastmod(self) -> str:
        """The change as the protocol wants it (W3C date and time), or ""."""
        return self.changed_at.isoformat(timespec="seconds") if self.changed_at else ""


@published()
@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """The index of all sitemaps."""
    blocks = Article.objects.published().order_by().annotate(block=F("pk") / BLOCK).values("block")
    stories = [
        Page(absolute_url(reverse("feeds:sitemap_stories", args=[row["block"]])), row["changed"])
        for row in blocks.annotate(changed=Max(CHANGED)).order_by("block")
    ]
    return _xml("feeds/sitemap_index.xml", [Page(absolute_url(reverse("feeds:sitemap_pages"))), *stories])


@published()
@require_safe
def sitemap_pages(request: HttpRequest) -> HttpResponse:
    """Standing pages, and every topic and source that has stories."""
    standing = [Page(absolute_url(reverse(name))) for name in STANDING]
    labels = [*_labels(Topic.objects.with_stories()), *_labels(Source.objects.with_stories())]
    return _xml("feeds/sitemap.xml", [*standing, *labels])


@published()
@require_safe
def sitemap_stories(request: HttpRequest, block: int) -> HttpResponse:
    """The published stories whose numbers lie in this block. Raises Http404 if there are none."""
    stories = Article.objects.published().filter(pk__gte=block * BLOCK, pk__lt=(block + 1) * BLOCK)
    fields = stories.only("slug", "published_at", "added_at", "listed_at", "updated_at").order_by("pk")
    pages = [Page(absolute_url(story.get_absolute_url()), story.changed_at) for story in fields]
    if not pages:
        raise Http404("There are no stories in this sitemap.")
    return _xml("feeds/sitemap.xml", pages)


@published()
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines need not fetch, and where the sitemaps are (RFC 9309)."""
    text = render_to_string("feeds/robots.txt", {"sitemap_url": absolute_url(reverse("feeds:sitemap"))})
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


def _labels(labels: QuerySet[Topic] | QuerySet[Source]) -> Iterator[Page]:
    return (Page(absolute_url(label.get_absolute_url())) for label in labels[:MAX_LABELS])


def _xml(template: str, pages: Sequence[Page]) -> HttpResponse:
    return HttpResponse(render_to_string(template, {"pages": pages}), content_type="application/xml; charset=utf-8")
