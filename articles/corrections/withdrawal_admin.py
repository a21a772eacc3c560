"""Taking a story back in the admin, and sealing it: a page for each that asks why."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from articles.catalogue.models import Article
from articles.corrections import acts
from articles.corrections.change_form import WithdrawForm
from articles.corrections.models import Report
from articles.revisions.acts import ActError
from articles.revisions.forms import SealForm
from articles.web.deciding import editor_of
from articles.web.generics import ModelAdmin

if TYPE_CHECKING:
    from django.contrib.auth.models import User


class WithdrawalPages(ModelAdmin[Article]):
    """What the admin of stories adds to withdraw and to seal one."""

    def get_urls(self) -> list[URLPattern]:
        """With the pages that ask for the reason of a withdrawal and of a seal."""
        withdraw, seal = self.admin_site.admin_view(self.withdraw), self.admin_site.admin_view(self.seal)
        return [
            path("<int:pk>/withdraw/", withdraw, name="articles_article_withdraw"),
            path("<int:pk>/seal/", seal, name="articles_article_seal"),
            *super().get_urls(),
        ]

    def withdraw(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask why, then take the story back; that answers the report which led here."""
        article = self._changeable(request, pk)
        form = WithdrawForm(request.POST if request.method == "POST" else None)
        if form.is_valid():
            reports = list(Report.objects.waiting().filter(article=article, code=request.GET.get("report", "")))
            answers = {**form.cleaned_data, "reports": reports}
            done = _("Withdrawn.")
            self.act(request, article, lambda: acts.withdraw(article, by=editor_of(request), **answers), done)
            return self.page_of(article)
        return self._ask(request, "withdraw", article, form)

    def seal(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask for the legal cause, then take the story's words out of the record."""
        article = self._changeable(request, pk)
        if not editor_of(request).is_superuser:
            raise PermissionDenied
        form = SealForm(request.POST if request.method == "POST" else None)
        if form.is_valid():
            reason = form.cleaned_data["reason"]
            self.act(request, article, lambda: self._seal(article, editor_of(request), reason), _("Sealed."))
            return self.page_of(article)
        return self._ask(request, "seal", article, form)

    @transaction.atomic
    def _seal(self, article: Article, by: "User", reason: str) -> None:
        acts.seal(article, by=by, reason=reason)
        self.forget(article)

    def _changeable(self, request: HttpRequest, pk: int) -> Article:
        """The story, for who may change it. Raises Http404 and PermissionDenied."""
        article = get_object_or_404(Article, pk=pk)
        if not self.has_change_permission(request, article):
            raise PermissionDenied
        return article

    def _ask(self, request: HttpRequest, act: str, article: Article, form: Any) -> HttpResponse:
        context = {**self.admin_site.each_context(request), "opts": self.opts, "article": article, "form": form}
        return TemplateResponse(request, f"admin/articles/article/{act}.html", context)

    def forget(self, article: Article) -> None:
        """Let go of what else holds the words of a story that was sealed."""
        raise NotImplementedError

    def act(self, request: HttpRequest, article: Article, act: Callable[[], object], done: str) -> None:
        """Do ``act`` to the story, and say and log what came of it."""
        words = _("“%(story)s”: %(outcome)s")
        try:
            act()
        except ActError as error:
            self.message_user(request, words % {"story": article, "outcome": error}, messages.ERROR)
        else:
            self.log_change(request, article, done)
            self.message_user(request, words % {"story": article, "outcome": done}, messages.SUCCESS)

    def page_of(self, article: Article) -> HttpResponse:
        """Back to the form of the story."""
        return HttpResponseRedirect(reverse("admin:articles_article_change", args=[article.pk]))
