"""Makes ``var/local.env`` for a local run: ``python -m newsroom.local``.

Kept out of the management commands because those need the settings, which need this file.
"""

import os
import secrets
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(os.environ.get("VAR_DIR") or BASE_DIR / "var")
LOCAL_ENV = VAR_DIR / "local.env"


def write_local_env() -> None:
    """Write a fresh secret key and the local host names, readable by the owner alone, unless the file is there."""
    VAR_DIR.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(LOCAL_ENV, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(f"SECRET_KEY={secrets.token_urlsafe(64)}\nALLOWED_HOSTS=localhost,127.0.0.1\n")


if __name__ == "__main__":
    write_local_env()
