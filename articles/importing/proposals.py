"""What an import could not do by itself: changes that an editor takes over or leaves, field by field."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.catalogue.models import Article
from articles.corrections.acts import publish
from articles.corrections.drafts import Draft
from articles.corrections.notices import Notice
from articles.importing import standing
from articles.importing.fields import WORDS, Fields, get, is_same, label_of, put
from articles.importing.merge import FieldChange, Verdict
from articles.importing.models import Original
from articles.summaries.models import Bullet
from articles.summaries.points import Point, same_bullets

if TYPE_CHECKING:
    from django.contrib.auth.models import User


NO_NOTICE = Notice("", "", "")


class ProposalError(ValueError):
    """The proposal can't be settled so; the message says why and what to do. Nothing was changed."""


class ProposedChangeQuerySet(models.QuerySet["ProposedChange"]):
    """Adjectives for proposed changes, and how they are made."""

    def open(self) -> Self:
        """Those that wait for an editor."""
        return self.filter(closed_at=None)

    @transaction.atomic
    def propose(self, original: Original, changes: Sequence[FieldChange]) -> None:
        """Leave ``changes`` of the file ``original`` to an editor, in place of what waited for one before.

        No changes close only what the same file proposed.
        """
        standing_one = self.open().filter(article=original.article_id).first()
        if standing_one and standing_one.says(original, changes):
            return
        if standing_one and (changes or standing_one.original_id == original.pk):
            standing_one.close(ProposedChange.Ending.REPLACED)
        if changes:
            is_conflict = any(change.verdict == Verdict.CONFLICT for change in changes)
            why = ProposedChange.Why.CONFLICT if is_conflict else ProposedChange.Why.PUBLISHED
            made = self.create(article_id=original.article_id, original=original, sha256=original.sha256, why=why)
            ProposedField.objects.bulk_create(ProposedField(change=made, **vars(change)) for change in changes)


class ProposedChange(models.Model):
    """A file says something else than its story, and an editor decides; a story has one open proposal at most.

    ``sha256`` is that of the bytes that propose it: ``original`` keeps them until the file comes with others, when
    the proposal is closed as replaced.
    """

    class Why(models.TextChoices):
        CONFLICT = "conflict", _("Changed both here and in the file")
        PUBLISHED = "published", _("Changed in the file; the story is published")

    class Ending(models.TextChoices):
        SETTLED = "settled", _("Every field was decided")
        REPLACED = "replaced", _("A later import took its place")

    article = models.ForeignKey(
        "articles.Article", on_delete=models.CASCADE, related_name="proposed_changes", verbose_name=_("article")
    )
    original = models.ForeignKey(Original, on_delete=models.CASCADE, related_name="proposed_changes")
    sha256 = models.CharField(max_length=64)
    why = models.CharField(_("why"), max_length=10, choices=Why.choices)
    made_at = models.DateTimeField(_("made at"), default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)
    ending = models.CharField(max_length=10, choices=Ending.choices, blank=True)

    objects = ProposedChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposed change")
        verbose_name_plural = _("proposed changes")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["article"], condition=Q(closed_at=None), name="proposed_change_open_is_only_one"
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, ending="") | (Q(closed_at__isnull=False) & ~Q(ending="")),
                name="proposed_change_end_has_time",
            ),
        ]

    def __str__(self) -> str:
        return gettext("%(story)s, proposed by %(file)s") % {"story": self.article, "file": self.original}

    def says(self, original: Original, changes: Sequence[FieldChange]) -> bool:
        """Whether what waits here are these very changes of the file ``original``."""
        here = {field.field: (field.ours, field.theirs) for field in self.fields.undecided()}
        return self.original_id == original.pk and here == {one.field: (one.ours, one.theirs) for one in changes}

    def take(self, fields: Iterable[str], *, by: "User", notice: Notice | None = None) -> None:
        """Put into the story what the file says of ``fields``.

        Words and bullets of a published story change as ``corrections.acts.publish`` has it, with a ``notice``: it
        raises ActError without, or for one against the rules. Raises ProposalError if a field does not wait here, or
        if the story was edited since it was held against the file: then the proposal shows what stands now.
        """
        with transaction.atomic():
            article, chosen = self._locked(fields)
            ours = standing.read(article)
            is_stale = any(not is_same(one.field, one.ours, get(ours, one.field)) for one in chosen)
            if is_stale:
                self._hold_against(ours)
            else:
                _write(article, ours, _with(ours, chosen), by, notice or NO_NOTICE)
                self._decide(chosen, ProposedField.Decision.TAKE, by)
        if is_stale:
            raise ProposalError(gettext("The story was edited meanwhile: here is what it says now. Decide again."))

    @transaction.atomic
    def keep(self, fields: Iterable[str], *, by: "User") -> None:
        """Leave ``fields`` of the story as they stand. Raises ProposalError if one of them does not wait here."""
        _, chosen = self._locked(fields)
        self._decide(chosen, ProposedField.Decision.KEEP, by)

    def close(self, ending: str) -> None:
        """End the wait."""
        self.closed_at, self.ending = timezone.now(), ending
        self.save(update_fields=["closed_at", "ending"])

    def _locked(self, fields: Iterable[str]) -> tuple[Article, list["ProposedField"]]:
        """The story, which nobody else changes until the transaction ends, and those of its fields that wait."""
        article = Article.objects.select_for_update().get(pk=self.article_id)
        waiting = {field.field: field for field in self.fields.undecided().select_for_update()}
        if not ProposedChange.objects.open().filter(pk=self.pk).exists():
            raise ProposalError(gettext("This proposal is closed: nothing of it waits for a decision."))
        wanted = list(dict.fromkeys(fields))
        missing = [name for name in wanted if name not in waiting]
        if missing:
            names = gettext(", ").join(missing)
            raise ProposalError(gettext("%(fields)s: decided already, or not proposed.") % {"fields": names})
        return article, [waiting[name] for name in wanted]

    def _hold_against(self, ours: Fields) -> None:
        """Show what the story says now; a field in which it has come to agree with the file waits no longer."""
        waiting = list(self.fields.undecided())
        for field in waiting:
            field.ours = get(ours, field.field)
            field.save(update_fields=["ours"])
        agreed = [field for field in waiting if is_same(field.field, field.ours, field.theirs)]
        self._decide(agreed, ProposedField.Decision.AGREED, None)

    def _decide(self, fields: Iterable["ProposedField"], decision: str, by: "User | None") -> None:
        """Note the decision: from now on the file has said so. The last one closes the proposal."""
        original = Original.objects.select_for_update().defer("raw").get(pk=self.original_id)
        for field in fields:
            field.decision, field.decided_by, field.decided_at = decision, by, timezone.now()
            field.save(update_fields=["decision", "decided_by", "decided_at"])
            original.fields = put(original.fields, field.field, field.theirs)
        original.save(update_fields=["fields"])
        if not self.fields.undecided().exists():
            self.close(self.Ending.SETTLED)


