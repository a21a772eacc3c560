"""The mails of a report: to the editors when it comes in, to the reader when it is answered; and forgetting readers."""

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.corrections.models import Report
from articles.outbox.tasks import task
from articles.web.site import absolute_url

SECONDS_TO_WAIT = 10
NOT_SET_UP = "Mail is not set up here: give the worker the same settings as the site."


def is_set_up() -> bool:
    """Whether this site sends mails."""
    return bool(settings.EMAIL_IS_SET_UP)


def is_wanted() -> bool:
    """Whether mail is set up, and the editors have an address."""
    return bool(is_set_up() and settings.EDITORS_EMAIL)


@task(gettext_lazy("Tell editors"), queue="mails", limit=timedelta(seconds=60), attempts=14)
def tell_editors(pk: int) -> None:
    """Mail a report, without the reader's address, to the editors.

    Attempted for 20 hours: raises OSError if the mail server can't be reached or refuses the mail, and
    ImproperlyConfigured if the worker, unlike the site, knows of none.
    """
    report = Report.objects.select_related("article").filter(pk=pk).first()
    if report is None:
        return
    if not is_wanted():
        raise ImproperlyConfigured(NOT_SET_UP)
    about = report.article.headline if report.article else settings.SITE_NAME
    desk_url = absolute_url(reverse("admin:articles_report_change", args=[report.pk]))
    EmailMessage(
        subject=_("Report %(code)s: %(story)s") % {"code": report.code, "story": " ".join(about.split())},
        body=render_to_string("corrections/report_mail.txt", {"report": report, "about": about, "desk_url": desk_url}),
        to=[settings.EDITORS_EMAIL],
        connection=get_connection(timeout=settings.EMAIL_TIMEOUT or SECONDS_TO_WAIT),
    ).send()


@task(gettext_lazy("Tell reader"), queue="mails", limit=timedelta(seconds=60), attempts=14)
def tell_reader(pk: int) -> None:
    """Mail the answer to who sent a report, if they left an address and it is still there.

    Attempted for 20 hours, and raises as ``tell_editors`` does.
    """
    report = Report.objects.select_related("article", "correction").filter(pk=pk).exclude(email="").first()
    if report is None or report.answered_at is None:
        return
    if not is_set_up():
        raise ImproperlyConfigured(NOT_SET_UP)
    about = report.article.headline if report.article else settings.SITE_NAME
    context = {
        "report": report,
        "about": about,
        "site_name": settings.SITE_NAME,
        "receipt_url": absolute_url(report.get_absolute_url()),
    }
    mail = EmailMultiAlternatives(
        subject=_("Your report %(code)s: %(outcome)s") % {"code": report.code, "outcome": report.get_outcome_display()},
        body=render_to_string("corrections/answer_mail.txt", context),
        to=[report.email],
        connection=get_connection(timeout=settings.EMAIL_TIMEOUT or SECONDS_TO_WAIT),
    )
    mail.attach_alternative(render_to_string("corrections/answer_mail.html", context), "text/html")
    mail.send()


@task(gettext_lazy("Forget addresses"))
def forget_addresses() -> None:
    """Delete the addresses of readers whose reports were closed 30 days ago."""
    Report.objects.with_old_addresses(timezone.now()).update(email="")
