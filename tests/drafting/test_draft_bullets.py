"""The command that drafts bullets; none of these tests may use the database."""

import io
import json

import pytest
from django.core.management import call_command

TEXT = "The council closed the old library on Monday.\n\nIts roof had leaked for nine long years."


def run(monkeypatch: pytest.MonkeyPatch, given: str, *arguments: str) -> str:
    monkeypatch.setattr("sys.stdin", io.StringIO(given))
    out = io.StringIO()
    call_command("draft_bullets", *arguments, stdout=out)
    return out.getvalue()


class DraftBulletsTests:
    def test_one_story(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert run(monkeypatch, TEXT) == TEXT.replace("\n\n", "\n") + "\n"

    def test_many_stories(self, monkeypatch: pytest.MonkeyPatch) -> None:
        lines = [{"id": 1, "text": TEXT}, {"text": ""}]
        answers = run(monkeypatch, "\n".join(map(json.dumps, lines)), "--jsonl").splitlines()
        assert [json.loads(answer) for answer in answers] == [{"id": 1, "bullets": TEXT.split("\n\n")}, {"bullets": []}]

    def test_a_line_without_text(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        monkeypatch.setattr("sys.stdin", io.StringIO('{"id": 5}'))
        with pytest.raises(SystemExit, match="1"):
            call_command("draft_bullets", "--jsonl")
        answer = json.loads(capsys.readouterr().out)
        assert answer == {"id": 5, "line": 1, "error": "“text” has to be a text."}
