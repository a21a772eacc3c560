"""What a task is: a function that takes keys, with what the worker has to know about running it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, ParamSpec

from django_tasks.base import Task as BaseTask
from django_tasks.base import TaskResult

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

P = ParamSpec("P")

LIMIT = timedelta(minutes=1)
ATTEMPTS = 10
FIRST_DELAY = timedelta(seconds=15)
LONGEST_DELAY = timedelta(hours=6)


@dataclass(frozen=True, kw_only=True)
class Task(BaseTask[P, None]):
    """A function that the worker runs.

    ``title``: what editors call it; ``limit``: how long one attempt may take; ``attempts``: how many there are.
    """

    title: "StrOrPromise" = ""
    limit: timedelta = LIMIT
    attempts: int = ATTEMPTS

    def enqueue(self, *args: P.args, **kwargs: P.kwargs) -> TaskResult[None]:
        """Queue this task in the transaction at hand.

        Raises TypeError for anything but whole numbers: the queue names things by their keys, so that it holds no
        address and no text of anybody's, and the task finds them as they are when it runs.
        """
        if kwargs or not all(type(arg) is int for arg in args):
            raise TypeError(f"{self.name} takes the keys of what it is about, by position, and nothing else.")
        return BaseTask.enqueue(self, *args, **kwargs)


def task(
    title: "StrOrPromise" = "", *, queue: str = "default", limit: timedelta = LIMIT, attempts: int = ATTEMPTS
) -> Callable[[Callable[P, None]], Task[P]]:
    """Make a task of a function. ``queue`` is "mails" for what takes seconds and can't wait, else "default".

    Without a ``title``, the name of the function is what editors are shown.
    """

    def make(function: Callable[P, None]) -> Task[P]:
        return Task(func=function, queue_name=queue, title=title, limit=limit, attempts=attempts)

    return make


@dataclass(frozen=True)
class Duty:
    """A task that the clock brings: ``every`` so often after it was last done, for the first time at once."""

    every: timedelta
    task: Task[[]]


def delay_after(attempts: int) -> timedelta:
    """How long a task is left alone after so many attempts that failed: 15 s, doubled each time, up to 6 hours."""
    return min(FIRST_DELAY * (1 << min(attempts - 1, 20)), LONGEST_DELAY)
