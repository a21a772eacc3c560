"""The mails of a report: to the editors when it comes in, to the reader when it is answered."""

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string
from django.urls import reverse

from articles.corrections.models import Report
from articles.outbox.tasks import task
from articles.web.site import absolute_url

SECONDS_TO_WAIT = 10


def is_wanted() -> bool:
    """Whether mail is set up, and the editors have an address."""
    return bool(settings.EMAIL_IS_SET_UP and settings.EDITORS_EMAIL)


@task(queue="mails", limit=timedelta(seconds=60), attempts=14)
def tell_editors(pk: int) -> None:
    """Mail a report, without the reader's address, to the editors.

    Attempted for 20 hours: raises OSError if the mail server can't be reached or refuses the mail, and
    ImproperlyConfigured if the worker, unlike the site, knows of none.
    """
    report = Report.objects.select_related("article").filter(pk=pk).first()
    if report is None:
        return
    if not is_wanted():
        raise ImproperlyConfigured("Mail is not set up here: give the worker the same settings as the site.")
    about = report.article.headline if report.article else settings.SITE_NAME
    desk_url = absolute_url(reverse("admin:articles_report_change", args=[report.pk]))
    EmailMessage(
        subject=f"Report {report.code}: {' '.join(about.split())}",
        body=render_to_string("corrections/report_mail.txt", {"report": report, "about": about, "desk_url": desk_url}),
        to=[settings.EDITORS_EMAIL],
        connection=get_connection(timeout=settings.EMAIL_TIMEOUT or SECONDS_TO_WAIT),
    ).send()


@task(queue="mails", limit=timedelta(seconds=60), attempts=14)
def tell_reader(pk: int) -> None:
    """Mail the answer to a report to who sent it, if they left an address.

    Attempted for 20 hours: raises OSError if the mail server can't be reached or refuses the mail, and
    ImproperlyConfigured if the worker, unlike the site, knows of none.
    """
    report = Report.objects.select_related("article").filter(pk=pk).first()
    if report is None or not report.email:
        return
    if not settings.EMAIL_IS_SET_UP:
        raise ImproperlyConfigured("Mail is not set up here: give the worker the same settings as the site.")
    about = report.article.headline if report.article else settings.SITE_NAME
    context = {"report": report, "about": about, "receipt_url": absolute_url(report.get_absolute_url())}
    EmailMessage(
        subject=f"Your report {report.code}: {report.get_outcome_display()}",
        body=render_to_string("corrections/answer_mail.txt", context),
        to=[report.email],
        connection=get_connection(timeout=settings.EMAIL_TIMEOUT or SECONDS_TO_WAIT),
    ).send()
