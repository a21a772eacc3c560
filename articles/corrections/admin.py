"""The queue of reports, and answering them."""

from typing import TYPE_CHECKING, Any, ClassVar, cast

from django.contrib import admin, messages
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string

from articles.corrections.forms import AnswerForm
from articles.corrections.models import Report
from articles.web.generics import ModelAdmin

if TYPE_CHECKING:
    from django.contrib.auth.models import User

SENT = ["story", "kind", "passage", "what", "url", "email", "received_at"]
CHECKED = ["checked_by", "checked_at"]
ANSWERED = ["outcome", "answer", "answered_by", "answered_at"]


class StateFilter(admin.SimpleListFilter):
    """How far a report has come."""

    title = "state"
    parameter_name = "state"
    conditions = {
        "received": {"checked_at__isnull": True},
        "being checked": {"checked_at__isnull": False, "answered_at__isnull": True},
        "answered": {"answered_at__isnull": False},
    }

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The states in their order."""
        return [(state, state.capitalize()) for state in self.conditions]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Report]) -> QuerySet[Report]:
        """The reports in the chosen state."""
        return queryset.filter(**self.conditions.get(self.value() or "", {}))


@admin.register(Report)
class ReportAdmin(ModelAdmin[Report]):
    """Reports, those that wait first. What a reader sent stays as it was sent, and an answer once given stands."""

    form = AnswerForm
    list_display = ["code", "received_at", "kind", "about", "state"]
    list_filter = [StateFilter, "kind"]
    search_fields = ["code", "what", "quote", "article__headline"]
    list_select_related = ["article"]
    ordering: ClassVar[Any] = [F("answered_at").desc(nulls_first=True), "received_at"]
    list_per_page = 50
    show_full_result_count = False
    actions = ["take_up_selected"]
    readonly_fields = [*SENT, *CHECKED, *ANSWERED]

    @admin.display(description="story", ordering="article__headline")
    def about(self, report: Report) -> str:
        """The story that the report is about."""
        return report.article.headline if report.article else "The site as a whole"

    @admin.display(description="state")
    def state(self, report: Report) -> str:
        """How far the report has come."""
        return report.state.capitalize()

    @admin.display(description="story")
    def story(self, report: Report) -> str:
        """The story, with the ways to its page and to its form."""
        return render_to_string("admin/articles/report/_story.html", {"report": report})

    @admin.display(description="passage")
    def passage(self, report: Report) -> str:
        """The words that the reader marked, in their context."""
        return render_to_string("admin/articles/report/_passage.html", {"report": report})

    def get_fieldsets(self, request: HttpRequest, obj: Report | None = None) -> Any:
        """What the reader sent, then the answer: as a form, or as it was given."""
        shown = ["decision", "reply"] if self.has_change_permission(request, obj) else ANSWERED
        return [("What the reader says", {"fields": SENT}), ("Our answer", {"fields": [*CHECKED, *shown]})]

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Report | None:
        """The report; while an answer is saved, locked, so that nobody answers it at the same time."""
        report = super().get_object(request, object_id, from_field)
        if report is None or request.method != "POST":
            return report
        return Report.objects.select_for_update().get(pk=report.pk)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Readers send reports."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Report | None = None) -> bool:
        """An answer once given stands."""
        return (obj is None or obj.answered_at is None) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Report | None = None) -> bool:
        """A receipt keeps working."""
        return False

    def save_model(self, request: HttpRequest, obj: Report, form: Any, change: bool) -> None:
        """Take up or answer the report through its verbs."""
        form.write(by=_editor(request))

    def response_change(self, request: HttpRequest, obj: Report) -> HttpResponse:
        """After taking up a report, stay with it."""
        if "_take_up" not in request.POST:
            return super().response_change(request, obj)
        self.message_user(request, f"{obj}: taken up.", messages.SUCCESS)
        return HttpResponseRedirect(request.path)

    @admin.action(description="Take up selected reports", permissions=["change"])
    def take_up_selected(self, request: HttpRequest, queryset: QuerySet[Report]) -> None:
        """Say of each report that waits that an editor is checking it."""
        waiting = queryset.filter(answered_at__isnull=True)
        for report in waiting:
            report.take_up(by=_editor(request))
            self.log_change(request, report, "Taken up.")
        self.message_user(request, f"Taken up: {len(waiting)}.", messages.SUCCESS)


def _editor(request: HttpRequest) -> "User":
    """Who is signed in; the admin lets no one else through."""
    return cast("User", request.user)
