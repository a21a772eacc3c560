"""Writes the published site as JSON Lines."""

from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from articles.importing.exporting import ExportError, records
from articles.importing.files import STANDARD_INPUT
from articles.importing.formats.site_lines import dump


class Command(BaseCommand):
    help = "Writes every published story with all that belongs to it as JSON Lines, which import_articles reads."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", nargs="?", default=STANDARD_INPUT, metavar="PATH", help="-: standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        """Export; a file comes to stand at PATH only when it is whole. Exits with 1 if something can't be read."""
        try:
            if options["path"] == STANDARD_INPUT:
                for line in lines():
                    self.stdout.write(line)
            else:
                write(Path(options["path"]))
        except (ExportError, OSError) as error:
            raise CommandError(str(error)) from error


def lines() -> Iterator[str]:
    """The lines of the export, without their ends."""
    return map(dump, records())


def write(path: Path) -> None:
    """Write the export beside ``path`` and put it in its place."""
    unfinished = path.with_name(f"{path.name}.unfinished")
    try:
        with unfinished.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(f"{line}\n" for line in lines())
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
