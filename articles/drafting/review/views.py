"""The review screen of a summary, as a page of the stories' admin."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.catalogue.models import Article
from articles.drafting.drafts import ask_for_draft
from articles.drafting.review.answers import Answers
from articles.drafting.review.decisions import decide
from articles.drafting.review.screen import screen_of
from articles.revisions.acts import ActError
from articles.revisions.forms import KINDS
from articles.revisions.seen import StaleError, write_state
from articles.summaries.models import PointError
from articles.summaries.queues import QUEUES, next_in
from articles.web.deciding import editor_of
from articles.web.generics import ModelAdmin

USUAL_QUEUE = "needs_approval"


def review_summary(desk: ModelAdmin[Article], request: HttpRequest, pk: int) -> HttpResponse:
    """The screen of a story, for those who may see it; those who may change stories and points decide there."""
    article = get_object_or_404(Article, pk=pk)
    if not desk.has_view_permission(request, article):
        raise PermissionDenied
    if request.method != "POST":
        return _page(desk, request, article, Answers())
    if not _may_decide(desk, request, article):
        raise PermissionDenied
    return _decide(desk, request, article, Answers.read(request.POST))


def _decide(desk: ModelAdmin[Article], request: HttpRequest, article: Article, answers: Answers) -> HttpResponse:
    """Do what was asked, and say what came of it.

    A page that is sent twice does no harm: the story is not what the editor saw on it any more.
    """
    if answers.verb == "draft":
        return _draft(desk, request, article, answers)
    try:
        done = decide(article, answers, by=editor_of(request))
    except StaleError as error:
        article.refresh_from_db()
        return _page(desk, request, article, answers, changes=error.changes)
    except (PointError, ActError) as error:
        return _page(desk, request, article, answers, problem=str(error))
    desk.log_change(request, article, done)
    desk.message_user(request, done, messages.SUCCESS)
    return _after(desk, request, article, answers)


def _draft(desk: ModelAdmin[Article], request: HttpRequest, article: Article, answers: Answers) -> HttpResponse:
    """Have bullets drafted. Drafts take no one's place, so it doesn't matter what the editor saw."""
    run = ask_for_draft(article, by=editor_of(request))
    desk.message_user(request, run.message, messages.WARNING if run.is_failed else messages.INFO)
    return _after(desk, request, article, answers)


def _after(desk: ModelAdmin[Article], request: HttpRequest, article: Article, answers: Answers) -> HttpResponse:
    """What follows on an act: this page with what is still typed on it, the next story, or a new page."""
    screen = screen_of(article, answers.left())
    if screen.is_touched:
        return _page(desk, request, article, screen.answers)
    if answers.verb == "next":
        return _go_on(desk, request, article)
    place = next((f"#b{row.bullet.position}" for row in screen.rows if row.bullet.pk == answers.key), "")
    return HttpResponseRedirect(request.get_full_path() + place)


def _go_on(desk: ModelAdmin[Article], request: HttpRequest, article: Article) -> HttpResponse:
    """To the next story of the queue, or to the empty list."""
    key = _queue_of(request)
    following = next_in(QUEUES[key], article)
    if following is None:
        done = _("No other story is in “%(queue)s”.") % {"queue": QUEUES[key].label}
        desk.message_user(request, done, messages.INFO)
        return HttpResponseRedirect(reverse("admin:articles_article_changelist", query={"summary": key}))
    return HttpResponseRedirect(reverse("admin:articles_article_summary", args=[following.pk], query={"queue": key}))


def _page(
    desk: ModelAdmin[Article], request: HttpRequest, article: Article, answers: Answers, **context: Any
) -> HttpResponse:
    # The state is read before what is shown: what changes in between is then told, not passed over.
    seen = write_state(article)
    queue = _queue_of(request)
    context |= desk.admin_site.each_context(request)
    context |= {
        "opts": desk.opts,
        "title": _("Summary"),
        "article": article,
        "screen": screen_of(article, answers),
        "seen": seen,
        "may_decide": _may_decide(desk, request, article),
        "kinds": KINDS,
        "queue": {"key": queue, "label": QUEUES[queue].label},
        "next_story": next_in(QUEUES[queue], article),
    }
    return TemplateResponse(request, "admin/articles/article/summary.html", context)


def _may_decide(desk: ModelAdmin[Article], request: HttpRequest, article: Article) -> bool:
    return desk.has_change_permission(request, article) and request.user.has_perm("articles.change_bullet")


def _queue_of(request: HttpRequest) -> str:
    """The queue that the editor works through."""
    wanted = request.GET.get("queue", "")
    return wanted if wanted in QUEUES else USUAL_QUEUE
