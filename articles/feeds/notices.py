"""The feed of the corrections log."""

from collections.abc import Sequence

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.corrections.models import Correction
from articles.feeds.answers import answer_with
from articles.feeds.entries import SIZE, Entry, Feed, legal
from articles.publishing import published
from articles.web.site import absolute_url


@published()
@require_safe
def corrections(request: HttpRequest, extension: str) -> HttpResponse:
    """The newest published notices, or 304 to a reader that has them. Raises Http404 for a format that there is not."""
    newest = list(Correction.objects.for_log().newest_first()[:SIZE])
    state = [(one.pk, one.replaced_by, one.article.status, one.article.headline) for one in newest]
    changed = max((one.article.changed_at for one in newest), default=None)
    return answer_with(request, extension, state, changed, lambda: _feed(newest, request.path))


def _feed(newest: Sequence[Correction], path: str) -> Feed:
    return Feed(
        title=f"{_('Corrections')} | {settings.SITE_NAME}",
        description=_("Every change that altered a fact or its meaning, newest first."),
        page_url=absolute_url(reverse("corrections:log")),
        feed_url=absolute_url(path),
        language=settings.LANGUAGE_CODE,
        entries=[_entry(notice) for notice in newest],
    )


def _entry(notice: Correction) -> Entry:
    later: Correction | None = getattr(notice, "superseded_by", None)
    text = "" if notice.article.is_sealed else notice.text
    return Entry(
        url=absolute_url(notice.get_absolute_url()),
        title=legal(f"{notice.get_kind_display()}: {notice.article.headline}"),
        summary=legal(text),
        html=legal(render_to_string("feeds/correction.html", {"notice": notice, "text": text}).strip()),
        listed_at=notice.published_at,
        changed_at=later.published_at if later else notice.published_at,
        topics=[],
        author=legal(notice.by_name),
        language=settings.LANGUAGE_CODE,
    )
