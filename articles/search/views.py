"""The results page."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from articles.catalogue.facets import story_total
from articles.catalogue.models import Article
from articles.publishing import published
from articles.search.filters import Choices, choices_among, read_filters
from articles.search.query import find, results_page
from articles.search.terms import Query, parse
from articles.web.htmx import render_page, wanted_fragment

READ = ("q", "kind", "topic", "source", "from", "to", "before")
FRAGMENTS = ("results", "older")


@published(query=READ, fragments=FRAGMENTS)
@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """The stories with what was asked for, newest first; without a word to look for, the field alone."""
    typed = request.GET.get("q", "")
    query = parse(typed)
    context: dict[str, object] = {"section": "search", "typed": typed, "query": query}
    if query.terms:
        is_page = wanted_fragment(request, FRAGMENTS) != "older"
        context |= _whole(request, query) if is_page else _rows_alone(request, query)
    return render_page(request, "search/results.html", context, fragments=FRAGMENTS)


def _whole(request: HttpRequest, query: Query) -> dict[str, object]:
    """What was found, how many there are, and what the filters offer."""
    found = find(query)
    choices = choices_among(found)
    filters = read_filters(request.GET, choices)
    within = find(query, filters.limits) if filters else found
    rows, cursor = results_page(query, filters.limits, request.GET.get("before", ""), within)
    return {
        "filters": filters,
        "choices": choices,
        "kinds": Article.Kind.choices,
        "results": rows,
        "found": within,
        "count": len(within.keys),
        "total": story_total(),
        "older_url": _older(request, cursor),
    }


def _rows_alone(request: HttpRequest, query: Query) -> dict[str, object]:
    """A page of what was found, without what stands around it."""
    filters = read_filters(request.GET, Choices([], []))
    rows, cursor = results_page(query, filters.limits, request.GET.get("before", ""))
    return {"filters": filters, "results": rows, "older_url": _older(request, cursor)}


def _older(request: HttpRequest, cursor: str) -> str:
    """The address of the next page of these results."""
    if not cursor:
        return ""
    given = {name: value for name, value in request.GET.items() if value and name != "before"}
    return f"{request.path}?{urlencode({**given, 'before': cursor})}"
