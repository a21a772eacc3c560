"""The mail that tells the editors of a new report."""

from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string
from django.urls import reverse

from articles.corrections.models import Report
from articles.outbox.tasks import task
from articles.web.site import absolute_url

SECONDS_TO_WAIT = 10


@task(queue="mails", limit=timedelta(seconds=60), attempts=14)
def tell_editors(pk: int) -> None:
    """Mail a report, without the reader's address, to the editors, if mail is set up and they have an address.

    Raises OSError if the mail server can't be reached or refuses the mail: it is attempted for 20 hours.
    """
    report = Report.objects.select_related("article").filter(pk=pk).first()
    if report is None or not (settings.EMAIL_IS_SET_UP and settings.EDITORS_EMAIL):
        return
    about = report.article.headline if report.article else settings.SITE_NAME
    desk_url = absolute_url(reverse("admin:articles_report_change", args=[report.pk]))
    EmailMessage(
        subject=f"Report {report.code}: {' '.join(about.split())}",
        body=render_to_string("corrections/report_mail.txt", {"report": report, "about": about, "desk_url": desk_url}),
        to=[settings.EDITORS_EMAIL],
        connection=get_connection(timeout=settings.EMAIL_TIMEOUT or SECONDS_TO_WAIT),
    ).send()
