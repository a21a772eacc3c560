"""Every word on the pages of reports and corrections, and in their mails, is there for translators."""

import re
from datetime import timedelta
from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.conf import settings as django_settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.db import connection
from django.utils import timezone
from django.utils.translation import override
from pytest_django import Settings

from articles.catalogue.models import Article
from articles.corrections import acts, desk
from articles.corrections.annotation import full_annotation
from articles.corrections.follow_mail import ask_follower, tell_follower
from articles.corrections.mail import tell_editors, tell_reader
from articles.corrections.models import AnswerTemplate, Follower, Report
from articles.corrections.notices import Kind, Notice, faults_of, withdrawal, worded
from articles.web.site import absolute_url
from tests.web.pseudo import bracketed, untranslated, without
from tests.world import NOON, correct, edie, make_article, make_report, max_admin, rita

BODY = "Tarn has six dishes on its roof. Each is new."
FIXED = BODY.replace("six", "four")
HEADLINE = "Tarn builds a roof"
# Names, addresses, and what people wrote.
DATA = ["Newsroom", "Edie Torres", "Max Okafor", "Nordlys Tech", "Networks", "rita@example.org", "https://a.example/"]
DATA += ["It is four.", "It was four.", "We counted.", "Count anew.", HEADLINE]
LANGUAGES = ["en", *(path.name for path in django_settings.LOCALE_PATHS[0].iterdir())]


def story() -> Article:
    return make_article(headline=HEADLINE, standfirst="", body=BODY, bullets=["Tarn has six dishes."])


def told(article: Article | None, **changes: Any) -> Report:
    """A report with all that a reader can say."""
    sent = {"what": "It is four.", "right": "It was four.", "url": "https://a.example/", "email": "rita@example.org"}
    if article:
        sent |= {"quote": "six dishes", "prefix": "Tarn has ", "suffix": " on its roof"}
    return make_report(article, **{**sent, **changes})


def outside(path: str, *data: str, status: int = 200, sent: dict[str, str] | None = None) -> list[str]:
    """The words of a page, or of what comes of a form that is ``sent``, that no translator sees: title and content."""
    with bracketed():
        answer = rita().get(path) if sent is None else rita().post(path, sent)
    assert answer.status_code == status
    parts = re.findall(r"<title>.*?</title>|<meta name=.description[^>]*>|<main.*</main>", answer.text, re.DOTALL)
    assert len(parts) == 3
    return untranslated("".join(parts), *DATA, *data)


@pytest.fixture(autouse=True)
def _mail_is_set_up(settings: Settings) -> None:
    settings.EMAIL_IS_SET_UP, settings.EDITORS_EMAIL = True, "desk@example.org"


@pytest.mark.django_db
class ReportFormTests:
    def test_on_a_story_and_on_the_site(self) -> None:
        assert outside(f"/articles/{story().slug}/report/?version=1&bullet=1") == []
        assert outside("/report/") == []

    def test_with_everything_wrong(self) -> None:
        long, short = "x" * 5001, "y" * 1001
        sent = {"kind": "?", "what": long, "right": short, "url": "z", "email": "rita", "quote": short}
        typed = (long, short, "z", "rita")
        assert outside(f"/articles/{story().slug}/report/", *typed, status=422, sent=sent) == []
        assert outside(f"/articles/{story().slug}/report/", status=422, sent={}) == []
        links = "https://a.example/ " * 4
        assert outside("/report/", status=422, sent={"kind": "fact", "what": links}) == []

    def test_refused_for_now(self, settings: Settings) -> None:
        settings.SENT_PER_NETWORK, settings.FORM_MIN_SECONDS = 1, 0
        sent = {"kind": "fact", "what": "It is four."}
        rita().post("/report/", sent)
        assert outside("/report/", status=429, sent=sent) == []


@pytest.mark.django_db
class ReceiptTests:
    def outside(self, report: Report, *data: str) -> list[str]:
        return outside(report.get_absolute_url(), report.code, *data)

    def test_waiting_for_too_long_and_not_alone(self) -> None:
        article = story()
        with time_machine.travel(timezone.now() - timedelta(days=30)):
            report = told(article)
        for _ in range(2):
            told(article, duplicate_of=report)
            assert self.outside(report) == []

    def test_on_the_site_and_being_checked(self) -> None:
        report = told(None)
        report.take_up(by=edie())
        assert self.outside(report) == []

    def test_answered_contradicted_and_answered_again(self) -> None:
        report = told(story())
        desk.answer([report], by=edie(), outcome="no_change", words="We counted.")
        assert self.outside(report) == []
        reply = f"{report.get_absolute_url()}reply/"
        assert outside(reply, report.code, status=422, sent={"words": ""}) == []
        report.refresh_from_db()
        desk.contradict(report, "Count anew.")
        assert self.outside(report) == []
        desk.answer([report], by=edie(), outcome="updated", words="We counted.")
        assert self.outside(report) == []

    def test_corrected(self) -> None:
        report = told(article := story())
        correction = correct(article, body=FIXED, reports=[report])
        assert self.outside(report, correction.text) == []

    def test_spam(self) -> None:
        report = told(None)
        report.set_aside(by=edie())
        assert self.outside(report) == []

    def test_of_a_sealed_story(self) -> None:
        report = told(article := story())
        acts.withdraw(article, by=edie(), reason="it is wrong", reports=[report])
        acts.seal(article, by=max_admin(), reason="A court told us to.")
        assert self.outside(report) == []


