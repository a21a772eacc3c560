"""The life of a task in the queue: waiting, held, attempted again, given up, run again."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.db import transaction
from pytest_django import DjangoAssertNumQueries

from articles.outbox.models import LEASE_MARGIN, QueuedTask
from articles.outbox.tasks import LIMIT, Duty, delay_after
from articles.outbox.worker import run_due
from tests.outbox.errands import PATROL, notes, patrol, run_errand, sleep_in, stumble

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
QUEUES = ("default", "mails")


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """A clock that stands still at noon."""
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def claim(worker: str = "here") -> QueuedTask:
    """The next task, held by ``worker``."""
    task = QueuedTask.objects.claim(QUEUES, worker)
    assert task
    return task


def only() -> QueuedTask:
    """The one task of the queue, as the database has it now."""
    return QueuedTask.objects.get()


class EnqueueTests:
    def test_task_is_run_once_and_leaves_the_queue(self) -> None:
        run_errand.enqueue(7)
        assert run_due() == 1
        assert notes() == ["did 7"]
        assert not QueuedTask.objects.exists()

    def test_task_of_a_transaction_that_is_rolled_back_is_not_there(self) -> None:
        with transaction.atomic():
            run_errand.enqueue(7)
            transaction.set_rollback(True)
        assert run_due() == 0

    def test_what_came_first_is_run_first(self, clock: time_machine.Traveller) -> None:
        for number in (1, 2, 3):
            run_errand.enqueue(number)
            clock.shift(1)
        run_due()
        assert notes() == ["did 1", "did 2", "did 3"]


class ClaimTests:
    def test_a_held_task_is_nobody_elses(self) -> None:
        run_errand.enqueue(7)
        task = claim("a")
        assert (task.state, task.attempts) == ("runs", 1)
        assert QueuedTask.objects.claim(QUEUES, "b") is None

    def test_of_two_that_saw_it_waiting_one_gets_it(self) -> None:
        run_errand.enqueue(7)
        first, second = only(), only()
        assert [first.take("a"), second.take("b")] == [True, False]
        assert only().worker_ids == ["a"]

    def test_only_from_the_queues_asked_for(self) -> None:
        run_errand.enqueue(7)
        assert QueuedTask.objects.claim(["default"], "here") is None

    def test_an_empty_queue_costs_one_query(self, django_assert_num_queries: DjangoAssertNumQueries) -> None:
        with django_assert_num_queries(1):
            assert QueuedTask.objects.claim(QUEUES, "here") is None


class FailTests:
    def test_attempted_again_after_15_and_30_seconds_then_given_up(self, clock: time_machine.Traveller) -> None:
        stumble.enqueue(7)
        times = []
        while run_due():
            times.append(only().next_at)
            clock.move_to(times[-1] or NOON)
        assert times == [NOON + timedelta(seconds=15), NOON + timedelta(seconds=45), None]
        task = only()
        assert (task.state, task.attempts, str(task)) == ("failed", 3, "Stumble 7")
        assert list(QueuedTask.objects.failed()) == [task]

    def test_waits_until_its_time(self, clock: time_machine.Traveller) -> None:
        stumble.enqueue(7)
        run_due()
        clock.shift(14)
        assert (run_due(), only().state) == (0, "waits to try again")
        clock.shift(1)
        assert run_due() == 1

    def test_success_at_last_leaves_nothing_behind(self, clock: time_machine.Traveller, errands: Path) -> None:
        stumble.enqueue(7)
        run_due()
        (errands / "even").touch()
        clock.shift(15)
        run_due()
        assert notes() == ["walked 7"]
        assert not QueuedTask.objects.exists()

    def test_reason_is_kept_but_no_address(self) -> None:
        stumble.enqueue(7)
        run_due()
        task = only()
        assert task.exception_class_path == "smtplib.SMTPRecipientsRefused"
        assert task.why.startswith("smtplib.SMTPRecipientsRefused: ")
        assert "No such user <…@…>" in task.why
        assert "rita" not in task.traceback

    def test_task_that_the_code_has_no_more_fails_in_words(self) -> None:
        run_errand.enqueue(7)
        QueuedTask.objects.update(task_path="tests.outbox.errands.gone")
        run_due()
        assert only().why.startswith("ImportError: ")
        QueuedTask.objects.update(task_path="tests.outbox.errands.notes", run_after=NOON)
        run_due()
        assert only().why == "ImportError: tests.outbox.errands.notes is no task."


class RunAgainTests:
    def test_given_up_task_gets_all_its_attempts_anew(self, clock: time_machine.Traveller, errands: Path) -> None:
        stumble.enqueue(7)
        while run_due():
            clock.move_to(only().next_at or NOON)
        assert only().run_again()
        assert (only().state, only().attempts, only().finished_at) == ("waits to try again", 0, None)
        run_due()
        assert only().next_at
        (errands / "even").touch()
        assert only().run_again()
        assert run_due() == 1
        assert not QueuedTask.objects.exists()

    def test_not_while_it_runs(self) -> None:
        run_errand.enqueue(7)
        task = claim()
        assert not task.run_again()
        assert only().state == "runs"


class LeaseTests:
    def test_task_of_a_dead_worker_is_attempted_again_once_its_time_is_over(
        self, clock: time_machine.Traveller
    ) -> None:
        run_errand.enqueue(7)
        claim()
        clock.shift(LIMIT + LEASE_MARGIN)
        assert QueuedTask.objects.reclaim() == 0
        clock.shift(1)
        assert QueuedTask.objects.reclaim() == 1
        assert only().why == "The worker died before it could say how the task ended."
        clock.shift(delay_after(1))
        run_due()
        assert notes() == ["did 7"]

    def test_a_short_limit_makes_a_short_lease(self, clock: time_machine.Traveller) -> None:
        sleep_in.enqueue(7)
        claim()
        clock.shift(timedelta(seconds=0.6) + LEASE_MARGIN)
        assert QueuedTask.objects.reclaim() == 1

    @pytest.mark.parametrize("verb", ["finish", "give_back"])
    def test_who_lost_the_task_can_say_nothing_more_about_it(self, clock: time_machine.Traveller, verb: str) -> None:
        run_errand.enqueue(7)
        slow = claim("slow")
        clock.shift(LIMIT + LEASE_MARGIN + timedelta(seconds=1))
        QueuedTask.objects.reclaim()
        clock.shift(delay_after(1))
        claim("quick")
        getattr(slow, verb)()
        assert (only().state, only().worker_ids) == ("runs", ["slow", "quick"])

    def test_task_given_back_is_due_at_once_and_has_lost_no_attempt(self) -> None:
        run_errand.enqueue(7)
        claim().give_back()
        assert (only().state, only().attempts) == ("waits", 0)
        assert run_due() == 1


class DutyTests:
    def test_due_at_once_and_then_every_so_often(self, clock: time_machine.Traveller) -> None:
        QueuedTask.objects.plan([PATROL])
        for _ in range(3):
            assert run_due() == 1
            assert only().next_at == datetime.now(UTC) + PATROL.every
            clock.shift(PATROL.every)
        assert notes() == ["patrolled"] * 3

    def test_second_worker_plans_nothing_twice(self) -> None:
        QueuedTask.objects.plan([PATROL])
        run_due()
        QueuedTask.objects.plan([PATROL])
        assert run_due() == 0
        assert QueuedTask.objects.count() == 1

    def test_another_interval_counts_from_now_on(self) -> None:
        QueuedTask.objects.plan([Duty(every=timedelta(days=30), task=patrol)])
        run_due()
        QueuedTask.objects.plan([PATROL])
        assert run_due() == 1
        assert only().every == PATROL.every

    def test_one_no_longer_on_the_list_leaves_the_queue(self) -> None:
        run_errand.enqueue(7)
        QueuedTask.objects.plan([PATROL])
        QueuedTask.objects.plan([])
        assert only().title == "Run errand"

    def test_failure_is_shown_and_the_duty_goes_on(self, clock: time_machine.Traveller, errands: Path) -> None:
        (errands / "fog").touch()
        QueuedTask.objects.plan([PATROL])
        for _ in range(4):
            assert run_due() == 1
            clock.shift(PATROL.every)
        assert only().why == "RuntimeError: There is fog."
        assert list(QueuedTask.objects.failed()) == [only()]
        (errands / "fog").unlink()
        run_due()
        assert (only().state, only().attempts) == ("waits", 0)
        assert not QueuedTask.objects.failed().exists()

    def test_failing_duty_is_not_attempted_less_often_than_it_is_due(
        self, clock: time_machine.Traveller, errands: Path
    ) -> None:
        (errands / "fog").touch()
        QueuedTask.objects.plan([PATROL])
        run_due()
        assert only().next_at == NOON + delay_after(1)
        clock.shift(delay_after(1))
        run_due()
        assert only().next_at == NOON + delay_after(1) + PATROL.every
