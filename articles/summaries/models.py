"""A bullet: one point of a story's summary, who stands behind it, and the passages that bear it out."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from articles.summaries.checks import RED, Flag
from articles.summaries.report import flag_data

if TYPE_CHECKING:
    from django.contrib.auth.models import User


class PointError(ValueError):
    """What was asked of a point can't be done; the message says why and what to do."""


class RedFlagsError(PointError):
    """Red flags stand against points that nobody overrode: ``flagged`` has each point's words and its red flags."""

    def __init__(self, flagged: Sequence[tuple[str, Sequence[Flag]]]) -> None:
        self.flagged = flagged
        super().__init__(" ".join(_objection(text, red) for text, red in flagged))


def _objection(text: str, red: Sequence[Flag]) -> str:
    reasons = " ".join(flag.reason for flag in red)
    return gettext("“%(point)s”: %(reasons)s") % {"point": text, "reasons": reasons}


class BulletQuerySet(models.QuerySet["Bullet"]):
    """Adjectives for bullets."""

    def visible(self) -> Self:
        """What readers may see: the only way out for a bullet to any page, feed or search result."""
        return self.filter(status=Bullet.Status.APPROVED)

    def waiting(self) -> Self:
        """A machine's drafts, which no editor has approved."""
        return self.filter(origin=Bullet.Origin.MACHINE, status=Bullet.Status.DRAFT)

    def settled(self) -> Self:
        """All but a machine's drafts."""
        return self.exclude(origin=Bullet.Origin.MACHINE, status=Bullet.Status.DRAFT)


def visible_points() -> "models.Prefetch[Any, Any, Any]":
    """For ``prefetch_related`` on stories: what readers may see of their bullets, in order, as ``story.points``.

    Each point says in ``passage_count`` how many passages it leads to: none while it is under review.
    """
    counted = models.Count("evidence", filter=Q(under_review_at=None))
    # Counting drops the usual order.
    points = Bullet.objects.visible().annotate(passage_count=counted).order_by("position")
    return models.Prefetch("bullets", points, to_attr="points")


class Bullet(models.Model):
    """One point. Position counts from 1 without gaps; ``summaries.points`` keeps it so.

    An imported bullet counts as approved by the publication it comes from, hence without a name; a machine's needs
    a named editor. ``approved_by_name`` stays when an account goes, and comes along from another site. ``flags`` are
    those of the checks when an editor approved it, and ``override`` the reason for which the editor did so in spite of
    red ones. ``drafted_text`` keeps the words as a machine drafted them, or as they first stood where an editor has
    reworded them since; ``model`` and ``prompt_version`` say which machine, asked how. ``tied_at`` is when its
    evidence was looked for, None while that is to be done; ``chosen_by_name`` is the editor who chose the evidence, ""
    where it was found; ``under_review_at`` is when the story lost a passage that the point rests on, None once an
    editor has dealt with it.
    """

    class Origin(models.TextChoices):
        IMPORTED = "imported", pgettext_lazy("origin of a point", "Imported")
        PERSON = "person", _("Written by a person")
        MACHINE = "machine", _("Drafted by a machine")

    class Status(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("a point is", "Draft")
        APPROVED = "approved", pgettext_lazy("a point is", "Approved")

    article = models.ForeignKey(
        "articles.Article", on_delete=models.CASCADE, related_name="bullets", verbose_name=_("article")
    )
    position = models.PositiveSmallIntegerField(_("position"))
    text = models.TextField(pgettext_lazy("of a point", "text"))
    origin = models.CharField(_("origin"), max_length=10, choices=Origin.choices, default=Origin.PERSON)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.DRAFT)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("approved by"),
    )
    approved_by_name = models.CharField(max_length=200, blank=True, editable=False)
    approved_at = models.DateTimeField(_("approved at"), null=True, blank=True)
    flags = models.JSONField(default=list, blank=True, editable=False)
    override = models.TextField(blank=True, editable=False)
    model = models.CharField(max_length=200, blank=True, editable=False)
    prompt_version = models.CharField(max_length=50, blank=True, editable=False)
    drafted_text = models.TextField(blank=True, editable=False)
    drafted_at = models.DateTimeField(null=True, blank=True, editable=False)
    tied_at = models.DateTimeField(null=True, editable=False)
    chosen_by_name = models.CharField(max_length=200, blank=True, editable=False)
    under_review_at = models.DateTimeField(null=True, editable=False)

    objects = BulletQuerySet.as_manager()

    class Meta:
        verbose_name = _("bullet")
        verbose_name_plural = _("bullets")
        ordering = ["position"]
        indexes = [
            models.Index("article", condition=Q(tied_at=None), name="bullet_untied"),
            models.Index("article", condition=Q(status="draft"), name="bullet_draft"),
            models.Index("article", condition=Q(under_review_at__isnull=False), name="bullet_under_review"),
        ]
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

    @property
    def is_machines_draft(self) -> bool:
        """Whether a machine drafted it and no editor has approved it."""
        return self.origin == self.Origin.MACHINE and self.status == self.Status.DRAFT

    @property
    def is_reworded(self) -> bool:
        """Whether it says something else than it was drafted, imported or first written with."""
        return self.drafted_text not in ("", self.text)

    def reword(self, text: str) -> None:
        """Say ``text`` instead, and keep the words that it was first drafted with; nothing is saved yet."""
        if self.text and self.text != text:
            self.drafted_text = self.drafted_text or self.text
        self.text = text

    def approve(self, *, by: "User", flags: Sequence[Flag], override: str = "") -> None:
        """Stand behind this point, by name; nothing is saved yet.

        ``flags`` are what the checks say of it. Raises RedFlagsError if one is red and ``override`` gives no reason.
        """
        red = [flag for flag in flags if flag.colour == RED]
        if red and not override.strip():
            raise RedFlagsError([(self.text, red)])
        self.status = self.Status.APPROVED
        self.approved_by = by
        self.approved_by_name = name_of(by)
        self.approved_at = timezone.now()
        self.flags = [flag_data(flag) for flag in flags]
        self.override = override.strip() if red else ""

    def approve_as_published(self) -> None:
        """Count as approved by the publication that it was imported from. Raises PointError for any other point."""
        if self.origin != self.Origin.IMPORTED or self.is_reworded:
            raise PointError(gettext("Only what a publication has said itself counts as approved by it."))
        self.status = self.Status.APPROVED
        self.approved_by, self.approved_by_name, self.flags, self.override = None, "", [], ""
        self.approved_at = timezone.now()

    def unapprove(self) -> None:
        """Back to a draft: readers no longer see it."""
        self.status = self.Status.DRAFT
        self.approved_by, self.approved_by_name, self.flags, self.override = None, "", [], ""
        self.approved_at = None


