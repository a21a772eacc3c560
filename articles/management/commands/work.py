"""Runs queued tasks and periodic duties."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from articles.management.duties import DUTIES
from articles.outbox.models import QueuedTask
from articles.outbox.worker import Worker


class Command(BaseCommand):
    help = "Runs queued tasks and periodic duties until it is stopped. Any number of workers may run side by side."

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--once", action="store_true", help="run what is due, then end")
        what.add_argument("--failed", action="store_true", help="list the tasks that failed; run nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        """Work, or list: a line for each task that failed, with its time and the reason."""
        if options["failed"]:
            self._list_failed()
        else:
            Worker(DUTIES).work(once=options["once"])

    def _list_failed(self) -> None:
        failed = list(QueuedTask.objects.failed())
        for task in failed:
            self.stdout.write(f"{task.started_at:%Y-%m-%d %H:%M} UTC  {task}: {task.state}. {task.why}")
        if not failed:
            self.stdout.write("No task has failed.")
