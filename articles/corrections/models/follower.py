"""Somebody who wants to hear by mail if a story is corrected."""

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING, Self

from django.db import models, transaction
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from articles.catalogue.models import Article

KEPT_UNCONFIRMED = timedelta(days=2)


def new_token() -> str:
    """A fresh secret for the links in the mails of one follower: 256 random bits."""
    return secrets.token_urlsafe(32)


class FollowerQuerySet(models.QuerySet["Follower"]):
    """Adjectives for followers."""

    def confirmed(self) -> Self:
        """Those whose mailbox has said that it wants the mails."""
        return self.exclude(confirmed_at=None)

    def good(self) -> Self:
        """Those whose links in mails still work: confirmed, or asked for a short time ago."""
        return self.filter(Q(confirmed_at__isnull=False) | Q(asked_at__gt=timezone.now() - KEPT_UNCONFIRMED))

    def spent(self) -> Self:
        """Those whose address serves nothing any more: never confirmed, or the story is sealed."""
        never = Q(confirmed_at=None, asked_at__lte=timezone.now() - KEPT_UNCONFIRMED)
        return self.filter(never | Q(article__status="sealed"))

    @transaction.atomic
    def ask(self, article: "Article", email: str) -> "Follower | None":
        """Note that ``email`` is to be asked about mails on ``article``; None if it has confirmed them already."""
        follower, _ = self.get_or_create(article=article, email__iexact=email, defaults={"email": email})
        if follower.confirmed_at:
            return None
        follower.asked_at = timezone.now()
        follower.save(update_fields=["asked_at"])
        return follower


class Follower(models.Model):
    """An address that is told of the notices of one story, once it has confirmed that, until it stops.

    ``told_of`` is the number of the story's last notice of which a mail is queued, or that came before the
    confirmation. Nothing else is known of the person, and the row goes when the mails stop.
    """

    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="followers")
    email = models.EmailField()
    token = models.CharField(max_length=50, unique=True, default=new_token, editable=False)
    asked_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    told_of = models.PositiveIntegerField(default=0)

    objects = FollowerQuerySet.as_manager()

    class Meta:
        verbose_name = _("follower")
        verbose_name_plural = _("followers")
        constraints = [
            models.UniqueConstraint(F("article"), Lower("email"), name="follower_is_unique"),
            models.CheckConstraint(condition=~Q(email=""), name="follower_has_address"),
        ]
        indexes = [models.Index("asked_at", condition=Q(confirmed_at=None), name="follower_unconfirmed")]

    def __str__(self) -> str:
        return gettext("Follower %(number)s") % {"number": self.pk}

    @property
    def confirm_path(self) -> str:
        return reverse("corrections:follow_confirm", args=[self.token])

    @property
    def stop_path(self) -> str:
        return reverse("corrections:follow_stop", args=[self.token])

    @transaction.atomic
    def confirm(self) -> None:
        """From now on, tell this address of each new notice; a second call changes nothing."""
        follower = Follower.objects.select_for_update().filter(pk=self.pk, confirmed_at=None).first()
        if follower:
            follower.confirmed_at = timezone.now()
            follower.told_of = follower.article.corrections.count()
            follower.save(update_fields=["confirmed_at", "told_of"])

    def stop(self) -> None:
        """Forget the address."""
        self.delete()
