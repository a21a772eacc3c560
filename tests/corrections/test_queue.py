"""Which reports wait, and in what order."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from articles.corrections.models import Report
from articles.corrections.models.queue import ADDRESS_KEPT
from tests.world import edie, make_article, make_report

pytestmark = pytest.mark.django_db

# A Wednesday at noon.
NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


def received(days: int, severity: str = "minor", *, is_checked: bool = True) -> Report:
    report = make_report(received_at=NOW - timedelta(days=days), severity=severity)
    if is_checked:
        report.take_up(by=edie())
    return report


class ByUrgencyTests:
    def test_limit_then_targets_then_severity_then_age(self) -> None:
        minor, major, critical = (received(0, severity) for severity in ("minor", "major", "critical"))
        late_minor, late_critical = received(8), received(1, "critical")
        older_major = received(1, "major")
        beyond = received(20)
        expected = [beyond, late_critical, late_minor, critical, older_major, major, minor]
        assert list(Report.objects.by_urgency(NOW)) == expected
        assert list(Report.objects.overdue(NOW).by_urgency(NOW)) == expected[:3]

    def test_closed_ones_come_last_the_latest_first(self) -> None:
        first, second, waiting = received(3), received(30), received(0)
        with time_machine.travel(NOW, tick=False):
            first.settle(by=edie(), outcome="no_change", answer="No.")
        with time_machine.travel(NOW + timedelta(hours=1), tick=False):
            second.set_aside(by=edie())
        assert list(Report.objects.by_urgency(NOW)) == [waiting, second, first]

    def test_agrees_with_what_each_report_says_of_itself(self) -> None:
        reports = [
            received(days, severity, is_checked=is_checked)
            for days in range(14)
            for severity in ("critical", "major", "minor")
            for is_checked in (True, False)
        ]
        with time_machine.travel(NOW, tick=False):
            late = {report.pk for report in reports if report.is_overdue}
        assert 0 < len(late) < len(reports)
        assert {report.pk for report in Report.objects.overdue(NOW)} == late

    def test_what_nobody_has_looked_at_is_late_after_a_day(self) -> None:
        unseen, seen = received(2, "minor", is_checked=False), received(2, "minor")
        assert list(Report.objects.overdue(NOW)) == [unseen]
        assert seen.due_at > unseen.due_at

    def test_contradicted_answer_starts_the_clock_anew(self) -> None:
        report = received(20)
        report.settle(by=edie(), outcome="no_change", answer="No.")
        with time_machine.travel(NOW, tick=False):
            report.contradict("But it is.")
            assert not report.is_overdue
        assert not Report.objects.overdue(NOW).exists()
        assert Report.objects.overdue(NOW + timedelta(days=9)).exists()


class LeadingTests:
    def test_duplicate_leads_once_its_lead_is_closed(self) -> None:
        lead = received(3)
        duplicate = make_report(duplicate_of=lead)
        assert list(Report.objects.waiting().leading()) == [lead]
        lead.settle(by=edie(), outcome="no_change", answer="No.")
        assert list(Report.objects.waiting().leading()) == [duplicate]


class WithOldAddressesTests:
    def test_thirty_days_after_it_was_closed(self) -> None:
        article = make_article()
        answered, spam, open_one = (make_report(article, email="rita@example.org") for _ in range(3))
        with time_machine.travel(NOW, tick=False):
            answered.settle(by=edie(), outcome="no_change", answer="No.")
            spam.set_aside(by=edie())
        late = NOW + ADDRESS_KEPT + timedelta(seconds=1)
        assert not Report.objects.with_old_addresses(NOW + ADDRESS_KEPT).exists()
        assert set(Report.objects.with_old_addresses(late)) == {answered, spam}
        assert open_one not in Report.objects.with_old_addresses(late + timedelta(days=900))

    def test_contradicted_one_is_open_again(self) -> None:
        report = make_report(email="rita@example.org")
        with time_machine.travel(NOW, tick=False):
            report.settle(by=edie(), outcome="no_change", answer="No.")
        report.contradict("But it is.")
        assert not Report.objects.with_old_addresses(NOW + timedelta(days=900)).exists()
