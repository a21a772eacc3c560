"""The points of a story, beside its words in the admin."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.catalogue.models import Article
from articles.summaries.forms import BulletForm, BulletFormSet
from articles.summaries.models import Bullet
from articles.web.generics import TabularInline


class BulletInline(TabularInline[Bullet, Article]):
    """A row for each point. The numbers give the order; a script adds buttons that change them.

    Where a point is under review, an editor says whether it is still right.
    """

    model = Bullet
    form = BulletForm
    formset = BulletFormSet
    extra = 1
    verbose_name = gettext_lazy("point")
    verbose_name_plural = gettext_lazy("In brief")
    readonly_fields = ["origin", "approval", "passages"]
    classes = ["bullets"]

    class Media:
        js = ["admin/js/bullets.js"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Bullet]:
        """The points with their passages."""
        return super().get_queryset(request).prefetch_related("evidence")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """With the question about points under review if there are any."""
        is_asking = obj is not None and Bullet.objects.filter(article=obj).exclude(under_review_at=None).exists()
        asked = ["is_approved", "is_checked"] if is_asking else ["is_approved"]
        return ["order", "text", *asked, "override_reason", "passages", "origin", "approval"]

    @admin.display(description=gettext_lazy("passages behind it"))
    def passages(self, bullet: Bullet) -> str:
        """The words of the story that bear the point out."""
        found = "\n".join(f"“{passage.exact}”" for passage in bullet.evidence.all()) if bullet.pk else ""
        if bullet.under_review_at:
            return _("Under review: the story has lost a passage behind this point.") + f"\n{found}"
        return found or "-"

    @admin.display(description=gettext_lazy("approved by"))
    def approval(self, bullet: Bullet) -> str:
        """Who stands behind the point: an editor, or the publication that an archived story came from."""
        if not bullet.approved_at:
            return "-"
        return bullet.approved_by_name or _("its publication")
