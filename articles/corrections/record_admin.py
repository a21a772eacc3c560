"""Published corrections, to read, and those that wait for a second editor."""

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.db.models import F
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from articles.corrections.models import Correction, ProposedCorrection
from articles.corrections.seconding import agree, decline
from articles.revisions.acts import ActError
from articles.web.deciding import DecisionAdmin, EndingFilter, editor_of, opened
from articles.web.generics import ModelAdmin


@admin.register(Correction)
class CorrectionAdmin(ModelAdmin[Correction]):
    """Every notice as it was published. A wrong one is replaced by another, through the form of its story."""

    list_display = ["code", "article", "kind", "severity", "origin", "by_name", "published_at"]
    list_filter = ["kind", "severity", "origin", "published_at"]
    list_select_related = ["article"]
    search_fields = ["code", "text", "article__headline"]
    ordering = ["-published_at", "-pk"]
    list_per_page = 50
    show_full_result_count = False
    fieldsets = [
        (None, {"fields": ["code", "article", "revision", "kind", "severity", "origin", "placement"]}),
        (gettext_lazy("What it says"), {"fields": ["wrote", "says", "text", "ground", "supersedes"]}),
        (pgettext_lazy("published this", "Who"), {"fields": ["by_name", "seconded_by_name", "published_at"]}),
    ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A correction is published with the change that it tells of."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Correction | None = None) -> bool:
        """What was published stays as it was."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Correction | None = None) -> bool:
        """The record has no gaps."""
        return False


class StateFilter(EndingFilter):
    """Whether somebody has agreed."""

    waits = gettext_lazy("Waits for a second editor")


@admin.register(ProposedCorrection)
class ProposedCorrectionAdmin(DecisionAdmin[ProposedCorrection]):
    """What one editor would publish and another agrees to or declines, the open ones first."""

    list_display = ["article", "kind", "made_by", "made_at", "state"]
    list_filter = [StateFilter]
    list_select_related = ["article", "made_by"]
    search_fields = ["article__headline"]
    ordering: ClassVar[Any] = [F("closed_at").desc(nulls_first=True), "made_at"]
    list_per_page = 50
    show_full_result_count = False

    @admin.display(description=pgettext_lazy("of a notice", "kind"))
    def kind(self, proposed: ProposedCorrection) -> str:
        """What the notice would be."""
        return proposed.kind_label

    @admin.display(description=gettext_lazy("state"), ordering="closed_at")
    def state(self, proposed: ProposedCorrection) -> str:
        """Whether it waits, or how it ended."""
        return proposed.get_ending_display() or str(StateFilter.waits)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The notice and the new words, and the two answers."""
        proposed, can_decide = opened(self, request, object_id)
        if request.method == "POST":
            self._decide(request, proposed)
            return HttpResponseRedirect(request.path)
        title = _("A clarification that waits: “%(story)s”") % {"story": proposed.article}
        context = {**self.admin_site.each_context(request), "opts": self.opts, "title": title, "proposed": proposed}
        context |= {"state": self.state(proposed), "can_decide": can_decide and not proposed.ending}
        return TemplateResponse(request, "admin/articles/proposedcorrection/decide.html", context)

    def _decide(self, request: HttpRequest, proposed: ProposedCorrection) -> None:
        """Do as the button says and tell what came of it."""
        editor = editor_of(request)
        try:
            if "_agree" in request.POST:
                done = _("Published: %(code)s.") % {"code": agree(proposed, by=editor)}
            else:
                decline(proposed, by=editor, why=request.POST.get("why", ""))
                done = _("Declined.")
        except ActError as error:
            self.message_user(request, str(error), messages.ERROR)
            return
        self.log_change(request, proposed, done)
        self.message_user(request, done, messages.SUCCESS)
