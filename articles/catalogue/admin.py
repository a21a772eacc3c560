"""Stories and the standing statement in the admin."""

from collections import Counter
from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles.catalogue.inlines import ArticleSourceInline, ArticleTopicInline, ImageInline, ReviewDetailsInline
from articles.catalogue.models import Article, SiteStatement
from articles.corrections.change_form import ABOUT, PublicArticleForm, field_of
from articles.corrections.withdrawal_admin import WithdrawalPages
from articles.drafting.drafts import ask_for_draft
from articles.drafting.review.views import review_summary
from articles.importing.models import Original
from articles.revisions import acts
from articles.summaries.filters import StoryList, SummaryFilter
from articles.summaries.inlines import BulletInline
from articles.summaries.models import Bullet
from articles.web import moments
from articles.web.deciding import editor_of
from articles.web.generics import ModelAdmin

WORDS = (None, {"fields": ["kind", "headline", "standfirst", "byline", "language", "body_markdown", "seen"]})
CHANGE = (
    gettext_lazy("This change"),
    {
        "fields": [*(field_of(name) for name in ABOUT), "change_supersedes"],
        "description": gettext_lazy(
            "Needed when the words or the points that readers see change. The notice stands in the story and in its "
            "record, with your change as a new version; the reason for a change of spelling or style in the record "
            "alone."
        ),
    },
)
WAITS = gettext_lazy(
    "The change waits: another editor has to agree that it corrects no fact. The story stands as it was."
)
ADDRESS = (gettext_lazy("Address"), {"fields": ["address"]})
DATES = (
    gettext_lazy("Dates and marks"),
    {"fields": ["published_at", "updated_as_stated", "is_edited", "is_from_archive"]},
)
RECORD = (gettext_lazy("Record"), {"fields": ["status", "added_at", "updated_at", "provenance"]})


