"""The editors hear of a report by mail."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMessage
from pytest_django import Settings

from articles.corrections.mail import tell_editors, tell_reader
from articles.corrections.models import Report
from articles.outbox.models import QueuedTask
from articles.outbox.worker import run_due
from tests import mail_server
from tests.world import edie, make_article, rita

pytestmark = pytest.mark.django_db


@pytest.fixture
def _desk_has_mail(settings: Settings) -> None:
    settings.EMAIL_IS_SET_UP = True
    settings.EDITORS_EMAIL = "desk@example.org"


def make_report(**changes: Any) -> Report:
    return Report.objects.create(
        **{
            "article": make_article(headline="Kestrel & co"),
            "kind": "fact",
            "what": "It's 40.",
            "quote": "400",
            **changes,
        }
    )


@pytest.mark.usefixtures("_desk_has_mail")
class TellEditorsTests:
    def test_mail_says_what_and_leads_to_the_desk(self, mailoutbox: list[EmailMessage]) -> None:
        report = make_report(email="rita@example.org", url="https://a.example/?x=1&y=2")
        tell_editors.call(report.pk)
        (mail,) = mailoutbox
        assert mail.to == ["desk@example.org"]
        assert mail.subject == f"Report {report.code}: Kestrel & co"
        for words in ("It's 40.", "400", "A fact is wrong", "https://a.example/?x=1&y=2"):
            assert words in mail.body
        assert f"http://testserver/admin/articles/report/{report.pk}/change/" in mail.body

    def test_address_of_the_reader_is_nowhere_in_it(self, mailoutbox: list[EmailMessage]) -> None:
        tell_editors.call(make_report(email="rita@example.org").pk)
        assert "rita@example.org" not in mailoutbox[0].message().as_string()

    def test_headline_of_two_lines_makes_one_subject(self, mailoutbox: list[EmailMessage]) -> None:
        tell_editors.call(make_report(article=make_article(headline="One\nTwo")).pk)
        assert mailoutbox[0].subject.endswith(": One Two")

    def test_report_on_the_site_is_named_after_it(self, mailoutbox: list[EmailMessage]) -> None:
        tell_editors.call(make_report(article=None, quote="").pk)
        assert mailoutbox[0].subject.endswith(": Newsroom")

    def test_report_that_is_gone_makes_no_mail(self, mailoutbox: list[EmailMessage]) -> None:
        tell_editors.call(404)
        assert mailoutbox == []


@pytest.mark.usefixtures("_desk_has_mail")
class FaultyServerTests:
    """Over SMTP, to a server that is down at first, then refuses, then takes it."""

    def test_no_mail_is_lost(self, settings: Settings) -> None:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST = "127.0.0.1"
        report = make_report()
        tell_editors.enqueue(report.pk)
        with mail_server.running() as server:
            settings.EMAIL_PORT = server.port
        assert self.fault() == "ConnectionRefusedError"
        with mail_server.running() as server:
            settings.EMAIL_PORT, server.fault = server.port, "451 try again later"
            assert self.fault() == "SMTPRecipientsRefused"
            server.fault = ""
            assert self.fault() == ""
        (mail,) = server.taken
        assert mail["Subject"] == f"Report {report.code}: Kestrel & co"
        assert mail["To"] == "desk@example.org"

    def fault(self) -> str:
        """What goes wrong with the mail when it is next attempted; "" if nothing does, and then it is out."""
        task = QueuedTask.objects.get()
        with time_machine.travel(task.next_at or datetime.now().astimezone() + timedelta(seconds=1)):
            assert run_due() == 1
        left = QueuedTask.objects.first()
        return left.exception_class_path.rpartition(".")[2] if left else ""


@pytest.mark.parametrize(("is_set_up", "address"), [(False, "desk@example.org"), (True, "")])
class NoMailTests:
    @pytest.fixture(autouse=True)
    def _desk_has_no_mail(self, settings: Settings, is_set_up: bool, address: str) -> None:
        settings.EMAIL_IS_SET_UP, settings.EDITORS_EMAIL = is_set_up, address

    def test_nothing_is_queued_without_a_server_or_an_address(self) -> None:
        rita().post("/report/", {"kind": "fact", "what": "It is 40."})
        assert Report.objects.exists()
        assert not QueuedTask.objects.exists()

    def test_worker_that_knows_of_no_mail_drops_none(self, mailoutbox: list[EmailMessage]) -> None:
        tell_editors.enqueue(make_report().pk)
        run_due()
        assert mailoutbox == []
        assert "give the worker the same settings as the site" in QueuedTask.objects.get().why


class TellReaderTests:
    def answered(self, **changes: Any) -> Report:
        report = make_report(**changes)
        report.settle(by=edie(), outcome="no_change", answer="It is 400.")
        return report

    def test_answer_and_the_way_to_the_receipt(self, settings: Settings, mailoutbox: list[EmailMessage]) -> None:
        settings.EMAIL_IS_SET_UP = True
        report = self.answered(email="rita@example.org")
        tell_reader.call(report.pk)
        (mail,) = mailoutbox
        assert mail.to == ["rita@example.org"]
        assert mail.subject == f"Your report {report.code}: No change"
        for words in ("It is 400.", "Kestrel & co", f"http://testserver{report.get_absolute_url()}"):
            assert words in mail.body

    def test_nobody_is_written_to_without_an_address(self, settings: Settings, mailoutbox: list[EmailMessage]) -> None:
        settings.EMAIL_IS_SET_UP = True
        tell_reader.call(self.answered().pk)
        tell_reader.call(999)
        assert mailoutbox == []

    def test_worker_without_mail_says_so(self, settings: Settings) -> None:
        settings.EMAIL_IS_SET_UP = False
        with pytest.raises(ImproperlyConfigured, match="same settings"):
            tell_reader.call(self.answered(email="rita@example.org").pk)
