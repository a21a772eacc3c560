"""Rita reports an error, and follows what comes of it."""

import socket

import pytest
import time_machine
from django.core.mail import EmailMessage
from django.db import OperationalError
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings
from pytest_django.asserts import assertInHTML

from articles.catalogue.models import Article
from articles.corrections.models import Report
from articles.outbox.models import QueuedTask
from articles.outbox.tasks import Task
from articles.outbox.worker import run_due
from tests.world import NOON, desk, make_article, rita, sam

pytestmark = pytest.mark.django_db

ANSWERS = {"kind": "fact", "what": "It is 40, not 400."}
HTMX = {"HX-Request": "true", "HX-Target": "report-form"}


def form_url(article: Article | None = None) -> str:
    if article is None:
        return reverse("corrections:site_report_create")
    return reverse("corrections:report_create", args=[article.slug])


def move(article: Article, slug: str) -> None:
    article.take_slug(slug)
    article.save()


class ReportCreateTests:
    def test_form_names_the_story_and_leads_back(self) -> None:
        article = make_article(headline="Kestrel & co. open <b>station</b>")
        page = rita().get(form_url(article))
        assert page.status_code == 200
        assert "Kestrel &amp; co. open &lt;b&gt;station&lt;/b&gt;" in page.text
        assert f'<a href="{article.get_absolute_url()}">Back to the story</a>' in page.text
        assert f'<link rel="canonical" href="http://testserver{article.get_absolute_url()}">' in page.text

    def test_selected_passage_is_filled_in(self) -> None:
        query = {"version": "1", "quote": 'a "second" station', "prefix": "on ", "suffix": "."}
        page = rita().get(form_url(make_article()), query)
        assert "a &quot;second&quot; station</textarea>" in page.text
        for name, value in [("version", "1"), ("prefix", "on "), ("suffix", ".")]:
            assert f'<input type="hidden" name="{name}" value="{value}">' in page.text

    def test_bullet_is_filled_in_as_the_passage(self) -> None:
        page = rita().get(form_url(make_article(bullets=["One.", "Two."])), {"version": "1", "bullet": "2"})
        assert "Two.</textarea>" in page.text
        assert '<input type="hidden" name="bullet" value="2">' in page.text

    def test_bad_values_in_the_link_are_ignored(self) -> None:
        page = rita().get(
            form_url(make_article()), {"version": "x", "bullet": "99", "quote": "\x00", "prefix": "p" * 999}
        )
        assert page.status_code == 200
        assert 'name="version"' not in page.text
        assert 'name="bullet"' not in page.text

    def test_page_is_the_same_for_every_reader(self) -> None:
        article = make_article()
        with time_machine.travel(NOON, tick=False):
            page = rita().get(form_url(article))
        editor = desk()
        with time_machine.travel(NOON, tick=False):
            signed_in = editor.get(form_url(article))
        assert not page.cookies
        assert "csrf" not in page.text
        assert page.text == signed_in.text

    def test_sent_form_leads_to_its_receipt(self) -> None:
        article = make_article()
        answer = rita().post(form_url(article), {**ANSWERS, "quote": "400 homes", "version": "1", "prefix": "that "})
        report = Report.objects.get()
        assert answer.status_code == 303
        assert answer.headers["Location"] == f"/reports/{report.code}/"
        assert (report.article, report.quote, report.prefix, report.version) == (article, "400 homes", "that ", 1)
        assert not answer.cookies

    def test_editor_signed_in_is_not_named(self) -> None:
        client = desk()
        client.defaults["HTTP_SEC_FETCH_SITE"] = "same-origin"
        client.post(form_url(make_article()), ANSWERS)
        report = Report.objects.get()
        assert (report.checked_by, report.answered_by, report.email) == (None, None, "")

    def test_faulty_form_keeps_what_was_typed(self) -> None:
        typed = {"kind": "spelling", "what": "", "url": "not <an> address", "quote": "my words", "version": "1"}
        page = rita().post(form_url(make_article()), typed)
        assert page.status_code == 422
        assert "<title>Error: Report an error" in page.text
        assert "Two things need your attention" in page.text
        assert '<a href="#what">Tell us what is wrong with the passage' in page.text
        assert '<a href="#url">Give a web address' in page.text
        assert "my words</textarea>" in page.text
        assert 'value="not &lt;an&gt; address"' in page.text
        assertInHTML('<input type="radio" name="kind" value="spelling" required id="kind_3" checked>', page.text)
        assert '<input type="hidden" name="version" value="1">' in page.text
        assert not Report.objects.exists()

    def test_fault_is_tied_to_its_question(self) -> None:
        page = rita().post(form_url(make_article()), {"kind": ""})
        assert 'aria-describedby="what_helptext what_error"' in page.text
        assert page.text.count('aria-invalid="true"') >= 1
        assert 'id="what_error"' in page.text
        assert '<a href="#kind_0">Choose what kind of error it is.' in page.text
        assert 'id="kind_0"' in page.text
        assert '<fieldset class="field" aria-describedby="kind_error">' in page.text

    def test_one_fault_is_counted_as_one(self) -> None:
        assert "One thing needs your attention" in rita().post(form_url(make_article()), {"kind": "fact"}).text

    def test_form_sent_twice_makes_one_report_with_one_receipt(self) -> None:
        url = form_url(make_article())
        receipts = {rita().post(url, ANSWERS).headers["Location"] for _ in range(2)}
        assert len(receipts) == Report.objects.count() == 1

    @pytest.mark.parametrize("status", ["draft", "in_review"])
    def test_unpublished_story_has_no_form(self, status: str) -> None:
        article = make_article(status=status)
        assert rita().get(form_url(article)).status_code == 404
        assert rita().post(form_url(article), ANSWERS).status_code == 404

    def test_withdrawn_story_can_be_reported(self) -> None:
        assert rita().post(form_url(make_article(status="withdrawn")), ANSWERS).status_code == 303

    @pytest.mark.parametrize("path", ["/articles/none/report/", "/articles/%00/report/", "/articles/a b/report/"])
    def test_address_without_a_story_is_not_found(self, path: str) -> None:
        assert rita().get(path).status_code == 404

    def test_story_in_another_script_has_a_form(self) -> None:
        article = make_article(headline="محطة جديدة", language="ar")
        assert article.slug.isalpha() is False
        page = rita().get(form_url(article))
        assert page.status_code == 200
        assert '<bdi lang="ar">' in page.text

    def test_former_address_leads_to_the_present_one_with_its_query(self) -> None:
        article = make_article(slug="old-address")
        move(article, "new-address")
        answer = rita().get("/articles/old-address/report/?version=1&quote=40%20homes")
        assert answer.status_code == 301
        assert answer.headers["Location"] == "/articles/new-address/report/?version=1&quote=40%20homes"
        assert rita().get("/articles/old-address/report/").headers["Location"] == "/articles/new-address/report/"

    def test_form_sent_to_a_former_address_counts(self) -> None:
        article = make_article(slug="old-address")
        move(article, "new-address")
        assert rita().post("/articles/old-address/report/", ANSWERS).status_code == 303
        assert Report.objects.get().article == article

    @pytest.mark.parametrize("client", [sam(), Client()])
    def test_form_on_another_site_is_refused_in_words(self, client: Client) -> None:
        answer = client.post(form_url(make_article()), ANSWERS)
        assert answer.status_code == 403
        assert "not sent from a page of this site" in answer.text
        assert not Report.objects.exists()

    def test_other_methods_are_refused(self) -> None:
        assert rita().delete(form_url(make_article())).status_code == 405

    def test_number_of_queries(self, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
        article = make_article()
        with django_assert_max_num_queries(3):
            rita().get(form_url(article), {"version": "1", "bullet": "1"})


class ReportFormFragmentTests:
    def test_faulty_form_comes_back_alone_with_its_title(self) -> None:
        page = rita().post(form_url(make_article()), {"kind": "fact", "url": "htp:/x"}, headers=HTMX)
        assert page.status_code == 422
        assert page.text.strip().startswith("<title>Error: Report an error")
        assert '<div id="report-form">' in page.text
        assert "<h1>" not in page.text
        assert 'value="htp:/x"' in page.text
        assert {"HX-Request", "HX-Target"} <= {name.strip() for name in page.headers["Vary"].split(",")}

    def test_sent_form_moves_the_browser_to_the_receipt(self) -> None:
        answer = rita().post(form_url(make_article()), ANSWERS, headers=HTMX)
        assert answer.status_code == 200
        assert answer.headers["HX-Redirect"] == Report.objects.get().get_absolute_url()

    def test_other_target_gets_the_whole_page(self) -> None:
        page = rita().post(form_url(make_article()), {}, headers={**HTMX, "HX-Target": "main"})
        assert "<h1>Report an error</h1>" in page.text

    def test_form_posts_to_its_own_address_with_and_without_script(self) -> None:
        url = form_url(make_article())
        page = rita().get(url)
        assert f'action="{url}" data-hx-post="{url}" data-hx-target="#report-form"' in page.text


class SiteReportCreateTests:
    def test_site_as_a_whole(self) -> None:
        page = rita().get(form_url())
        assert "On this site" in page.text
        assert 'name="quote"' not in page.text
        assert rita().post(form_url(), {**ANSWERS, "quote": "x", "version": "4", "bullet": "1"}).status_code == 303
        report = Report.objects.get()
        assert (report.article, report.quote) == (None, "")

    def test_address_is_asked_for_only_where_mail_is_set_up(self, settings: Settings) -> None:
        assert 'name="email"' not in rita().get(form_url()).text
        settings.EMAIL_IS_SET_UP = True
        assert 'name="email"' in rita().get(form_url()).text
        page = rita().post(form_url(), {**ANSWERS, "email": "reader.example.org"})
        assert page.status_code == 422
        assert 'value="reader.example.org"' in page.text


class EditorsMailTests:
    """The report is kept whatever becomes of the mail."""

    @pytest.fixture(autouse=True)
    def _desk_has_mail(self, settings: Settings) -> None:
        settings.EMAIL_IS_SET_UP, settings.EDITORS_EMAIL = True, "desk@example.org"

    def test_failing_mail_server_does_not_fail_the_report(self, settings: Settings) -> None:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", closed_port()
        answer = rita().post(form_url(), ANSWERS)
        run_due()
        assert answer.status_code == 303
        assert Report.objects.exists()
        assert "Connection refused" in QueuedTask.objects.get().why

    def test_form_sent_twice_makes_one_mail(self, mailoutbox: list[EmailMessage]) -> None:
        rita().post(form_url(), ANSWERS)
        rita().post(form_url(), ANSWERS)
        assert mailoutbox == []
        run_due()
        assert len(mailoutbox) == 1

    def test_report_and_its_mail_are_kept_together_or_not_at_all(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(Task, "enqueue", refuse)
        with pytest.raises(OperationalError):
            rita().post(form_url(), ANSWERS)
        assert not Report.objects.exists()


def refuse(*args: object) -> None:
    """The queue can't be written."""
    raise OperationalError("database is locked")


def closed_port() -> int:
    """A port of this machine on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
