"""Imports stories and outlets from files and addresses."""

from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from articles.importing.formats import FORMATS
from articles.importing.pipeline import Options, Result, import_from, read_before, reparse
from articles.importing.places import find
from articles.importing.progress import Write, shown
from articles.importing.report import Report, as_json, as_text


class Command(BaseCommand):
    help = "Imports stories, and outlets from lists, out of files, folders, web addresses or - (standard input)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="*", metavar="PATH")
        parser.add_argument("--format", choices=["auto", *FORMATS], default="auto", help="auto: by each file's content")
        parser.add_argument("--dry-run", action="store_true", help="say what would be done; write nothing")
        parser.add_argument(
            "--as-of", type=read_moment, metavar="DATE", help="when the export was taken: orders lists, dates no story"
        )
        parser.add_argument("--publish", action="store_true", help="publish the new stories; else they are drafts")
        parser.add_argument(
            "--reparse",
            action="store_true",
            help="read anew the kept files that an older parser read; PATH is then the name of one, * for any signs",
        )
        parser.add_argument("--report", choices=["text", "json"], default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import and report; exits with 1 if a file failed, with 2 if there is nothing to import."""
        if not options["paths"] and not options["reparse"]:
            raise CommandError(
                "Give at least one PATH: a file, a folder, a web address or - for standard input.", returncode=2
            )
        is_json = options["report"] == "json"
        how = Options(options["format"], options["dry_run"], options["publish"], is_json, options["as_of"])
        self.has_failed = False
        work = self._reparse if options["reparse"] else self._import
        work(options["paths"], how, as_json if is_json else as_text)
        if self.has_failed:
            raise SystemExit(1)

    def _import(self, places: list[str], how: Options, report: Report) -> None:
        with shown(list(find(places)), self.stdout.write) as (files, write):
            self._print(import_from(files, how, places=places), how, report, write)

    def _reparse(self, names: list[str], how: Options, report: Report) -> None:
        with shown(read_before(names), self.stdout.write) as (originals, write):
            self._print(reparse(originals, how, places=["kept originals", *names]), how, report, write)

    def _print(self, results: Iterable[Result], how: Options, report: Report, write: Write) -> None:
        for piece in report(self._watched(results), is_dry_run=how.is_dry_run):
            write(piece)

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