def name_of(user: "User") -> str:
    """The name under which an editor approves and changes."""
    return user.get_full_name() or user.get_username()


class BulletEvent(models.Model):
    """What an editor did to a point, kept when the point itself is gone.

    ``text`` is what the point said after it; ``flags`` and ``reason`` are those of an approval, as in Bullet, or
    ``reason`` says why a draft was rejected.
    """

    class Kind(models.TextChoices):
        REWORDED = "reworded", pgettext_lazy("a point was", "Reworded")
        APPROVED = "approved", pgettext_lazy("a point was", "Approved")
        TAKEN_BACK = "taken_back", pgettext_lazy("a point was", "Taken back")
        PASSAGES = "passages", _("Passages chosen")
        REMOVED = "removed", pgettext_lazy("a point was", "Removed")

    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="bullet_events")
    bullet = models.ForeignKey(Bullet, on_delete=models.SET_NULL, null=True, related_name="events")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=200)
    text = models.TextField()
    flags = models.JSONField(default=list)
    reason = models.TextField(blank=True)

    class Meta:
        verbose_name = _("bullet event")
        verbose_name_plural = _("bullet events")
        ordering = ["created_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["reworded", "approved", "taken_back", "passages", "removed"]),
                name="bullet_event_kind_is_known",
            ),
        ]

    def __str__(self) -> str:
        parts = {"what": self.get_kind_display(), "name": self.by_name, "text": self.text}
        return gettext("%(what)s by %(name)s: %(text)s") % parts


def event_of(bullet: Bullet, kind: str, *, by: "User", reason: str = "") -> BulletEvent:
    """The event of what ``by`` has just done to ``bullet``, to be saved."""
    is_approval = kind == BulletEvent.Kind.APPROVED
    return BulletEvent(
        article_id=bullet.article_id,
        bullet=None if kind == BulletEvent.Kind.REMOVED else bullet,
        kind=kind,
        created_by=by,
        by_name=name_of(by),
        text=bullet.text,
        flags=bullet.flags if is_approval else [],
        reason=bullet.override if is_approval else reason,
    )


class Evidence(models.Model):
    """A passage of the story behind a bullet, as a text quote selector with its place.

    ``exact == text[start:end]`` in the plain text of ``field``, as it stands in the revision with the number
    ``version``, 0 for a story that was never published. Source: Web Annotation Data Model (W3C Recommendation, 2017),
    section 4.2.4.
    """

    class Field(models.TextChoices):
        HEADLINE = "headline", _("Headline")
        STANDFIRST = "standfirst", _("Standfirst")
        BYLINE = "byline", _("Byline")
        BODY = "body", pgettext_lazy("of a story", "Body")

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
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
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
