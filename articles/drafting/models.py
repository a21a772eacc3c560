"""What was asked of the drafters, what came of it, and what it cost: the audit list of drafting."""

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q, Sum
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from articles.drafting.providers import Drafter, DraftError, Usage
from articles.summaries.checks import Finding

MILLION = 1_000_000
ABANDONED = timedelta(hours=1)
RECENT = timedelta(days=1)
LOST = _("The draft was begun and not finished.")


class DraftRunQuerySet(models.QuerySet["DraftRun"]):
    """Adjectives for runs."""

    def of_today(self) -> Self:
        """Those that count for today's ceilings: asked for or ended since midnight by the site's clock."""
        midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
        return self.filter(Q(asked_at__gte=midnight) | Q(ended_at__gte=midnight))

    def waiting(self) -> Self:
        """Those that are still to be done."""
        return self.filter(outcome=DraftRun.Outcome.WAITING)

    def spent(self) -> tuple[int, Decimal]:
        """The tokens and the money of these, with what is set aside for those in hand."""
        sums = self.aggregate(tokens=Sum("tokens_in") + Sum("tokens_out"), cost=Sum("cost"))
        return sums["tokens"] or 0, sums["cost"] or Decimal(0)


class DraftRun(models.Model):
    """One wish for a draft: who had it, of which drafter, and how it ended.

    ``model`` is empty until a drafter starts; ``tries`` counts how often one did. While a server is at work
    ``tokens_in`` and ``cost`` also hold the most that it may take, afterwards what it took, all tries together.
    ``points`` are those that the story did not have, ``red_flags`` how many of them the checks object to.
    ``error`` tells an editor why there is no draft, or why there is none yet.
    """

    class Outcome(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("a draft is", "Waiting")
        DRAFTED = "drafted", pgettext_lazy("outcome", "Drafted")
        FAILED = "failed", _("No draft")

    article = models.ForeignKey(
        "articles.Article",
        on_delete=models.SET_NULL,
        null=True,
        related_name="draft_runs",
        verbose_name=_("article"),
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("asked by")
    )
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now, db_index=True)
    is_built_in = models.BooleanField(_("built-in method"), default=False)
    model = models.CharField(_("model"), max_length=200, blank=True)
    prompt_version = models.CharField(_("prompt version"), max_length=20, blank=True)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices, default=Outcome.WAITING)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    points = models.PositiveSmallIntegerField(_("points"), default=0)
    red_flags = models.PositiveSmallIntegerField(_("with red flags"), default=0)
    is_cut = models.BooleanField(_("only the start was read"), default=False)
    tokens_in = models.PositiveIntegerField(_("tokens in"), default=0)
    tokens_out = models.PositiveIntegerField(_("tokens out"), default=0)
    cost = models.DecimalField(_("cost"), max_digits=12, decimal_places=6, default=Decimal(0))
    error = models.TextField(_("error"), blank=True)

    objects = DraftRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("draft run")
        verbose_name_plural = _("draft runs")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="waiting", ended_at__isnull=True)
                | Q(outcome__in=["drafted", "failed"], ended_at__isnull=False),
                name="draft_run_end_has_time",
            ),
            models.CheckConstraint(condition=~Q(outcome="failed") | ~Q(error=""), name="draft_run_failure_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.article or gettext('A story that is gone')}: {self.get_outcome_display()}"

    @property
    def is_waiting(self) -> bool:
        """Whether a drafter is still to do it; not one whose task was lost long ago."""
        return self.outcome == self.Outcome.WAITING and self.asked_at > timezone.now() - ABANDONED

    @property
    def is_failed(self) -> bool:
        """Whether there is no draft and none to come."""
        return self.outcome != self.Outcome.DRAFTED and not self.is_waiting

    @property
    def is_recent(self) -> bool:
        """Whether an editor who opens the story should be told of it."""
        return self.asked_at > timezone.now() - RECENT

    @property
    def usage(self) -> Usage:
        """The tokens as they are counted so far."""
        return Usage(self.tokens_in, self.tokens_out)

    @property
    def message(self) -> str:
        """What an editor is told of it."""
        if self.is_waiting:
            told = gettext("A draft is being written: open the story again in a minute.")
            return f"{told} {self.error}".strip()
        if self.is_failed:
            reason = self.error or str(LOST)
            return reason if self.is_built_in else f"{reason} {gettext('You can draft with the built-in method.')}"
        if not self.points:
            return gettext("The story says everything already that was drafted.")
        drafted = gettext("Drafted: %(count)s. Readers see a drafted point once an editor has approved it.")
        sentences = [drafted % {"count": self.points}]
        if self.red_flags:
            flagged = gettext("With red flags: %(count)s. Those need a written reason to be approved.")
            sentences.append(flagged % {"count": self.red_flags})
        if self.is_cut:
            cut = gettext("Only the start of the story was read: the whole is too long for the drafting server.")
            sentences.append(cut)
        return " ".join(sentences)

    def start(self, drafter: Drafter) -> None:
        """Note who drafts; set aside what a server may take at most. Raises DraftError over a ceiling of the day.

        What is set aside counts at once, so that drafts at the same time cannot pass a ceiling together.
        """
        before = self.usage
        self.model, self.prompt_version = drafter.model, drafter.prompt_version
        self.tries += 1
        if drafter.is_remote:
            self._count(before + Usage(settings.DRAFTING_MAX_TOKENS), dearest=True)
        self.save()
        if drafter.is_remote and (reason := _reason_over_ceiling()):
            self._count(before)
            self.save()
            raise DraftError(reason)

    def put_off(self, reason: str, *, usage: Usage) -> None:
        """Leave it to the next try: ``usage`` is what all tries so far have taken."""
        self.error = reason
        self._count(usage)
        self.save()

    def fail(self, reason: str, *, usage: Usage) -> None:
        """End without a draft."""
        self._end(self.Outcome.FAILED, usage)
        self.error = reason
        self.save()

    def succeed(self, findings: Sequence[Finding], *, usage: Usage, is_cut: bool) -> None:
        """End with a draft: ``findings`` are what the checks say of each of its points."""
        self._end(self.Outcome.DRAFTED, usage)
        self.points, self.red_flags = len(findings), sum(bool(finding.red_flags) for finding in findings)
        self.is_cut, self.error = is_cut, ""
        self.save()

    def _end(self, outcome: "DraftRun.Outcome", usage: Usage) -> None:
        self.outcome, self.ended_at = outcome, timezone.now()
        self._count(usage)

    def _count(self, usage: Usage, *, dearest: bool = False) -> None:
        """Note what was taken, priced as it is now; ``dearest``: as if each token were of the dearer kind."""
        self.tokens_in, self.tokens_out = usage.tokens_in, usage.tokens_out
        price_in, price_out = settings.DRAFTING_PRICE_IN, settings.DRAFTING_PRICE_OUT
        if dearest:
            price_in = price_out = max(price_in, price_out)
        self.cost = (usage.tokens_in * price_in + usage.tokens_out * price_out) / MILLION


def _reason_over_ceiling() -> str:
    """Why nothing more may be spent today, or "" while what is spent and set aside is within the ceilings."""
    tokens, cost = DraftRun.objects.of_today().spent()
    if tokens > settings.DRAFTING_DAILY_TOKENS:
        most = f"{settings.DRAFTING_DAILY_TOKENS:,}"
        return gettext("Drafts may take %(most)s tokens a day: too few are left today.") % {"most": most}
    if settings.DRAFTING_DAILY_COST and cost > settings.DRAFTING_DAILY_COST:
        most = str(settings.DRAFTING_DAILY_COST)
        return gettext("Drafts may cost %(most)s a day: too little is left today.") % {"most": most}
    return ""
