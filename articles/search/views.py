"""The results page."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from articles.catalogue.models import Article
from articles.search.filters import choices_among, read_filters
from articles.search.query import results_page, stories_with
from articles.search.terms import parse
from articles.web.htmx import render_page


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """The stories with what was asked for, newest first; without a word to look for, the field alone."""
    typed = request.GET.get("q", "")
    query = parse(typed)
    context: dict[str, object] = {"section": "search", "typed": typed, "query": query}
    if query.terms:
        found = stories_with(query)
        choices = choices_among(found)
        filters = read_filters(request.GET, choices)
        filtered = filters.apply(found)
        rows, cursor = results_page(filtered, query, request.GET.get("before", ""))
        context |= {
            "filters": filters,
            "choices": choices,
            "kinds": Article.Kind.choices,
            "results": rows,
            "count": filtered.count(),
            "total": Article.objects.published().count(),
            "older_url": _older(request, cursor),
        }
    return render_page(request, "search/results.html", context, fragments=("results", "older"))


def _older(request: HttpRequest, cursor: str) -> str:
    """The address of the next page of these results."""
    if not cursor:
        return ""
    given = {name: value for name, value in request.GET.items() if value and name != "before"}
    return f"{request.path}?{urlencode({**given, 'before': cursor})}"
