"""The receipt of a report: where it is now, what we said, and the reader's one answer to that."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from articles.corrections import clock, desk
from articles.corrections.annotation import CONTENT_TYPE, public_annotation
from articles.corrections.codes import read_code
from articles.corrections.forms import ContradictionForm
from articles.corrections.marking import spot_of
from articles.corrections.models import Report
from articles.corrections.notices import SEVERITIES
from articles.corrections.steps import change_of, steps_of
from articles.revisions.diff import Run, compare_line
from articles.revisions.record import words_of
from articles.web.htmx import render_page
from articles.web.origin import anonymous_act


@never_cache
@require_safe
def report(request: HttpRequest, code: str) -> HttpResponse:
    """The receipt of a report: where it is now, and the answer. Shows no address of a person."""
    proper = read_code(code, "R")
    if proper and proper != code:
        return redirect("corrections:report", proper, permanent=True)
    return _page(request, report_at(proper), ContradictionForm())


@never_cache
@anonymous_act
@require_http_methods(["GET", "HEAD", "POST"])
def report_reply(request: HttpRequest, code: str) -> HttpResponse:
    """The reader's answer to an answer without a change. One that came already, or can't be, leads to the receipt."""
    found = report_at(code)
    if request.method != "POST" or not found.can_contradict:
        return redirect(found)
    form = ContradictionForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form, status=422)
    desk.contradict(found, form.cleaned_data["words"])
    return HttpResponseRedirect(found.get_absolute_url(), status=303)


@never_cache
@require_safe
def report_annotation(request: HttpRequest, code: str) -> HttpResponse:
    """The report as a W3C Web Annotation, without a word of the reader's."""
    headers = {"X-Robots-Tag": "noindex"}
    return JsonResponse(public_annotation(report_at(code)), content_type=CONTENT_TYPE, headers=headers)


def report_at(code: str) -> Report:
    """The report with this code. Raises Http404."""
    if not code:
        raise Http404("There is no such report.")
    return get_object_or_404(Report.objects.select_related("article", "correction__revision"), code=code)


def _page(request: HttpRequest, report: Report, form: ContradictionForm, status: int = 200) -> HttpResponse:
    change = change_of(report)
    context: dict[str, Any] = {
        "report": report,
        "form": form,
        "steps": steps_of(report, change),
        "change": change,
        "difference": _difference(report),
        "is_gone": _is_gone(report),
        "others": _others(report),
        "targets": [(SEVERITIES[severity], days) for severity, days in clock.TARGETS.items()],
        "limit": clock.LIMIT,
        "outcomes": [(outcome.label, words) for outcome, words in Report.OUTCOMES_IN_WORDS.items()],
    }
    return render_page(request, "corrections/report.html", context, status=status)


def _difference(report: Report) -> Sequence[Run]:
    """What the correction changed in its passage, word by word."""
    correction = report.correction
    is_shown = correction and report.article and not report.article.is_sealed
    return compare_line(correction.wrote, correction.says) if correction and is_shown else ()


def _is_gone(report: Report) -> bool:
    """Whether the passage no longer stands in the story."""
    if report.article is None or not report.quote or not report.article.is_published:
        return False
    return spot_of(report, words_of(report.article)) is None


def _others(report: Report) -> int:
    """How many others wait for, or got, the same answer."""
    if report.duplicate_of_id:
        return Report.objects.filter(duplicate_of=report.duplicate_of_id).count()
    return report.duplicates.count()
