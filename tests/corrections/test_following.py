"""Rita wants to hear by mail if a story is corrected."""

import re
import smtplib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

import pytest
import time_machine
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from articles.catalogue.models import Article
from articles.corrections import acts, follow_mail
from articles.corrections.follow_mail import forget_followers, queue_mails, tell_follower
from articles.corrections.models import Correction, Follower
from articles.management.duties import DUTIES
from articles.outbox.models import QueuedTask
from articles.outbox.worker import run_due
from tests import mail_server
from tests.world import BODY, correct, edie, make_article, max_admin, rita, sam

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _mail_is_set_up(settings: Settings) -> Iterator[None]:
    settings.EMAIL_IS_SET_UP = True
    with time_machine.travel(NOW, tick=False):
        yield


def url(article: Article) -> str:
    return f"{article.get_absolute_url()}follow/"


def follower_of(article: Article, email: str = "rita@example.org") -> Follower:
    """Somebody who has confirmed."""
    follower = Follower.objects.create(article=article, email=email)
    follower.confirm()
    return Follower.objects.get(pk=follower.pk)


def put_right(article: Article, says: str = "4,000", **changes: str) -> Correction:
    return correct(article, body=BODY.replace("40,000", says), **changes)


def sent() -> list[EmailMultiAlternatives]:
    """Everything that is mailed once the queue has been worked through."""
    while run_due():
        pass
    return mail.outbox  # type: ignore[return-value]


class FollowTests:
    def test_story_leads_to_it(self) -> None:
        article = make_article()
        assert f'<a href="{url(article)}">Tell me by e-mail if this is corrected</a>' in story(article)
        assert rita().get(url(article)).status_code == 200

    def test_is_not_offered_without_mail(self, settings: Settings) -> None:
        settings.EMAIL_IS_SET_UP = False
        article = make_article()
        assert "follow/" not in story(article)
        assert rita().get(url(article)).status_code == 404
        assert rita().post(url(article), {"email": "rita@example.org"}).status_code == 404
        assert not Follower.objects.exists()

    def test_asks_the_mailbox_first(self) -> None:
        article = make_article(headline="Kestrel & co")
        answer = rita().post(url(article), {"email": "rita@example.org"})
        assert (answer.status_code, answer.headers["Location"]) == (303, f"{url(article)}?sent=1")
        assert "Look into your mailbox" in rita().get(answer.headers["Location"]).text
        (question,) = sent()
        follower = Follower.objects.get()
        assert question.to == ["rita@example.org"]
        assert question.subject == "Confirm: Kestrel & co"
        assert f"http://testserver/follow/{follower.token}/confirm/" in question.body
        assert follower.confirmed_at is None

    def test_answer_does_not_tell_who_follows_already(self) -> None:
        article = make_article()
        follower_of(article)
        answer = rita().post(url(article), {"email": "RITA@example.org"})
        assert (answer.status_code, answer.headers["Location"]) == (303, f"{url(article)}?sent=1")
        assert sent() == []
        assert Follower.objects.count() == 1

    def test_asking_again_sends_the_question_again(self) -> None:
        article = make_article()
        for _ in range(2):
            rita().post(url(article), {"email": "rita@example.org"})
        assert len(sent()) == 2
        assert Follower.objects.count() == 1

    def test_mailbox_is_not_flooded(self) -> None:
        answers = [rita().post(url(make_article()), {"email": "rita@example.org"}).status_code for _ in range(5)]
        assert answers == [303, 303, 303, 429, 429]
        assert len(sent()) == 3

    def test_limit_says_when_and_keeps_the_address(self, settings: Settings) -> None:
        settings.SENT_PER_NETWORK = 1
        article = make_article()
        rita().post(url(article), {"email": "one@example.org"})
        page = rita().post(url(article), {"email": "two@example.org"})
        assert page.status_code == 429
        assert int(page.headers["Retry-After"]) > 0
        assert 'value="two@example.org"' in page.text

    @pytest.mark.parametrize("email", ["", "rita", "rita@", "a@b@c.example", "x\r\nBcc: y@z.example"])
    def test_bad_address_is_told(self, email: str) -> None:
        page = rita().post(url(make_article()), {"email": email})
        assert page.status_code == 422
        assert "An email address needs an @ sign" in page.text
        assert not Follower.objects.exists()

    def test_machines_are_told_apart(self) -> None:
        page = rita().post(url(make_article()), {"email": "rita@example.org", "website": "x"})
        assert page.status_code == 422
        assert not Follower.objects.exists()

    def test_other_sites_can_not_ask(self) -> None:
        assert sam().post(url(make_article()), {"email": "rita@example.org"}).status_code == 403

    def test_former_address_leads_on(self) -> None:
        article = make_article(slug="old")
        article.take_slug("new")
        article.save()
        answer = rita().get("/articles/old/follow/")
        assert (answer.status_code, answer.headers["Location"]) == (301, "/articles/new/follow/")

    @pytest.mark.parametrize("status", ["draft", "withdrawn"])
    def test_only_published_stories(self, status: str) -> None:
        assert rita().get(url(make_article(status=status))).status_code == 404

    def test_page_sets_no_cookie_and_is_not_indexed(self) -> None:
        page = rita().get(url(make_article()))
        assert not page.cookies
        assert '<meta name="robots" content="noindex">' in page.text
        assert "no-store" in page.headers["Cache-Control"]


