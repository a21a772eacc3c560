"""``rebuild_search_index``: make the search index anew."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection

from articles.publishing import generation
from articles.search import index


class Command(BaseCommand):
    help = "Makes the search index and its triggers anew and fills it. Safe at any time; searches wait for it."

    def handle(self, *args: Any, **options: Any) -> None:
        count = index.install(connection)
        generation.begin()
        self.stdout.write(f"The search index holds {count} stor{'y' if count == 1 else 'ies'}.")
