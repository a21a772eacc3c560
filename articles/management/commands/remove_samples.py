"""Removes the sample stories."""

from typing import Any

from django.core.management.base import BaseCommand

from articles.corrections import acts


class Command(BaseCommand):
    help = "Removes the sample stories for good, with the topics and sources that no other story has."

    def handle(self, *args: Any, **options: Any) -> None:
        """Remove and say how many."""
        stories, topics, sources = acts.remove_samples()
        self.stdout.write(f"Removed: {stories} sample stories, {topics} topics and {sources} sources.")
