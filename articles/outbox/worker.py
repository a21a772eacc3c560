"""The worker: looks after the queue, and forks hands that run its tasks.

A forked process shares the worker's memory and starts at once. The kernel ends it when the time limit of its task is
over, whatever it is doing; what it leaks or breaks ends with it; and a task that waits for a slow server keeps no other
from running.
"""

import logging
import os
import secrets
import select
import signal
import socket
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import NoReturn

from django.db import DatabaseError, close_old_connections, connection, connections
from django.utils.translation import gettext as _

from articles.outbox.models import QueuedTask
from articles.outbox.tasks import Duty

log = logging.getLogger(__name__)
# How many hands each queue has.
SLOTS = {"mails": 2, "default": 2}
# Seconds after which a hand takes no further task: short, since it looks at nothing but its queue.
STRETCH = 1.0
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
        _attempt(task)
        count += 1
    return count


def _attempt(task: QueuedTask, limit: float = 0) -> None:
    """Run a task that is held, and note how it ended. The kernel ends the process after ``limit`` seconds, if given."""
    signal.setitimer(signal.ITIMER_REAL, limit)
    try:
        task.call()
    except Exception as error:
        signal.setitimer(signal.ITIMER_REAL, 0)
        if not connection.in_atomic_block:
            close_old_connections()  # the error may be that of a connection that is gone
        task.fail(error)
        log.warning("%s failed: %s", task, type(error).__name__)
    else:
        signal.setitimer(signal.ITIMER_REAL, 0)
        task.finish()


class Worker:
    """Runs tasks until it is asked to stop by SIGTERM or SIGINT, or with ``once`` until nothing is due or running."""

    def __init__(self, duties: Iterable[Duty], slots: Mapping[str, int] = SLOTS) -> None:
        self.duties = tuple(duties)
        self.slots = slots
        self.name = f"{socket.gethostname()[:40]}:{secrets.token_hex(4)}"
        self.hands: dict[int, str] = {}  # the queue of each, by its process
        self.is_stopping = False
        self.reclaimed_at = 0.0

    def work(self, *, once: bool = False) -> None:
        """Run tasks. A queue that can't be read is logged and waited for; with ``once``, raises DatabaseError."""
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
                if once:
                    raise
                pause = min(2 * pause, LONGEST_PAUSE)
                log.warning("The queue can't be read (%s); trying again in %.0f s", str(error).strip(), pause)
                connections.close_all()
            else:
                if once and not self.hands:
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
        """Note which hands have gone, and send new ones to the queues that need them."""
        self._reap()
        if time.monotonic() - self.reclaimed_at > RECLAIM:
            self.reclaimed_at = time.monotonic()
            QueuedTask.objects.reclaim()
        for queue in self._needed():
            connections.close_all()  # no connection may be shared by two processes
            pid = os.fork()
            if pid == 0:
                self._be_hand(queue)
            self.hands[pid] = queue

    def _needed(self) -> list[str]:
        """The queues with tasks that are due and room for a hand: as often as there are both."""
        busy = list(self.hands.values())
        room = [queue for queue, slots in self.slots.items() for _ in range(slots - busy.count(queue))]
        needed = []
        for task in QueuedTask.objects.due().filter(queue_name__in=room)[: sum(self.slots.values())]:
            if task.queue_name in room:
                room.remove(task.queue_name)
                needed.append(task.queue_name)
                task.find()  # imports its code here, for all the hands to come
        return needed

    def _be_hand(self, queue: str) -> NoReturn:
        """Run tasks of ``queue`` in this process for a while, and end it. When to stop is for the worker to say."""
        code = 1
        try:
            signal.set_wakeup_fd(-1)
            for number in (signal.SIGCHLD, signal.SIGALRM):
                signal.signal(number, signal.SIG_DFL)
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, signal.SIG_IGN)
            end = time.monotonic() + STRETCH
            while time.monotonic() < end and (task := QueuedTask.objects.claim([queue], self._name_of(os.getpid()))):
                _attempt(task, task.limit.total_seconds())
            code = 0
        except BaseException:
            log.exception("A task of the queue “%s” could not be brought to its end", queue)
            time.sleep(STRETCH)  # the next hand may fare no better
        finally:
            with suppress(Exception):
                connections.close_all()
            os._exit(code)

    def _name_of(self, pid: int) -> str:
        return f"{self.name}:{pid}"

    def _reap(self) -> None:
        """Note which hands have gone. A task that one left half-done counts as an attempt that failed."""
        for pid in list(self.hands):
            ended, status = os.waitpid(pid, os.WNOHANG)
            if not ended:
                continue
            del self.hands[pid]
            if code := os.waitstatus_to_exitcode(status):
                for task in QueuedTask.objects.held_by(self._name_of(pid)):
                    log.warning("%s ended early: %s", task, why := _early_end(code, task))
                    task.fail(why)

    def _finish(self) -> None:
        """Let the tasks that run come to their end; kill and give back those that take too long for that."""
        deadline = time.monotonic() + PATIENCE
        while self.hands and time.monotonic() < deadline:
            self._reap()
            time.sleep(0.05)
        late = list(self.hands)
        for pid in late:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
        for task in [task for pid in late for task in QueuedTask.objects.held_by(self._name_of(pid))]:
            task.give_back()
            log.warning("%s was stopped, and will be run again", task)


def _early_end(code: int, task: QueuedTask) -> str:
    """Why a process ended before its task, in words."""
    if code == -signal.SIGALRM:
        seconds = f"{task.limit.total_seconds():g}"
        return _("It took longer than %(seconds)s s and was stopped.") % {"seconds": seconds}
    if code < 0:
        return _("Its process was ended by %(signal)s.") % {"signal": signal.Signals(-code).name}
    return _("Its process ended with %(code)s.") % {"code": code}


def _wait(wake: int, seconds: float) -> None:
    """Wait, but no longer than until a signal comes."""
    select.select([wake], [], [], seconds)
    with suppress(BlockingIOError):
        os.read(wake, 4096)
