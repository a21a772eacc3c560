"""What a reader sends in, and its way to an answer."""

from datetime import date, datetime
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext, pgettext_lazy

from articles.corrections import clock
from articles.corrections.codes import new_code
from articles.corrections.models.queue import ReportQuerySet
from articles.corrections.notices import SEVERITIES, Severity

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django_stubs_ext import StrOrPromise

    from articles.corrections.models.correction import Correction

MAX_QUOTE = 1000
MAX_CONTEXT = 200
MAX_WHAT = 5000
MAX_RIGHT = 1000


def new_report_code() -> str:
    """A fresh receipt code for a report."""
    return new_code("R")


class Report(models.Model):
    """A reader says that something is wrong: where, what, and how to check it.

    ``quote`` with ``prefix`` and ``suffix`` is a W3C TextQuoteSelector into the version that the reader saw
    (``version``, 0 where unknown). Without a story the report is about the site as a whole.

    ``severity`` is presumed from the kind until an editor takes the report up and says. One that is a duplicate gets
    the answer to ``duplicate_of``. After an answer without a change the reader may contradict once: that answer is
    then the first one, and the report waits again. What is set aside is spam.
    """

    class Kind(models.TextChoices):
        FACT = "fact", _("A fact is wrong")
        SUMMARY = "summary", _("The summary does not match the story")
        OUTDATED = "outdated", _("It is out of date")
        SPELLING = "spelling", _("A name or spelling")
        CREDIT = "credit", _("The source or a credit")
        OTHER = "other", _("Something else")

    class Outcome(models.TextChoices):
        CORRECTED = "corrected", pgettext_lazy("what came of a report", "Corrected")
        CLARIFIED = "clarified", pgettext_lazy("what came of a report", "Clarified")
        UPDATED = "updated", pgettext_lazy("what came of a report", "Updated")
        NO_CHANGE = "no_change", pgettext_lazy("what came of a report", "No change")

    OUTCOMES_IN_WORDS: "ClassVar[dict[Outcome, StrOrPromise]]" = {
        Outcome.CORRECTED: _("We were wrong."),
        Outcome.CLARIFIED: _("The words were right but could mislead."),
        Outcome.UPDATED: _("The facts have moved on since."),
        Outcome.NO_CHANGE: _("We explain why, here."),
    }

    code = models.CharField(_("code"), max_length=16, unique=True, default=new_report_code, editable=False)
    article = models.ForeignKey(
        "articles.Article",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="reports",
        verbose_name=_("article"),
    )
    version = models.PositiveIntegerField(_("version"), default=0)
    bullet_position = models.PositiveSmallIntegerField(_("point"), null=True, blank=True)
    quote = models.TextField(_("passage"), blank=True)
    prefix = models.TextField(_("words before it"), blank=True)
    suffix = models.TextField(_("words after it"), blank=True)
    kind = models.CharField(pgettext_lazy("of an error", "kind"), max_length=10, choices=Kind.choices)
    what = models.TextField(_("what is wrong"))
    right = models.TextField(_("what is right"), blank=True)
    url = models.URLField(_("where to check"), max_length=1000, blank=True)
    email = models.EmailField(_("email"), blank=True)
    received_at = models.DateTimeField(_("received at"), default=timezone.now, editable=False)

    severity = models.CharField(
        _("severity"), max_length=10, choices=Severity.choices, default=Severity.MINOR, editable=False
    )
    duplicate_of = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="duplicates",
        editable=False,
        verbose_name=_("duplicate of"),
    )
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("checked by"),
    )
    checked_at = models.DateTimeField(_("being checked since"), null=True, blank=True, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("answered by"),
    )
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True, editable=False)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices, blank=True, editable=False)
    answer = models.TextField(_("answer"), blank=True, editable=False)
    correction = models.ForeignKey(
        "articles.Correction",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="reports",
        editable=False,
        verbose_name=_("correction"),
    )
    first_answer = models.TextField(_("first answer"), blank=True, editable=False)
    first_answered_at = models.DateTimeField(_("first answered at"), null=True, blank=True, editable=False)
    objection = models.TextField(_("what the reader says to it"), blank=True, editable=False)
    objected_at = models.DateTimeField(_("objected at"), null=True, blank=True, editable=False)
    set_aside_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("set aside by"),
    )
    set_aside_at = models.DateTimeField(_("set aside as spam"), null=True, blank=True, editable=False)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
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
            models.CheckConstraint(condition=Q(severity__in=Severity.values), name="report_severity_is_known"),
            models.CheckConstraint(condition=~Q(duplicate_of=F("pk")), name="report_duplicate_is_another"),
            models.CheckConstraint(
                condition=Q(set_aside_at__isnull=True, set_aside_by__isnull=True)
                | Q(set_aside_at__isnull=False, set_aside_by__isnull=False, answered_at__isnull=True),
                name="report_spam_has_no_answer",
            ),
            models.CheckConstraint(
                condition=Q(objected_at__isnull=True, first_answered_at__isnull=True, objection="", first_answer="")
                | (
                    Q(objected_at__isnull=False, first_answered_at__isnull=False)
                    & ~Q(objection="")
                    & ~Q(first_answer="")
                ),
                name="report_objection_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("corrections:report", args=[self.code])

    @property
    def state(self) -> str:
        """How far the report has come: received, being checked, answered or set aside."""
        if self.set_aside_at:
            return pgettext("state of a report", "set aside")
        if self.answered_at:
            return pgettext("state of a report", "answered")
        if self.checked_at:
            return pgettext("state of a report", "being checked")
        return pgettext("state of a report", "received")

    @property
    def severity_word(self) -> str:
        """How grave the error is, in a word."""
        return str(SEVERITIES[self.severity])

    @property
    def is_waiting(self) -> bool:
        return not (self.answered_at or self.set_aside_at)

    @property
    def is_sealed(self) -> bool:
        """Whether its story was sealed: an answer can repeat the words that had to go, so readers see none."""
        return self.article is not None and self.article.is_sealed

    @property
    def since(self) -> datetime:
        """Since when we owe an answer."""
        return self.objected_at or self.received_at

    @property
    def due_at(self) -> datetime:
        """By when somebody should have looked or, once somebody has, answered."""
        days = clock.TARGETS[self.severity]
        allowed = days if self.checked_at else min(days, clock.TRIAGE)
        return clock.due_at(self.since, allowed, timezone.get_current_timezone())

    @property
    def due_day(self) -> date:
        """The day at whose end it is due."""
        return clock.due_day(self.due_at, timezone.get_current_timezone())

    @property
    def due_in_words(self) -> str:
        """By when it is due, or how late it is, and whether that is past the limit for any report."""
        now, zone = timezone.now(), timezone.get_current_timezone()
        words = clock.in_words(self.due_at, now, zone)
        if self.limit_at > now:
            return words
        # Translators: “due” is as “Overdue by 12 working days”
        late = ngettext("%(due)s, past the limit of %(limit)d", "%(due)s, past the limit of %(limit)d", clock.LIMIT)
        return late % {"due": words, "limit": clock.LIMIT}

    @property
    def is_overdue(self) -> bool:
        """Whether it waits for longer than it should."""
        return self.is_waiting and self.due_at <= timezone.now()

    @property
    def limit_at(self) -> datetime:
        """By when every report is to be answered, however it is rated."""
        return clock.due_at(self.since, clock.LIMIT, timezone.get_current_timezone())

    @property
    def can_contradict(self) -> bool:
        """Whether the reader may contradict: once, where we would not change anything."""
        return self.outcome == self.Outcome.NO_CHANGE and self.objected_at is None

    @property
    def outcome_in_words(self) -> str:
        """What the outcome means, as a sentence; "" where there is none yet."""
        return str(self.OUTCOMES_IN_WORDS[self.Outcome(self.outcome)]) if self.outcome else ""

    def take_up(self, *, by: "User", severity: str = "") -> None:
        """Say that an editor is checking this report, and how grave it is; who has it already keeps it."""
        if self.checked_at is None:
            self.checked_at = timezone.now()
            self.checked_by = by
        self.severity = severity or self.severity
        self.save(update_fields=["checked_at", "checked_by", "severity"])

    def hand_to(self, person: "User") -> None:
        """Make ``person`` the one who checks this report."""
        self.take_up(by=person)
        self.checked_by = person
        self.save(update_fields=["checked_by"])

    def settle(self, *, by: "User", outcome: str, answer: str, correction: "Correction | None" = None) -> None:
        """Answer this report in public, by a ``correction`` or without. Raises ValueError without words.

        So it does if the report has an answer already, or is spam.
        """
        if not self.is_waiting:
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

    def contradict(self, words: str) -> None:
        """Contradict an answer without a change, in the reader's name: the report waits again.

        Raises ValueError without words, after any other answer, and a second time.
        """
        if not self.can_contradict or not words.strip():
            raise ValueError("Only an answer without a change can be contradicted, once and in words.")
        self.first_answer, self.first_answered_at = self.answer, self.answered_at
        self.objection, self.objected_at = words.strip(), timezone.now()
        self.answered_at, self.answered_by, self.duplicate_of = None, None, None
        self.outcome = self.answer = ""
        self.save()

    def set_aside(self, *, by: "User") -> None:
        """Call this report spam. Raises ValueError if it has been answered."""
        if self.answered_at is not None:
            raise ValueError("This report has been answered already.")
        self.set_aside_at, self.set_aside_by, self.duplicate_of = timezone.now(), by, None
        self.save(update_fields=["set_aside_at", "set_aside_by", "duplicate_of"])

    def bring_back(self) -> None:
        """Let a report that was taken for spam wait again."""
        self.set_aside_at, self.set_aside_by = None, None
        self.save(update_fields=["set_aside_at", "set_aside_by"])
