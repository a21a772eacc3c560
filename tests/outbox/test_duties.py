"""What the clock brings to this site."""

import pytest

from articles.management.duties import DUTIES
from articles.outbox.models import QueuedTask
from articles.outbox.worker import run_due

pytestmark = pytest.mark.django_db


class DutiesTests:
    def test_each_is_done_on_an_empty_site_and_comes_again(self) -> None:
        QueuedTask.objects.plan(DUTIES)
        assert run_due() == len(DUTIES)
        assert {task.task_path: (task.state, task.every) for task in QueuedTask.objects.all()} == {
            duty.task.module_path: ("waits", duty.every) for duty in DUTIES
        }
