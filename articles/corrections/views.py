"""Reporting an error, and following what comes of it."""

from datetime import datetime

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.http import HttpResponseClientRedirect

from articles.catalogue.models import Article, FormerSlug
from articles.corrections import mail
from articles.corrections.codes import read_code
from articles.corrections.forms import SiteReportForm, StoryReportForm
from articles.corrections.limits import refusal_of
from articles.corrections.models import Report
from articles.corrections.places import place_in, read_place
from articles.revisions import acts
from articles.revisions.models import Revision
from articles.web.htmx import render_page, wanted_fragment
from articles.web.origin import anonymous_act

FRAGMENTS = ("report-form",)


@anonymous_act
@require_http_methods(["GET", "HEAD", "POST"])
def report_create(request: HttpRequest, slug: str) -> HttpResponse:
    """The form for an error in a story. A form sent to an address that the story had before counts all the same."""
    article = _public_story(slug)
    if request.method != "POST" and article.slug != slug:
        path = reverse("corrections:report_create", args=[article.slug])
        query = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(f"{path}?{query}" if query else path)
    return _form_page(request, article)


@anonymous_act
@require_http_methods(["GET", "HEAD", "POST"])
def site_report_create(request: HttpRequest) -> HttpResponse:
    """The form for whatever is wrong with the site as a whole."""
    return _form_page(request, None)


@never_cache
@require_safe
def report(request: HttpRequest, code: str) -> HttpResponse:
    """The receipt of a report: where it is now, and the answer. Shows no address of a person."""
    proper = read_code(code, "R")
    if proper and proper != code:
        return redirect("corrections:report", proper, permanent=True)
    found = get_object_or_404(Report.objects.select_related("article", "correction"), code=proper)
    context = {
        "report": found,
        "changed_at": _changed_at(found),
        "outcomes": [(outcome.label, words) for outcome, words in Report.OUTCOMES_IN_WORDS.items()],
    }
    return render_page(request, "corrections/report.html", context)


def _form_page(request: HttpRequest, article: Article | None) -> HttpResponse:
    is_sent = request.method == "POST"
    answers = request.POST if is_sent else None
    form: SiteReportForm
    if article:
        place = place_in(article, read_place(request.POST if is_sent else request.GET))
        form = StoryReportForm(answers, article=article, place=place)
    else:
        form = SiteReportForm(answers)
    refusal = None
    if form.is_valid():
        report = form.report()
        refusal = refusal_of(request, report)
        if refusal is None:
            return _receipt(request, report)
    context = {"article": article, "form": form, "refusal": refusal}
    status = refusal.status if refusal else 422 if is_sent else 200
    page = render_page(request, "corrections/report_create.html", context, fragments=FRAGMENTS, status=status)
    return refusal.mark(page) if refusal else page


def _receipt(request: HttpRequest, report: Report) -> HttpResponse:
    """Keep the report, queue the editors' mail with it, and lead to its receipt."""
    with transaction.atomic():
        kept, is_new = Report.objects.receive(report)
        if is_new and mail.is_wanted():
            mail.tell_editors.enqueue(kept.pk)
    if wanted_fragment(request, FRAGMENTS):
        return HttpResponseClientRedirect(kept.get_absolute_url())
    return HttpResponseRedirect(kept.get_absolute_url(), status=303)


def _public_story(slug: str) -> Article:
    """The story at this address, now or formerly. Raises Http404."""
    stories = Article.objects.public()
    former = FormerSlug.objects.filter(slug=slug).values("article")
    found = stories.filter(slug=slug).first() or stories.filter(pk__in=former).first()
    if not found:
        raise Http404("There is no story at this address.")
    return found


def _changed_at(report: Report) -> datetime | None:
    """When the story was first changed after a report that an editor found right came in; None if it was not."""
    if report.correction:
        return report.correction.published_at
    if report.outcome in ("", Report.Outcome.NO_CHANGE):
        return None
    changes = Revision.objects.filter(article=report.article_id, created_at__gt=report.received_at)
    return changes.filter(kind__in=acts.CHANGES).order_by("number").values_list("created_at", flat=True).first()
