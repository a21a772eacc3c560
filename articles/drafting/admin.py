"""The audit list of drafting, to read."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.drafting.models import DraftRun
from articles.web.generics import ModelAdmin


@admin.register(DraftRun)
class DraftRunAdmin(ModelAdmin[DraftRun]):
    """Every draft that was asked for, the latest first: by whom, of what, with what outcome and cost."""

    list_display = ["article", "result", "drafter", "tokens", "cost", "asked_at", "asked_by"]
    list_filter = ["outcome", "model", "prompt_version", "asked_at"]
    list_select_related = ["article", "asked_by"]
    search_fields = ["article__headline", "error"]
    list_per_page = 50
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[DraftRun]:
        """Runs without the texts of their stories."""
        runs: QuerySet[DraftRun] = super().get_queryset(request)
        return runs.defer("article__body_markdown", "article__body_html", "article__body_text")

    @admin.display(description=gettext_lazy("what came of it"), ordering="outcome")
    def result(self, run: DraftRun) -> str:
        """How many points there are, or why there are none."""
        if run.outcome != DraftRun.Outcome.DRAFTED:
            return f"{run.get_outcome_display()}. {run.error}".strip()
        counts = {"points": run.points, "flagged": run.red_flags}
        if run.red_flags:
            return _("Drafted: %(points)s, with red flags: %(flagged)s") % counts
        return _("Drafted: %(points)s") % counts

    @admin.display(description=gettext_lazy("drafter"), ordering="model")
    def drafter(self, run: DraftRun) -> str:
        """The model and the version of its prompt, once it has started."""
        if run.prompt_version:
            return _("%(model)s, prompt %(version)s") % {"model": run.model, "version": run.prompt_version}
        return run.model or "-"

    @admin.display(description=gettext_lazy("tokens in + out"))
    def tokens(self, run: DraftRun) -> str:
        """What was read and written."""
        return f"{run.tokens_in:,} + {run.tokens_out:,}"

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Drafts are asked for where the stories are."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The record stays as it was written."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The sums of the day rest on it."""
        return False
