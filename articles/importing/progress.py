"""How far a long import has come, for someone who watches a terminal."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import TypeVar

Item = TypeVar("Item")
Write = Callable[[str], object]


@contextmanager
def shown(items: Sequence[Item], write: Write) -> Iterator[tuple[Iterator[Item], Write]]:
    """``items`` to go through, with a progress bar on standard error if that is a terminal, and how to write a line.

    ``write`` writes to standard output. Where that is the same terminal, lines go above the bar.
    """
    if not sys.stderr.isatty():
        yield iter(items), write
        return
    # Slow to load, and of use to people alone.
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn  # noqa: PLC0415

    console = Console(file=sys.stderr)
    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, redirect_stdout=False, redirect_stderr=False, transient=True) as bar:
        above = partial(console.print, markup=False, emoji=False, highlight=False, soft_wrap=True)
        yield iter(bar.track(items)), above if sys.stdout.isatty() else write
