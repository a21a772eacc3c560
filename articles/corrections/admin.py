"""The desk: the queue of reports, one screen for each, and the way from a report to a correction."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from articles.catalogue.models import Article
from articles.corrections import desk
from articles.corrections.annotation import CONTENT_TYPE, collection, full_annotation
from articles.corrections.desk_buttons import Done, Screen
from articles.corrections.drafts import RIGHT
from articles.corrections.models import URGENCY, AnswerTemplate, Report
from articles.corrections.queue_filters import OwnerFilter, StateFilter
from articles.corrections.reported_change import ReportedChangeForm
from articles.corrections.screen import screen_of
from articles.revisions.acts import ActError
from articles.revisions.record import name_of
from articles.summaries.models import PointError
from articles.web import moments
from articles.web.deciding import editor_of, opened
from articles.web.generics import ModelAdmin

WAITS = gettext_lazy(
    "The change waits: another editor has to agree that it corrects no fact. The story stands as it was."
)
MOST_EXPORTED = 5_000


@admin.register(Report)
class ReportAdmin(ModelAdmin[Report]):
    """Reports, the most urgent first. What a reader sent stays as it was sent, and an answer once given stands."""

    list_display = ["code", "due", "rated", "about", "readers", "owner", "received", "state"]
    list_filter = [StateFilter, OwnerFilter, "severity", "kind"]
    search_fields = ["code", "what", "quote", "article__headline"]
    list_select_related = ["article", "checked_by"]
    list_per_page = 50
    show_full_result_count = False
    actions = ["take_up_selected", "export_selected"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Report]:
        """Reports by their urgency, each with the number of those that wait for its answer."""
        waiting = Q(duplicates__answered_at=None, duplicates__set_aside_at=None)
        counted = Report.objects.by_urgency(timezone.now()).annotate(followers=Count("duplicates", filter=waiting))
        return counted.defer("article__body_markdown", "article__body_html", "article__body_text")

    def get_ordering(self, request: HttpRequest) -> Any:
        """By urgency."""
        return URGENCY

    @admin.display(description=pgettext_lazy("by when", "due"))
    def due(self, report: Report) -> str:
        """By when it is due, or how late it is; when it was closed."""
        return render_to_string("admin/articles/report/_due.html", {"report": report})

    @admin.display(description=gettext_lazy("severity"))
    def rated(self, report: Report) -> str:
        """How grave it is; presumed, as long as nobody has said."""
        word = report.severity_word
        return word if report.checked_at else _("%(severity)s?") % {"severity": word}

    @admin.display(description=gettext_lazy("story"))
    def about(self, report: Report) -> str:
        """The story that the report is about."""
        return report.article.headline if report.article else _("The site as a whole")

    @admin.display(description=gettext_lazy("readers"))
    def readers(self, report: Any) -> int:
        """How many readers wait for its answer."""
        return 1 + int(report.followers)

    @admin.display(description=gettext_lazy("owner"))
    def owner(self, report: Report) -> str:
        """Who checks it."""
        return name_of(report.checked_by) or "-"

    @admin.display(description=pgettext_lazy("when", "received"))
    def received(self, report: Report) -> str:
        """The day on which it came in."""
        return moments.day(report.received_at)

    @admin.display(description=gettext_lazy("state"))
    def state(self, report: Report) -> str:
        """How far the report has come."""
        return capfirst(report.state)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Readers send reports."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Report | None = None) -> bool:
        """A receipt keeps working."""
        return False

    def get_urls(self) -> list[URLPattern]:
        """With the next step towards a correction, and the report as an annotation."""
        correct, annotation = self.admin_site.admin_view(self.correct), self.admin_site.admin_view(self.annotation)
        return [
            path("<int:pk>/correct/", correct, name="articles_report_correct"),
            path("<int:pk>/annotation.jsonld", annotation, name="articles_report_annotation"),
            *super().get_urls(),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """The queue."""
        return super().changelist_view(request, {"title": _("Reports"), **(extra_context or {})})

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The screen of a report, and what its buttons do."""
        report, can_change = opened(self, request, object_id)
        screen = Screen(report, request.POST if request.method == "POST" else None)
        done = self._press(request, screen) if request.method == "POST" else None
        if done:
            return self._after(request, report) if done.is_off else HttpResponseRedirect(request.path)
        context = {"can_change": can_change, "can_correct": self._can_correct(request, report), "screen": screen}
        return self._page(request, "desk", {**screen_of(report), **context})

    def correct(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The passage and the words of the story, to be put right with an account; publishing answers the report."""
        report = self.get_object(request, str(pk))
        if report is None:
            raise Http404("There is no such report.")
        if report.article is None or not self.has_change_permission(request, report):
            raise PermissionDenied
        if not self._can_correct(request, report):
            self.message_user(request, _("This can't end in a change of the story any more."), messages.ERROR)
            return HttpResponseRedirect(reverse("admin:articles_report_change", args=[pk]))
        with transaction.atomic():
            article = Article.objects.select_for_update().get(pk=report.article.pk)
            form = ReportedChangeForm(
                request.POST if request.method == "POST" else None,
                article=article,
                report=report,
                editor=editor_of(request),
                kind=request.GET.get("kind", ""),
            )
            if form.is_valid() and self._publish(request, report, form):
                return self._after(request, report)
        return self._page(request, "correct", {**screen_of(report), "form": form})

    def annotation(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The report as a W3C Web Annotation, with the reader's words."""
        report = self.get_object(request, str(pk))
        if report is None or not self.has_view_permission(request, report):
            raise Http404("There is no such report.")
        return JsonResponse(full_annotation(report), content_type=CONTENT_TYPE)

    @admin.action(description=gettext_lazy("Take up selected reports"), permissions=["change"])
    def take_up_selected(self, request: HttpRequest, queryset: QuerySet[Report]) -> None:
        """Say of each report that waits that an editor is checking it."""
        waiting = [report for report in queryset if report.is_waiting]
        for report in waiting:
            desk.take_up(report, by=editor_of(request))
            self.log_change(request, report, _("Taken up."))
        words = ngettext("Taken up: %(count)d.", "Taken up: %(count)d.", len(waiting))
        self.message_user(request, words % {"count": len(waiting)}, messages.SUCCESS)

    @admin.action(description=gettext_lazy("Export selected reports as web annotations"), permissions=["view"])
    def export_selected(self, request: HttpRequest, queryset: QuerySet[Report]) -> HttpResponse:
        """A file of annotations: without accounts, and without the addresses of readers."""
        chosen = list(queryset[:MOST_EXPORTED])
        headers = {"Content-Disposition": 'attachment; filename="reports.jsonld"'}
        return JsonResponse(collection(chosen), content_type=CONTENT_TYPE, headers=headers)

    def _can_correct(self, request: HttpRequest, report: Report) -> bool:
        """Whether this report can end in a change of its story by who is signed in."""
        article = report.article
        is_open = article is not None and article.is_public and not article.is_sealed and report.is_waiting
        return is_open and request.user.has_perm(RIGHT)

    def _press(self, request: HttpRequest, screen: Screen) -> Done | None:
        """Do what the button pressed says, and tell what came of it; None to show the screen again."""
        try:
            done = screen.press(editor_of(request))
        except desk.DeskError as error:
            self.message_user(request, str(error), messages.ERROR)
            return None
        if done:
            self.log_change(request, screen.report, done.words)
            words = _("%(report)s: %(outcome)s") % {"report": screen.report, "outcome": done.words}
            self.message_user(request, words, messages.SUCCESS)
        return done

    def _publish(self, request: HttpRequest, report: Report, form: ReportedChangeForm) -> bool:
        """Publish the change, or leave it to a second editor; False if it can't be done, which the form then says."""
        try:
            form.publish(by=editor_of(request))
        except (ActError, PointError) as error:
            form.add_error(None, str(error))
            return False
        words = str(WAITS) if form.proposed else _("Published, and answered.")
        self.log_change(request, report, words)
        level = messages.WARNING if form.proposed else messages.SUCCESS
        self.message_user(request, _("%(report)s: %(outcome)s") % {"report": report, "outcome": words}, level)
        return True

    def _after(self, request: HttpRequest, report: Report) -> HttpResponse:
        """The most urgent report that waits, or the queue if there is none."""
        waiting = Report.objects.waiting().leading().by_urgency(timezone.now()).exclude(pk=report.pk)
        following = waiting.filter(proposed_corrections=None).first()
        if following:
            return HttpResponseRedirect(reverse("admin:articles_report_change", args=[following.pk]))
        return HttpResponseRedirect(reverse("admin:articles_report_changelist"))

    def _page(self, request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
        """A screen under the name of its report."""
        title = {"desk": _("Report %(code)s"), "correct": _("Put right: %(code)s")}[name] % {"code": context["report"]}
        common = {**self.admin_site.each_context(request), "opts": self.opts, "title": title}
        return TemplateResponse(request, f"admin/articles/report/{name}.html", {**common, **context})


@admin.register(AnswerTemplate)
class AnswerTemplateAdmin(ModelAdmin[AnswerTemplate]):
    """Answers that editors give often."""

    list_display = ["title", "text"]
    search_fields = ["title", "text"]
