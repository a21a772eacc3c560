"""The proof itself: what it counts, what it says last, and when it fails."""

import os
from pathlib import Path

import pytest

from tests import chromium, postgres, suite
from tests.suite import Tally

REPORT = '<testsuites><testsuite name="pytest" errors="1" failures="2" skipped="3" tests="10"/></testsuites>'


@pytest.fixture
def stages(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """A suite of no stages yet, outside of CI."""
    monkeypatch.delenv("CI", raising=False)
    stages: dict[str, object] = {}
    monkeypatch.setattr(suite, "STAGES", stages)
    return stages


def last_line(capsys: pytest.CaptureFixture[str]) -> str:
    return capsys.readouterr().out.splitlines()[-1]


class TallyTests:
    def test_errors_count_as_failures(self) -> None:
        assert suite.read_report(REPORT) == Tally(passed=4, failed=3, skipped=3)

    def test_words(self) -> None:
        assert str(Tally(passed=4)) == "4 passed, 0 failed"
        assert str(Tally(1, 2, 3, "PostgreSQL")) == "1 passed, 2 failed, 3 skipped; PostgreSQL NOT RUN"


class MainTests:
    def test_all_is_well(self, stages: dict[str, object], capsys: pytest.CaptureFixture[str]) -> None:
        stages.update(one=lambda: Tally(3), two=lambda: Tally(4, skipped=1))
        assert suite.main([]) == 0
        assert last_line(capsys) == "suite: 7 passed, 0 failed, 1 skipped"

    def test_a_failed_stage_stops_no_other(self, stages: dict[str, object], capsys: pytest.CaptureFixture[str]) -> None:
        stages.update(one=lambda: Tally(3, failed=1), two=lambda: Tally(4))
        assert suite.main([]) == 1
        assert last_line(capsys) == "suite: 7 passed, 1 failed"

    def test_one_stage_alone(self, stages: dict[str, object], capsys: pytest.CaptureFixture[str]) -> None:
        stages.update(one=lambda: Tally(3, failed=1), two=lambda: Tally(4))
        assert suite.main(["two"]) == 0
        assert last_line(capsys) == "suite: 4 passed, 0 failed"

    def test_unknown_stage(self, stages: dict[str, object]) -> None:
        stages.update(one=lambda: Tally(3))
        with pytest.raises(SystemExit, match="no stage three; the stages are one"):
            suite.main(["one", "three"])

    @pytest.mark.parametrize(("ci", "code"), [(None, 0), ("true", 1)])
    def test_without_postgresql(
        self,
        stages: dict[str, object],
        capsys: pytest.CaptureFixture[str],
        monkeypatch: pytest.MonkeyPatch,
        ci: str | None,
        code: int,
    ) -> None:
        monkeypatch.setattr(postgres, "find", lambda: None)
        monkeypatch.setattr(postgres, "apt_install", lambda _: False)
        if ci:
            monkeypatch.setenv("CI", ci)
        stages.update(sqlite=lambda: Tally(3), postgres=suite.postgres)
        assert suite.main([]) == code
        assert last_line(capsys) == "suite: 3 passed, 0 failed; PostgreSQL NOT RUN"

    def test_settings_of_the_shell_do_not_reach_the_tests(
        self, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
    ) -> None:
        for name in ("DATABASE_URL", "SITE_URL", "VAR_DIR", "KEPT"):
            monkeypatch.setenv(name, "from the shell")
        show = "import os; print(*(os.environ.get(n) for n in ('DATABASE_URL', 'SITE_URL', 'VAR_DIR', 'KEPT')))"
        assert suite.run(["python", "-c", show], {"SITE_URL": "ours"}) == 0
        assert capfd.readouterr().out == "None ours None from the shell\n"


class ChromiumTests:
    def test_a_pointer_to_a_shop_is_no_browser(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        for name, code in (("chromium-browser", 1), ("google-chrome", 0)):
            (tmp_path / name).write_text(f"#!/bin/sh\nexit {code}\n")
            (tmp_path / name).chmod(0o755)
        monkeypatch.setenv("PATH", str(tmp_path))
        assert chromium.find() == str(tmp_path / "google-chrome")

    def test_root_runs_it_without_a_sandbox(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(chromium, "find_or_install", lambda: "/usr/bin/chromium")
        for user, is_root in ((0, True), (1000, False)):
            monkeypatch.setattr(os, "geteuid", lambda user=user: user)
            options = chromium.launch_options()
            assert ("--no-sandbox" in options["args"]) is is_root
            assert options["executable_path"] == "/usr/bin/chromium"
