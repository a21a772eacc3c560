"""Imports stories from files."""

from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from articles.importing.formats import FORMATS
from articles.importing.pipeline import Options, Result, import_files
from articles.importing.report import as_json, as_text


class Command(BaseCommand):
    help = "Imports stories from files, from the .txt and .md files of folders, or from - (standard input)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", metavar="PATH")
        parser.add_argument("--format", choices=["auto", *FORMATS], default="auto", help="auto: by each file's content")
        parser.add_argument("--dry-run", action="store_true", help="say what would be done; write nothing")
        parser.add_argument(
            "--as-of", type=read_moment, metavar="DATE", help="when the export was taken: orders lists, dates no story"
        )
        parser.add_argument("--publish", action="store_true", help="publish the new stories; else they are drafts")
        parser.add_argument("--report", choices=["text", "json"], default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import and report; exits with 1 if a file failed."""
        is_dry_run, is_json = options["dry_run"], options["report"] == "json"
        how = Options(options["format"], is_dry_run, options["publish"], is_json, options["as_of"])
        self.has_failed = False
        results = self._watched(import_files(options["paths"], how))
        for piece in (as_json if is_json else as_text)(results, is_dry_run=is_dry_run):
            self.stdout.write(piece)
        if self.has_failed:
            raise SystemExit(1)

    def _watched(self, results: Iterable[Result]) -> Iterator[Result]:
        """``results``, noting whether one of them is an error."""
        for result in results:
            self.has_failed |= result.is_error
            yield result


def read_moment(stated: str) -> datetime:
    """A day, or a day and time, in the site's time zone unless it says otherwise; not later than now."""
    try:
        moment = datetime.fromisoformat(stated)
        aware = moment if moment.tzinfo else timezone.make_aware(moment)
        is_past = aware <= timezone.now()
    except (ValueError, OverflowError):
        raise ArgumentTypeError(f"“{stated}” is not a date such as 2026-11-21 or 2026-11-21T09:30") from None
    if not is_past:
        raise ArgumentTypeError(f"“{stated}” lies in the future: give the day on which the export was taken")
    return aware
