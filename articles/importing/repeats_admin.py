"""Deciding in the admin whether two stories are the same."""

from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib import admin, messages
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.importing.possible_repeats import DecidedError, PossibleRepeat
from articles.web.deciding import DecisionAdmin, editor_of, opened

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

WAITS, SAME, TWO = gettext_lazy("Waits for a decision"), gettext_lazy("The same story"), gettext_lazy("Two stories")


class StateFilter(admin.SimpleListFilter):
    """Whether somebody has decided, and what."""

    title = gettext_lazy("state")
    parameter_name = "state"
    conditions = {"open": None, "same": True, "two": False}

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, "StrOrPromise"]]:
        """Open ones, and the two decisions."""
        return [("open", WAITS), ("same", SAME), ("two", TWO)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[PossibleRepeat]) -> QuerySet[PossibleRepeat]:
        """The pairs in the chosen state."""
        state = self.value()
        return queryset.filter(is_same=self.conditions[state]) if state in self.conditions else queryset


@admin.register(PossibleRepeat)
class PossibleRepeatAdmin(DecisionAdmin[PossibleRepeat]):
    """Stories that are possibly the same, the open pairs first and of those the most alike."""

    list_display = ["article", "other", "likeness", "found_at", "state"]
    list_filter = [StateFilter]
    list_select_related = ["article", "other"]
    search_fields = ["article__headline", "other__headline"]
    ordering: ClassVar[Any] = [F("decided_at").desc(nulls_first=True), "-resemblance"]
    list_per_page = 50
    show_full_result_count = False

    @admin.display(description=gettext_lazy("alike"), ordering="resemblance")
    def likeness(self, repeat: PossibleRepeat) -> str:
        """How alike the two are, as a percentage."""
        return _("%(share)s%%") % {"share": round(100 * repeat.resemblance)}

    @admin.display(description=gettext_lazy("state"), ordering="decided_at")
    def state(self, repeat: PossibleRepeat) -> str:
        """Whether the pair waits, or what was decided."""
        return str({None: WAITS, True: SAME, False: TWO}[repeat.is_same])

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Both stories, and the two buttons."""
        repeat, can_decide = opened(self, request, object_id)
        if request.method == "POST":
            self._decide(request, repeat)
            return HttpResponseRedirect(request.path)
        context = {**self.admin_site.each_context(request), "opts": self.opts, "title": _("Possibly the same story")}
        context |= {"repeat": repeat, "can_decide": can_decide and repeat.is_same is None}
        return TemplateResponse(request, "admin/articles/possiblerepeat/decide.html", context)

    def _decide(self, request: HttpRequest, repeat: PossibleRepeat) -> None:
        """Do as the button says and tell what came of it."""
        try:
            (repeat.confirm if "_same" in request.POST else repeat.dismiss)(by=editor_of(request))
        except DecidedError as error:
            self.message_user(request, str(error), messages.ERROR)
            return
        self.log_change(request, repeat, _("The same story.") if repeat.is_same else _("Two stories."))
        done = _("Decided: the same story.") if repeat.is_same else _("Decided: two stories.")
        self.message_user(request, done, messages.SUCCESS)
