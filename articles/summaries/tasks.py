"""What the worker does for summaries."""

import time
from datetime import timedelta

from articles.outbox.tasks import task
from articles.summaries.ties import BATCH, tie_untied

# Seconds of work at a time: a short stretch is soon given back by a worker that has to stop, and soon taken up again.
STRETCH = 60.0


@task(limit=timedelta(minutes=3))
def find_passages() -> None:
    """Look for the passages behind points that were imported, for a minute; the duty comes back for the rest."""
    end = time.monotonic() + STRETCH
    while tie_untied(BATCH) and time.monotonic() < end:
        pass
