"""The record of what imports did."""

from pathlib import Path

import pytest
import time_machine

from articles.catalogue.models import Article
from articles.importing.models import ImportedDocument, ImportRun
from articles.importing.pipeline import Options, import_files
from articles.importing.results import MESSAGE_LENGTH, MOST_WARNINGS
from tests.importing.stories import export, run, write
from tests.world import NOON, edie

pytestmark = pytest.mark.django_db


class ImportRunTests:
    def test_run_is_recorded_with_all_that_came_of_it(self, tmp_path: Path) -> None:
        write(tmp_path, "a.txt", export("Title a", "Text.", "Updated: Jan 9"))
        write(tmp_path, "b.txt", export("Updated: Jan 9"))
        with time_machine.travel(NOON, tick=False):
            run(write(tmp_path, "c.txt", export("Title c", "Text.")))
            write(tmp_path, "c.txt", export("Title c", "More."))
            write(tmp_path, "d.txt", export("Title c", "More."))
            list(import_files([str(tmp_path)], Options(as_of=NOON), by=edie()))
        record = ImportRun.objects.first()
        assert record
        assert (record.started_at, record.finished_at, record.by) == (NOON, NOON, edie())
        assert record.places == [str(tmp_path)]
        assert (record.options["as_of"], record.options["is_publishing"]) == ("2026-11-20T12:00:00+00:00", False)
        assert record.totals == {"created": 1, "error": 1, "updated": 1, "unchanged": 1}
        created, failed, updated = record.documents.all()
        assert (created.file, created.outcome) == (f"{tmp_path}/a.txt", "created")
        assert created.article == Article.objects.get(headline="Title a")
        assert created.warnings == [
            [0, "needs source"],
            [0, "needs summary"],
            [7, "out of its place: kept in the text"],
        ]
        assert (failed.outcome, failed.article, failed.line) == ("error", None, 3)
        assert failed.message.startswith("no title")
        assert (updated.outcome, updated.changes) == ("updated", [{"field": "body", "verdict": "take"}])

    def test_run_that_is_stopped_shows_what_it_had_done(self, tmp_path: Path) -> None:
        for name in "abc":
            write(tmp_path, f"{name}.txt", export(f"Title {name}", "Text."))
        results = import_files([str(tmp_path)], Options())
        next(results)
        next(results)
        record = ImportRun.objects.get()
        assert (record.finished_at, record.totals) == (None, {})
        assert [row.article for row in record.documents.all()] == list(Article.objects.order_by("pk"))

    def test_row_comes_and_goes_with_its_story(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(*args: object, **kwargs: object) -> None:
            raise RecursionError

        write(tmp_path, "a.txt", export("Title a", "Text."))
        monkeypatch.setattr(ImportedDocument, "__str__", lambda row: row.outcome)
        with monkeypatch.context() as patch:
            patch.setattr("articles.importing.store.import_points", refuse)
            run(tmp_path)
        assert [str(row) for row in ImportedDocument.objects.all()] == ["error"]
        run(tmp_path)
        assert [str(row) for row in ImportedDocument.objects.all()] == ["error", "created"]
        Article.objects.get().delete()
        assert [row.article for row in ImportedDocument.objects.all()] == [None, None]

    def test_what_is_kept_of_a_document_is_bounded(self, tmp_path: Path) -> None:
        strange = [f"{'x' * 600} and {number}" for number in range(MOST_WARNINGS + 9)]
        fields = "".join(f"{name}: 1\n" for name in strange)
        path = write(tmp_path, "a.md", f"---\nheadline: H\n{fields}---\nText.\n")
        (result,) = run(path)
        assert len(result.warnings) == MOST_WARNINGS + 9
        row = ImportedDocument.objects.get()
        assert len(row.warnings) == MOST_WARNINGS
        assert {len(message) for _, message in row.warnings} == {MESSAGE_LENGTH}

    def test_run_without_news_is_a_line_of_the_history_and_no_more(self, tmp_path: Path) -> None:
        write(tmp_path, "a.txt", export("Title a", "Text."))
        run(tmp_path)
        rows = ImportedDocument.objects.count()
        run(tmp_path)
        newest = ImportRun.objects.first()
        assert newest
        assert (newest.totals, ImportedDocument.objects.count()) == ({"unchanged": 1}, rows)
