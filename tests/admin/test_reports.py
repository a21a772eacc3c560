"""Edie works through the queue of reports."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.corrections.models import Report
from tests.world import NOON, desk, edie, make_article, max_admin

pytestmark = pytest.mark.django_db

LIST = "/admin/articles/report/"


def make_report(**changes: Any) -> Report:
    return Report.objects.create(**{"kind": "fact", "what": "It is 40, not 400.", **changes})


def form_of(report: Report) -> str:
    return f"{LIST}{report.pk}/change/"


class QueueTests:
    def listed(self, **query: str) -> list[Report]:
        return list(desk().get(LIST, query).context["cl"].result_list)

    def test_waiting_ones_come_first_the_oldest_at_the_head(self) -> None:
        first, second = (make_report(received_at=NOON - timedelta(days=days)) for days in (9, 8))
        first.settle(by=edie(), outcome="corrected", answer="It is 40.")
        second.settle(by=edie(), outcome="corrected", answer="It is 40.")
        late, early = make_report(received_at=NOON), make_report(received_at=NOON - timedelta(days=1))
        assert self.listed() == [early, late, second, first]

    def test_states(self) -> None:
        received, checked, answered = make_report(), make_report(), make_report(kind="other")
        checked.take_up(by=edie())
        answered.settle(by=edie(), outcome="no_change", answer="No.")
        assert self.listed(state="received") == [received]
        assert self.listed(state="being checked") == [checked]
        assert self.listed(state="answered") == [answered]
        assert set(self.listed(state="else")) == {received, checked, answered}
        assert self.listed(kind__exact="other") == [answered]
        page = desk().get(LIST).text
        for words in (received.code, "Received", "Being checked", "Answered", "The site as a whole", "A fact is wrong"):
            assert words in page

    def test_search_finds_code_words_and_story(self) -> None:
        report = make_report(article=make_article(headline="Kestrel opens"), quote="400 homes")
        make_report(what="Else.")
        for query in (report.code, "400 homes", "not 400", "Kestrel"):
            assert self.listed(q=query) == [report]

    def test_number_of_queries_is_the_same_for_one_row_and_for_fifty(self) -> None:
        client = desk()
        make_report(article=make_article())
        with CaptureQueriesContext(connection) as few:
            client.get(LIST)
        for _ in range(49):
            make_report(article=make_article())
        with CaptureQueriesContext(connection) as many:
            client.get(LIST)
        assert len(many) == len(few)

    def test_several_are_taken_up_at_once_but_not_answered_ones(self) -> None:
        waiting, answered = make_report(), make_report()
        answered.settle(by=max_admin(), outcome="no_change", answer="No.")
        desk().post(LIST, {"action": "take_up_selected", "_selected_action": [waiting.pk, answered.pk]})
        waiting.refresh_from_db()
        answered.refresh_from_db()
        assert (waiting.checked_by, answered.checked_by) == (edie(), max_admin())


class ReportTests:
    def test_what_the_reader_sent_is_shown_and_not_asked_for(self) -> None:
        article = make_article(headline="Kestrel <opens>")
        report = make_report(
            article=article, quote="<400>", prefix="of ", suffix=" homes", email="rita@example.org", version=1
        )
        page = desk().get(form_of(report)).text
        for words in (
            "Kestrel &lt;opens&gt;",
            "… of <mark>&lt;400&gt;</mark> homes …",
            "rita@example.org",
            "version 1",
        ):
            assert words in page
        assert f'href="{article.get_absolute_url()}"' in page
        assert f'href="{report.get_absolute_url()}"' in page or "View on site" in page
        for name in ("what", "quote", "email", "kind"):
            assert f'name="{name}"' not in page

    def test_sent_words_are_not_rewritten(self) -> None:
        report = make_report()
        forged = {"what": "Else.", "email": "x@example.org", "kind": "other", "decision": "no_change", "reply": "No."}
        desk().post(form_of(report), forged)
        report.refresh_from_db()
        assert (report.what, report.email, report.kind) == ("It is 40, not 400.", "", "fact")

    def test_report_is_taken_up_without_an_answer(self) -> None:
        report = make_report()
        answer = desk().post(form_of(report), {"_take_up": "Take up", "reply": "half-"}, follow=True)
        report.refresh_from_db()
        assert (report.state, report.checked_by) == ("being checked", edie())
        assert f"{report.code}: taken up." in answer.text
        assert 'name="_take_up"' not in answer.text

    def test_answer_goes_out_under_the_editors_name(self) -> None:
        report = make_report()
        desk().post(form_of(report), {"decision": "corrected", "reply": "You are right.\r\nThank you.", "_save": "on"})
        report.refresh_from_db()
        assert (report.outcome, report.answer) == ("corrected", "You are right.\nThank you.")
        assert (report.answered_by, report.checked_by) == (edie(), edie())

    def test_half_an_answer_is_refused_and_kept(self) -> None:
        report = make_report()
        answer = desk().post(form_of(report), {"decision": "", "reply": "You are right."})
        assert answer.status_code == 200
        assert "Choose an outcome." in answer.text
        assert "You are right." in answer.text
        assert "Say in public what came of the report." in desk().post(form_of(report), {"decision": "corrected"}).text
        report.refresh_from_db()
        assert report.state == "received"

    def test_answer_once_given_stands(self) -> None:
        report = make_report()
        report.settle(by=edie(), outcome="corrected", answer="You are right.")
        client = desk(max_admin())
        page = client.get(form_of(report)).text
        assert "You are right." in page
        assert 'name="reply"' not in page
        assert client.post(form_of(report), {"decision": "no_change", "reply": "No."}).status_code == 403
        report.refresh_from_db()
        assert report.outcome == "corrected"

    def test_reports_are_neither_added_nor_deleted_even_by_max(self) -> None:
        report = make_report()
        client = desk(max_admin())
        assert client.get(f"{LIST}add/").status_code == 403
        assert client.post(f"{LIST}{report.pk}/delete/", {"post": "yes"}).status_code == 403
        client.post(LIST, {"action": "delete_selected", "_selected_action": [report.pk], "post": "yes"})
        assert Report.objects.get() == report

    def test_who_may_only_look_sees_no_button(self) -> None:
        viewer = User.objects.create(username="vera", is_staff=True)
        viewer.user_permissions.set(Permission.objects.filter(codename="view_report"))
        report = make_report()
        page = desk(viewer).get(form_of(report)).text
        assert "Answer in public" not in page
        assert "Take up" not in page
        assert desk(viewer).post(form_of(report), {"_take_up": "on"}).status_code == 403
