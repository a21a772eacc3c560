"""The public record of what was wrong: the log, one correction, the figures by month, and all of it as CSV."""

import csv
from collections.abc import Iterator
from datetime import datetime
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.catalogue.models import ArticleQuerySet, Source
from articles.corrections.codes import read_code
from articles.corrections.log_filters import LogFilterForm, month_around, read_month
from articles.corrections.models import Correction
from articles.corrections.table import HEADINGS, cells
from articles.corrections.totals import (
    LEAST_FOR_RATE,
    MONTHS,
    months_until,
    outlets,
    real_reports,
    stories_between,
    totals,
)
from articles.publishing import published
from articles.web.htmx import render_page
from articles.web.paging import page_by_key

OUTLETS = 60
CHUNK = 500


@published(query=("before", *LogFilterForm.base_fields))
@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """Every published notice, newest first, as far as the filters let it through."""
    filters = LogFilterForm(request.GET.dict())
    found = filters.apply(Correction.objects.for_log())
    page = page_by_key(found, order_by="-published_at", cursor=request.GET.get("before", ""))
    query = urlencode(filters.used)
    context = {
        "section": "corrections",
        "filters": filters,
        "page": page,
        "totals": totals(),
        "has_samples": any(entry.is_sample for entry in page.rows),
        "query": f"?{query}" if query else "",
        "older_url": f"?{urlencode({**filters.used, 'before': page.next_cursor})}" if page.next_cursor else "",
    }
    return render_page(request, "corrections/log.html", context)


@published()
@require_safe
def correction(request: HttpRequest, code: str) -> HttpResponse:
    """One notice for good: its address never changes."""
    proper = read_code(code, "C")
    if proper and proper != code:
        return redirect("corrections:correction", proper, permanent=True)
    found = get_object_or_404(Correction.objects.for_log(), code=proper)
    return render_page(request, "corrections/correction.html", {"section": "corrections", "correction": found})


@require_safe
def log_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The log, as far as the filters let it through, as a table (RFC 4180); however long, it is sent as it is read."""
    found = LogFilterForm(request.GET.dict()).apply(Correction.objects.for_log()).newest_first()
    lines = _lines(found.iterator(CHUNK))
    answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8; header=present")
    answer.headers["Content-Disposition"] = 'attachment; filename="corrections.csv"'
    return answer


# Not published: it counts reports as they come in, and these must not end every page that is kept.
@require_safe
def record(request: HttpRequest) -> HttpResponse:
    """The figures by month, twelve at a time, and by outlet; ``?month=2026-11`` is that month alone."""
    only = _asked(request, "month")
    end = month_around(only)[1] if only else _asked(request, "before") or month_around(timezone.now())[1]
    months = months_until(end, 1 if only else MONTHS)
    start = months[-1].start
    is_older = real_reports().filter(received_at__lt=start).exists()
    context = {
        "section": "corrections",
        "months": months,
        "only": only,
        "older": start if is_older and not only else None,
        **_outlets(request, stories_between(start, end)),
    }
    return render_page(request, "corrections/record.html", context)


def _outlets(request: HttpRequest, stories: ArticleQuerySet) -> dict[str, object]:
    """A page of the outlets that ``stories`` rest on, by name."""
    sources = Source.objects.of_stories(stories)
    page = page_by_key(sources, order_by="name", cursor=request.GET.get("after", ""), size=OUTLETS)
    more = urlencode({**request.GET.dict(), "after": page.next_cursor})
    return {
        "outlets": outlets(page.rows, stories),
        "least": LEAST_FOR_RATE,
        "more_url": f"?{more}" if page.next_cursor else "",
    }


class _Line:
    """A file of which each line is handed on."""

    def write(self, line: str) -> str:
        return line


def _lines(corrections: Iterator[Correction]) -> Iterator[str]:
    writer = csv.writer(_Line())
    yield writer.writerow(HEADINGS)
    for found in corrections:
        yield writer.writerow(cells(found))


def _asked(request: HttpRequest, name: str) -> datetime | None:
    """The month that the address names, None if it names none. Raises Http404 for what is no month."""
    given = request.GET.get(name, "")
    month = read_month(given) if given else None
    if given and month is None:
        raise Http404("There is no such month.")
    return month
