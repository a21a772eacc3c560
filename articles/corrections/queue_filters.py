"""The filters of the queue of reports."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from articles.corrections.models import Report


class StateFilter(admin.SimpleListFilter):
    """How far a report has come: those that wait, unless somebody searches. Spam stands apart."""

    title = "state"
    parameter_name = "state"
    states = {
        "waiting": "Waiting",
        "overdue": "Overdue",
        "received": "Received",
        "checked": "Being checked",
        "answered": "Answered",
        "spam": "Set aside as spam",
        "all": "All",
    }

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
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

    title = "owner"
    parameter_name = "owner"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Oneself, nobody, somebody else."""
        return [("me", "Mine"), ("none", "Nobody's"), ("others", "Somebody else's")]

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
