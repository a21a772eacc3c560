"""Pictures and what is known of pictures that are not here."""

from django.db import models
from django.db.models import Q


class Image(models.Model):
    """A picture of a story, or the credit alone of one that an archive names but does not hold."""

    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="images")
    position = models.PositiveSmallIntegerField(default=1)
    file = models.ImageField(
        upload_to="images/%Y/%m/", width_field="width", height_field="height", max_length=300, blank=True
    )
    width = models.PositiveIntegerField(null=True, blank=True, editable=False)
    height = models.PositiveIntegerField(null=True, blank=True, editable=False)
    alt = models.TextField(
        "alternative text", blank=True, help_text="What the picture shows, for those who don't see it."
    )
    caption = models.TextField(blank=True)
    credit = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(file="") | ~Q(alt=""),
                name="image_has_alternative_text",
                violation_error_message="Describe the picture in the alternative text.",
            ),
            models.CheckConstraint(
                condition=~Q(file="") | ~Q(credit=""),
                name="image_has_file_or_credit",
                violation_error_message="Give a picture or at least its credit.",
            ),
        ]

    def __str__(self) -> str:
        return self.alt or self.credit
