"""Pictures and what is known of pictures that are not here."""

from dataclasses import dataclass
from typing import Any

from django.core.files.storage import default_storage
from django.db import models
from django.db.models import Q
from django.db.models.fields.files import ImageFieldFile
from django.utils.translation import gettext_lazy as _

from articles.catalogue import pictures


class PictureFile(ImageFieldFile):
    """The stored master of a picture, which comes and goes with its renditions."""

    def save(self, name: str, content: Any, save: bool = True) -> None:
        """Store the master, and its renditions beside it."""
        super().save(name, content, save)
        pictures.store_renditions(self.storage, str(self.name))

    def delete(self, save: bool = True) -> None:
        """Remove the master and its renditions."""
        name, width = str(self.name), self.width
        super().delete(save)
        pictures.remove_renditions(self.storage, name, width)


class PictureField(models.ImageField):
    """A picture with renditions."""

    attr_class = PictureFile

    def deconstruct(self) -> Any:
        """For migrations it is what it is in the database."""
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.ImageField", args, kwargs


@dataclass(frozen=True)
class Thumbnail:
    """The small rendition of the picture that is stored as ``name``."""

    name: str
    width, height = pictures.THUMBNAIL

    @property
    def webp_url(self) -> str:
        return default_storage.url(pictures.rendition_name(self.name, "thumbnail.webp"))

    @property
    def jpeg_url(self) -> str:
        return default_storage.url(pictures.rendition_name(self.name, "thumbnail.jpg"))


class Image(models.Model):
    """A picture of a story, or the credit alone of one that an archive names but does not hold."""

    article = models.ForeignKey(
        "articles.Article", verbose_name=_("article"), on_delete=models.CASCADE, related_name="images"
    )
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    file = PictureField(
        _("file"), upload_to="images/%Y/%m/", width_field="width", height_field="height", max_length=300, blank=True
    )
    width = models.PositiveIntegerField(_("width"), null=True, blank=True, editable=False)
    height = models.PositiveIntegerField(_("height"), null=True, blank=True, editable=False)
    alt = models.TextField(
        _("alternative text"), blank=True, help_text=_("What the picture shows, for those who don't see it.")
    )
    caption = models.TextField(_("caption"), blank=True)
    credit = models.CharField(_("credit"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("image")
        verbose_name_plural = _("images")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(file="") | ~Q(alt=""),
                name="image_has_alternative_text",
                violation_error_message=_("Describe the picture in the alternative text."),
            ),
            models.CheckConstraint(
                condition=~Q(file="") | ~Q(credit=""),
                name="image_has_file_or_credit",
                violation_error_message=_("Give a picture or at least its credit."),
            ),
        ]

    def __str__(self) -> str:
        return self.alt or self.credit

    @property
    def jpeg_url(self) -> str:
        """The widest JPEG, for browsers that choose none themselves."""
        return self._url(pictures.widths_of(self.width or 0)[-1], "jpg")

    @property
    def jpeg_set(self) -> str:
        """Every JPEG with its width, as ``srcset`` wants them."""
        return self._set("jpg")

    @property
    def webp_set(self) -> str:
        """Every WebP with its width, as ``srcset`` wants them."""
        return self._set("webp")

    def _set(self, suffix: str) -> str:
        return ", ".join(f"{self._url(width, suffix)} {width}w" for width in pictures.widths_of(self.width or 0))

    def _url(self, width: int, suffix: str) -> str:
        return default_storage.url(pictures.rendition_name(str(self.file.name), f"{width}.{suffix}"))
