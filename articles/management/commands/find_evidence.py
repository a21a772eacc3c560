"""Finds the passages behind the points that were imported."""

from typing import Any

from django.core.management.base import BaseCommand

from articles.summaries.ties import tie_all


class Command(BaseCommand):
    help = "Finds the passages behind points that have not been looked at. It can be stopped, and goes on from there."

    def handle(self, *args: Any, **options: Any) -> None:
        """Go on story by story, and say for how many points passages were looked for."""
        count = tie_all()
        self.stdout.write(f"Looked for the passages behind {count} point{'' if count == 1 else 's'}.")
