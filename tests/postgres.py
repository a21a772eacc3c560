"""A PostgreSQL of its own for a run of the tests: a temporary cluster, reached by a socket in a private folder."""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from tests.system import apt_install

OLDEST = 15
USER = "newsroom"
# A cluster that is thrown away has nothing to save from a power cut.
OPTIONS = "-F -c listen_addresses='' -c synchronous_commit=off -c full_page_writes=off -c autovacuum=off"


class Unavailable(Exception):  # noqa: N818 (it says what is the matter)
    """There is no PostgreSQL to be had, and why."""


@contextmanager
def cluster() -> Iterator[str]:
    """Make a cluster and run its server; give the ``DATABASE_URL``; stop and remove it afterwards.

    The server refuses to run as root, so root runs it as the user that Debian makes for it, or as nobody. Raises
    Unavailable if no PostgreSQL of version 15 or later is installed or can be, or if it does not start.
    """
    programs = find_or_install()
    with tempfile.TemporaryDirectory(prefix="newsroom-pg-", dir=short_tmp(), ignore_cleanup_errors=True) as name:
        folder = Path(name)
        owner = unprivileged_user()
        if owner:
            shutil.chown(folder, owner)
        data = folder / "data"
        run(
            [
                programs / "initdb",
                "-D",
                data,
                "-U",
                USER,
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--locale=C.UTF-8",
                "-N",
            ],
            folder,
            owner,
        )
        control: list[str | Path] = [programs / "pg_ctl", "-D", data, "-l", folder / "log", "-w"]
        try:
            run([*control, "-o", f"{OPTIONS} -k {folder}", "start"], folder, owner)
            yield f"postgres://{USER}@{quote(name, safe='')}/postgres"
        finally:
            subprocess.run(
                [*control, "-m", "immediate", "stop"],
                cwd=folder,
                user=owner,
                capture_output=True,
                check=False,
            )


def find_or_install() -> Path:
    """The folder that holds ``initdb`` and ``pg_ctl`` of version 15 or later."""
    found = find() or (find() if apt_install("postgresql") else None)
    if not found:
        raise Unavailable(f"PostgreSQL {OLDEST} or later is not installed: apt install postgresql")
    return found


def find() -> Path | None:
    """The newest PostgreSQL on the path or where Debian keeps its versions side by side."""
    on_path = shutil.which("initdb")
    folders = [Path(on_path).resolve().parent] if on_path else []
    folders += Path("/usr/lib/postgresql").glob("*/bin")
    fit = {version: folder for folder in folders if (version := version_in(folder)) >= OLDEST}
    return fit[max(fit)] if fit else None


def version_in(folder: Path) -> int:
    """The major version of the PostgreSQL in ``folder``, 0 where there is no server."""
    if not ((folder / "initdb").exists() and (folder / "pg_ctl").exists()):
        return 0
    said = subprocess.run([folder / "initdb", "--version"], capture_output=True, text=True, check=False).stdout
    number = re.search(r"\d+", said)
    return int(number[0]) if number else 0


def unprivileged_user() -> str | None:
    """Who runs the server: None for the user at hand, unless that is root."""
    if os.geteuid() != 0:
        return None
    names = Path("/etc/passwd").read_text(encoding="utf-8")
    return "postgres" if re.search(r"^postgres:", names, re.MULTILINE) else "nobody"


def short_tmp() -> str | None:
    """A folder whose name is short enough for a socket (107 bytes in all)."""
    return "/tmp" if len(tempfile.gettempdir()) > 60 else None  # noqa: S108 (mkdtemp makes a private folder in it)


def run(command: Sequence[str | Path], folder: Path, owner: str | None) -> None:
    """Run a program of PostgreSQL in its folder as its owner; raise Unavailable with what it said if it fails."""
    said = folder / "said"
    with said.open("wb") as file:
        done = subprocess.run(command, cwd=folder, user=owner, stdout=file, stderr=file, check=False)
    if done.returncode:
        log = folder / "log"
        words = said.read_text(errors="replace") + (log.read_text(errors="replace") if log.exists() else "")
        raise Unavailable(f"{Path(command[0]).name} failed:\n{words}")
