"""What a reader sends in, and its way to an answer."""

from datetime import timedelta
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import connection, models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from articles.corrections.codes import new_code

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from articles.corrections.models.correction import Correction

MAX_QUOTE = 1000
MAX_CONTEXT = 200
MAX_WHAT = 5000
SAME_WITHIN = timedelta(minutes=10)


def new_report_code() -> str:
    """A fresh receipt code for a report."""
    return new_code("R")


class ReportQuerySet(models.QuerySet["Report"]):
    """Adjectives for reports."""

    def waiting(self) -> Self:
        """Without an answer yet."""
        return self.filter(answered_at__isnull=True)

    @transaction.atomic
    def receive(self, report: "Report") -> tuple["Report", bool]:
        """Keep ``report`` and say that it is new, or give back its twin of the last ten minutes: a form sent twice."""
        _one_at_a_time()
        same = {name: getattr(report, name) for name in ("article", "quote", "kind", "what", "url", "email")}
        twin = self.filter(**same, received_at__gt=timezone.now() - SAME_WITHIN).order_by("received_at").first()
        if twin:
            return twin, False
        report.save()
        return report, True


class Report(models.Model):
    """A reader says that something is wrong: where, what, and how to check it.

    ``quote`` with ``prefix`` and ``suffix`` is a W3C TextQuoteSelector into the version that the reader saw
    (``version``, 0 where unknown). Without a story the report is about the site as a whole.
    """

    class Kind(models.TextChoices):
        FACT = "fact", "A fact is wrong"
        SUMMARY = "summary", "The summary does not match the story"
        OUTDATED = "outdated", "It is out of date"
        SPELLING = "spelling", "A name or spelling"
        CREDIT = "credit", "The source or a credit"
        OTHER = "other", "Something else"

    class Outcome(models.TextChoices):
        CORRECTED = "corrected", "Corrected"
        CLARIFIED = "clarified", "Clarified"
        UPDATED = "updated", "Updated"
        NO_CHANGE = "no_change", "No change"

    OUTCOMES_IN_WORDS = {
        Outcome.CORRECTED: "We were wrong.",
        Outcome.CLARIFIED: "The words were right but could mislead.",
        Outcome.UPDATED: "The facts have moved on since.",
        Outcome.NO_CHANGE: "We explain why, here.",
    }

    code = models.CharField(max_length=16, unique=True, default=new_report_code, editable=False)
    article = models.ForeignKey(
        "articles.Article", on_delete=models.CASCADE, null=True, blank=True, related_name="reports"
    )
    version = models.PositiveIntegerField(default=0)
    bullet_position = models.PositiveSmallIntegerField(null=True, blank=True)
    quote = models.TextField(blank=True)
    prefix = models.TextField(blank=True)
    suffix = models.TextField(blank=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    what = models.TextField("what is wrong")
    url = models.URLField("where to check", max_length=1000, blank=True)
    email = models.EmailField(blank=True)
    received_at = models.DateTimeField(default=timezone.now, editable=False)

    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
    )
    checked_at = models.DateTimeField("being checked since", null=True, blank=True, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
    )
    answered_at = models.DateTimeField(null=True, blank=True, editable=False)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True, editable=False)
    answer = models.TextField(blank=True, editable=False)
    correction = models.ForeignKey(
        "articles.Correction",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="reports",
        editable=False,
    )

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["-received_at", "-pk"]
        indexes = [models.Index("answered_at", "received_at", name="report_queue")]
        constraints = [
            models.CheckConstraint(condition=~Q(what=""), name="report_says_what"),
            models.CheckConstraint(
                condition=Q(kind__in=["fact", "summary", "outdated", "spelling", "credit", "other"]),
                name="report_kind_is_known",
            ),
            models.CheckConstraint(
                condition=Q(checked_at__isnull=True, checked_by__isnull=True)
                | Q(checked_at__isnull=False, checked_by__isnull=False),
                name="report_check_has_person",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_by__isnull=True, outcome="", answer="")
                | (Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(outcome="") & ~Q(answer="")),
                name="report_answer_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("corrections:report", args=[self.code])

    @property
    def state(self) -> str:
        """How far the report has come: received, being checked or answered."""
        if self.answered_at:
            return "answered"
        return "being checked" if self.checked_at else "received"

    @property
    def outcome_in_words(self) -> str:
        """What the outcome means, as a sentence; "" where there is none yet."""
        return self.OUTCOMES_IN_WORDS[self.Outcome(self.outcome)] if self.outcome else ""

    def take_up(self, *, by: "User") -> None:
        """Say that an editor is checking this report; a second call changes nothing."""
        if self.checked_at is None:
            self.checked_at = timezone.now()
            self.checked_by = by
            self.save(update_fields=["checked_at", "checked_by"])

    def settle(self, *, by: "User", outcome: str, answer: str, correction: "Correction | None" = None) -> None:
        """Answer this report in public, by a ``correction`` or without. Raises ValueError without words.

        So it does if the report has an answer already.
        """
        if self.answered_at is not None:
            raise ValueError("This report has been answered already.")
        if outcome not in self.Outcome.values or not answer.strip():
            raise ValueError("Choose an outcome and say in public what came of the report.")
        self.take_up(by=by)
        self.answered_at = timezone.now()
        self.answered_by = by
        self.outcome = outcome
        self.answer = answer.strip()
        self.correction = correction
        self.save(update_fields=["answered_at", "answered_by", "outcome", "answer", "correction"])


def _one_at_a_time() -> None:
    """Until the transaction ends, let no other report in: SQLite's transactions queue by themselves."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('articles_report'))")
