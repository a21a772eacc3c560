"""The history of a story: every version that was published, and any one against any other."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from articles.catalogue.models import Article
from articles.reading.story import public_story
from articles.reading.versions import differences
from articles.revisions.models import Revision
from articles.web.htmx import render_page
from articles.web.paging import page_by_key

VERSIONS = 50


@require_safe
def article_history(request: HttpRequest, slug: str) -> HttpResponse:
    """The versions of a story, and what the newest changed; ``?version=N&against=M`` leads to that comparison."""
    found = public_story(slug)
    if isinstance(found, HttpResponse):
        return found
    if "version" in request.GET:
        return HttpResponseRedirect(_comparison_url(slug, request.GET["version"], request.GET.get("against", "")))
    newest = found.revisions.with_texts().first()
    return _page(request, found, newest, _before(newest))


@require_safe
def article_version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One version against the one before it, or against that which ``?against=`` names."""
    found = public_story(slug)
    if isinstance(found, HttpResponse):
        return found
    revision = get_object_or_404(found.revisions.with_texts(), number=number)
    against = request.GET.get("against", "")
    if not against:
        return _page(request, found, revision, _before(revision))
    other = get_object_or_404(found.revisions.with_texts(), number=_number(against))
    return _page(request, found, revision, other)


def _page(request: HttpRequest, article: Article, revision: Revision, other: Revision | None) -> HttpResponse:
    """The page of a comparison. What is sealed has no words to compare."""
    is_sealed = revision.words is None or (other is not None and other.words is None)
    versions = page_by_key(
        article.revisions.all(), order_by="-number", cursor=request.GET.get("before", ""), size=VERSIONS
    )
    context = {
        "article": article,
        "revision": revision,
        "other": other,
        "difference": differences(other.words if other else None, revision.words) if not is_sealed else None,
        "versions": versions,
    }
    return render_page(request, "reading/history.html", context)


def _before(revision: Revision) -> Revision | None:
    return Revision.objects.with_texts().filter(article=revision.article_id, number=revision.number - 1).first()


def _comparison_url(slug: str, version: str, against: str) -> str:
    url = reverse("reading:article_version", args=[slug, _number(version)])
    return f"{url}?against={_number(against)}" if against else url


def _number(stated: str) -> int:
    """The number of a version as an address states it. Raises Http404 for anything else."""
    if not (stated.isascii() and stated.isdecimal() and len(stated) < 9):
        raise Http404("There is no such version.")
    return int(stated)
