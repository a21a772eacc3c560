"""The system's Chromium for the browser tests, installed where it is missing."""

import os
import shutil
import subprocess
import sys
from typing import Any

from tests.system import apt_install

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Nothing of the browser's own may reach out of the machine or ask questions.
ARGUMENTS = (
    "--disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update"
    " --disable-sync"
).split()


def launch_options() -> dict[str, Any]:
    """The arguments for Playwright's ``launch``: which program, and with what switches.

    Root has no use for the sandbox: Chromium refuses to start with it.
    """
    arguments = [*ARGUMENTS, "--no-sandbox"] if os.geteuid() == 0 else ARGUMENTS
    executable = find_or_install()
    return {"args": arguments, **({"executable_path": executable} if executable else {})}


def find_or_install() -> str:
    """The path of a Chromium, or "" for the one that Playwright has installed and finds by itself.

    Raises CalledProcessError if none can be had: the browser tests are never skipped.
    """
    found = find() or (find() if apt_install("chromium") else "")
    if not found:
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=True)
    return found


def find() -> str:
    """The first Chromium on the path that starts; some systems hold a mere pointer to a shop under that name."""
    for name in NAMES:
        path = shutil.which(name)
        if path and subprocess.run([path, "--version"], capture_output=True, check=False).returncode == 0:
            return path
    return ""
