"""A newer parser over the files that are kept."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from articles.catalogue.models import Article
from articles.importing import formats
from articles.importing.documents import Document, ParseError
from articles.importing.models import ImportRun, Original
from articles.importing.pipeline import Options, Result, read_before, reparse
from articles.importing.proposals import ProposedField
from tests.importing.stories import every_row, export, run, story, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Two drafts and a published story."""
    write(tmp_path, "a.txt", export("Title a", "By Ann.", "Text of a."))
    write(tmp_path, "b.txt", export("Title b", "By Bo.", "Text of b."))
    run(tmp_path)
    run(write(tmp_path, "c.txt", export("Title c", "By Cy.", "Text of c.")), is_publishing=True)
    return tmp_path


@pytest.fixture
def newer(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A parser that takes the first paragraph for the byline, and refuses the word "refuse"."""
    parse = formats.parse

    def parse_better(text: str, *args: Any, **options: Any) -> Document:
        if "refuse" in text:
            raise ParseError(3, "no story any more")
        document = parse(text, *args, **options)
        byline, _, body = document.body.partition("\n\n")
        return replace(document, byline=byline.removeprefix("By ").rstrip("."), body=body)

    monkeypatch.setattr(formats, "parse", parse_better)
    monkeypatch.setattr(formats, "PARSER_VERSION", formats.PARSER_VERSION + 1)


def again(*names: str, **options: Any) -> list[Result]:
    return list(reparse(read_before(names), Options(**options), places=names))


def verdicts(result: Result) -> dict[str, str]:
    return {change.field: change.verdict for change in result.changes}


class ReparseTests:
    def test_present_parser_has_nothing_to_do(self, archive: Path) -> None:
        assert read_before([]) == []

    def test_drafts_take_what_the_parser_now_finds_and_published_stories_propose_it(self, newer: None) -> None:
        results = again()
        assert [(result.file, result.outcome) for result in results] == [
            ("a.txt", "updated"),
            ("b.txt", "updated"),
            ("c.txt", "proposed"),
        ]
        assert verdicts(results[0]) == {"body": "take", "byline": "take"}
        assert list(Article.objects.order_by("pk").values_list("byline", "body_text")) == [
            ("Ann", "Text of a."),
            ("Bo", "Text of b."),
            ("", "By Cy.\n\nText of c."),
        ]
        assert ProposedField.objects.undecided().count() == 2

    def test_second_time_there_is_nothing_left(self, newer: None) -> None:
        again()
        before = every_row()
        assert again() == []
        assert every_row() == before

    def test_bytes_names_and_times_of_the_originals_stay(self, newer: None) -> None:
        columns = ("file_name", "sha256", "raw", "imported_at")
        before = list(Original.objects.order_by("pk").values_list(*columns))
        again()
        assert list(Original.objects.order_by("pk").values_list(*columns)) == before

    def test_edit_stays_and_a_field_that_both_changed_waits(self, newer: None) -> None:
        Article.objects.filter(headline="Title a").update(byline="Edie", standfirst="Two.")
        result = again("a.txt")[0]
        assert (result.outcome, verdicts(result)) == (
            "conflict",
            {"standfirst": "keep", "body": "take", "byline": "conflict"},
        )
        article = Article.objects.get(headline="Title a")
        assert (article.byline, article.standfirst, article.body_text) == ("Edie", "Two.", "Text of a.")

    def test_file_names_choose(self, newer: None) -> None:
        assert [result.file for result in again("b.txt")] == ["b.txt"]
        assert [result.file for result in again("*.txt")] == ["a.txt", "c.txt"]
        assert again("none.txt") == []

    def test_dry_run_writes_nothing(self, newer: None) -> None:
        before, runs = every_row(), ImportRun.objects.count()
        assert [result.outcome for result in again(is_dry_run=True)] == ["update", "update", "propose"]
        assert (every_row(), ImportRun.objects.count()) == (before, runs)

    def test_file_that_the_parser_refuses_now_keeps_no_other_out_and_loses_nothing(self, newer: None) -> None:
        original = Original.objects.get(file_name="a.txt")
        Original.objects.filter(pk=original.pk).update(raw=bytes(original.raw) + b"refuse")
        results = again()
        assert [(result.outcome, result.line) for result in results] == [("error", 3), ("updated", 0), ("proposed", 0)]
        assert Article.objects.get(headline="Title a").body_text == "By Ann.\n\nText of a."
        assert read_before([]) == [original.pk]

    def test_format_that_was_asked_for_is_asked_for_again(self, tmp_path: Path, newer: None) -> None:
        run(write(tmp_path, "m.md", story(body="By Di.\n\nText of m.")), format="markdown")
        Original.objects.filter(file_name="m.md").update(parser_version=1, fields={})
        assert again("m.md")[0].outcome == "unchanged"
        assert Original.objects.get(file_name="m.md").fields["byline"] == "Di"

    def test_what_waits_stays_one_proposal(self, newer: None, monkeypatch: pytest.MonkeyPatch) -> None:
        again()
        waiting = list(ProposedField.objects.values())
        monkeypatch.setattr(formats, "PARSER_VERSION", formats.PARSER_VERSION + 1)
        assert [result.outcome for result in again()] == ["unchanged", "unchanged", "proposed"]
        assert list(ProposedField.objects.values()) == waiting
