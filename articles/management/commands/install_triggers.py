"""``install_triggers``: put the triggers of the database in order."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection

from articles.catalogue import listings
from articles.search import index
from articles.web import triggers


class Command(BaseCommand):
    help = (
        "Makes the triggers of the database anew where they are missing or differ; where those of the search index "
        "or of the lists of topics and sources were, it fills these anew. Safe at any time."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        names = triggers.install(connection)
        if any(name.startswith(index.PREFIX) for name in names):
            index.install(connection)
        if any(name.startswith(listings.PREFIX) for name in names):
            listings.fill(connection)
        self.stdout.write(f"Put in order: {', '.join(names)}." if names else "Every trigger is in order.")
