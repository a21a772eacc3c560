"""Writes the list of sources."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from articles.catalogue.models import Source
from articles.importing.formats import opml


class Command(BaseCommand):
    help = "Writes the list of sources as OPML to standard output; import_articles reads it back."

    def handle(self, *args: Any, **options: Any) -> None:
        """Write it."""
        written = opml.write(Source.objects.order_by("slug"), f"Sources of {settings.SITE_NAME}")
        self.stdout.write(written.decode(), ending="")
