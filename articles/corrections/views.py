"""Reporting an error."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods
from django_htmx.http import HttpResponseClientRedirect

from articles.catalogue.models import Article, FormerSlug
from articles.corrections import desk
from articles.corrections.forms import SiteReportForm, StoryReportForm
from articles.corrections.limits import refusal_of
from articles.corrections.models import Report
from articles.corrections.places import place_in, read_place
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
    """Keep the report and lead to its receipt."""
    kept = desk.receive(report)
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
