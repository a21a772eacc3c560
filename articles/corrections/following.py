"""Following a story by mail: asking for it, confirming it, and stopping it.

A link in a mail only shows a page: programs that look at the links in mails must neither confirm nor stop anything.
"""

from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from articles.catalogue.models import Article, FormerSlug
from articles.corrections.follow_mail import ask_follower
from articles.corrections.forms import FollowForm
from articles.corrections.limits import Refusal, refusal_for
from articles.corrections.models import Follower
from articles.web.htmx import render_page
from articles.web.origin import anonymous_act

# Questions to one mailbox in an hour, whoever asks for them.
MOST_QUESTIONS = 3


@never_cache
@anonymous_act
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask for mails about a story. The answer does not tell whether the address gets them already."""
    article = _followable(slug)
    if request.method != "POST" and article.slug != slug:
        return redirect("corrections:follow", article.slug, permanent=True)
    form = FollowForm(request.POST if request.method == "POST" else None)
    refusal = None
    if form.is_valid():
        refusal = _refusal_of(request, article, form.cleaned_data["email"])
        if refusal is None:
            _ask(article, form.cleaned_data["email"])
            return HttpResponseRedirect(f"{request.path}?sent=1", status=303)
    context = {"article": article, "form": form, "refusal": refusal, "is_sent": "sent" in request.GET}
    status = refusal.status if refusal else 422 if form.is_bound else 200
    page = render_page(request, "corrections/follow.html", context, status=status)
    return refusal.mark(page) if refusal else page


@never_cache
@anonymous_act
@require_http_methods(["GET", "HEAD", "POST"])
def follow_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Say in person that the address wants the mails."""
    follower = Follower.objects.good().filter(token=token).select_related("article").first()
    if follower is None:
        return render(request, "corrections/follow_gone.html", status=404)
    if request.method == "POST":
        follower.confirm()
        return HttpResponseRedirect(request.path, status=303)
    return render_page(request, "corrections/follow_confirm.html", {"follower": follower})


@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def follow_stop(request: HttpRequest, token: str) -> HttpResponse:
    """Stop the mails and forget the address.

    A mail program may send the POST for its reader, from wherever it runs (RFC 8058): who has the token may stop.
    """
    follower = Follower.objects.filter(token=token).select_related("article").first()
    if request.method == "POST":
        if follower:
            follower.stop()
        return render_page(request, "corrections/follow_stop.html", {"is_stopped": True})
    if follower is None:
        return render(request, "corrections/follow_gone.html", status=404)
    return render_page(request, "corrections/follow_stop.html", {"follower": follower})


def _followable(slug: str) -> Article:
    """The published story at this address, now or formerly. Raises Http404, also where mail is not set up."""
    former = FormerSlug.objects.filter(slug=slug).values("article")
    stories = Article.objects.published()
    found = stories.filter(slug=slug).first() or stories.filter(pk__in=former).first()
    if found is None or not settings.EMAIL_IS_SET_UP:
        raise Http404("There is no story at this address that can be followed by mail.")
    return found


def _refusal_of(request: HttpRequest, article: Article, email: str) -> Refusal | None:
    return refusal_for(request, "following", article.pk, {f"mailbox {email.casefold()}": MOST_QUESTIONS})


@transaction.atomic
def _ask(article: Article, email: str) -> None:
    follower = Follower.objects.ask(article, email)
    if follower:
        ask_follower.enqueue(follower.pk)
