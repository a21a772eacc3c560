"""Where an imported story came from, and what each import did."""

from collections.abc import Mapping
from typing import Self

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.catalogue.models import Article

PLACE_LENGTH = 1000


class OriginalQuerySet(models.QuerySet["Original"]):
    """Adjectives for originals."""

    def read_before(self, parser_version: int) -> Self:
        """Those last read by a parser older than ``parser_version``, unless their story is sealed."""
        return self.filter(parser_version__lt=parser_version).exclude(article__status="sealed")

    @transaction.atomic
    def forget(self, article: Article) -> None:
        """Let go of what the files of a sealed story say; by their hashes they are known if they come back."""
        article.proposed_changes.all().delete()
        self.filter(article=article).update(raw=b"", fields={})


class Original(models.Model):
    """The file that a story was imported from, byte for byte, so that its hash can be checked for ever.

    A story has one for each name under which it came, with the last bytes of that name. ``fields`` is the base of
    the next merge: what the parser of ``parser_version`` read, except that a field which waits for an editor keeps
    what it said before. Empty fields are those of a file that was imported before they were kept.
    """

    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="originals")
    file_name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64, unique=True)
    raw = models.BinaryField()
    imported_at = models.DateTimeField(default=timezone.now)
    format = models.CharField(max_length=20, default="auto")
    parser_version = models.PositiveIntegerField(default=0)
    fields = models.JSONField(default=dict)

    objects = OriginalQuerySet.as_manager()

    class Meta:
        verbose_name = _("original")
        verbose_name_plural = _("originals")
        ordering = ["-imported_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(file_name="") & ~Q(sha256=""), name="original_is_named"),
            models.UniqueConstraint("article", "file_name", name="original_name_is_unique"),
        ]

    def __str__(self) -> str:
        return self.file_name


class LoadedFixture(models.Model):
    """A fixture folder that was loaded once: it is not loaded again, so what was removed stays removed."""

    name = models.CharField(max_length=100, unique=True)
    loaded_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.name


class ImportRun(models.Model):
    """One import: what was asked for, by whom, and how many documents came to which outcome.

    ``places`` names the files, folders and addresses. A run that has no end was stopped; ``documents`` tells what it
    had done by then, for each row is written together with the story that it tells of.
    """

    started_at = models.DateTimeField(_("started at"), default=timezone.now)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=pgettext_lazy("an import was made", "by"),
    )
    places = models.JSONField(default=list)
    options = models.JSONField(default=dict)
    totals = models.JSONField(default=dict)

    class Meta:
        verbose_name = pgettext_lazy("taking files in", "import")
        verbose_name_plural = pgettext_lazy("taking files in", "imports")
        ordering = ["-started_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.started_at:%Y-%m-%d %H:%M}, {', '.join(self.places)}"

    def finish(self, totals: Mapping[str, int]) -> None:
        """The run has come to its end with these numbers of documents by their outcome."""
        self.totals, self.finished_at = dict(totals), timezone.now()
        self.save(update_fields=["totals", "finished_at"])


class ImportedDocument(models.Model):
    """What became of one document in a run; one that was unchanged is counted there, and has no row.

    ``changes`` names the fields on which file and site differed, each with its verdict; ``warnings`` holds pairs of
    a line and a message.
    """

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="documents")
    file = models.CharField(max_length=PLACE_LENGTH)
    outcome = models.CharField(max_length=10)
    article = models.ForeignKey("articles.Article", on_delete=models.SET_NULL, null=True, related_name="+")
    line = models.PositiveIntegerField(default=0)
    message = models.TextField(blank=True)
    warnings = models.JSONField(default=list)
    changes = models.JSONField(default=list)

    class Meta:
        verbose_name = _("imported document")
        verbose_name_plural = _("imported documents")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.outcome} {self.file}"


class FeedItem(models.Model):
    """An item of an outlet's feed that was seen once: it never comes back, even if its draft was deleted.

    ``link`` is its address in the form in which addresses are compared; ``published_at`` is when the outlet says that
    it published it.
    """

    source = models.ForeignKey("articles.Source", on_delete=models.CASCADE, related_name="feed_items")
    identity = models.CharField(max_length=255)
    link = models.CharField(max_length=1000, blank=True)
    published_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(default=timezone.now)
    article = models.ForeignKey(
        "articles.Article", on_delete=models.SET_NULL, null=True, blank=True, related_name="feed_items"
    )

    class Meta:
        verbose_name = _("feed item")
        verbose_name_plural = _("feed items")
        ordering = ["-seen_at", "-pk"]
        constraints = [models.UniqueConstraint("source", "identity", name="feed_item_is_unique")]

    def __str__(self) -> str:
        return self.link or self.identity
