"""Saved stories. The reader's device knows which; this page shows those that its address names as they stand now."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from articles.catalogue.models import Article, FormerSlug
from articles.publishing import published
from articles.reading.rivers import rows_of
from articles.web.htmx import render_page
from articles.web.paging import PAGE_SIZE


@published(lists=("story",), fragments=("saved-rows",))
@require_safe
def saved(request: HttpRequest) -> HttpResponse:
    """The stories of ``?story=…&story=…`` in this order, at most twenty; without any, those of the device."""
    slugs = [slug for slug in request.GET.getlist("story")[:PAGE_SIZE] if "\0" not in slug]
    stories = stories_at(slugs)
    context = {"section": "saved", "slugs": slugs, "stories": stories, "missing": len(slugs) - len(stories)}
    return render_page(request, "reading/saved.html", context, fragments=("saved-rows",))


def stories_at(slugs: Sequence[str]) -> list[Article]:
    """The public stories that are, or once were, at ``slugs``, in this order, each once; at most six queries."""
    if not slugs:
        return []
    former = dict(FormerSlug.objects.filter(slug__in=slugs).values_list("slug", "article"))
    public = Article.objects.public()
    found = rows_of(public.filter(slug__in=slugs) | public.filter(pk__in=former.values()))
    by_key = {story.pk: story for story in found} | {story.slug: story for story in found}
    return list(dict.fromkeys(by_key[key] for slug in slugs for key in (slug, former.get(slug)) if key in by_key))
