"""Saved stories. The reader's device knows which; this page shows those that its address names as they stand now."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from articles.catalogue.models import Article, FormerSlug
from articles.publishing import published
from articles.reading.rivers import ROW, Row, rows_of
from articles.web.htmx import render_page
from articles.web.paging import PAGE_SIZE


@published(lists=("story",), fragments=("saved-rows",))
@require_safe
def saved(request: HttpRequest) -> HttpResponse:
    """The stories of ``?story=…&story=…`` in this order, at most twenty; without any, those of the device."""
    slugs = [slug for slug in request.GET.getlist("story")[:PAGE_SIZE] if "\0" not in slug]
    rows = rows_at(slugs)
    context = {"section": "saved", "slugs": slugs, "rows": rows, "missing": len(slugs) - len(rows)}
    return render_page(request, "reading/saved.html", context, fragments=("saved-rows",))


def rows_at(slugs: Sequence[str]) -> list[Row]:
    """The public stories that are, or once were, at ``slugs``, in this order, each once; at most seven queries."""
    if not slugs:
        return []
    former = dict(FormerSlug.objects.filter(slug__in=slugs).values_list("slug", "article"))
    public = Article.objects.public()
    at = public.filter(slug__in=slugs) | public.filter(pk__in=former.values())
    found = at.with_state().only("slug", "listed_at")
    by_key = {story.pk: story for story in found} | {story.slug: story for story in found}
    stories = dict.fromkeys(by_key[key] for slug in slugs for key in (slug, former.get(slug)) if key in by_key)
    return rows_of(list(stories), [ROW] * len(stories))
