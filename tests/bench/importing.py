"""What an import of many text exports costs: a first run, a second one that finds nothing new, and its memory."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from tests.bench.exports import write_exports
from tests.bench.figures import Figure
from tests.system import ROOT, clean_environment


class Cost(NamedTuple):
    """Seconds of wall clock and of processor time, and the most memory held at once, in megabytes."""

    wall: float
    cpu: float
    peak: float


def importing(size: int) -> Iterator[Figure]:
    """The first and the second import of ``size`` generated exports into a fresh SQLite file, each as one command."""
    with tempfile.TemporaryDirectory(prefix="newsroom-bench-") as name:
        folder = Path(name)
        exports = folder / "exports"
        exports.mkdir()
        write_exports(exports, size)
        manage(folder, ["migrate", "--verbosity", "0"])
        first, again = (manage(folder, ["import_articles", str(exports)]) for _ in range(2))
    yield Figure(f"import.{size}.wall", first.wall, "s")
    yield Figure(f"import.{size}.cpu", first.cpu, "s")
    yield Figure(f"import.{size}.peak", max(first.peak, again.peak), "MB")
    yield Figure(f"import.{size}.again", again.wall, "s")
    yield Figure(f"import.{size}.again.cpu", again.cpu, "s")


def manage(folder: Path, arguments: Sequence[str]) -> Cost:
    """Run a management command on the site that keeps its data in ``folder``; raise RuntimeError if it fails."""
    environment = {**clean_environment(), "VAR_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "tests.settings"}
    start = time.monotonic()
    child = subprocess.Popen(
        [sys.executable, "manage.py", *arguments], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise RuntimeError(f"{' '.join(arguments)} ended with {child.returncode}.")
    # Linux counts the peak in kilobytes, other systems in bytes.
    megabyte = 1024 if sys.platform == "linux" else 1024 * 1024
    return Cost(time.monotonic() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / megabyte)
