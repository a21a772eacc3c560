"""The whole proof of the site, stage after stage: ``python -m tests.suite [STAGE…]``, which ``make test`` calls.

Every stage runs, whatever became of the ones before it. The last line adds up what passed and what failed; the
exit code is 0 only if nothing failed.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from signal import SIGTERM, signal
from typing import NoReturn
from xml.etree import ElementTree

from tests import messages
from tests.chromium import find_or_install
from tests.postgres import Unavailable, cluster
from tests.system import ROOT, clean_environment

# ruff: noqa: T201 (it speaks to the person at the terminal)

BIN = Path(sys.executable).parent
# One worker a core; beyond a few, making their databases takes longer than it saves.
WORKERS = ("-n", "auto", "--maxprocesses", "6")


@dataclass(frozen=True)
class Tally:
    """What came of a stage; ``not_run`` names what could not be had."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0
    not_run: str = ""

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.passed + other.passed,
            self.failed + other.failed,
            self.skipped + other.skipped,
            ", ".join(filter(None, (self.not_run, other.not_run))),
        )

    def __str__(self) -> str:
        words = f"{self.passed} passed, {self.failed} failed"
        if self.skipped:
            words += f", {self.skipped} skipped"
        return f"{words}; {self.not_run} NOT RUN" if self.not_run else words


def main(wanted: Sequence[str]) -> int:
    """Run the stages in ``wanted`` (all if empty); return the exit code."""
    unknown = set(wanted) - set(STAGES)
    if unknown:
        sys.exit(f"There is no stage {', '.join(sorted(unknown))}; the stages are {', '.join(STAGES)}.")
    tallies = {name: timed(name) for name in STAGES if not wanted or name in wanted}
    print()
    for name, tally in tallies.items():
        print(f"{name}: {tally}")
    total = sum(tallies.values(), start=Tally())
    print(f"suite: {total}", flush=True)
    return int(total.failed > 0 or (bool(total.not_run) and "CI" in os.environ))


def stop(number: int, frame: object) -> NoReturn:
    """Leave by the usual way when asked to end, so that servers are stopped and folders removed."""
    sys.exit(128 + number)


def timed(name: str) -> Tally:
    """Run one stage under a heading; say how long it took."""
    print(f"\n===== {name} =====", flush=True)
    start = time.monotonic()
    tally = STAGES[name]()
    print(f"===== {name}: {tally} in {time.monotonic() - start:.0f} s =====", flush=True)
    return tally


def lint() -> Tally:
    """Format, lint, types, templates, migrations, the checks of a site that is deployed, and the catalogues."""
    templates = subprocess.run(
        ["git", "ls-files", "templates/*.html"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    tally = Tally()
    for step in (
        ["ruff", "format", "--check", "--quiet", "."],
        ["ruff", "check", "--quiet", "."],
        ["mypy"],
        ["djade", "--check", "--target-version", "5.2", *templates.stdout.split()],
        ["python", "manage.py", "makemigrations", "--check", "--dry-run"],
        ["python", "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
    ):
        print("$", *step[:4], flush=True)
        is_clean = run(step, {"DJANGO_SETTINGS_MODULE": "tests.settings", "SITE_URL": "https://news.example"}) == 0
        tally += Tally(passed=1) if is_clean else Tally(failed=1)
    return tally + catalogues()


def catalogues() -> Tally:
    """The words of the interface: gathered, translated and compiled."""
    print("$ python -m tests.messages", flush=True)
    try:
        messages.find_or_install()
    except messages.Unavailable as why:
        print(why)
        return Tally(not_run="gettext")
    faults = messages.faults(ROOT)
    print(*faults[:20], *([f"and {len(faults) - 20} more"] if len(faults) > 20 else []), sep="\n")
    return Tally(failed=1) if faults else Tally(passed=1)


def sqlite() -> Tally:
    """Every test but the browser's, on SQLite."""
    return pytest("tests", "--ignore=tests/browser", *WORKERS)


def postgres() -> Tally:
    """The same tests on PostgreSQL."""
    with ExitStack() as stack:
        try:
            url = stack.enter_context(cluster())
        except Unavailable as why:
            print(why)
            return Tally(not_run="PostgreSQL")
        return pytest("tests", "--ignore=tests/browser", *WORKERS, env={"DATABASE_URL": url})


def browser() -> Tally:
    """The site as ``make run`` serves it, in Chromium."""
    print(f"Chromium: {find_or_install() or 'the one that Playwright installed'}", flush=True)
    return pytest("tests/browser", "-n", "2", "--dist", "loadfile")


def pytest(*arguments: str, env: Mapping[str, str] | None = None) -> Tally:
    """Run pytest; count from its report. A run that ends without a report, or wrongly, counts as one failure."""
    with tempfile.TemporaryDirectory(prefix="newsroom-suite-") as folder:
        report = Path(folder) / "report.xml"
        code = run(["pytest", "-q", f"--junit-xml={report}", *arguments], env or {})
        if not report.exists():
            return Tally(failed=1)
        tally = read_report(report.read_text(encoding="utf-8"))
    return tally + Tally(failed=1) if code and not tally.failed else tally


def read_report(xml: str) -> Tally:
    """The counts of a JUnit report, as pytest writes it: errors count as failures."""
    tally = Tally()
    for suite in ElementTree.fromstring(xml).iter("testsuite"):  # noqa: S314 (our own pytest wrote it)
        count = {name: int(suite.get(name, "0")) for name in ("tests", "failures", "errors", "skipped")}
        failed = count["failures"] + count["errors"]
        tally += Tally(count["tests"] - failed - count["skipped"], failed, count["skipped"])
    return tally


def run(command: Sequence[str], env: Mapping[str, str]) -> int:
    """Run a program of the environment in the root folder, with ``env`` alone for settings; return its exit code."""
    program, *arguments = command
    environment = {**clean_environment(), **env}
    return subprocess.run([BIN / program, *arguments], cwd=ROOT, env=environment, check=False).returncode


STAGES: dict[str, Callable[[], Tally]] = {
    "lint": lint,
    "sqlite": sqlite,
    "postgres": postgres,
    "browser": browser,
}

if __name__ == "__main__":
    signal(SIGTERM, stop)
    sys.exit(main(sys.argv[1:]))
