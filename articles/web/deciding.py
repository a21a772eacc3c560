"""The admin of what comes from elsewhere and waits for an editor."""

from typing import TYPE_CHECKING, Any, TypeVar, cast

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.web.generics import ModelAdmin

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django_stubs_ext import StrOrPromise

M = TypeVar("M", bound=Model)


class DecisionAdmin(ModelAdmin[M]):
    """Proposals: made elsewhere, decided by those who may change stories, and kept with what was decided."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """They are made elsewhere."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Those who may change stories decide."""
        return request.user.has_perm("articles.change_article")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What was decided, and by whom, is kept."""
        return False


class EndingFilter(admin.SimpleListFilter):
    """Proposals by their ``ending``: those that wait, in the words of ``waits``, and each way in which they end."""

    title = _("state")
    parameter_name = "state"
    waits: "StrOrPromise" = ""

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, "StrOrPromise"]]:
        """Open ones, and the ways in which they end."""
        return [("open", self.waits), *model_admin.model.Ending.choices]

    def queryset(self, request: HttpRequest, queryset: QuerySet[M]) -> QuerySet[M]:
        """The proposals in the chosen state."""
        return queryset.filter(ending="" if self.value() == "open" else self.value()) if self.value() else queryset


def opened(desk: ModelAdmin[M], request: HttpRequest, object_id: str) -> tuple[M, bool]:
    """The record at this address of the admin, and whether this person may change it, not only look.

    Raises Http404 where there is none, and PermissionDenied for who may not do what is asked.
    """
    record = desk.get_object(request, object_id)
    if record is None:
        raise Http404(_("There is no such record."))
    can_change = desk.has_change_permission(request, record)
    if not (can_change or (request.method == "GET" and desk.has_view_permission(request, record))):
        raise PermissionDenied
    return record, can_change


def editor_of(request: HttpRequest) -> "User":
    """Who is signed in; the admin lets no one else through."""
    return cast("User", request.user)
