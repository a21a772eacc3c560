"""The worker: takes tasks from the queue and runs each in a process of its own.

A forked process shares the worker's memory and starts at once. The kernel ends it when its time limit is over, whatever
it is doing; what it leaks or breaks ends with it; and a task that waits for a slow server keeps no other from running.
"""

import logging
import os
import select
import signal
import socket
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import NoReturn

from django.db import DatabaseError, close_old_connections, connections

from articles.outbox.models import QueuedTask
from articles.outbox.tasks import Duty

log = logging.getLogger(__name__)
# How many tasks of each queue run at once.
SLOTS = {"mails": 2, "default": 2}
# Seconds between two looks at the queue, between two looks for workers that died, and that running tasks have left
# when the worker is asked to stop.
POLL = 0.5
RECLAIM = 10.0
PATIENCE = 5.0
LONGEST_PAUSE = 30.0


def run_due(queues: Iterable[str] = tuple(SLOTS)) -> int:
    """Run what is due here and now, one task after the other and without time limits; how many attempts there were."""
    count = 0
    while task := QueuedTask.objects.claim(queues, "here"):
        attempt(task)
        count += 1
    return count


def attempt(task: QueuedTask) -> None:
    """Run a task that is held, and note how it ended."""
    try:
        task.call()
    except Exception as error:
        _stop_clock()
        close_old_connections()
        task.fail(error)
        log.warning("%s failed: %s", task, type(error).__name__)
    else:
        _stop_clock()
        task.finish()


class Worker:
    """Runs tasks until it is asked to stop by SIGTERM or SIGINT, or with ``once`` until nothing is due or running."""

    def __init__(self, duties: Iterable[Duty], slots: Mapping[str, int] = SLOTS) -> None:
        self.duties = tuple(duties)
        self.slots = slots
        self.name = f"{socket.gethostname()[:40]}:{os.getpid()}"
        self.running: dict[int, QueuedTask] = {}
        self.is_stopping = False
        self.reclaimed_at = 0.0

    def work(self, *, once: bool = False) -> None:
        """Run tasks. The queue's troubles are logged, and the worker waits until it answers again."""
        wake = self._listen()
        is_planned, pause = False, POLL
        while not self.is_stopping:
            try:
                if not is_planned:
                    QueuedTask.objects.plan(self.duties)
                    is_planned = True
                self._step()
                pause = POLL
            except DatabaseError as error:
                pause = min(2 * pause, LONGEST_PAUSE)
                log.warning("The queue can't be read (%s); trying again in %.0f s", str(error).strip(), pause)
                connections.close_all()
            else:
                if once and not self.running:
                    break
            _wait(wake, pause)
        self._finish()

    def _listen(self) -> int:
        """Be woken by the signals that matter: a file that can be read once one has come."""
        reader, writer = os.pipe()
        os.set_blocking(reader, False)
        os.set_blocking(writer, False)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
        return reader

    def _stop(self, number: int, frame: object) -> None:
        self.is_stopping = True

    def _step(self) -> None:
        """Note which tasks have ended, and start those that are due while there is room."""
        self._reap()
        if time.monotonic() - self.reclaimed_at > RECLAIM:
            self.reclaimed_at = time.monotonic()
            QueuedTask.objects.reclaim()
        while not self.is_stopping and (free := self._free_queues()):
            task = QueuedTask.objects.claim(free, self.name)
            if task is None:
                break
            self._start(task)

    def _free_queues(self) -> list[str]:
        taken = [task.queue_name for task in self.running.values()]
        return [queue for queue, slots in self.slots.items() if taken.count(queue) < slots]

    def _start(self, task: QueuedTask) -> None:
        """Run a task in a process of its own, which ends it after its limit."""
        limit = task.limit.total_seconds()  # imports its code here, for all the processes to come
        connections.close_all()  # a connection must not be shared by two processes
        pid = os.fork()
        if pid == 0:
            _be_child(task, limit)
        self.running[pid] = task

    def _reap(self) -> None:
        """Note which processes have ended. One that did not come to its end counts as an attempt that failed."""
        for pid in list(self.running):
            ended, status = os.waitpid(pid, os.WNOHANG)
            if not ended:
                continue
            task, code = self.running.pop(pid), os.waitstatus_to_exitcode(status)
            if code:
                log.warning("%s ended early: %s", task, why := _early_end(code, task))
                task.fail(why)

    def _finish(self) -> None:
        """Let the tasks that run come to their end; kill and give back those that take too long for that."""
        deadline = time.monotonic() + PATIENCE
        while self.running and time.monotonic() < deadline:
            self._reap()
            time.sleep(0.05)
        for pid, task in self.running.items():
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
            task.give_back()
            log.warning("%s was stopped, and will be run again", task)
        self.running.clear()


def _be_child(task: QueuedTask, limit: float) -> NoReturn:
    """Run a task in this process and end it. When to stop is for the worker to say, not for the terminal."""
    code = 1
    try:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, signal.SIG_IGN)
        signal.setitimer(signal.ITIMER_REAL, limit)
        attempt(task)
        code = 0
    except BaseException:
        log.exception("%s could not be brought to its end", task)
    finally:
        with suppress(Exception):
            connections.close_all()
        os._exit(code)


def _stop_clock() -> None:
    """The task's own time is over: noting how it ended is not to be cut short."""
    signal.setitimer(signal.ITIMER_REAL, 0)


def _early_end(code: int, task: QueuedTask) -> str:
    """Why a process ended before its task, in words."""
    if code == -signal.SIGALRM:
        return f"It took longer than {task.limit.total_seconds():g} s and was stopped."
    return f"Its process was ended by {signal.Signals(-code).name}." if code < 0 else f"Its process ended with {code}."


def _wait(wake: int, seconds: float) -> None:
    """Wait, but no longer than until a signal comes."""
    select.select([wake], [], [], seconds)
    with suppress(BlockingIOError):
        os.read(wake, 4096)
