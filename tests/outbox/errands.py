"""Tasks for the tests: each leaves its trace in a file of the folder that ERRANDS names."""

import os
import signal
import smtplib
import time
from datetime import timedelta
from pathlib import Path

from articles.outbox.tasks import Duty, task


def note(line: str) -> None:
    """Leave a line."""
    with (Path(os.environ["ERRANDS"]) / "notes").open("a") as notes:
        notes.write(f"{line}\n")


def notes() -> list[str]:
    """The lines that were left so far."""
    file = Path(os.environ["ERRANDS"]) / "notes"
    return file.read_text().splitlines() if file.exists() else []


@task(queue="mails")
def run_errand(number: int) -> None:
    note(f"did {number}")


@task(attempts=3)
def stumble(number: int) -> None:
    """Fails until the ground is even."""
    if not (Path(os.environ["ERRANDS"]) / "even").exists():
        raise smtplib.SMTPRecipientsRefused({"rita@example.org": (550, b"No such user <rita@example.org>")})
    note(f"walked {number}")


@task(limit=timedelta(seconds=0.5))
def sleep_in(number: int) -> None:
    note(f"asleep {number}")
    time.sleep(60)


@task(limit=timedelta(seconds=30))
def nap(number: int) -> None:
    """Sleeps for so many tenths of a second."""
    note(f"asleep {os.getpid()}")
    time.sleep(number / 10)
    note(f"awake {os.getpid()}")


@task()
def perish() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@task(attempts=2)
def patrol() -> None:
    note("patrolled")
    if (Path(os.environ["ERRANDS"]) / "fog").exists():
        raise RuntimeError("There is fog.")


PATROL = Duty(every=timedelta(seconds=20), task=patrol)
