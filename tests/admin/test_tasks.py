"""The queue in the admin: what failed, why, and running it again."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from articles.outbox.models import QueuedTask
from articles.outbox.worker import run_due
from tests.admin.sheets import messages_of
from tests.outbox.errands import PATROL, run_errand, stumble
from tests.world import desk, edie, max_admin

pytestmark = pytest.mark.django_db
LIST = "/admin/articles/queuedtask/"
FAILED_LINE = "1 task failed: see why, and run it again"


@pytest.fixture
def failed() -> QueuedTask:
    """A task that has been attempted for the third and last time."""
    stumble.enqueue(7)
    QueuedTask.objects.update(worker_ids=["a", "b"])
    run_due()
    return QueuedTask.objects.get()


@pytest.fixture(autouse=True)
def _no_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ERRANDS", "/nowhere")


def run_again(task: QueuedTask, client: Client) -> Any:
    return client.post(LIST, {"action": "run_selected_again", "_selected_action": [str(task.pk)]})


class ListTests:
    def test_says_what_when_and_why(self, failed: QueuedTask) -> None:
        page = desk().get(LIST, {"state": "failed"}).text
        for words in ("Stumble 7", "Failed", "smtplib.SMTPRecipientsRefused"):
            assert words in page
        assert "rita@" not in page
        assert desk().get(LIST, {"state": "waiting"}).context["cl"].result_count == 0

    def test_duty_says_how_often_it_is_due(self) -> None:
        QueuedTask.objects.plan([PATROL])
        assert "Patrol, every 0:00:20" in desk().get(LIST).text

    def test_whole_trace_stands_on_a_page_that_changes_nothing(self, failed: QueuedTask) -> None:
        page = desk().get(f"{LIST}{failed.pk}/change/").text
        assert "Traceback (most recent call last)" in page
        assert 'name="_save"' not in page

    def test_library_page_of_the_same_rows_is_not_there(self) -> None:
        assert desk(max_admin()).get("/admin/django_tasks_database/dbtaskresult/").status_code == 404


class RunAgainTests:
    def test_task_is_due_at_once(self, failed: QueuedTask) -> None:
        answer = run_again(failed, desk())
        assert messages_of(answer) == ["To be run again: 1."]
        assert list(QueuedTask.objects.due()) == [failed]

    def test_not_without_the_right(self, failed: QueuedTask) -> None:
        user = edie()
        user.user_permissions.remove(Permission.objects.get(codename="change_queuedtask"))
        run_again(failed, desk(user))
        assert not QueuedTask.objects.due().exists()


class DropTests:
    def test_only_what_was_given_up(self, failed: QueuedTask) -> None:
        run_errand.enqueue(1)
        waiting = QueuedTask.objects.due().get()
        client = desk(max_admin())
        for task in (waiting, failed):
            client.post(f"{LIST}{task.pk}/delete/", {"post": "yes"})
        assert list(QueuedTask.objects.all()) == [waiting]


class DeskTests:
    def test_first_page_names_failed_tasks_if_there_are_any(self, failed: QueuedTask) -> None:
        assert FAILED_LINE in desk().get("/admin/").text
        QueuedTask.objects.all().delete()
        assert "failed" not in desk().get("/admin/").text
