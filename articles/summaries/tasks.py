"""What the worker does for summaries."""

import time
from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from articles.outbox.tasks import task
from articles.summaries.ties import BATCH, tie_untied
from articles.summaries.word_counts import count_words, is_count_due

# Seconds of work at a time: a short stretch is soon given back by a worker that has to stop, and soon taken up again.
STRETCH = 60.0


@task(_("Find passages"), limit=timedelta(minutes=3))
def find_passages() -> None:
    """Look for the passages behind points that were imported, for a minute; the duty comes back for the rest."""
    end = time.monotonic() + STRETCH
    while tie_untied(BATCH) and time.monotonic() < end:
        pass


@task(_("Weigh words"), limit=timedelta(minutes=10))
def weigh_words() -> None:
    """Count the words of the stories again if there are many more, or fewer, than when they were counted last."""
    if is_count_due():
        count_words()
