"""The queue in the admin: what failed and why, and having it run again."""

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest
from django_tasks.base import TaskResultStatus as Status
from django_tasks_db.models import DBTaskResult

from articles.outbox.models import QueuedTask
from articles.web.generics import ModelAdmin

STATES = {
    "failed": ("Failed", Q(status=Status.FAILED)),
    "retrying": ("Waits to try again", Q(status=Status.READY) & ~Q(traceback="")),
    "waiting": ("Waits", Q(status=Status.READY, traceback="")),
    "running": ("Runs", Q(status=Status.RUNNING)),
}

# The library's own page of the same rows can't run a task again.
admin.site.unregister(DBTaskResult)


class StateFilter(admin.SimpleListFilter):
    """How it stands with a task."""

    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The states, those that need somebody first."""
        return [(state, label) for state, (label, _) in STATES.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[QueuedTask]) -> QuerySet[QueuedTask]:
        """The tasks in the chosen state."""
        state = self.value()
        return queryset.filter(STATES[state][1]) if state in STATES else queryset


@admin.register(QueuedTask)
class QueuedTaskAdmin(ModelAdmin[QueuedTask]):
    """Tasks that wait, run or failed, the failed ones first. What is done is no longer here."""

    list_display = ["what", "state_now", "started_at", "reason", "times", "due_at"]
    list_filter = [StateFilter]
    search_fields = ["task_path"]
    ordering: ClassVar[Any] = [F("finished_at").desc(nulls_last=True), "-started_at"]
    list_per_page = 50
    show_full_result_count = False
    actions = ["run_selected_again"]
    fields = ["what", "state_now", "enqueued_at", "started_at", "times", "due_at", "traceback"]

    @admin.display(description="what", ordering="task_path")
    def what(self, task: QueuedTask) -> str:
        """The task, and the keys of what it is about."""
        return f"{task}, every {task.every}" if task.every else str(task)

    @admin.display(description="state")
    def state_now(self, task: QueuedTask) -> str:
        """How it stands with the task."""
        return task.state.capitalize()

    @admin.display(description="why")
    def reason(self, task: QueuedTask) -> str:
        """Why the last attempt failed."""
        return task.why[:200]

    @admin.display(description="attempts")
    def times(self, task: QueuedTask) -> int:
        """How many attempts there were."""
        return task.attempts

    @admin.display(description="next attempt", ordering="run_after")
    def due_at(self, task: QueuedTask) -> Any:
        """When the task is attempted again."""
        return task.next_at

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

    @admin.action(description="Run selected tasks again", permissions=["run"])
    def run_selected_again(self, request: HttpRequest, queryset: QuerySet[QueuedTask]) -> None:
        """Attempt each at once, whatever it waits for; those that run already are left alone."""
        again = [task for task in queryset if task.run_again()]
        for task in again:
            self.log_change(request, task, "Run again.")
        self.message_user(request, f"To be run again: {len(again)}.", messages.SUCCESS)
