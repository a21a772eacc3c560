"""Importing in the admin: handing in files, looking at the plan, the history, and what waits for a decision."""

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import F, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.corrections.drafts import CorrectionError
from articles.importing.diffs import Line, lines_of_diff
from articles.importing.fields import label_of
from articles.importing.forms import DecisionForm, UploadForm
from articles.importing.merge import Verdict
from articles.importing.models import ImportRun
from articles.importing.pipeline import Result, import_from
from articles.importing.proposals import ProposalError, ProposedChange
from articles.importing.report import OUTCOMES, VERDICTS, totals
from articles.importing.uploads import Upload
from articles.revisions.acts import ActError
from articles.web.deciding import DecisionAdmin, EndingFilter, editor_of, opened
from articles.web.generics import ModelAdmin

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django_stubs_ext import StrOrPromise

ROWS = 100


class Change(NamedTuple):
    """A field of a plan as the page shows it."""

    label: str
    verdict: "StrOrPromise"
    lines: list[Line]


class Planned(NamedTuple):
    """What would become of a document, as the page shows it."""

    result: Result
    outcome: "StrOrPromise"
    changes: list[Change]


@admin.register(ImportRun)
class ImportRunAdmin(ModelAdmin[ImportRun]):
    """Handing in files, and the history of all imports with their reports."""

    list_display = ["started_at", "what", "outcomes", "by", "finished_at"]
    list_select_related = ["by"]
    list_filter = ["started_at"]
    list_per_page = 50
    show_full_result_count = False

    @admin.display(description=gettext_lazy("what"))
    def what(self, run: ImportRun) -> str:
        """What was imported."""
        return _(", ").join(run.places)

    @admin.display(description=gettext_lazy("outcomes"))
    def outcomes(self, run: ImportRun) -> str:
        """How many documents came to what; of a run that was stopped nobody counted them."""
        return totals(run.totals, is_dry_run=False) if run.finished_at else _("Stopped, or still running.")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Those who may add stories may import them."""
        return request.user.has_perm("articles.add_article")

    def has_change_permission(self, request: HttpRequest, obj: ImportRun | None = None) -> bool:
        """The record of an import stays as it was written."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: ImportRun | None = None) -> bool:
        """The history has no gaps."""
        return False

    def get_urls(self) -> list[URLPattern]:
        """With the page of what was handed in."""
        plan = self.admin_site.admin_view(self.plan)
        return [path("uploads/<int:pk>/", plan, name="articles_importrun_plan"), *super().get_urls()]

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """Ask for files or text, hold them, and go on to the plan: nothing is imported yet."""
        self._demand(request)
        form = UploadForm(request.POST or None, request.FILES or None) if request.method == "POST" else UploadForm()
        if form.is_valid():
            upload = Upload.objects.hold(form.held(), wanted=form.cleaned_data["format"], by=editor_of(request))
            return HttpResponseRedirect(reverse("admin:articles_importrun_plan", args=[upload.pk]))
        return self._page(request, "upload", _("Import stories"), form=form)

    def plan(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What an import of the upload would do, field by field; the button does it."""
        self._demand(request)
        upload = get_object_or_404(Upload, pk=pk, by=editor_of(request))
        if request.method == "POST":
            return self._import(request, upload)
        results = list(_results(upload, editor_of(request), is_dry_run=True))
        planned = [Planned(result, OUTCOMES[result.outcome], _changes(result)) for result in results]
        outcomes = totals(Counter(result.outcome for result in results), is_dry_run=True)
        return self._page(request, "plan", _("What this import would do"), planned=planned, outcomes=outcomes)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The report of a run, in pages."""
        run = self.get_object(request, object_id)
        if run is None:
            raise Http404(_("There is no such import."))
        if not self.has_view_permission(request, run):
            raise PermissionDenied
        page = Paginator(run.documents.select_related("article"), ROWS).get_page(request.GET.get("p"))
        rows = [
            (document, OUTCOMES[document.outcome], [_told(one["field"], one["verdict"]) for one in document.changes])
            for document in page
        ]
        return self._page(
            request, "report", _("Report of an import"), run=run, outcomes=self.outcomes(run), page=page, rows=rows
        )

    def _import(self, request: HttpRequest, upload: Upload) -> HttpResponse:
        results = list(_results(upload, editor_of(request), is_dry_run=False))
        upload.delete()
        has_failed = any(result.is_error for result in results)
        run = ImportRun.objects.filter(by=editor_of(request)).latest("pk")
        self.message_user(request, self.outcomes(run), messages.WARNING if has_failed else messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:articles_importrun_change", args=[run.pk]))

    def _demand(self, request: HttpRequest) -> None:
        if not self.has_add_permission(request):
            raise PermissionDenied

    def _page(self, request: HttpRequest, name: str, title: str, **context: Any) -> HttpResponse:
        context = {**self.admin_site.each_context(request), "opts": self.opts, "title": title, **context}
        return TemplateResponse(request, f"admin/articles/importrun/{name}.html", context)


class StateFilter(EndingFilter):
    """Whether a proposal waits."""

    waits = gettext_lazy("Waits for a decision")


@admin.register(ProposedChange)
class ProposedChangeAdmin(DecisionAdmin[ProposedChange]):
    """What imports left to editors, the open ones first."""

    list_display = ["article", "why", "file", "made_at", "state"]
    list_filter = [StateFilter, "why"]
    list_select_related = ["article", "original"]
    search_fields = ["article__headline", "original__file_name"]
    ordering: ClassVar[Any] = [F("closed_at").desc(nulls_first=True), "made_at"]
    list_per_page = 50
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[ProposedChange]:
        """Proposals without the bytes of their files."""
        proposals: QuerySet[ProposedChange] = super().get_queryset(request)
        return proposals.defer("original__raw", "original__fields", "article__body_html", "article__body_text")

    @admin.display(description=gettext_lazy("file"), ordering="original__file_name")
    def file(self, change: ProposedChange) -> str:
        """The name of the file that proposes it."""
        return change.original.file_name

    @admin.display(description=gettext_lazy("state"), ordering="closed_at")
    def state(self, change: ProposedChange) -> str:
        """Whether it waits, or how it ended."""
        return change.get_ending_display() or _("Waits for a decision")

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The two sides of each field, and the choice between them."""
        change, can_decide = opened(self, request, object_id)
        form = DecisionForm(change, request.POST if request.method == "POST" else None)
        if form.is_valid() and self._is_written(request, change, form):
            return HttpResponseRedirect(request.path)
        title = _("What an import proposes for “%(story)s”") % {"story": change.article}
        context = {**self.admin_site.each_context(request), "opts": self.opts, "title": title}
        context |= {"change": change, "form": form, "can_decide": can_decide and not change.ending}
        return TemplateResponse(request, "admin/articles/proposedchange/decide.html", context)

    def _is_written(self, request: HttpRequest, change: ProposedChange, form: DecisionForm) -> bool:
        """Do as the form says and tell what came of it; whether there is a new state to show."""
        try:
            form.write(by=editor_of(request))
        except CorrectionError as error:
            form.tell(error)
            return False
        except ActError as error:
            form.add_error(None, str(error))
            return False
        except ProposalError as error:
            self.message_user(request, str(error), messages.ERROR)
            return True
        self.log_change(request, change, _("Decided."))
        self.message_user(request, _("Decided."), messages.SUCCESS)
        return True


def _results(upload: Upload, editor: "User", *, is_dry_run: bool) -> Iterator[Result]:
    files = upload.held()
    places = [file.label for file in files]
    return import_from(files, upload.options(is_dry_run=is_dry_run), places=places, by=editor)


def _changes(result: Result) -> list[Change]:
    return [
        Change(label_of(one.field), VERDICTS[one.verdict], lines_of_diff(one.ours, one.theirs))
        for one in result.changes
    ]


def _told(field: str, verdict: str) -> str:
    return _("%(field)s: %(verdict)s") % {"field": label_of(field), "verdict": VERDICTS[Verdict(verdict)]}
