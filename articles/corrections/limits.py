"""Limits on what anybody may send in: not by machines, not too often, not the same again and again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import ngettext

from articles.corrections.models import Report
from articles.web import moments, traps
from articles.web.clients import network_of
from articles.web.throttling import seconds_to_wait

# The same words of this length or more may come so often in an hour, whatever they are about.
MOST_ALIKE, LEAST_LENGTH = 3, 40
MOST_LINKS = 3


@dataclass(frozen=True)
class Refusal:
    """Why something was not taken. ``wait``: seconds after which it will be, 0 where time alone does not help."""

    words: str
    wait: int = 0

    @property
    def status(self) -> int:
        return 429 if self.wait else 422

    def mark(self, response: HttpResponse) -> HttpResponse:
        """Tell programs, too, when to try again (RFC 9110, 10.2.3)."""
        if self.wait:
            response.headers["Retry-After"] = str(self.wait)
        return response


def refusal_of(request: HttpRequest, report: Report) -> Refusal | None:
    """Why ``report``, whose form is in order, is not taken now; None if it is. Then it counts."""
    words = " ".join(report.what.casefold().split())
    alike = {f"words {words}": MOST_ALIKE} if len(words) >= LEAST_LENGTH else {}
    return refusal_for(request, "report", report.article_id, alike)


def refusal_for(request: HttpRequest, act: str, story: int | None, more: Mapping[str, int]) -> Refusal | None:
    """Why an ``act`` on a story (None: the site as a whole) is not done now; ``more`` are limits besides the usual."""
    fault = traps.fault_of(request.POST)
    if fault:
        return Refusal(fault)
    limits = {
        f"{act} from {network_of(request)}": settings.SENT_PER_NETWORK,
        f"{act} on {story or 'the site'}": settings.SENT_PER_STORY,
        **{f"{act}: {key}": most for key, most in more.items()},
    }
    wait = seconds_to_wait(limits)
    return Refusal(_words(wait), wait) if wait else None


def few_links(text: str) -> None:
    """Validate what a reader writes. Raises ValidationError for more links than a report needs."""
    if text.casefold().count("http://") + text.casefold().count("https://") > MOST_LINKS:
        words = ngettext("Keep to %(count)d link.", "Keep to %(count)d links.", MOST_LINKS)
        raise ValidationError(words % {"count": MOST_LINKS})


def _words(wait: int) -> str:
    minutes = -(-wait // 60)
    at = moments.clock(timezone.now() + timedelta(minutes=minutes))
    words = ngettext(
        "Too much has come from your network, about this, or in these words within an hour. "
        "What you wrote is still here: send it again after %(time)s, in %(count)d minute.",
        "Too much has come from your network, about this, or in these words within an hour. "
        "What you wrote is still here: send it again after %(time)s, in %(count)d minutes.",
        minutes,
    )
    return words % {"time": at, "count": minutes}
