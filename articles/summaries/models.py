"""A bullet: one point of a story's summary, who stands behind it, and the passages that bear it out."""

from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

if TYPE_CHECKING:
    from django.contrib.auth.models import User


class BulletQuerySet(models.QuerySet["Bullet"]):
    """Adjectives for bullets."""

    def visible(self) -> Self:
        """What readers may see: the only way out for a bullet to any page, feed or search result."""
        return self.filter(status=Bullet.Status.APPROVED)


def visible_points() -> "models.Prefetch[Any, Any, Any]":
    """For ``prefetch_related`` on stories: what readers may see of their bullets, in order, as ``story.points``.

    Each point says in ``passage_count`` how many passages it leads to: none while it is under review.
    """
    counted = models.Count("evidence", filter=Q(under_review_at=None))
    points = Bullet.objects.visible().annotate(passage_count=counted)
    return models.Prefetch("bullets", points, to_attr="points")


class Bullet(models.Model):
    """One point. Position counts from 1 without gaps; ``summaries.points`` keeps it so.

    An imported bullet counts as approved by the publication it comes from, hence without a name; a machine's needs
    a named editor. ``approved_by_name`` stays when an account goes, and comes along from another site. ``tied_at`` is
    when its evidence was looked for, None while that is to be done; ``under_review_at`` is when the story lost a
    passage that the point rests on, None once an editor has dealt with it.
    """

    class Origin(models.TextChoices):
        IMPORTED = "imported", "Imported"
        PERSON = "person", "Written by a person"
        MACHINE = "machine", "Drafted by a machine"

    class Status(models.TextChoices):
        DRAFT = "draft", "Draft"
        APPROVED = "approved", "Approved"

    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="bullets")
    position = models.PositiveSmallIntegerField()
    text = models.TextField()
    origin = models.CharField(max_length=10, choices=Origin.choices, default=Origin.PERSON)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_by_name = models.CharField(max_length=200, blank=True, editable=False)
    approved_at = models.DateTimeField(null=True, blank=True)
    tied_at = models.DateTimeField(null=True, editable=False)
    under_review_at = models.DateTimeField(null=True, editable=False)

    objects = BulletQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        indexes = [models.Index("article", condition=Q(tied_at=None), name="bullet_untied")]
        constraints = [
            models.UniqueConstraint("article", "position", name="bullet_position_is_unique"),
            models.CheckConstraint(condition=Q(position__gte=1), name="bullet_position_from_one"),
            models.CheckConstraint(condition=~Q(text=""), name="bullet_has_text"),
            models.CheckConstraint(
                condition=Q(origin__in=["imported", "person", "machine"]), name="bullet_origin_is_known"
            ),
            models.CheckConstraint(
                condition=Q(status="draft", approved_at__isnull=True, approved_by__isnull=True)
                | Q(status="approved", approved_at__isnull=False),
                name="bullet_approval_has_time",
            ),
            models.CheckConstraint(
                condition=Q(status="draft")
                | Q(origin="imported")
                | Q(approved_by__isnull=False)
                | ~Q(approved_by_name=""),
                name="bullet_approval_has_name",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    def approve(self, *, by: "User | None") -> None:
        """Stand behind this point, by name; ``by`` is None only for what a publication's own archive brings."""
        self.status = self.Status.APPROVED
        self.approved_by = by
        self.approved_by_name = (by.get_full_name() or by.get_username()) if by else ""
        self.approved_at = timezone.now()

    def unapprove(self) -> None:
        """Back to a draft: readers no longer see it."""
        self.status = self.Status.DRAFT
        self.approved_by = None
        self.approved_by_name = ""
        self.approved_at = None


class Evidence(models.Model):
    """A passage of the story behind a bullet, as a text quote selector with its place.

    ``exact == text[start:end]`` in the plain text of ``field``, as it stands in the revision with the number
    ``version``, 0 for a story that was never published. Source: Web Annotation Data Model (W3C Recommendation, 2017),
    section 4.2.4.
    """

    class Field(models.TextChoices):
        HEADLINE = "headline", "Headline"
        STANDFIRST = "standfirst", "Standfirst"
        BYLINE = "byline", "Byline"
        BODY = "body", "Body"

    bullet = models.ForeignKey(Bullet, on_delete=models.CASCADE, related_name="evidence")
    position = models.PositiveSmallIntegerField()
    field = models.CharField(max_length=10, choices=Field.choices)
    exact = models.TextField()
    prefix = models.TextField(blank=True)
    suffix = models.TextField(blank=True)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["bullet", "position"]
        verbose_name_plural = "evidence"
        constraints = [
            models.UniqueConstraint("bullet", "position", name="evidence_position_is_unique"),
            models.CheckConstraint(condition=Q(position__range=(1, 3)), name="evidence_position_one_to_three"),
            models.CheckConstraint(condition=Q(start__lt=models.F("end")), name="evidence_starts_before_end"),
            models.CheckConstraint(
                condition=Q(field__in=["headline", "standfirst", "byline", "body"]), name="evidence_field_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.exact
