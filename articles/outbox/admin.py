"""The queue in the admin: what failed and why, and having it run again."""

from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib import admin, messages
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django_tasks.base import TaskResultStatus as Status
from django_tasks_db.models import DBTaskResult

from articles.outbox.models import QueuedTask
from articles.web.generics import ModelAdmin

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

# By the key of the filter: the state as the model has it, in words, and as a condition.
STATES: dict[str, tuple[str, "StrOrPromise", Q]] = {
    "failed": ("failed", pgettext_lazy("state of a task", "Failed"), Q(status=Status.FAILED)),
    "retrying": (
        "waits to try again",
        pgettext_lazy("state of a task", "Waits to try again"),
        Q(status=Status.READY) & ~Q(traceback=""),
    ),
    "waiting": ("waits", pgettext_lazy("state of a task", "Waits"), Q(status=Status.READY, traceback="")),
    "running": ("runs", pgettext_lazy("state of a task", "Runs"), Q(status=Status.RUNNING)),
}

# The library's own page of the same rows can't run a task again.
admin.site.unregister(DBTaskResult)


class StateFilter(admin.SimpleListFilter):
    """How it stands with a task."""

    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, "StrOrPromise"]]:
        """The states, those that need somebody first."""
        return [(key, words) for key, (_state, words, _condition) in STATES.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[QueuedTask]) -> QuerySet[QueuedTask]:
        """The tasks in the chosen state."""
        key = self.value()
        return queryset.filter(STATES[key][2]) if key in STATES else queryset


@admin.register(QueuedTask)
class QueuedTaskAdmin(ModelAdmin[QueuedTask]):
    """Tasks that wait, run or failed, the failed ones first. What is done is no longer here."""

    list_display = ["what", "state_now", "started", "reason", "times", "due_at"]
    list_filter = [StateFilter]
    search_fields = ["task_path"]
    ordering: ClassVar[Any] = [F("finished_at").desc(nulls_last=True), "-started_at"]
    list_per_page = 50
    show_full_result_count = False
    actions = ["run_selected_again"]
    fields = ["what", "state_now", "enqueued", "started", "times", "due_at", "trace"]

    @admin.display(description=gettext_lazy("what"), ordering="task_path")
    def what(self, task: QueuedTask) -> str:
        """The task, and the keys of what it is about."""
        return _("%(task)s, every %(time)s") % {"task": task, "time": task.every} if task.every else str(task)

    @admin.display(description=gettext_lazy("state"))
    def state_now(self, task: QueuedTask) -> "StrOrPromise":
        """How it stands with the task."""
        return next(words for state, words, _condition in STATES.values() if state == task.state)

    @admin.display(description=gettext_lazy("queued"), ordering="enqueued_at")
    def enqueued(self, task: QueuedTask) -> Any:
        """When the site asked for the task."""
        return task.enqueued_at

    @admin.display(description=gettext_lazy("started"), ordering="started_at")
    def started(self, task: QueuedTask) -> Any:
        """When the last attempt began."""
        return task.started_at

    @admin.display(description=gettext_lazy("why"))
    def reason(self, task: QueuedTask) -> str:
        """Why the last attempt failed."""
        return task.why[:200]

    @admin.display(description=gettext_lazy("attempts"))
    def times(self, task: QueuedTask) -> int:
        """How many attempts there were."""
        return task.attempts

    @admin.display(description=gettext_lazy("next attempt"), ordering="run_after")
    def due_at(self, task: QueuedTask) -> Any:
        """When the task is attempted again."""
        return task.next_at

    @admin.display(description=gettext_lazy("how it failed"))
    def trace(self, task: QueuedTask) -> str:
        """Where in the code the last attempt failed."""
        return task.traceback

    def has_add_permission(self, request: HttpRequest) -> bool:
        """The site queues its tasks itself."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: QueuedTask | None = None) -> bool:
        """A task says what the site asked for."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: QueuedTask | None = None) -> bool:
        """Only a task that was given up can be dropped."""
        return (obj is None or obj.status == Status.FAILED) and super().has_delete_permission(request, obj)

    def has_run_permission(self, request: HttpRequest) -> bool:
        """Who may have tasks run again."""
        return request.user.has_perm("articles.change_queuedtask")

    @admin.action(description=gettext_lazy("Run selected tasks again"), permissions=["run"])
    def run_selected_again(self, request: HttpRequest, queryset: QuerySet[QueuedTask]) -> None:
        """Attempt each at once, whatever it waits for; those that run already are left alone."""
        again = [task for task in queryset if task.run_again()]
        for task in again:
            self.log_change(request, task, _("Run again."))
        self.message_user(request, _("To be run again: %(count)s.") % {"count": len(again)}, messages.SUCCESS)
