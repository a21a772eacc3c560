"""The queues of summaries in the admin's list of stories."""

from typing import TYPE_CHECKING, Any, cast

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles.summaries.queues import QUEUES

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from articles.catalogue.models import ArticleQuerySet


class SummaryFilter(admin.SimpleListFilter):
    """What a story's summary waits for."""

    title = _("summary")
    parameter_name = "summary"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, "StrOrPromise"]]:
        """The queues."""
        return [(key, queue.label) for key, queue in QUEUES.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The stories in the chosen queue."""
        queue = QUEUES.get(self.value() or "")
        return queue.stories_in(cast("ArticleQuerySet", queryset)) if queue else queryset


class StoryList(ChangeList):
    """The list of stories; that of a queue leads to the screen on which their summaries are reviewed."""

    def url_for_result(self, result: Model) -> str:
        """Where a row leads."""
        queue = self.params.get(SummaryFilter.parameter_name)
        if queue not in QUEUES:
            return super().url_for_result(result)
        return reverse("admin:articles_article_summary", args=[result.pk], query={"queue": queue})
