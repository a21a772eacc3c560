"""The queue: the rows of django-tasks-db, with what it leaves out, which is retries, leases and a clock."""

import re
import traceback
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Self
from uuid import NAMESPACE_OID, UUID, uuid5

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_tasks.base import TaskResultStatus as Status
from django_tasks_db.models import DBTaskResult, get_date_max

from articles.outbox.tasks import ATTEMPTS, LIMIT, Duty, Task, delay_after

# What a worker has beyond a task's limit to note how it ended. Until then nobody else takes the task up.
LEASE_MARGIN = timedelta(seconds=30)
# Of the workers that attempted a task, the last are kept: a duty may fail for days.
MOST_WORKERS = 100
ADDRESS = re.compile(r"""[^\s<>()\[\]{}'",;:]+@[^\s<>()\[\]{}'",;:]+""")


class QueuedTaskQuerySet(models.QuerySet["QueuedTask"]):
    """Adjectives for tasks in the queue."""

    def due(self) -> Self:
        """Whose time has come, the one to be run first in front."""
        is_due = Q(run_after=get_date_max()) | Q(run_after__lte=timezone.now())
        return self.filter(is_due, status=Status.READY).order_by("-priority", "run_after", "enqueued_at")

    def failed(self) -> Self:
        """Those given up, and those that failed and wait for their next attempt; the latest first."""
        return self.exclude(traceback="").exclude(status=Status.RUNNING).order_by("-started_at")

    def claim(self, queues: Iterable[str], worker: str) -> "QueuedTask | None":
        """The next due task of ``queues``, if there is one, now held by ``worker`` and by nobody else."""
        for candidate in self.due().filter(queue_name__in=queues)[:4]:
            if candidate.take(worker):
                return candidate
        return None

    def held_by(self, worker: str) -> "list[QueuedTask]":
        """Those that ``worker`` runs, which is one if it lives."""
        return [task for task in self.filter(status=Status.RUNNING) if task.worker_ids[-1:] == [worker]]

    def reclaim(self) -> int:
        """End the attempts of workers that have died, so that their tasks are attempted again; how many."""
        running = self.filter(status=Status.RUNNING, started_at__lt=timezone.now() - LEASE_MARGIN)
        lost = [held for held in running if held.is_lost]
        for held in lost:
            held.fail(gettext("The worker died before it could say how the task ended."))
        return len(lost)

    def plan(self, duties: Iterable[Duty]) -> None:
        """Let the queue hold each of ``duties`` once, and none that it has from elsewhere; new ones are due at once."""
        rows = {duty_key(duty): _row_of(duty) for duty in duties}
        self.filter(args_kwargs__has_key="every").exclude(pk__in=rows).delete()
        self.bulk_create(rows.values(), ignore_conflicts=True)
        for key, row in rows.items():
            planned = self.filter(pk=key).exclude(args_kwargs=row.args_kwargs)
            planned.update(args_kwargs=row.args_kwargs, run_after=row.run_after)


