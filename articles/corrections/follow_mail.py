"""The mails to those who follow a story: one to confirm, then one for each notice, all from the queue."""

from collections.abc import Mapping
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.corrections.mail import SECONDS_TO_WAIT
from articles.corrections.models import Correction, Follower
from articles.outbox.tasks import task
from articles.web.site import absolute_url

# So many followers have their mails queued in one transaction: others can write in between.
BATCH = 200


def tell_of(correction: Correction) -> None:
    """Queue the mails of a notice, in the transaction that publishes it."""
    followers = Follower.objects.confirmed().filter(article=correction.article_id)
    if settings.EMAIL_IS_SET_UP and followers.exists():
        queue_mails.enqueue(correction.pk)


@task(gettext_lazy("Queue mails"), queue="mails")
def queue_mails(correction: int) -> None:
    """Queue a mail for each follower who was not told of this notice yet, or of an earlier one."""
    found = Correction.objects.get(pk=correction)
    while _queue_some(found):
        pass


@task(gettext_lazy("Tell follower"), queue="mails", limit=timedelta(seconds=60), attempts=14)
def tell_follower(follower: int, correction: int) -> None:
    """Mail a notice to one follower who still wants it. Raises as ``_send`` does."""
    found = Follower.objects.confirmed().filter(pk=follower).first()
    notice = Correction.objects.for_log().filter(pk=correction, article__followers=found).first()
    if found is None or notice is None or notice.article.is_sealed:
        return
    subject = _("%(kind)s: %(story)s") % {"kind": notice.get_kind_display(), "story": notice.article.headline}
    _send(found, subject, "follow_notice", {"notice": notice, "notice_url": absolute_url(notice.get_absolute_url())})


@task(gettext_lazy("Ask follower"), queue="mails", limit=timedelta(seconds=60), attempts=14)
def ask_follower(follower: int) -> None:
    """Mail the question whether the address wants the mails. Raises as ``_send`` does."""
    found = Follower.objects.good().filter(pk=follower, confirmed_at=None).select_related("article").first()
    if found:
        _send(found, _("Confirm: %(story)s") % {"story": found.article.headline}, "follow_ask", {})


@task(gettext_lazy("Forget followers"))
def forget_followers() -> None:
    """Delete the addresses that serve nothing any more."""
    Follower.objects.spent().delete()


@transaction.atomic
def _queue_some(correction: Correction) -> int:
    """Queue the mails of some followers, up to this notice; how many followers that were."""
    waiting = Follower.objects.confirmed().filter(article=correction.article_id, told_of__lt=correction.number)
    followers = list(waiting.select_for_update().order_by("pk")[:BATCH])
    keys = dict(Correction.objects.filter(article=correction.article_id).values_list("number", "pk"))
    for follower in followers:
        for number in range(follower.told_of + 1, correction.number + 1):
            tell_follower.enqueue(follower.pk, keys[number])
    Follower.objects.filter(pk__in=[follower.pk for follower in followers]).update(told_of=correction.number)
    return len(followers)


def _send(follower: Follower, subject: str, name: str, context: Mapping[str, object]) -> None:
    """Send a mail as text and HTML that one click stops (RFC 8058).

    Raises OSError if the mail server can't be reached or refuses the mail, and ImproperlyConfigured without one.
    """
    if not settings.EMAIL_IS_SET_UP:
        raise ImproperlyConfigured("Mail is not set up here: give the worker the same settings as the site.")
    stop_url = absolute_url(follower.stop_path)
    context = {
        **context,
        "SITE_NAME": settings.SITE_NAME,
        "article": follower.article,
        "article_url": absolute_url(follower.article.get_absolute_url()),
        "confirm_url": absolute_url(follower.confirm_path),
        "stop_url": stop_url,
    }
    mail = EmailMultiAlternatives(
        subject=" ".join(subject.split()),
        body=render_to_string(f"corrections/{name}_mail.txt", context),
        to=[follower.email],
        connection=get_connection(timeout=settings.EMAIL_TIMEOUT or SECONDS_TO_WAIT),
        headers={
            "List-Unsubscribe": f"<{stop_url}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
        },
    )
    mail.attach_alternative(render_to_string(f"corrections/{name}_mail.html", context), "text/html")
    mail.send()
