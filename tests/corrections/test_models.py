"""A report and its way to an answer, and what the database refuses."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from articles.corrections.models import Report
from tests.world import NOON, edie, make_article

pytestmark = pytest.mark.django_db


def make_report(**changes: Any) -> Report:
    return Report.objects.create(**{"kind": "fact", "what": "It is 40, not 400.", **changes})


class ReceiveTests:
    def draft(self, **changes: Any) -> Report:
        return Report(**{"kind": "fact", "what": "It is 40, not 400.", "quote": "400", **changes})

    def test_first_is_kept(self) -> None:
        report, is_new = Report.objects.receive(self.draft())
        assert is_new
        assert Report.objects.get() == report

    def test_form_sent_twice_makes_one_report(self) -> None:
        first, _ = Report.objects.receive(self.draft())
        again, is_new = Report.objects.receive(self.draft())
        assert (again, is_new) == (first, False)
        assert Report.objects.count() == 1

    @pytest.mark.parametrize(
        "change",
        [{"what": "Else."}, {"kind": "other"}, {"quote": ""}, {"url": "https://a.example/"}, {"email": "r@a.example"}],
    )
    def test_any_difference_makes_another_report(self, change: dict[str, str]) -> None:
        Report.objects.receive(self.draft())
        assert Report.objects.receive(self.draft(**change))[1]

    def test_same_words_about_another_story_are_another_report(self) -> None:
        Report.objects.receive(self.draft(article=make_article()))
        assert Report.objects.receive(self.draft(article=make_article()))[1]
        assert Report.objects.receive(self.draft(article=None))[1]

    def test_same_words_after_ten_minutes_are_another_report(self) -> None:
        make_report(quote="400", received_at=timezone.now() - timedelta(minutes=10, seconds=1))
        assert Report.objects.receive(self.draft())[1]


class ReceiveAtOnceTests:
    @pytest.mark.django_db(transaction=True)
    def test_clicks_that_arrive_together_make_one_report(self) -> None:
        if connection.vendor == "sqlite":
            pytest.skip("the test database of SQLite lives in memory; its transactions queue by themselves")

        start = Barrier(8)

        def click(_: int) -> str:
            connection.ensure_connection()
            start.wait(timeout=30)
            try:
                return Report.objects.receive(Report(kind="fact", what="It is 40, not 400."))[0].code
            finally:
                connection.close()

        with ThreadPoolExecutor(8) as clicks:
            codes = set(clicks.map(click, range(8)))
        assert len(codes) == Report.objects.count() == 1


class StateTests:
    def test_report_is_taken_up_once(self) -> None:
        report = make_report()
        assert report.state == "received"
        report.take_up(by=edie())
        first = report.checked_at
        report.take_up(by=edie())
        report.refresh_from_db()
        assert (report.state, report.checked_at, report.checked_by) == ("being checked", first, edie())

    def test_answer_says_who_and_when(self) -> None:
        report = make_report()
        report.settle(by=edie(), outcome="no_change", answer=" The source says 400. ")
        report.refresh_from_db()
        assert (report.state, report.answer, report.answered_by) == ("answered", "The source says 400.", edie())
        assert report.checked_by == edie()
        assert report.outcome_in_words == "We explain why, here."

    @pytest.mark.parametrize(("outcome", "answer"), [("", "Words."), ("fixed", "Words."), ("corrected", " ")])
    def test_half_an_answer_is_refused(self, outcome: str, answer: str) -> None:
        report = make_report()
        with pytest.raises(ValueError, match="Choose an outcome"):
            report.settle(by=edie(), outcome=outcome, answer=answer)
        assert Report.objects.waiting().get() == report

    def test_answer_is_not_given_twice(self) -> None:
        report = make_report()
        report.settle(by=edie(), outcome="corrected", answer="It is 40.")
        with pytest.raises(ValueError, match="answered already"):
            report.settle(by=edie(), outcome="no_change", answer="It is 400.")


class ConstraintTests:
    @pytest.mark.parametrize(
        "wrong",
        [
            {"what": ""},
            {"kind": "gossip"},
            {"checked_at": NOON},
            {"answered_at": NOON},
            {"outcome": "corrected"},
            {"answer": "It is 40."},
            {"answered_at": NOON, "outcome": "corrected", "answer": "It is 40."},
        ],
    )
    def test_database_refuses(self, wrong: dict[str, Any]) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            make_report(**wrong)

    def test_database_refuses_a_second_report_with_the_same_code(self) -> None:
        code = make_report().code
        with pytest.raises(IntegrityError), transaction.atomic():
            make_report(code=code)
