"""Where an imported story came from."""

from django.db import models
from django.db.models import Q
from django.utils import timezone


class Original(models.Model):
    """The file that a story was imported from, byte for byte, so that its hash can be checked for ever."""

    article = models.OneToOneField("articles.Article", on_delete=models.CASCADE, related_name="original")
    file_name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64, unique=True)
    raw = models.BinaryField()
    imported_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(file_name="") & ~Q(sha256=""), name="original_is_named")]

    def __str__(self) -> str:
        return self.file_name


class LoadedFixture(models.Model):
    """A fixture folder that was loaded once: it is not loaded again, so what was removed stays removed."""

    name = models.CharField(max_length=100, unique=True)
    loaded_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.name


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
        ordering = ["-seen_at", "-pk"]
        constraints = [models.UniqueConstraint("source", "identity", name="feed_item_is_unique")]

    def __str__(self) -> str:
        return self.link or self.identity
