"""Counts in how many stories each word is found."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from articles.summaries.word_counts import count_words, is_count_due


class Command(BaseCommand):
    help = "Counts the words of all stories, for what they weigh in the search for evidence. It can be stopped."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--if-due", action="store_true", help="only if the number of stories has changed by a tenth"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Count, or say that there is no need to."""
        if options["if_due"] and not is_count_due():
            self.stdout.write("The words were counted not long ago.")
            return
        count = count_words()
        self.stdout.write(f"Counted the words of {count} stor{'y' if count == 1 else 'ies'}.")
