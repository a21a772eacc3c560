"""Programs that the tests need from the system, got by its package manager where that may be used."""

import os
import shutil
import subprocess


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