class FollowConfirmTests:
    def ask(self) -> Follower:
        return Follower.objects.create(article=make_article(), email="rita@example.org")

    def test_looking_at_the_link_confirms_nothing(self) -> None:
        follower = self.ask()
        for method in (rita().get, rita().head):
            assert method(follower.confirm_path).status_code == 200
        assert not Follower.objects.confirmed().exists()

    def test_button_confirms(self) -> None:
        follower = self.ask()
        answer = rita().post(follower.confirm_path)
        assert (answer.status_code, answer.headers["Location"]) == (303, follower.confirm_path)
        assert Follower.objects.confirmed().exists()
        assert "We will tell you" in rita().get(follower.confirm_path).text

    def test_confirming_twice_changes_nothing(self) -> None:
        follower = self.ask()
        rita().post(follower.confirm_path)
        first = Follower.objects.get().confirmed_at
        with time_machine.travel(NOW + timedelta(hours=1)):
            rita().post(follower.confirm_path)
        assert Follower.objects.get().confirmed_at == first

    def test_link_is_spent_after_two_days(self) -> None:
        follower = self.ask()
        with time_machine.travel(NOW + timedelta(days=2)):
            for answer in (rita().get(follower.confirm_path), rita().post(follower.confirm_path)):
                assert answer.status_code == 404
                assert "This link is spent" in answer.text
        assert not Follower.objects.confirmed().exists()

    @pytest.mark.parametrize("token", ["nobody", "a" * 43])
    def test_unknown_link_is_spent(self, token: str) -> None:
        assert rita().get(f"/follow/{token}/confirm/").status_code == 404

    def test_other_sites_can_not_confirm(self) -> None:
        assert sam().post(self.ask().confirm_path).status_code == 403


