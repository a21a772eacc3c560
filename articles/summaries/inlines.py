"""The points of a story, beside its words in the admin."""

from django.contrib import admin

from articles.catalogue.models import Article
from articles.summaries.forms import BulletForm, BulletFormSet
from articles.summaries.models import Bullet
from articles.web.generics import TabularInline


class BulletInline(TabularInline[Bullet, Article]):
    """A row for each point. The numbers give the order; a script adds buttons that change them."""

    model = Bullet
    form = BulletForm
    formset = BulletFormSet
    extra = 1
    verbose_name = "point"
    verbose_name_plural = "In brief"
    fields = ["order", "text", "is_approved", "origin", "approval"]
    readonly_fields = ["origin", "approval"]
    classes = ["bullets"]

    class Media:
        js = ["admin/js/bullets.js"]

    @admin.display(description="approved by")
    def approval(self, bullet: Bullet) -> str:
        """Who stands behind the point: an editor, or the publication that an archived story came from."""
        if not bullet.approved_at:
            return "-"
        return bullet.approved_by_name or "its publication"
