"""Home, story and list pages."""

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseRedirectBase
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from articles.catalogue.facets import busiest
from articles.catalogue.models import Article, ArticleQuerySet, Source, Topic
from articles.publishing import published
from articles.publishing.pieces import pieces_of
from articles.reading.rivers import by_day, listed_page, stories_page
from articles.reading.story import public_story, summary_note, whole_stories
from articles.reading.story_page import make_page, more_like, whole_pages
from articles.summaries.models import listed_points
from articles.summaries.provenance import makings_of
from articles.web.htmx import render_page
from articles.web.paging import page_by_key

# The first stories of the front page: the lead, and three beside it.
FRONT = ("reading/_lead.html", *["reading/_also.html"] * 3)
RAIL_SIZE = 8
FRAGMENTS = ("points",)
ROWS = ("older",)


@published(query=("before",), fragments=ROWS)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The latest stories: a lead, three more, and the river by day; older ones by cursor, as a river alone."""
    cursor = request.GET.get("before", "")
    templates = () if cursor else FRONT
    page = stories_page(Article.objects.published(), cursor, templates, is_by_day=True)
    front = page.rows[: len(templates)]
    context = {
        "section": "latest",
        "lead": front[0] if front else None,
        "also": front[1:],
        "added_count": len(page.rows),
        "days": by_day(page.rows[len(front) :], cursor),
        "is_first_page": not cursor,
        "older_url": _older(request, page.next_cursor),
        "older_before": page.rows[-1].listed_at if page.next_cursor else None,
        "topics": busiest("topic", RAIL_SIZE),
        "sources": busiest("source", RAIL_SIZE),
    }
    return render_page(request, "reading/home.html", context, fragments=ROWS)


@published()
@require_safe
def article(request: HttpRequest, slug: str) -> HttpResponse:
    """A story or a review; one that has been withdrawn says so in its place."""
    found = public_story(slug, Article.objects.public().with_state())
    if isinstance(found, HttpResponse):
        return found
    (page,) = pieces_of([found], ["page"], whole_pages, make_page)
    if not page:
        raise Http404("This story has just gone.")
    context = {"page": page, "section": page.section, "more": more_like(found, page)}
    return render_page(request, "reading/article.html", context, status=page.status)


@published(fragments=FRAGMENTS)
@require_safe
def article_brief(request: HttpRequest, slug: str) -> HttpResponse:
    """The points of a story: in place in a list, or as a small page of its own."""
    stories = Article.objects.public().only("headline", "language", "slug", "status").prefetch_related(listed_points())
    found = _published_story(slug, stories)
    if isinstance(found, HttpResponse):
        return found
    return render_page(request, "reading/article_brief.html", {"article": found}, fragments=FRAGMENTS)


@published()
@require_safe
def article_summary(request: HttpRequest, slug: str) -> HttpResponse:
    """How the points of a story were made: who drafted, changed and approved each of them."""
    found = _published_story(slug, whole_stories())
    if isinstance(found, HttpResponse):
        return found
    makings = makings_of(found.points)  # type: ignore[attr-defined]
    context = {"article": found, "summary_note": summary_note(found), "makings": makings}
    return render_page(request, "reading/article_summary.html", context)


@published(query=("before",), fragments=ROWS)
@require_safe
def reviews(request: HttpRequest) -> HttpResponse:
    """Every review, newest first."""
    page = stories_page(Article.objects.published().reviews(), request.GET.get("before", ""))
    context = {"section": "reviews", "page": page, "older_url": _older(request, page.next_cursor)}
    return render_page(request, "reading/reviews.html", context, fragments=ROWS)


@published(query=("after",))
@require_safe
def topics(request: HttpRequest) -> HttpResponse:
    """Every topic that has stories, by name."""
    page = page_by_key(Topic.objects.with_stories(), order_by="name", cursor=request.GET.get("after", ""), size=60)
    context = {"section": "topics", "page": page, "more_url": _older(request, page.next_cursor, "after")}
    return render_page(request, "reading/topics.html", context)


@published(query=("before",), fragments=ROWS)
@require_safe
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """The stories of one topic."""
    found = get_object_or_404(Topic.objects.with_story_count(), slug=slug)
    page = listed_page(Article.objects.listed(topic=found.pk), request.GET.get("before", ""))
    context = {
        "section": "topics",
        "topic": found,
        "page": page,
        "count": found.story_count,
        "older_url": _older(request, page.next_cursor),
        "topics": busiest("topic", RAIL_SIZE),
        "sources": busiest("source", RAIL_SIZE, within=found.pk),
    }
    return render_page(request, "reading/topic.html", context, fragments=ROWS)


@published(query=("after",))
@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    """Every outlet that stories rest on, by name."""
    page = page_by_key(Source.objects.with_stories(), order_by="name", cursor=request.GET.get("after", ""), size=60)
    context = {"section": "sources", "page": page, "more_url": _older(request, page.next_cursor, "after")}
    return render_page(request, "reading/sources.html", context)


@published(query=("before",), fragments=ROWS)
@require_safe
def source(request: HttpRequest, slug: str) -> HttpResponse:
    """The stories that rest on one outlet."""
    found = get_object_or_404(Source.objects.with_story_count(), slug=slug)
    page = listed_page(Article.objects.listed(source=found.pk), request.GET.get("before", ""))
    context = {
        "section": "sources",
        "source": found,
        "page": page,
        "count": found.story_count,
        "older_url": _older(request, page.next_cursor),
        "topics": busiest("topic", RAIL_SIZE, within=found.pk),
    }
    return render_page(request, "reading/source.html", context, fragments=ROWS)


def _published_story(slug: str, stories: ArticleQuerySet) -> Article | HttpResponseRedirectBase:
    """As ``public_story``, but of a story that was withdrawn only the way to its notice."""
    found = public_story(slug, stories)
    return redirect(found) if isinstance(found, Article) and not found.is_published else found


def _older(request: HttpRequest, cursor: str, name: str = "before") -> str:
    return f"{request.path}?{urlencode({name: cursor})}" if cursor else ""
