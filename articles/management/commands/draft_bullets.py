"""``draft_bullets``: pick the sentences of a story that could be its bullets."""

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from articles.drafting.extractive import draft_bullets
from articles.management.jsonl import Record, answer_lines, text_of
from articles.summaries.weights import english_weights


class Command(BaseCommand):
    help = (
        "Drafts three to five bullets for a story, out of its own sentences, and prints them one a line. Needs neither"
        " database nor network. The story is plain text on standard input, blocks apart by blank lines; with --jsonl"
        ' each line is an object {"id"?, "text"}, answered by a line {"id"?, "bullets": [...]}, or'
        ' {"id"?, "line", "error"}.'
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--jsonl", action="store_true", help="read many stories, one JSON object a line")

    def handle(self, *args: Any, **options: Any) -> None:
        """Draft and print; exits with 1 if a line could not be read."""
        if not options["jsonl"]:
            self.stdout.write("\n".join(draft_bullets(sys.stdin.read(), english_weights())))
            return
        has_failed = False
        for answered in answer_lines(sys.stdin, draft_record):
            has_failed |= "error" in answered
            self.stdout.write(json.dumps(answered, ensure_ascii=False))
        if has_failed:
            raise SystemExit(1)


def draft_record(record: Record) -> dict[str, list[str]]:
    """The draft for one line. Raises ValueError for one without a text."""
    return {"bullets": draft_bullets(text_of(record, "text"), english_weights())}
