"""How far an import has come."""

import io

import pytest

from articles.importing.progress import shown


class Terminal(io.StringIO):
    """A terminal that keeps what is shown."""

    def isatty(self) -> bool:
        return True


def go_through(items: list[str]) -> str:
    """Write each of ``items`` to standard output; what was written there."""
    out = io.StringIO()
    with shown(items, lambda line: out.write(f"{line}\n")) as (left, write):
        for item in left:
            write(f"[b]{item}[/b]")
    return out.getvalue()


class ShownTests:
    def test_without_a_terminal_there_is_no_bar(self, monkeypatch: pytest.MonkeyPatch) -> None:
        error = io.StringIO()
        monkeypatch.setattr("sys.stderr", error)
        assert go_through(["a", "b"]) == "[b]a[/b]\n[b]b[/b]\n"
        assert error.getvalue() == ""

    def test_bar_goes_to_standard_error_alone(self, monkeypatch: pytest.MonkeyPatch) -> None:
        error = Terminal()
        monkeypatch.setattr("sys.stderr", error)
        monkeypatch.setattr("sys.stdout", io.StringIO())
        assert go_through(["a", "b"]) == "[b]a[/b]\n[b]b[/b]\n"
        assert "2/2" in error.getvalue()
        assert "[b]" not in error.getvalue()

    def test_on_one_terminal_lines_go_above_the_bar(self, monkeypatch: pytest.MonkeyPatch) -> None:
        error = Terminal()
        monkeypatch.setattr("sys.stderr", error)
        monkeypatch.setattr("sys.stdout", Terminal())
        long = "x" * 200
        assert go_through(["a", long]) == ""
        assert "[b]a[/b]\n" in error.getvalue()
        assert f"[b]{long}[/b]\n" in error.getvalue()
