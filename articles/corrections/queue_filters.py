"""The filters of the queue of reports."""

from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from articles.corrections.models import Report

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class StateFilter(admin.SimpleListFilter):
    """How far a report has come: those that wait, unless somebody searches. Spam stands apart."""

    title = _("state")
    parameter_name = "state"
    states: "ClassVar[dict[str, StrOrPromise]]" = {
        "waiting": pgettext_lazy("state of a report", "Waiting"),
        "overdue": pgettext_lazy("state of a report", "Overdue"),
        "received": pgettext_lazy("state of a report", "Received"),
        "checked": pgettext_lazy("state of a report", "Being checked"),
        "answered": pgettext_lazy("state of a report", "Answered"),
        "spam": pgettext_lazy("state of a report", "Set aside as spam"),
        "all": pgettext_lazy("reports", "All"),
    }

    def lookups(self, request: HttpRequest, model_admin: Any) -> "list[tuple[str, StrOrPromise]]":
        """The states in their order."""
        return list(self.states.items())

    def choices(self, changelist: Any) -> Any:
        """The states without "All" by that name twice: it is the last of them."""
        return list(super().choices(changelist))[1:]

    def value(self) -> str:
        """The state that is chosen, or goes without choosing."""
        chosen = super().value()
        return chosen if chosen in self.states else self.fallback

    def __init__(self, request: HttpRequest, params: Any, model: Any, model_admin: Any) -> None:
        self.fallback = "all" if request.GET.get("q") else "waiting"
        super().__init__(request, params, model, model_admin)

    def queryset(self, request: HttpRequest, queryset: QuerySet[Report]) -> QuerySet[Report]:
        """The reports in that state; of those on the same passage that wait, the one that leads."""
        reports = Report.objects.all()
        match self.value():
            case "waiting":
                reports = reports.waiting().leading()
            case "overdue":
                reports = reports.overdue(timezone.now()).leading()
            case "received":
                reports = reports.waiting().leading().filter(checked_at=None)
            case "checked":
                reports = reports.waiting().leading().exclude(checked_at=None)
            case "answered":
                reports = reports.exclude(answered_at=None)
            case "spam":
                reports = reports.exclude(set_aside_at=None)
        return queryset & reports


class OwnerFilter(admin.SimpleListFilter):
    """Who checks it."""

    title = _("owner")
    parameter_name = "owner"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Oneself, nobody, somebody else."""
        return [("me", gettext("Mine")), ("none", gettext("Nobody's")), ("others", gettext("Somebody else's"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Report]) -> QuerySet[Report]:
        """The reports of the chosen owner."""
        match self.value():
            case "me":
                return queryset.filter(checked_by=request.user.pk)
            case "none":
                return queryset.filter(checked_by=None)
            case "others":
                return queryset.exclude(checked_by=None).exclude(checked_by=request.user.pk)
        return queryset
