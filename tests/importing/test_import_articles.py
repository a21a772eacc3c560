"""The command: what it prints and how it ends."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command

from articles.catalogue.models import Article
from articles.management.commands.import_articles import Command
from tests.importing.stories import SEED, SEED_TITLE, STATEMENT, export, story
from tests.world import NOON

pytestmark = pytest.mark.django_db

NEEDS = ["           needs source", "           needs summary"]


def run(*arguments: Path | str, **options: Any) -> tuple[int, list[str]]:
    """The exit code and the lines of ``import_articles``."""
    out = io.StringIO()
    try:
        call_command("import_articles", *map(str, arguments), stdout=out, **options)
    except SystemExit as end:
        return int(str(end.code)), out.getvalue().splitlines()
    return 0, out.getvalue().splitlines()


class ImportArticlesTests:
    def test_first_and_second_run(self) -> None:
        folder = SEED.parent
        assert run(folder) == (0, [f"created    {SEED}  {SEED_TITLE}", "1 created."])
        assert run(folder) == (0, [f"unchanged  {SEED}", "1 unchanged."])
        assert not Article.objects.published().exists()

    def test_publish(self) -> None:
        run(SEED, "--publish")
        assert Article.objects.published().count() == 1

    def test_dry_run_prints_the_plan_and_writes_nothing(self) -> None:
        lines = [f"create     {SEED}  {SEED_TITLE}", "Dry run, nothing was written: 1 to create."]
        assert run(SEED, "--dry-run") == (0, lines)
        assert not Article.objects.exists()

    def test_folder_of_broken_files(self, tmp_path: Path) -> None:
        contents: dict[str, bytes] = {
            "binary.txt": b"\x7fELF\0\0",
            "empty.txt": b"",
            "good.txt": export("Title of it", "Text.", "Updated: Jan 9").encode(),
            "later.md": story("headline: A\nreview: {product: P, score: great}").encode(),
            "nameless.txt": export("Updated: Jan 9", "Text.").encode(),
        }
        for name, raw in contents.items():
            (tmp_path / name).write_bytes(raw)
        code, lines = run(tmp_path, tmp_path / "none.txt")
        advice = "stands in its place; put the title on a line above it"
        assert code == 1
        assert lines == [
            f"error      {tmp_path}/binary.txt:1: a zero byte at offset 4: not a text file; save it as UTF-8",
            f"error      {tmp_path}/empty.txt:1: the file is empty; export the story again",
            f"created    {tmp_path}/good.txt  Title of it",
            *NEEDS,
            "           line 7: out of its place: kept in the text",
            f"error      {tmp_path}/later.md:3: score: “great” is not a number such as 8 or 7.5",
            f"error      {tmp_path}/nameless.txt:3: no title: “Updated: Jan 9” {advice}",
            f"error      {tmp_path}/none.txt: No such file or directory; check the path",
            "1 created, 5 failed.",
        ]
        assert Article.objects.get().headline == "Title of it"

    def test_changed_file_is_told_field_by_field_and_the_same_in_a_dry_run(self, tmp_path: Path) -> None:
        path = tmp_path / "a.txt"
        path.write_text(export("Title of it", "Text.", "More.", "  • Point."))
        run(path)
        path.write_text(export("Title of it", "Text.", "Other."))
        plan = [
            "           body: taken from the file",
            "              Text.",
            "              ",
            "             -More.",
            "             +Other.",
            "           bullets: taken from the file",
            "             -Point.",
            *NEEDS,
        ]
        dry = [f"update     {path}  Title of it", *plan, "Dry run, nothing was written: 1 to update."]
        assert run(path, "--dry-run") == (0, dry)
        assert run(path) == (0, [f"updated    {path}  Title of it", *plan, "1 updated."])

    def test_changed_file_of_a_published_story_is_proposed(self, tmp_path: Path) -> None:
        path = tmp_path / "a.txt"
        path.write_text(export("Title of it", "Text."))
        run(path, "--publish")
        path.write_text(export("Title of it", "[Edited] Text."))
        code, lines = run(path)
        assert (code, lines) == (
            0,
            [
                f"proposed   {path}  Title of it",
                "           the story is published: an editor decides, field by field",
                "           is_edited: proposed to an editor",
                "             -no",
                "             +yes",
                *NEEDS,
                "1 proposed.",
            ],
        )
        assert run(path)[1] == [
            f"unchanged  {path}",
            "           an editor has not decided yet on what it proposed",
            "1 unchanged.",
        ]

    def test_other_statement_is_reported_without_a_line(self, tmp_path: Path) -> None:
        run(SEED)
        (tmp_path / "a.txt").write_text(export("Title of it", "Text.", STATEMENT))
        lines = run(tmp_path)[1]
        assert any("line 7: the standing statement differs from the site's: " in line for line in lines)
        assert any("its standing statement differs" in line and "line" not in line for line in lines)

    def test_standard_input(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"Title of it\n\nText.")))
        assert run("-") == (0, ["created    standard input  Title of it", *NEEDS, "1 created."])

    def test_format_can_be_said(self, tmp_path: Path) -> None:
        path = tmp_path / "a.txt"
        path.write_text("Title of it\n\nText.")
        code, lines = run(path, "--format", "markdown")
        assert (code, "no front matter" in lines[0]) == (1, True)


class ReportTests:
    def test_one_object_with_every_field(self, tmp_path: Path) -> None:
        (tmp_path / "bad.txt").write_text(export("Updated: Jan 9"))
        (tmp_path / "good.md").write_text(
            story("headline: A\npublished_at: 2026-11-20\nsources: [S]\nauthor: B\nreview: {product: P, score: 7.5}")
        )
        code, lines = run(tmp_path, "--report", "json", "--dry-run")
        report = json.loads("\n".join(lines))
        assert code == 1
        assert report["summary"] == {"files": 2, "is_dry_run": True, "create": 1, "error": 1}
        bad, good = report["documents"]
        assert (bad["file"], bad["outcome"], bad["line"], bad["fields"]) == (f"{tmp_path}/bad.txt", "error", 3, {})
        assert bad["error"].startswith("no title: ")
        assert good["warnings"] == [{"line": 5, "message": "unknown field “author”: not read"}]
        assert (good["outcome"], good["fields"]["headline"], "error" in good) == ("create", "A", False)
        assert good["fields"]["sources"] == [{"name": "S", "url": ""}]
        assert (good["fields"]["published_at"], good["fields"]["review"]["score"]) == (
            "2026-11-20T00:00:00+00:00",
            "7.5",
        )
        assert "warnings" not in good["fields"]

    def test_changes_with_their_three_sides(self, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_text(export("Title of it", "Text."))
        run(tmp_path, "--publish")
        (tmp_path / "a.txt").write_text(export("Title of it", "Other."))
        report = json.loads("\n".join(run(tmp_path, "--report", "json")[1]))
        (document,) = report["documents"]
        assert (document["outcome"], document["slug"]) == ("proposed", "title-of-it")
        assert document["reason"].startswith("the story is published")
        assert document["changes"] == [
            {"field": "body", "base": "Text.", "ours": "Text.", "theirs": "Other.", "verdict": "propose"}
        ]
        assert report["summary"] == {"files": 1, "is_dry_run": False, "proposed": 1}

    def test_unchanged_file_is_reported_with_its_fields(self) -> None:
        run(SEED)
        (document,) = json.loads("\n".join(run(SEED, "--report", "json")[1]))["documents"]
        assert (document["outcome"], document["fields"]["headline"]) == ("unchanged", SEED_TITLE)


class AsOfTests:
    @pytest.mark.parametrize("stated", ["2026-11-20T12:00", "2026-11-20T13:00+01:00", "2026-11-20T12:00Z"])
    def test_moment(self, stated: str) -> None:
        with time_machine.travel("2026-11-22T12:00Z"):
            run(SEED, "--as-of", stated)
        assert (Article.objects.get().added_at, Article.objects.get().published_at) == (NOON, None)

    def test_day(self) -> None:
        with time_machine.travel("2026-11-22T12:00Z"):
            run(SEED, "--as-of", "2026-11-20")
        assert Article.objects.get().added_at == NOON.replace(hour=0)

    @pytest.mark.parametrize(
        "wrong",
        [
            ["a.txt", "--as-of", "Jan 9"],
            ["a.txt", "--as-of", "2999-01-01"],
            ["a.txt", "--as-of", "9999-12-31T23:59-05:00"],
            ["a.txt", "--format", "docx"],
            ["a.txt", "--report", "xml"],
        ],
    )
    def test_wrong_use_ends_with_2(self, wrong: list[str], capsys: pytest.CaptureFixture[str]) -> None:
        with time_machine.travel("2026-11-22T12:00Z"), pytest.raises(SystemExit) as end:
            Command().run_from_argv(["manage.py", "import_articles", *wrong])
        assert end.value.code == 2
        assert "error: " in capsys.readouterr().err

    def test_nothing_to_import_is_wrong_use(self) -> None:
        with pytest.raises(CommandError, match="Give at least one PATH") as caught:
            run()
        assert caught.value.returncode == 2
