"""The local site, from nothing to served: ``python -m newsroom.serve --port 8000``, which ``make run`` calls.

Everything is done in one process, because each start of Django costs half a second; that process then becomes
the server.
"""

import argparse
import hashlib
import os
import socket
import sys
from pathlib import Path

import django
from django.core.management import call_command
from environs import Env

from newsroom.local import LOCAL_ENV, VAR_DIR, write_local_env

HOST = "127.0.0.1"
# As many as granian holds to be sane for so many cores; each keeps a connection to the database of its own.
THREADS = min(8, 2 * (os.cpu_count() or 1) + 1)


def main() -> None:
    """Set the site up, then serve it until it is interrupted."""
    parser = argparse.ArgumentParser(description="Set up the local site and serve it.")
    parser.add_argument("--port", type=int, default=8000)
    port = parser.parse_args().port
    if not is_free(port):
        sys.exit(f"Port {port} is taken by another program. Choose another one: make run PORT={port + 1}")
    write_local_env()
    Env().read_env(str(LOCAL_ENV), recurse=False)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    os.environ.setdefault("SITE_URL", f"http://{HOST}:{port}")
    set_up()
    serve(port)


def is_free(port: int) -> bool:
    """Whether nothing listens on ``port`` of this machine."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def set_up() -> None:
    """Bring the database and the static files up to this version; load the fixtures and make an account once."""
    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    collect_static()
    call_command("set_up_local")


def collect_static() -> None:
    """Collect the static files unless those collected last are still the ones at hand.

    ``collectstatic`` alone compresses every file again, at each start.
    """
    stamp = VAR_DIR / "static.sha256"
    found = fingerprint()
    if not stamp.exists() or stamp.read_text() != found:
        call_command("collectstatic", interactive=False, verbosity=0)
        stamp.write_text(found)


def fingerprint() -> str:
    """SHA-256 over the path, size and time of every static file of the site and of its dependencies."""
    from django.contrib.staticfiles.finders import get_finders  # noqa: PLC0415 (needs the settings)

    paths = (storage.path(name) for finder in get_finders() for name, storage in finder.list([]))
    lines = sorted(f"{path} {(at := Path(path).stat()).st_size} {at.st_mtime_ns}" for path in paths)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def serve(port: int) -> None:
    """Become the server: one process, plain HTTP/1.1, no log line for each request."""
    print(f"Serving at http://{HOST}:{port} (Ctrl-C stops it)", flush=True)  # noqa: T201 (to the person at the terminal)
    command = Path(sys.executable).with_name("granian")
    options = f"--interface wsgi --http 1 --no-ws --host {HOST} --port {port} --workers 1"
    # A signal that meets the worker just as it starts is lost on it: ended or not, it is gone after so many seconds.
    options += f" --blocking-threads {THREADS} --workers-kill-timeout 10 --log-level warning"
    os.execv(command, [str(command), *options.split(), "newsroom.wsgi:application"])  # noqa: S606 (our own server)


if __name__ == "__main__":
    main()