class FollowStopTests:
    def test_looking_at_the_link_stops_nothing(self) -> None:
        follower = follower_of(make_article())
        assert "Stop the mails?" in rita().get(follower.stop_path).text
        assert Follower.objects.exists()

    def test_button_forgets_the_address(self) -> None:
        follower = follower_of(make_article())
        assert "We have deleted your address." in rita().post(follower.stop_path).text
        assert not Follower.objects.exists()
        assert rita().post(follower.stop_path).status_code == 200
        assert rita().get(follower.stop_path).status_code == 404

    def test_mail_programs_stop_by_one_post_from_anywhere(self) -> None:
        follower = follower_of(make_article())
        answer = Client(enforce_csrf_checks=True).post(follower.stop_path, {"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200
        assert not Follower.objects.exists()

    def test_stops_one_story_alone(self) -> None:
        other = follower_of(make_article())
        rita().post(follower_of(make_article()).stop_path)
        assert Follower.objects.get() == other


class TellFollowerTests:
    def test_notice_is_mailed_as_text_and_html(self) -> None:
        article = make_article(headline="Kestrel & co")
        follower = follower_of(article)
        notice = put_right(article)
        (told,) = sent()
        assert told.to == ["rita@example.org"]
        assert told.subject == "Correction: Kestrel & co"
        html = str(told.alternatives[0][0])
        assert "It says that 40,000 homes can now order a dish." in told.body
        assert "It says that 4,000 homes can now order a dish." in html
        for words in (f"/corrections/{notice.code}/", follower.stop_path, article.get_absolute_url()):
            assert f"http://testserver{words}" in told.body
            assert f'href="http://testserver{words}"' in html
        assert "Kestrel &amp; co" in html

    def test_mail_can_be_stopped_in_one_click(self) -> None:
        article = make_article()
        follower = follower_of(article)
        put_right(article)
        headers = sent()[0].message()
        assert headers["List-Unsubscribe"] == f"<http://testserver/follow/{follower.token}/stop/>"
        assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"

    def test_each_notice_makes_one_mail_for_each_follower(self) -> None:
        article = make_article()
        for name in ("rita", "sam"):
            follower_of(article, f"{name}@example.org")
        put_right(article)
        put_right(article, "400")
        acts.withdraw(article, by=edie(), reason="its source has taken it back.")
        assert sorted(told.to[0] for told in sent()) == ["rita@example.org"] * 3 + ["sam@example.org"] * 3

    def test_only_what_comes_after_the_confirmation(self) -> None:
        article = make_article()
        put_right(article)
        follower_of(article)
        assert sent() == []
        put_right(article, "400")
        assert len(sent()) == 1

    def test_nobody_else_is_told(self) -> None:
        article = make_article()
        Follower.objects.create(article=article, email="unconfirmed@example.org")
        follower_of(make_article(), "elsewhere@example.org")
        put_right(article)
        assert sent() == []
        assert not QueuedTask.objects.exists()

    def test_who_stops_in_between_gets_nothing_more(self) -> None:
        article = make_article()
        follower = follower_of(article)
        put_right(article)
        run_due()
        mail.outbox.clear()
        put_right(article, "400")
        follower.stop()
        assert sent() == []

    def test_tasks_run_twice_or_out_of_order_lose_and_double_nothing(self) -> None:
        article = make_article()
        follower_of(article)
        first, second = put_right(article), put_right(article, "400")
        queue_mails.call(second.pk)
        queue_mails.call(first.pk)
        queue_mails.call(second.pk)
        assert len(sent()) == 2

    def test_many_followers_are_queued_in_batches(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(follow_mail, "BATCH", 2)
        article = make_article()
        for number in range(5):
            follower_of(article, f"rita{number}@example.org")
        put_right(article)
        assert len(sent()) == 5

    def test_queue_holds_no_address(self) -> None:
        article = make_article()
        follower_of(article)
        put_right(article)
        QueuedTask.objects.get().call()
        held = [repr(task.args_kwargs) for task in QueuedTask.objects.all()]
        assert len(held) == 2
        assert not any("rita" in one for one in held)

    def test_sealed_words_are_not_mailed(self) -> None:
        article = make_article()
        follower = follower_of(article)
        notice = acts.withdraw(article, by=edie(), reason="its source has taken it back.")
        acts.seal(article, by=max_admin(), reason="A court said so.")
        tell_follower.call(follower.pk, notice.pk)
        assert mail.outbox == []

    def test_publishing_costs_two_queries_whoever_follows(
        self, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        article = make_article()
        for number in range(5):
            follower_of(article, f"rita{number}@example.org")
        notice = put_right(article)
        with django_assert_num_queries(2):
            follow_mail.tell_of(notice)


class FaultyServerTests:
    """Over SMTP, to a server that is down at first, then refuses, then takes it."""

    def test_no_mail_is_lost(self, settings: Settings) -> None:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST = "127.0.0.1"
        article = make_article()
        for name in ("rita", "sam"):
            follower_of(article, f"{name}@example.org")
        with mail_server.running() as server:
            settings.EMAIL_PORT = server.port
        put_right(article)
        sent()
        assert QueuedTask.objects.failed().count() == 2
        with mail_server.running() as server:
            settings.EMAIL_PORT, server.fault = server.port, "451 try again later"
            self.later()
            assert QueuedTask.objects.failed().count() == 2
            server.fault = ""
            self.later()
        assert not QueuedTask.objects.exists()
        assert {told["To"] for told in server.taken} == {"rita@example.org", "sam@example.org"}
        told = server.taken[0]
        assert isinstance(told, EmailMessage)
        assert [part.get_content_type() for part in told.iter_parts()] == ["text/plain", "text/html"]
        assert re.fullmatch(r"<http://testserver/follow/[\w-]{43}/stop/>", told["List-Unsubscribe"].strip())

    def later(self) -> None:
        due = max(task.next_at for task in QueuedTask.objects.all() if task.next_at)
        with time_machine.travel(due + timedelta(seconds=1)):
            run_due()

    def test_worker_that_knows_of_no_mail_drops_none(self, settings: Settings) -> None:
        article = make_article()
        follower_of(article)
        put_right(article)
        settings.EMAIL_IS_SET_UP = False
        sent()
        assert "give the worker the same settings" in QueuedTask.objects.get().why

    def test_address_that_is_refused_stays_out_of_the_log(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(self: object) -> None:
            raise smtplib.SMTPRecipientsRefused({"rita@example.org": (550, b"No such user <rita@example.org>")})

        monkeypatch.setattr(EmailMultiAlternatives, "send", refuse)
        article = make_article()
        follower_of(article)
        put_right(article)
        sent()
        assert "rita@" not in QueuedTask.objects.get().traceback


class ForgetFollowersTests:
    def test_unconfirmed_addresses_go_after_two_days(self) -> None:
        article = make_article()
        Follower.objects.create(article=article, email="early@example.org", asked_at=NOW - timedelta(hours=47))
        Follower.objects.create(article=article, email="late@example.org", asked_at=NOW - timedelta(hours=48))
        kept = follower_of(article)
        Follower.objects.filter(pk=kept.pk).update(asked_at=NOW - timedelta(days=100))
        forget_followers.call()
        assert {one.email for one in Follower.objects.all()} == {"early@example.org", "rita@example.org"}

    def test_addresses_of_sealed_stories_go(self) -> None:
        article = make_article()
        follower_of(article)
        acts.withdraw(article, by=edie(), reason="its source has taken it back.")
        acts.seal(article, by=max_admin(), reason="A court said so.")
        forget_followers.call()
        assert not Follower.objects.exists()

    def test_is_a_duty(self) -> None:
        assert forget_followers in [duty.task for duty in DUTIES]


def story(article: Article) -> str:
    return rita().get(article.get_absolute_url()).text
