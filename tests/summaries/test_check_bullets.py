"""The command that checks bullets; none of these tests may use the database."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.summaries.languages import ARTICLES
from tests.summaries.tables import BRIDGE


def run(*arguments: str) -> str:
    out = io.StringIO()
    call_command("check_bullets", *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def article(tmp_path: Path) -> str:
    path = tmp_path / "article.txt"
    path.write_text(BRIDGE, encoding="utf-8")
    return str(path)


@pytest.fixture
def bullets(tmp_path: Path) -> str:
    path = tmp_path / "bullets.txt"
    path.write_text("• 12 dead in Ohio bridge collapse\n\n  - 21 dead in Ohio bridge collapse\n", encoding="utf-8")
    return str(path)


class FileTests:
    def test_json(self, article: str, bullets: str) -> None:
        right, wrong = json.loads(run("--article", article, "--bullets", bullets, "--report", "json"))["bullets"]
        assert set(right) == {"bullet", "coverage", "level", "score", "evidence", "flags", "unchecked"}
        assert (right["bullet"], right["level"], right["flags"]) == ("12 dead in Ohio bridge collapse", "supported", [])
        assert right["score"] > wrong["score"]
        first = right["evidence"][0]
        assert BRIDGE[first["start"] : first["end"]] == first["exact"]
        assert first["field"] == "body"
        assert BRIDGE[first["end"] :].startswith(first["suffix"])
        assert wrong["flags"] == [
            {
                "kind": "number",
                "colour": "red",
                "words": ["21"],
                "reason": "“21” is in no sentence of the article.",
            }
        ]

    def test_text(self, article: str, bullets: str) -> None:
        report = run("--article", article, "--bullets", bullets)
        assert "• 21 dead in Ohio bridge collapse\n  supported, coverage " in report
        assert "  red number: “21” is in no sentence of the article.\n  [body 0-" in report

    def test_another_language_is_said(self, tmp_path: Path) -> None:
        text, (bullet, _), _ = ARTICLES["de"]
        paths = [tmp_path / "article.txt", tmp_path / "bullets.txt"]
        for path, content in zip(paths, (text, bullet), strict=True):
            path.write_text(content, encoding="utf-8")
        arguments = ("--article", str(paths[0]), "--bullets", str(paths[1]))
        assert "  not checked, as the article is not in English: negation, antonym, name\n" in run(*arguments)
        assert json.loads(run(*arguments, "--report", "json"))["bullets"][0]["unchecked"] == [
            "negation",
            "antonym",
            "name",
        ]

    def test_the_headline_is_evidence(self, article: str, tmp_path: Path) -> None:
        path = tmp_path / "one.txt"
        path.write_text("Ohio mourns", encoding="utf-8")
        report = run("--article", article, "--bullets", str(path), "--headline", "Ohio mourns", "--report", "json")
        assert json.loads(report)["bullets"][0]["evidence"][0]["field"] == "headline"

    @pytest.mark.parametrize("arguments", [[], ["--article", "a.txt"], ["--bullets", "b.txt"]])
    def test_without_files_it_says_what_to_name(self, arguments: list[str]) -> None:
        with pytest.raises(CommandError, match="--article and --bullets"):
            run(*arguments)

    def test_a_file_that_is_not_there(self, article: str) -> None:
        with pytest.raises(CommandError, match=r"nowhere\.txt can't be read \(No such file"):
            run("--article", article, "--bullets", "nowhere.txt")

    def test_a_file_in_another_encoding(self, article: str, tmp_path: Path) -> None:
        path = tmp_path / "latin.txt"
        path.write_bytes("Café".encode("latin-1"))
        with pytest.raises(CommandError, match=r"latin\.txt is not UTF-8"):
            run("--article", article, "--bullets", str(path))


class LinesTests:
    def feed(self, monkeypatch: pytest.MonkeyPatch, *lines: object) -> list[dict[str, Any]]:
        """What the command answers to these objects, or to lines as they are; an exit code of 1 is passed over."""
        written = [line if isinstance(line, str) else json.dumps(line) for line in lines]
        monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(written)))
        out = io.StringIO()
        try:
            call_command("check_bullets", "--jsonl", stdout=out)
        except SystemExit as end:
            assert end.code == 1  # noqa: PT017
        return [json.loads(line) for line in out.getvalue().splitlines()]

    def test_a_line_for_a_line(self, monkeypatch: pytest.MonkeyPatch) -> None:
        answers = self.feed(
            monkeypatch,
            {"id": 7, "article": BRIDGE, "bullets": ["12 dead", "State closed bridge"]},
            "",
            {"article": "Rain fell.", "bullets": ["Ohio mourns"], "headline": "Ohio mourns", "byline": "By Ann Wu"},
            {"id": "x", "article": "", "bullets": []},
        )
        assert [answer.get("id") for answer in answers] == [7, None, "x"]
        assert [bullet["bullet"] for bullet in answers[0]["bullets"]] == ["12 dead", "State closed bridge"]
        assert answers[1]["bullets"][0]["evidence"][0]["field"] == "headline"
        assert answers[2] == {"id": "x", "bullets": []}

    @pytest.mark.parametrize(
        ("line", "error"),
        [
            ("{", "This line is no JSON"),
            ("[1]", "has to be a JSON object"),
            ({"bullets": []}, "“article” has to be a text"),
            ({"article": "A", "bullets": "B"}, "“bullets” has to be a list of texts"),
            ({"article": "A", "bullets": [1]}, "“bullets” has to be a list of texts"),
            ({"article": "A", "bullets": [], "headline": 3}, "“headline” has to be a text"),
            ("[" * 100_000, "This line is no JSON"),
        ],
    )
    def test_a_bad_line_is_named_and_the_next_is_answered(
        self, monkeypatch: pytest.MonkeyPatch, line: object, error: str
    ) -> None:
        bad, good = self.feed(monkeypatch, line, {"id": 2, "article": "Rain fell.", "bullets": ["Rain fell."]})
        assert bad["line"] == 1
        assert error in bad["error"]
        assert good["bullets"][0]["level"] == "supported"

    def test_a_bad_line_fails_the_run(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("sys.stdin", io.StringIO("{"))
        with pytest.raises(SystemExit, match="1"):
            run("--jsonl")
