"""Asks the outlets' feeds for new items."""

from typing import Any

from django.core.management.base import BaseCommand

from articles.importing.polling import poll_due


class Command(BaseCommand):
    help = "Asks each outlet's feed whose time has come; new items become drafts."

    def handle(self, *args: Any, **options: Any) -> None:
        """Ask, and print a line for each feed."""
        for poll in poll_due():
            self.stdout.write(f"{poll.source.name}: {poll.note}")
