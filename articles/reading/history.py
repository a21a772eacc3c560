"""The history of a story: every version that was published, and any one against any other."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from articles.catalogue.models import Article
from articles.publishing import published
from articles.reading.story import public_story
from articles.reading.versions import Difference, differences
from articles.revisions.models import Revision
from articles.web.htmx import render_page
from articles.web.paging import page_by_key

VERSIONS = 50


@published(query=("version", "against", "before"))
@require_safe
def article_history(request: HttpRequest, slug: str) -> HttpResponse:
    """The versions of a story, and what the newest changed; ``?version=N&against=M`` leads to that comparison."""
    found = public_story(slug, Article.objects.public())
    if isinstance(found, HttpResponse):
        return found
    if "version" in request.GET:
        return HttpResponseRedirect(_comparison_url(slug, request.GET["version"], request.GET.get("against", "")))
    newest = found.revisions.latest("number").number
    return article_version(request, slug, newest)


@published(query=("against", "before"))
@require_safe
def article_version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One version against the one before it, or against that which ``?against=`` names."""
    found = public_story(slug, Article.objects.public())
    if isinstance(found, HttpResponse):
        return found
    revisions = found.revisions.with_texts().select_related("correction")
    revision = get_object_or_404(revisions, number=number)
    against = request.GET.get("against", "")
    other = revisions.filter(number=_number(against) if against else number - 1).first()
    if against and not other:
        raise Http404("There is no such version to hold it against.")
    versions = page_by_key(
        found.revisions.all(), order_by="-number", cursor=request.GET.get("before", ""), size=VERSIONS
    )
    context = {
        "article": found,
        "revision": revision,
        "other": other,
        "difference": _difference(revision, other),
        "versions": versions,
    }
    return render_page(request, "reading/history.html", context)


def _difference(revision: Revision, other: Revision | None) -> Difference | None:
    """What differs between two versions; None where the words of one are sealed."""
    if revision.words is None or (other and other.words is None):
        return None
    return differences(other.words if other else None, revision.words)


def _comparison_url(slug: str, version: str, against: str) -> str:
    url = reverse("reading:article_version", args=[slug, _number(version)])
    return f"{url}?against={_number(against)}" if against else url


def _number(stated: str) -> int:
    """The number of a version as an address states it. Raises Http404 for anything else."""
    if not (stated.isascii() and stated.isdecimal() and len(stated) < 9):
        raise Http404("There is no such version.")
    return int(stated)
