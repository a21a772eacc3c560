"""Feeds of the latest stories, of a topic and of a source."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.catalogue.models import Article, ArticleQuerySet, Source, Topic
from articles.feeds.answers import answer_with
from articles.feeds.entries import SIZE, make_changes_feed, make_feed
from articles.feeds.formats import FORMATS
from articles.publishing import published


@published()
@require_safe
def latest(request: HttpRequest, extension: str) -> HttpResponse:
    """The newest stories of the site."""
    return _answer(
        request,
        extension,
        Article.objects.published().newest_first(),
        title=settings.SITE_NAME,
        description=_("Technology news in brief, each story with its source."),
        page=reverse("reading:home"),
    )


@published()
@require_safe
def reviews(request: HttpRequest, extension: str) -> HttpResponse:
    """The newest reviews."""
    return _answer(
        request,
        extension,
        Article.objects.published().reviews().newest_first(),
        title=f"{_('Reviews')} | {settings.SITE_NAME}",
        description=_("Reviews of products, newest first."),
        page=reverse("reading:reviews"),
    )


@published()
@require_safe
def topic(request: HttpRequest, slug: str, extension: str) -> HttpResponse:
    """The newest stories of a topic."""
    found = get_object_or_404(Topic, slug=slug)
    return _answer(
        request,
        extension,
        Article.objects.listed(topic=found.pk),
        title=f"{found.name} | {settings.SITE_NAME}",
        description=found.description or _("Stories about %(topic)s, newest first.") % {"topic": found.name},
        page=found.get_absolute_url(),
    )


@published()
@require_safe
def source(request: HttpRequest, slug: str, extension: str) -> HttpResponse:
    """The newest stories that rest on a source."""
    found = get_object_or_404(Source, slug=slug)
    return _answer(
        request,
        extension,
        Article.objects.listed(source=found.pk),
        title=f"{found.name} | {settings.SITE_NAME}",
        description=_("Stories that rest on reports of %(source)s, newest first.") % {"source": found.name},
        page=found.get_absolute_url(),
    )


@require_safe
def changes(request: HttpRequest, slug: str, extension: str) -> HttpResponse:
    """What was published of one story, version after version. Raises Http404 for a format that there is not."""
    if extension not in FORMATS:
        raise Http404("There is no feed of this format.")
    article = get_object_or_404(Article.objects.public(), slug=slug)
    last = article.revisions.values_list("number", "created_at").first()
    etag = f'"{article.pk}-{last[0]}"' if last else None
    response = get_conditional_response(request, etag=etag)
    if response is None:
        form = FORMATS[extension]
        response = HttpResponse(
            form.write(make_changes_feed(article, path=request.path)), content_type=form.content_type
        )
    if etag:
        response.headers["ETag"] = etag
    return response


def _answer(request: HttpRequest, extension: str, stories: ArticleQuerySet, **about: str) -> HttpResponse:
    """The feed of ``stories``, newest first. A reader's copy is known by their states: one small query."""
    dates = ("published_at", "added_at", "listed_at", "updated_at")
    newest = list(stories.with_state().only(*dates)[:SIZE])
    state = [(story.pk, story.changed_at, story.state_number) for story in newest]
    changed_at = max((story.changed_at for story in newest), default=None)
    return answer_with(request, extension, state, changed_at, lambda: make_feed(newest, path=request.path, **about))
