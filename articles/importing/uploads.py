"""What an editor hands in: held until it has been looked at and imported, or for a day."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.importing.files import NAME_LENGTH
from articles.importing.results import Options

if TYPE_CHECKING:
    from django.contrib.auth.models import User

PASTED = _("pasted text")
HELD_FOR = timedelta(days=1)


@dataclass(frozen=True)
class HeldFile:
    """A file that was handed in; ``name`` is empty for text from the paste box."""

    name: str
    raw: bytes

    # What was handed in was fetched from nowhere.
    url = charset = ""

    @property
    def label(self) -> str:
        return self.name or str(PASTED)

    def read(self) -> bytes:
        """The bytes."""
        return self.raw

    def starts_with(self, mark: bytes) -> bool:
        """Whether the file begins with ``mark``."""
        return self.raw.startswith(mark)

    def lines(self, longest: int) -> Iterator[bytes]:
        """The lines; of what was handed in, none is too long."""
        yield from self.raw.splitlines(keepends=True)


class UploadQuerySet(models.QuerySet["Upload"]):
    """How uploads come and go."""

    @transaction.atomic
    def hold(self, files: Iterable[HeldFile], *, wanted: str, by: "User") -> "Upload":
        """Keep ``files`` for ``by`` to look at; what was held for too long goes."""
        self.filter(made_at__lt=timezone.now() - HELD_FOR).delete()
        upload = self.create(by=by, format=wanted)
        UploadedFile.objects.bulk_create(UploadedFile(upload=upload, **vars(file)) for file in files)
        return upload


class Upload(models.Model):
    """Files and text from one form, to be read in ``format``."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    format = models.CharField(max_length=20, default="auto")

    objects = UploadQuerySet.as_manager()

    def __str__(self) -> str:
        return ", ".join(file.label for file in self.held())

    def held(self) -> list[HeldFile]:
        """The files, in the order in which they were chosen."""
        return [HeldFile(file.name, bytes(file.raw)) for file in self.files.all()]

    def options(self, *, is_dry_run: bool) -> Options:
        """How they are imported: new stories become drafts."""
        return Options(format=self.format, is_dry_run=is_dry_run, is_reading_all=True)


class UploadedFile(models.Model):
    """One of the files of an upload; its name is empty for text from the paste box."""

    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=NAME_LENGTH, blank=True)
    raw = models.BinaryField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name or str(PASTED)
