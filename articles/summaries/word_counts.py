"""In how many stories of this site each word is found: counted now and then, stored in one row, read once a process.

Weights that are a few stories behind order words as well as exact ones do, so nothing is counted when a story is saved.
"""

from collections import Counter
from datetime import datetime
from functools import lru_cache

from django.db import models, transaction
from django.utils import timezone

from articles.catalogue.models import Article
from articles.summaries.weights import Weights, english_weights
from articles.summaries.words import find_words

# Of fewer stories the counts say more about what these happen to speak of than about the language.
LEAST_STORIES = 200
BATCH = 500
# A word of a single story weighs next to what one that was never seen does; it is half of all words.
LEAST_COUNT = 2
LARGEST_DRIFT = 0.1


class WordCounts(models.Model):
    """A count of all stories: ``frequencies`` says of how many among ``articles`` each word is, by its key.

    While it is under way, ``finished_at`` is None and ``counted_to`` the key of the last story that is in it.
    """

    articles = models.PositiveIntegerField(default=0)
    frequencies = models.JSONField(default=dict)
    counted_to = models.PositiveBigIntegerField(default=0)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "word counts"

    def __str__(self) -> str:
        return f"Words of {self.articles} stories"


def count_words() -> int:
    """Count the words of all stories anew, or go on where that was stopped; how many stories are in the count.

    Each batch of stories is a transaction of its own. The count before is used until this one is finished.
    """
    while (counts := _count_batch()).finished_at is None:
        pass
    return counts.articles


def is_count_due() -> bool:
    """Whether a count is under way, or the number of stories has changed by a tenth since the last one."""
    if WordCounts.objects.filter(finished_at=None).exists():
        return True
    stories = Article.objects.count()
    last = _finished().values_list("articles", flat=True).first() or 0
    return stories >= LEAST_STORIES and abs(stories - last) > LARGEST_DRIFT * last


def weights_now() -> Weights:
    """What words weigh on this site; in English news, as long as it has too few stories to count. One query."""
    last = _finished().values_list("pk", "finished_at", "articles").first()
    if last is None or last[2] < LEAST_STORIES:
        return english_weights()
    return _load(*last[:2])


@lru_cache(maxsize=1)
def _load(pk: int, finished_at: datetime) -> Weights:
    """The weights of one count, which never changes once it is finished."""
    counts = WordCounts.objects.get(pk=pk)
    return Weights(counts.articles, counts.frequencies)


def _finished() -> models.QuerySet[WordCounts]:
    return WordCounts.objects.exclude(finished_at=None).order_by("-finished_at", "-pk")


@transaction.atomic
def _count_batch() -> WordCounts:
    counts = WordCounts.objects.select_for_update().filter(finished_at=None).order_by("pk").first() or WordCounts()
    stories = Article.objects.filter(pk__gt=counts.counted_to).order_by("pk")
    batch = list(stories.values_list("pk", "headline", "standfirst", "body_text")[:BATCH])
    frequencies = Counter(counts.frequencies)
    for _, *texts in batch:
        frequencies.update(_keys(texts))
    counts.articles += len(batch)
    counts.counted_to = batch[-1][0] if batch else counts.counted_to
    counts.frequencies = dict(frequencies)
    if len(batch) < BATCH:
        _finish(counts)
    counts.save()
    return counts


def _finish(counts: WordCounts) -> None:
    """Let ``counts`` be used from now on; the one before stays for those who are about to read it."""
    counts.frequencies = {word: count for word, count in counts.frequencies.items() if count >= LEAST_COUNT}
    counts.finished_at = timezone.now()
    kept = list(_finished().values_list("pk", flat=True)[:1])
    _finished().exclude(pk__in=kept).delete()


def _keys(texts: list[str]) -> set[str]:
    return {word.key for text in texts for word in find_words(text)} - {""}
