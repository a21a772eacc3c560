"""``check_bullets``: find the passages behind bullets and what an editor should look at."""

import json
import sys
from argparse import ArgumentParser
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from articles.management.jsonl import Record, answer_lines, text_of
from articles.summaries.checks import check_bullet
from articles.summaries.pool import make_pool
from articles.summaries.report import FindingData, as_data, as_text
from articles.summaries.weights import english_weights

make_pool_once = lru_cache(maxsize=4)(make_pool)


class Command(BaseCommand):
    help = (
        "Checks bullets against an article: for each, the passages behind it with their offsets (in characters), the"
        " share of it that they cover, and flags with a colour, a reason and the words in question. Needs no database."
        " Either --article and --bullets name files of plain text, with a bullet a line; or with --jsonl each line of"
        ' standard input is an object {"id"?, "article", "bullets": [...], "headline"?, "byline"?}, answered by a line'
        ' {"id"?, "bullets": [...]}, or {"id"?, "line", "error"}.'
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--article", metavar="FILE", help="the article as plain text, blocks apart by blank lines")
        parser.add_argument("--bullets", metavar="FILE", help="its bullets, one a line")
        parser.add_argument("--headline", default="", help="its headline, which may bear a bullet out as well")
        parser.add_argument("--report", choices=["text", "json"], default="text")
        parser.add_argument("--jsonl", action="store_true", help="read many articles from standard input")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check and report; exits with 1 if a line of standard input could not be read."""
        if options["jsonl"]:
            self._answer_lines()
        elif options["article"] and options["bullets"]:
            article, bullets = read_text(options["article"]), read_text(options["bullets"])
            self._report(article, options["headline"], split_bullets(bullets), is_json=options["report"] == "json")
        else:
            raise CommandError("Name the files with --article and --bullets, or give --jsonl and standard input.")

    def _report(self, article: str, headline: str, bullets: list[str], *, is_json: bool) -> None:
        pool = make_pool(article, headline=headline)
        findings = [check_bullet(bullet, pool, english_weights()) for bullet in bullets]
        if is_json:
            data = {"bullets": [as_data(finding, pool) for finding in findings]}
            self.stdout.write(json.dumps(data, ensure_ascii=False, indent=2))
        else:
            self.stdout.write("\n\n".join(as_text(finding) for finding in findings))

    def _answer_lines(self) -> None:
        has_failed = False
        for answered in answer_lines(sys.stdin, check_record):
            has_failed |= "error" in answered
            self.stdout.write(json.dumps(answered, ensure_ascii=False))
        if has_failed:
            raise SystemExit(1)


def check_record(record: Record) -> dict[str, list[FindingData]]:
    """The findings of one line. Raises ValueError for one without an article or bullets."""
    bullets = record.get("bullets")
    if not isinstance(bullets, list) or not all(isinstance(bullet, str) for bullet in bullets):
        raise ValueError("“bullets” has to be a list of texts.")
    head = {name: text_of(record, name, default="") for name in ("headline", "byline")}
    pool = make_pool_once(text_of(record, "article"), **head)
    return {"bullets": [as_data(check_bullet(bullet, pool, english_weights()), pool) for bullet in bullets]}


def split_bullets(text: str) -> list[str]:
    """The bullets of a file, one a line, without their marks."""
    lines = (line.strip().lstrip("•*").removeprefix("- ").strip() for line in text.splitlines())
    return [line for line in lines if line]


def read_text(name: str) -> str:
    """The text of a file. Raises CommandError if it can't be read."""
    try:
        return Path(name).read_text(encoding="utf-8-sig")
    except OSError as error:
        raise CommandError(f"{name} can't be read ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        raise CommandError(f"{name} is not UTF-8: save it in that encoding.") from error