@admin.register(Article)
class ArticleAdmin(WithdrawalPages):
    """Stories. Words, points and status change only through the verbs of ``revisions``."""

    form = PublicArticleForm
    list_display = ["headline", "kind", "status", "listed", "sources", "point_count", "is_edited"]
    list_filter = [
        SummaryFilter,
        "status",
        "kind",
        "is_edited",
        "is_sample",
        ("language", admin.AllValuesFieldListFilter),
        ("topics", admin.RelatedOnlyFieldListFilter),
        ("article_sources__source", admin.RelatedOnlyFieldListFilter),
    ]
    search_fields = ["headline", "body_text", "slug"]
    search_help_text = gettext_lazy("Searches headlines, texts and addresses.")
    date_hierarchy = "published_at"
    list_per_page = 50
    show_full_result_count = False
    actions = ["publish_selected", "draft_selected"]
    readonly_fields = ["status", "added_at", "updated_at", "provenance"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        """Stories; for the list without their texts, and with what its columns show."""
        if not request.resolver_match or request.resolver_match.url_name != "articles_article_changelist":
            return super().get_queryset(request)
        points = Prefetch("bullets", Bullet.objects.only("article_id", "position"))
        stories = Article.objects.with_labels().prefetch_related(points)
        return stories.defer("body_markdown", "body_html", "body_text", "standfirst")

    @admin.display(description=gettext_lazy("published"), ordering="listed_at")
    def listed(self, article: Article) -> str:
        """When the story was published, or when it was added where that is unknown."""
        at = moments.when(article.published_at or article.added_at)
        return at if article.published_at else _("added %(at)s") % {"at": at}

    @admin.display(description=gettext_lazy("sources"))
    def sources(self, article: Article) -> str:
        """The outlets that the story rests on."""
        return _(", ").join(link.source.name for link in article.article_sources.all())

    @admin.display(description=gettext_lazy("points"))
    def point_count(self, article: Article) -> int:
        """How many points the summary has, drafts included."""
        return len(article.bullets.all())

    @admin.display(description=gettext_lazy("imported from"))
    def provenance(self, article: Article) -> str:
        """The file that the story was imported from, to read but not to change."""
        original = Original.objects.filter(article=article.pk).first()
        text = bytes(original.raw).decode(errors="replace") if original else ""
        return render_to_string("admin/articles/article/_provenance.html", {"original": original, "text": text})

    def get_fieldsets(self, request: HttpRequest, obj: Article | None = None) -> Any:
        """A new story has no record yet; a public one asks about the change."""
        if obj is None:
            return [WORDS, ADDRESS, DATES]
        return [WORDS, *([CHANGE] if obj.is_public else []), ADDRESS, DATES, RECORD]

    def has_change_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        """Of a sealed story there is nothing to change."""
        return (obj is None or not obj.is_sealed) and super().has_change_permission(request, obj)

    def get_form(self, request: HttpRequest, obj: Article | None = None, change: bool = False, **kwargs: Any) -> Any:
        """The form, which knows who fills it in."""
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.editor = editor_of(request)
        return form

    def get_inlines(self, request: HttpRequest, obj: Article | None) -> Any:
        """The figures of a review only where there may be any."""
        is_news = obj is not None and obj.kind != Article.Kind.REVIEW and not hasattr(obj, "review")
        review = [] if is_news else [ReviewDetailsInline]
        return [BulletInline, *review, ArticleSourceInline, ArticleTopicInline, ImageInline]

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Article | None:
        """The story; while a form is saved, locked in the state that the form is checked against."""
        article = super().get_object(request, object_id, from_field)
        if article is None or request.method != "POST":
            return article
        return Article.objects.select_for_update().get(pk=article.pk)

    def view_on_site(self, obj: Article) -> str | None:
        """The story's page, if it has one."""
        return obj.get_absolute_url() if obj.is_public else None

    def has_delete_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        """What was public keeps its address: it can be withdrawn, not deleted."""
        return (obj is None or not obj.is_public) and super().has_delete_permission(request, obj)

    def get_actions(self, request: HttpRequest) -> Any:
        """Without deleting by the dozen."""
        return {name: action for name, action in super().get_actions(request).items() if name != "delete_selected"}

    def save_model(self, request: HttpRequest, obj: Article, form: Any, change: bool) -> None:
        """Save words and points through the verbs."""
        form.write(by=editor_of(request))
        if form.proposed:
            self.message_user(request, WAITS, messages.WARNING)

    def response_add(self, request: HttpRequest, obj: Article, post_url_continue: str | None = None) -> HttpResponse:
        """What the button that saved the new story asks for."""
        return self._acted(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Article) -> HttpResponse:
        """What the button that saved the story asks for."""
        return self._acted(request, obj) or super().response_change(request, obj)

    @admin.action(description=gettext_lazy("Publish selected stories"), permissions=["change"])
    def publish_selected(self, request: HttpRequest, queryset: QuerySet[Article]) -> None:
        """Publish each story that can be, and say for each what came of it."""
        for article in queryset:
            self._publish(request, article)

    @admin.action(description=gettext_lazy("Draft bullets"), permissions=["change"])
    def draft_selected(self, request: HttpRequest, queryset: QuerySet[Article]) -> None:
        """Draft bullets for each story: for one at once if the site does that itself, else by the worker."""
        is_alone = len(queryset) == 1
        runs = [ask_for_draft(article, by=editor_of(request), is_alone=is_alone) for article in queryset]
        for (message, is_failed), count in Counter((run.message, run.is_failed) for run in runs).items():
            level = messages.WARNING if is_failed else messages.INFO
            self.message_user(request, message if is_alone else _of_many(message, count), level)

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[StoryList]:
        """A list of a queue leads to the summaries of its stories."""
        return StoryList

    def get_urls(self) -> list[URLPattern]:
        """With the screen of a story's summary."""
        summary = self.admin_site.admin_view(partial(review_summary, self))
        return [path("<int:pk>/summary/", summary, name="articles_article_summary"), *super().get_urls()]

    def forget(self, article: Article) -> None:
        """Let go of the files that a sealed story was imported from, which hold its words too."""
        Original.objects.forget(article)

    def _acted(self, request: HttpRequest, article: Article) -> HttpResponse | None:
        """After saving: publish, send to review or draft bullets, if the button says so."""
        if "_publish" in request.POST:
            self._publish(request, article)
        elif "_review" in request.POST:
            self.act(request, article, lambda: acts.send_to_review(article), _("Sent to review."))
        elif "_draft" in request.POST or "_draft_built_in" in request.POST:
            ask_for_draft(article, by=editor_of(request), is_built_in="_draft_built_in" in request.POST)
        else:
            return None
        return self.page_of(article)

    def _publish(self, request: HttpRequest, article: Article) -> None:
        self.act(request, article, lambda: acts.publish(article, by=editor_of(request)), _("Published."))


def _of_many(message: str, count: int) -> str:
    return ngettext("%(message)s (Stories: %(count)s.)", "%(message)s (Stories: %(count)s.)", count) % {
        "message": message,
        "count": count,
    }


@admin.register(SiteStatement)
class SiteStatementAdmin(ModelAdmin[SiteStatement]):
    """The one standing statement."""

    list_display = ["text", "changed_at"]
    fields = ["text", "changed_at"]
    readonly_fields = ["changed_at"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Only where there is none yet."""
        return super().has_add_permission(request) and not SiteStatement.objects.exists()

    def has_delete_permission(self, request: HttpRequest, obj: SiteStatement | None = None) -> bool:
        """The statement can be reworded, not removed."""
        return False

    def save_model(self, request: HttpRequest, obj: SiteStatement, form: Any, change: bool) -> None:
        """Note the time of the change."""
        obj.changed_at = timezone.now()
        super().save_model(request, obj, form, change)
