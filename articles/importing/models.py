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