class QueuedTask(DBTaskResult[..., None]):
    """A task in the queue: waiting, running, or given up. One that is done has left it; a duty comes back.

    A worker holds the row from ``started_at`` until the task's limit and a margin have passed: by then the attempt
    has ended, one way or the other. What is written about it is written only while it is still held.
    """

    objects = QueuedTaskQuerySet.as_manager()  # type: ignore[assignment,misc]

    class Meta:
        proxy = True
        verbose_name = _("task")
        verbose_name_plural = _("tasks")

    def __str__(self) -> str:
        return " ".join([self.title, *map(str, self.args_kwargs["args"])])

    @property
    def title(self) -> str:
        """What editors call the task; its name where it has no other, or is in the code no more."""
        found = self.find()
        return (
            str(found.title)
            if found and found.title
            else self.task_path.rpartition(".")[2].replace("_", " ").capitalize()
        )

    @property
    def state(self) -> str:
        """How it stands with the task, in a word or two."""
        if self.status == Status.READY:
            return "waits to try again" if self.traceback else "waits"
        return "failed" if self.status == Status.FAILED else "runs"

    @property
    def why(self) -> str:
        """The reason why the last attempt failed, in a line; "" if none did."""
        return self.traceback.strip().rpartition("\n")[2]

    @property
    def attempts(self) -> int:
        """How many attempts there were, the one under way included."""
        return len(self.worker_ids)

    @property
    def every(self) -> timedelta | None:
        """For a duty, how long after it was done it is due again."""
        seconds = self.args_kwargs.get("every")
        return timedelta(seconds=seconds) if seconds else None

    @property
    def next_at(self) -> datetime | None:
        """When a waiting task is due; None at once."""
        return None if self.status != Status.READY or self.run_after == get_date_max() else self.run_after

    @property
    def limit(self) -> timedelta:
        """How long an attempt may take."""
        found = self.find()
        return found.limit if found else LIMIT

    @property
    def is_lost(self) -> bool:
        """Whether it is held by a worker that must have died."""
        return self.started_at is not None and timezone.now() > self.started_at + self.limit + LEASE_MARGIN

    def take(self, worker: str) -> bool:
        """Hold a waiting task for ``worker``; False if another one was faster."""
        now, workers = timezone.now(), [*self.worker_ids, worker][-MOST_WORKERS:]
        waiting = QueuedTask.objects.filter(pk=self.pk, status=Status.READY, run_after=self.run_after)
        if not waiting.update(status=Status.RUNNING, started_at=now, worker_ids=workers):
            return False
        self.status, self.started_at, self.worker_ids = Status.RUNNING, now, workers
        return True

    def call(self) -> None:
        """Do what the task is for. Raises whatever it raises, and ImportError if the code has it no more."""
        found = import_string(self.task_path)
        if not isinstance(found, Task):
            raise ImportError(f"{self.task_path} is no task.")
        found.call(*self.args_kwargs["args"])

    def finish(self) -> None:
        """Note that the task is done."""
        if self.every:
            self._put_back(run_after=timezone.now() + self.every, worker_ids=[], exception_class_path="", traceback="")
        else:
            self._held().delete()

    def fail(self, why: BaseException | str) -> None:
        """Note that an attempt failed: the task is attempted again later, or given up after so many. A duty never is.

        What is kept of the reason holds no e-mail address.
        """
        said = why if isinstance(why, str) else "".join(traceback.format_exception(why))
        kind = "" if isinstance(why, str) else f"{type(why).__module__}.{type(why).__qualname__}"
        reason = {"exception_class_path": kind, "traceback": ADDRESS.sub("…@…", said)}
        found, now, delay = self.find(), timezone.now(), delay_after(self.attempts)
        if self.every:
            self._put_back(run_after=now + min(delay, self.every), **reason)
        elif self.attempts < (found.attempts if found else ATTEMPTS):
            self._put_back(run_after=now + delay, **reason)
        else:
            self._held().update(status=Status.FAILED, finished_at=now, **reason)

    def give_back(self) -> None:
        """Let another worker run it, at once; this attempt does not count."""
        self._put_back(worker_ids=self.worker_ids[:-1])

    def run_again(self) -> bool:
        """Attempt a task that was given up, or that waits for its next attempt, at once; False if it is neither."""
        idle = QueuedTask.objects.filter(pk=self.pk).exclude(status=Status.RUNNING)
        now = timezone.now()
        return bool(idle.update(status=Status.READY, run_after=now, finished_at=None, worker_ids=[]))

    def find(self) -> "Task[...] | None":
        """The task in the code, None if it is there no more."""
        try:
            found = import_string(self.task_path)
        except ImportError:
            return None
        return found if isinstance(found, Task) else None

    def _held(self) -> models.QuerySet["QueuedTask"]:
        """This row as long as this attempt holds it."""
        return QueuedTask.objects.filter(pk=self.pk, status=Status.RUNNING, started_at=self.started_at)

    def _put_back(self, **changes: Any) -> None:
        self._held().update(status=Status.READY, **changes)


def duty_key(duty: Duty) -> UUID:
    """The key of a duty's row: always the same, so that there is one."""
    return uuid5(NAMESPACE_OID, duty.task.module_path)


def _row_of(duty: Duty) -> QueuedTask:
    return QueuedTask(
        id=duty_key(duty),
        task_path=duty.task.module_path,
        queue_name=duty.task.queue_name,
        backend_name=duty.task.backend,
        args_kwargs={"args": [], "kwargs": {}, "every": duty.every.total_seconds()},
        run_after=timezone.now(),
    )
