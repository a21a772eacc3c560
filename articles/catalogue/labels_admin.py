"""Outlets and topics in the admin."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.catalogue.forms import SourceForm, TopicForm
from articles.catalogue.models import Source, Topic
from articles.web.generics import ModelAdmin


class LabelAdmin(ModelAdmin[Any]):
    """What outlets and topics have in common. An address that is in use stays."""

    list_display = ["name", "slug", "story_count"]
    search_fields = ["name"]
    show_full_result_count = False

    @admin.display(description=_("stories"), ordering="all_stories")
    def story_count(self, label: Any) -> int:
        """The number of its stories, drafts included."""
        count: int = label.all_stories
        return count

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """The address is chosen once."""
        return ["slug"] if obj else []

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Sequence[str]]:
        """A script proposes the address of a new one."""
        return {} if obj else {"slug": ["name"]}


@admin.register(Source)
class SourceAdmin(LabelAdmin):
    """Outlets."""

    form = SourceForm
    list_display = ["name", "home_page", "story_count", "feed_note"]

    def get_readonly_fields(self, request: HttpRequest, obj: Source | None = None) -> list[str]:
        """What came of asking the feed is told, not edited."""
        told = ["feed_note", "feed_checked_at", "feed_next_at", "feed_stopped_at"] if obj and obj.feed_url else []
        return [*super().get_readonly_fields(request, obj), *told]

    def save_model(self, request: HttpRequest, obj: Source, form: Any, change: bool) -> None:
        """Another feed starts anew, without what was known of the one before."""
        super().save_model(request, obj, form, change)
        if "feed_url" in form.changed_data:
            obj.start_feed(obj.feed_url)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Source]:
        """Each with the number of its stories."""
        sources: QuerySet[Source] = super().get_queryset(request)
        return sources.annotate(all_stories=Count("article_sources__article", distinct=True))


@admin.register(Topic)
class TopicAdmin(LabelAdmin):
    """Topics."""

    form = TopicForm

    def get_queryset(self, request: HttpRequest) -> QuerySet[Topic]:
        """Each with the number of its stories."""
        topics: QuerySet[Topic] = super().get_queryset(request)
        return topics.annotate(all_stories=Count("article_topics"))
