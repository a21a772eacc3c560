"""The local site, from nothing to served: ``python -m newsroom.serve --port 8000``, which ``make run`` calls.

Everything is set up in one process, because each start of Django costs half a second; that process then starts the
server and the worker, and stops them.
"""

import argparse
import hashlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from threading import Event, Thread
from typing import NoReturn

import django
from django.core.management import call_command
from environs import Env

from newsroom.local import BASE_DIR, LOCAL_ENV, VAR_DIR, write_local_env

HOST = "127.0.0.1"
# As many as granian holds to be sane for so many cores; each keeps a connection to the database of its own.
THREADS = min(8, 2 * (os.cpu_count() or 1) + 1)
# Seconds that a request may hold up the server's end.
PATIENCE = 10
# Seconds before a worker that ended by itself is started again: at first, at most, and until all is forgiven.
FIRST_PAUSE, LONGEST_PAUSE, FORGIVEN_AFTER = 1.0, 30.0, 60.0
STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


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
    sys.exit(serve(port))


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


def serve(port: int) -> int:
    """Serve until asked to stop or until the server ends by itself; return the exit code.

    The server gets a process group of its own, so that Ctrl-C reaches it through this process alone: its worker
    deadlocks when the terminal's signal and the server's meet in it.
    """
    print(f"Serving at http://{HOST}:{port} (Ctrl-C stops it)", flush=True)  # noqa: T201 (to the person at the terminal)
    for number in STOPS:
        signal.signal(number, stop)
    options = f"--interface wsgi --http 1 --no-ws --host {HOST} --port {port} --workers 1"
    options += f" --blocking-threads {THREADS} --workers-kill-timeout {PATIENCE} --log-level warning"
    command = [str(Path(sys.executable).with_name("granian")), *options.split(), "newsroom.wsgi:application"]
    server = subprocess.Popen(command, process_group=0)  # noqa: S603 (our own server)
    worker = Worker([sys.executable, str(BASE_DIR / "manage.py"), "work"])
    worker.start()
    try:
        return server.wait()
    finally:
        server.terminate()
        worker.stop()
        server.wait()


class Worker(Thread):
    """Keeps the worker running beside the server: one that ends by itself is started again, after a growing pause."""

    def __init__(self, command: Sequence[str]) -> None:
        super().__init__(daemon=True)
        self.command = command
        self.is_stopping = Event()
        self.process: subprocess.Popen[bytes] | None = None

    def run(self) -> None:
        """Start it, again and again, until ``stop`` is called."""
        pause = FIRST_PAUSE
        while not self.is_stopping.is_set():
            started = time.monotonic()
            self.process = subprocess.Popen(self.command, process_group=0)  # noqa: S603 (our own worker)
            code = self.process.wait()
            if self.is_stopping.is_set():
                return
            if time.monotonic() - started > FORGIVEN_AFTER:
                pause = FIRST_PAUSE
            print(f"The worker ended with {code}; starting it again in {pause:g} s", flush=True)  # noqa: T201
            self.is_stopping.wait(pause)
            pause = min(2 * pause, LONGEST_PAUSE)

    def stop(self) -> None:
        """End it, and wait until it has ended."""
        self.is_stopping.set()
        while self.is_alive():
            if self.process:
                self.process.terminate()
            self.join(0.2)


def stop(number: int, frame: object) -> NoReturn:
    """Leave ``serve`` by its usual way, once: a second Ctrl-C changes nothing."""
    for each in STOPS:
        signal.signal(each, signal.SIG_IGN)
    sys.exit(0)


if __name__ == "__main__":
    main()