class ProposedFieldQuerySet(models.QuerySet["ProposedField"]):
    """Adjectives for proposed fields."""

    def undecided(self) -> Self:
        """Those that wait for an editor."""
        return self.filter(decision="")


class ProposedField(models.Model):
    """A field on which file and story differ: what the import before said, the story and the file, and the decision."""

    class Decision(models.TextChoices):
        TAKE = "take", _("Taken from the file")
        KEEP = "keep", _("Left as it stood")
        AGREED = "agreed", _("Became the same")

    change = models.ForeignKey(ProposedChange, on_delete=models.CASCADE, related_name="fields")
    field = models.CharField(max_length=30)
    base = models.JSONField(null=True)
    ours = models.JSONField(null=True)
    theirs = models.JSONField(null=True)
    verdict = models.CharField(max_length=10, choices=[(verdict.value, verdict.value) for verdict in Verdict])
    decision = models.CharField(max_length=10, choices=Decision.choices, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = ProposedFieldQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposed field")
        verbose_name_plural = _("proposed fields")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint("change", "field", name="proposed_field_is_unique"),
            models.CheckConstraint(
                condition=Q(decision="", decided_at__isnull=True, decided_by__isnull=True)
                | Q(decision="agreed", decided_at__isnull=False, decided_by__isnull=True)
                | Q(decision__in=["take", "keep"], decided_at__isnull=False, decided_by__isnull=False),
                name="proposed_field_decision_has_name",
            ),
        ]

    def __str__(self) -> str:
        return self.field

    @property
    def label(self) -> str:
        """The field as an editor would call it."""
        return label_of(self.field)


def _with(ours: Fields, chosen: Iterable[ProposedField]) -> Fields:
    for field in chosen:
        if ours["review"] is None and field.field.startswith("review."):
            raise ProposalError(
                gettext("The story has no review figures any more: keep it so, or add them to the story.")
            )
        ours = put(ours, field.field, field.theirs)
    return ours


def _write(article: Article, before: Fields, after: Fields, by: "User", notice: Notice) -> None:
    """Bring ``article`` from ``before`` to ``after``, as its status demands."""
    if not article.is_public:
        standing.write(article, before, after, by=by)
        return
    if article.is_published and not after["published_at"] and not after["is_from_archive"]:
        raise ProposalError(
            gettext("A published story needs its date, unless it came from the archive: keep the one it has.")
        )
    standing.write_details(article, before, after)
    if any(before[name] != after[name] for name in (*WORDS, "bullets")):
        points = _points(article, after["bullets"])
        publish(Draft(article, standing.wording_of(after), points, notice), by=by)


def _points(article: Article, texts: Sequence[str]) -> list[Point]:
    """``texts`` as points: those that stand stay as they are, new ones readers see."""
    return [
        Point(text, bullet.status == Bullet.Status.APPROVED, bullet.pk)
        if bullet
        else Point(text, is_approved=True, origin=Bullet.Origin.IMPORTED)
        for text, bullet in zip(texts, same_bullets(article, texts), strict=True)
    ]
