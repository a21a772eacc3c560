"""The record of what was published, to read, and the accounts of those who signed it."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import User
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy, pgettext

from articles.corrections.models import Correction
from articles.revisions.models import Revision
from articles.web.generics import ModelAdmin


@admin.register(Revision)
class RevisionAdmin(ModelAdmin[Revision]):
    """Every published state of every story. Nobody adds to the record, rewrites it or deletes from it by hand."""

    list_display = ["headline", "number", "kind", "reason", "by_name", "created_at"]
    list_display_links = ["headline"]
    list_select_related = ["text"]
    list_filter = ["kind", "created_at"]
    search_fields = ["text__headline", "reason", "by_name"]
    ordering = ["-created_at", "-pk"]
    show_full_result_count = False
    fieldsets = [
        (None, {"fields": ["number", "kind", "reason", "by_name", "created_at", "previous_hash", "hash"]}),
        (gettext_lazy("As published"), {"fields": ["headline", "standfirst", "byline", "points", "body_text"]}),
    ]
    readonly_fields = ["headline", "standfirst", "byline", "points", "body_text"]

    @admin.display(description=gettext_lazy("headline"), ordering="text__headline")
    def headline(self, revision: Revision) -> str:
        """The headline of this version."""
        return words.headline if (words := revision.words) else pgettext("in place of a headline", "Sealed")

    @admin.display(description=gettext_lazy("standfirst"))
    def standfirst(self, revision: Revision) -> str:
        """The standfirst of this version."""
        return words.standfirst if (words := revision.words) else ""

    @admin.display(description=gettext_lazy("byline"))
    def byline(self, revision: Revision) -> str:
        """The byline of this version."""
        return words.byline if (words := revision.words) else ""

    @admin.display(description=gettext_lazy("body text"))
    def body_text(self, revision: Revision) -> str:
        """The text of this version."""
        return words.body_text if (words := revision.words) else ""

    @admin.display(description=gettext_lazy("points"))
    def points(self, revision: Revision) -> str:
        """The points of this version, one on each line."""
        bullets = words.bullets if (words := revision.words) else ()
        return "\n".join(f"{number}. {text}" for number, text in enumerate(bullets, start=1))

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Acts of publishing write the record."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Revision | None = None) -> bool:
        """What was published stays recorded as it was."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Revision | None = None) -> bool:
        """The record has no gaps."""
        return False


admin.site.unregister(User)


@admin.register(User)
class AccountAdmin(UserAdmin):  # type: ignore[type-arg]
    """Accounts. Who signed the record is deactivated, not deleted."""

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Only an account without a signature goes."""
        return super().has_delete_permission(request, obj) and not (obj and has_signed(obj))

    def get_actions(self, request: HttpRequest) -> Any:
        """Without deleting by the dozen."""
        return {name: action for name, action in super().get_actions(request).items() if name != "delete_selected"}


def has_signed(person: User) -> bool:
    """Whether a version or a notice stands in this person's name."""
    notices = Correction.objects.filter(Q(published_by=person) | Q(seconded_by=person))
    return Revision.objects.filter(created_by=person).exists() or notices.exists()
