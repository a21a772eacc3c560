"""The worker as a process: what it starts, what becomes of the tasks of one that is stopped or killed."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.core.management import call_command
from django.db import OperationalError, connection, connections
from pytest_django import Settings

from articles.outbox import worker
from articles.outbox.models import LEASE_MARGIN, QueuedTask, QueuedTaskQuerySet
from articles.outbox.worker import Worker, run_due
from tests.outbox.errands import nap, notes, perish, run_errand, sleep_in
from tests.system import ROOT, clean_environment

Process = subprocess.Popen[str]
Start = Callable[..., Process]


@pytest.fixture
def _shared(transactional_db: None, tmp_path: Path) -> Iterator[None]:
    """A database that other processes can open as well: on SQLite, a copy in a file of the one in memory."""
    if connection.vendor != "sqlite":
        yield
        return
    file = tmp_path / "queue.sqlite3"
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(file)])
    in_memory = connections["default"]
    connections["default"] = type(in_memory)({**in_memory.settings_dict, "NAME": str(file)}, "default")
    yield
    connections["default"].close()
    connections["default"] = in_memory


@pytest.fixture
def start(_shared: None, tmp_path: Path, settings: Settings) -> Iterator[Start]:
    """Starts ``manage.py work`` on that database, in a group of its own that ends with the test."""
    begun: list[Process] = []
    place = str(connection.settings_dict["NAME"])
    server = os.environ.get("DATABASE_URL", "sqlite:///").rpartition("/")[0]
    environment = {
        **clean_environment(),
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "DATABASE_URL": f"{server}/{place}",
        "VAR_DIR": str(tmp_path),
    }

    def begin(*options: str) -> Process:
        command = [sys.executable, "manage.py", "work", *options]
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            process_group=0,
        )
        begun.append(process)
        return process

    yield begin
    for process in begun:
        process.kill()
        process.communicate()


def wait_for_note(start: str) -> str:
    """Wait until a task has left a line that starts so; the rest of it."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        for line in notes():
            if line.startswith(start):
                return line.removeprefix(start).strip()
        time.sleep(0.02)
    raise AssertionError(f"No task has left a note that starts with “{start}”: {notes()}")


def errand() -> QueuedTask:
    """The one task of the queue that is no duty, as the database has it now."""
    return QueuedTask.objects.get(task_path__startswith="tests.")


class ProcessTests:
    def test_mail_leaves_while_others_sleep_and_they_may_end_when_the_worker_is_stopped(self, start: Start) -> None:
        process = start()
        run_errand.enqueue(1)
        wait_for_note("did 1")
        nap.enqueue(20)
        wait_for_note("asleep")
        run_errand.enqueue(2)
        wait_for_note("did 2")
        os.killpg(process.pid, signal.SIGINT)
        process.terminate()
        assert process.wait(timeout=20) == 0
        assert [line.split()[0] for line in notes()] == ["did", "asleep", "did", "awake"]
        assert not QueuedTask.objects.filter(task_path__startswith="tests.").exists()

    def test_task_of_a_worker_that_was_killed_is_run_again(self, start: Start) -> None:
        nap.enqueue(300)
        process = start()
        asleep = int(wait_for_note("asleep"))
        process.kill()
        os.kill(asleep, signal.SIGKILL)
        process.wait()
        assert errand().state == "runs"
        assert QueuedTask.objects.reclaim() == 0
        later = datetime.now(UTC) + nap.limit + LEASE_MARGIN + timedelta(seconds=1)
        with time_machine.travel(later):
            assert QueuedTask.objects.reclaim() == 1
        QueuedTask.objects.filter(pk=errand().pk).update(args_kwargs={"args": [0], "kwargs": {}})
        with time_machine.travel(later + timedelta(seconds=20)):
            run_due()
        wait_for_note("awake")
        assert not QueuedTask.objects.filter(task_path__startswith="tests.").exists()

    def test_two_workers_run_each_task_once(self, start: Start) -> None:
        for number in range(40):
            run_errand.enqueue(number)
        workers = [start("--once"), start("--once")]
        said = [process.communicate(timeout=60)[0] for process in workers]
        assert Counter(notes()) == Counter(f"did {number}" for number in range(40)), said
        assert [process.returncode for process in workers] == [0, 0], said

    def test_what_takes_too_long_or_dies_is_ended_and_noted(
        self, start: Start, capsys: pytest.CaptureFixture[str]
    ) -> None:
        sleep_in.enqueue(7)
        perish.enqueue()
        said = start("--once").communicate(timeout=30)[0]
        why = {task.title: task.why for task in QueuedTask.objects.failed()}
        assert why == {
            "Sleep in": "It took longer than 0.5 s and was stopped.",
            "Perish": "Its process was ended by SIGKILL.",
        }
        assert "Sleep in 7 ended early: It took longer than 0.5 s and was stopped." in said
        call_command("work", "--failed")
        listed = capsys.readouterr().out
        assert "Sleep in 7: waits to try again. It took longer than 0.5 s and was stopped." in listed


@pytest.mark.django_db
class StopTests:
    """Without a worker's process, but with a real one for the task."""

    def test_what_does_not_end_in_time_is_killed_and_given_back(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(worker, "PATIENCE", 0.1)
        nap.enqueue(300)
        stopping, sleep = Worker([]), subprocess.Popen(["sleep", "60"])
        assert QueuedTask.objects.claim(["default"], f"{stopping.name}:{sleep.pid}")
        stopping.hands[sleep.pid] = "default"
        stopping._finish()
        assert sleep.poll() is not None
        assert (errand().state, errand().attempts) == ("waits", 0)


class TroubleTests:
    """A queue that can't be read, because the database is away."""

    @pytest.fixture
    def lame(self, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Worker, list[float]]]:
        """A worker without a database, and the pauses that it makes; it is asked to stop in the ninth."""
        lame, pauses = Worker([]), list[float]()

        def wait(wake: int, seconds: float) -> None:
            pauses.append(seconds)
            lame.is_stopping = len(pauses) == 9

        def fail(*args: object) -> None:
            raise OperationalError("the database is away")

        monkeypatch.setattr(lame, "_listen", lambda: 0)
        monkeypatch.setattr(worker, "_wait", wait)
        monkeypatch.setattr(QueuedTaskQuerySet, "plan", fail)
        yield lame, pauses
        connections.close_all()

    def test_worker_waits_longer_and_longer_up_to_half_a_minute(
        self, lame: tuple[Worker, list[float]], caplog: pytest.LogCaptureFixture
    ) -> None:
        lame[0].work()
        assert lame[1] == [1, 2, 4, 8, 16, 30, 30, 30, 30]
        assert "The queue can't be read (the database is away); trying again in 4 s" in caplog.text

    def test_once_is_over_at_once(self, lame: tuple[Worker, list[float]]) -> None:
        with pytest.raises(OperationalError):
            lame[0].work(once=True)


@pytest.mark.django_db
class ListTests:
    def test_nothing_failed(self, capsys: pytest.CaptureFixture[str]) -> None:
        call_command("work", "--failed")
        assert capsys.readouterr().out == "No task has failed.\n"
