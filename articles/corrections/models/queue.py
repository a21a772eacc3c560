"""Questions about many reports: which of them wait, how urgently, and which say the same."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self

from django.db import connection, models, transaction
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from articles.corrections import clock
from articles.corrections.notices import Severity

if TYPE_CHECKING:
    from articles.corrections.models.report import Report

SAME_WITHIN = timedelta(minutes=10)
SENT = ("article", "bullet_position", "quote", "kind", "what", "right", "url", "email")
# How long after it is closed a report keeps the address that the answer went to.
ADDRESS_KEPT = timedelta(days=30)
# The order of what ``by_urgency`` annotates.
URGENCY = ("late", F("closed_at").desc(nulls_first=True), "rank", "since_at", "pk")
SINCE = Coalesce("objected_at", "received_at")
# How grave an error of a kind is as a rule.
PRESUMED = {"fact": Severity.MAJOR, "summary": Severity.MAJOR}


class ReportQuerySet(models.QuerySet["Report"]):
    """Adjectives for reports."""

    def waiting(self) -> Self:
        """Without an answer yet, and no spam."""
        return self.filter(answered_at=None, set_aside_at=None)

    def leading(self) -> Self:
        """Without those that wait for the answer to another report on the same passage."""
        return self.filter(Q(duplicate_of=None) | ~Q(duplicate_of__answered_at=None))

    def told(self) -> Self:
        """Those that an editor has answered, be it that the reader has contradicted since; the latest first."""
        answers = self.exclude(answered_at=None, first_answered_at=None)
        return answers.order_by(Coalesce("answered_at", "first_answered_at").desc(), "-pk")

    def overdue(self, now: datetime) -> Self:
        """Those that wait for longer than they should."""
        return self.waiting().filter(_is_overdue(now))

    def by_urgency(self, now: datetime) -> Self:
        """What is past the limit first, then what is overdue, each by severity and age; what is closed comes last."""
        is_closed = ~Q(answered_at=None) | ~Q(set_aside_at=None)
        late = Case(
            When(is_closed, then=Value(3)),
            When(_is_past(clock.LIMIT, now), then=Value(0)),
            When(_is_overdue(now), then=Value(1)),
            default=Value(2),
        )
        rank = Case(*(When(severity=severity, then=Value(at)) for at, severity in enumerate(Severity.values)))
        closed_at = Coalesce("answered_at", "set_aside_at")
        return self.annotate(late=late, rank=rank, since_at=SINCE, closed_at=closed_at).order_by(*URGENCY)

    def with_old_addresses(self, now: datetime) -> Self:
        """Those that were closed so long ago that the reader's address has to go."""
        before = now - ADDRESS_KEPT
        return self.filter(Q(answered_at__lt=before) | Q(set_aside_at__lt=before)).exclude(email="")

    @transaction.atomic
    def receive(self, report: "Report") -> tuple["Report", bool]:
        """Keep ``report`` and say that it is new, or give back its twin of the last ten minutes: a form sent twice."""
        _one_at_a_time()
        same = {name: getattr(report, name) for name in SENT}
        twin = self.filter(**same, received_at__gt=timezone.now() - SAME_WITHIN).order_by("received_at").first()
        if twin:
            return twin, False
        report.severity = PRESUMED.get(report.kind, Severity.MINOR)
        report.save()
        return report, True


def _is_overdue(now: datetime) -> Q:
    """The condition for a report that waits: its target has passed, or nobody has looked in time."""
    late = Q()
    for severity, days in clock.TARGETS.items():
        is_unseen = Q(checked_at=None) & _is_past(min(days, clock.TRIAGE), now)
        late |= Q(severity=severity) & (_is_past(days, now) | is_unseen)
    return late


def _is_past(days: int, now: datetime) -> Q:
    """The condition for a report that has waited for longer than so many working days."""
    moment = clock.overdue_before(now, days, timezone.get_current_timezone())
    return Q(objected_at__lt=moment) | Q(objected_at=None, received_at__lt=moment)


def _one_at_a_time() -> None:
    """Until the transaction ends, let no other report in: SQLite's transactions queue by themselves."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('articles_report'))")
