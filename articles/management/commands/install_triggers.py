"""``install_triggers``: put the triggers of the database in order."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection

from articles.search import index
from articles.web import triggers


class Command(BaseCommand):
    help = (
        "Makes the triggers of the database anew where they are missing or differ; where those of the search index "
        "were, it fills the index anew. Safe at any time."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        names = triggers.install(connection)
        if any(name.startswith(index.PREFIX) for name in names):
            index.install(connection)
        self.stdout.write(f"Put in order: {', '.join(names)}." if names else "Every trigger is in order.")
