"""What the tests take from the system: a clean environment, and programs, by its package manager where they may."""

import os
import re
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def clean_environment() -> dict[str, str]:
    """The environment without the site's settings: those of the calling shell must not reach the tests."""
    text = (ROOT / "newsroom" / "settings.py").read_text(encoding="utf-8")
    names = {"VAR_DIR", "DJANGO_SETTINGS_MODULE", *re.findall(r'env\.\w+\("(\w+)"', text)}
    return {name: value for name, value in os.environ.items() if name not in names}


def apt_install(package: str) -> bool:
    """Install a Debian package if this process is root and the system has apt; whether it worked."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    print(f"Installing {package} with apt-get", flush=True)  # noqa: T201 (it takes a while)
    return apt("install", "--yes", package) or (apt("update") and apt("install", "--yes", package))


def apt(*arguments: str) -> bool:
    """Run apt-get without questions; whether it ended well."""
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    return (
        subprocess.run(["apt-get", "--quiet=2", *arguments], env=env, stdin=subprocess.DEVNULL, check=False).returncode
        == 0
    )