@pytest.mark.django_db
class AnswerTemplateTests:
    def test_those_that_a_new_site_has_are_in_its_language(self) -> None:
        AnswerTemplate.objects.all().delete()
        with bracketed():
            import_module("articles.migrations.0007_desk").write_templates(apps, SimpleNamespace(connection=connection))
        written = AnswerTemplate.objects.values_list("title", "text")
        assert len(written) == 4
        assert all(words.startswith("⟦") for pair in written for words in pair)


@pytest.mark.django_db
class LogTests:
    def test_every_kind_of_entry(self) -> None:
        report = told(article := story())
        first = correct(article, body=FIXED, reports=[report], origin="summary")
        second = correct(article, says="four dishes", supersedes=first, severity="minor", origin="source")
        changes = {"kind": "clarification", "ground": "We counted.", "by": max_admin(), "seconded_by": edie()}
        third = correct(story(), body=FIXED, **changes)
        taken = correct(story(), body="Each is new.", bullets=["Each is new."])
        texts = [entry.text for entry in (first, second, third, taken)]
        codes = [entry.code for entry in (first, second, third, taken)]
        assert outside("/corrections/", *codes, *texts) == []
        for code in codes:
            assert outside(f"/corrections/{code}/", *codes, *texts) == []

    def test_empty_with_filters_that_can_not_be_used(self) -> None:
        assert outside("/corrections/") == []
        asked = "kind=x1&severity=x2&origin=x3&source=x4&topic=x5&month=x6"
        assert outside(f"/corrections/?{asked}", "x4", "x5", "x6") == []


@pytest.mark.django_db
class RecordTests:
    def test_by_month_and_by_outlet(self) -> None:
        assert outside("/corrections/record/") == []
        report = told(article := story())
        correct(article, body=FIXED, reports=[report])
        assert outside("/corrections/record/") == []
        assert outside(f"/corrections/record/?month={timezone.now():%Y-%m}") == []
        assert outside("/corrections/record/?month=2020-01") == []


@pytest.mark.django_db
class FollowTests:
    def test_from_asking_to_stopping(self) -> None:
        article = story()
        path = f"/articles/{article.slug}/follow/"
        assert outside(path) == []
        assert outside(path, "rita", status=422, sent={"email": "rita"}) == []
        assert outside(f"{path}?sent=1") == []
        follower = Follower.objects.create(article=article, email="rita@example.org")
        assert outside(follower.confirm_path) == []
        follower.confirm()
        assert outside(follower.confirm_path) == []
        assert outside(follower.stop_path) == []
        assert outside(follower.stop_path, sent={}) == []
        assert outside(follower.stop_path, status=404) == []


@pytest.mark.django_db
class MailTests:
    def outside(self, mail: EmailMessage, *data: str) -> list[str]:
        """The words of the subject, of each line of the text and of the page of a mail that no translator sees."""
        texts = [
            left for line in (str(mail.subject), *mail.body.split("\n")) if (left := without(line, [*DATA, *data]))
        ]
        pages = mail.alternatives if isinstance(mail, EmailMultiAlternatives) else []
        return texts + [left for page in pages for left in untranslated(str(page[0]), *DATA, *data)]

    def test_to_the_editors(self, mailoutbox: list[EmailMessage]) -> None:
        report = told(
            story(), first_answer="We counted.", first_answered_at=NOON, objected_at=NOON, objection="Count anew."
        )
        with bracketed():
            tell_editors.call(report.pk)
        address = absolute_url(f"/admin/articles/report/{report.pk}/change/")
        assert self.outside(mailoutbox[0], report.code, "six dishes", address) == []

    def test_to_the_reader(self, mailoutbox: list[EmailMessage]) -> None:
        report = told(story())
        desk.answer([report], by=edie(), outcome="no_change", words="We counted.")
        with bracketed():
            tell_reader.call(report.pk)
        assert self.outside(mailoutbox[0], report.code, absolute_url(report.get_absolute_url())) == []

    def test_to_those_who_follow_a_story(self, mailoutbox: list[EmailMessage]) -> None:
        article = story()
        follower = Follower.objects.create(article=article, email="rita@example.org")
        with bracketed():
            ask_follower.call(follower.pk)
        correction = correct(article, body=FIXED)
        Follower.objects.update(confirmed_at=NOON)
        with bracketed():
            tell_follower.call(follower.pk, correction.pk)
        paths = [article.get_absolute_url(), correction.get_absolute_url(), follower.confirm_path, follower.stop_path]
        links = [absolute_url(path) for path in paths]
        for mail in mailoutbox:
            assert self.outside(mail, *links, correction.text, correction.wrote, correction.says) == []


class NoticeTests:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_words_made_for_a_notice_are_those_that_it_must_hold(self, language: str) -> None:
        passages = [("It has six.", "It has four."), ("It has six.", ""), ("", "it has four"), ("", "It has four?")]
        made = [
            Notice(kind, "minor", "story", wrote=wrote, says=says)
            for kind in (Kind.CORRECTION, Kind.CLARIFICATION, Kind.UPDATE)
            for wrote, says in passages
            if says or kind == Kind.CORRECTION
        ]
        with override(language):
            made += [withdrawal(reason, "minor", "story") for reason in ("it is wrong", "Its source is gone")]
            assert [faults_of(worded(notice, NOON)) for notice in made] == [{}] * len(made)

    def test_kind_in_an_annotation_is_the_same_in_every_language(self) -> None:
        report = Report(code="R-1", kind="fact", what="It is four.", received_at=NOON)
        with override("ar"):
            assert full_annotation(report)["body"][0]["value"] == "A fact is wrong"
