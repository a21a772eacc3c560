"""The feed of one report: each step on its way, the newest first."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from articles.corrections.models import Report
from articles.corrections.receipts import report_at
from articles.corrections.steps import Step, change_of, steps_of
from articles.feeds.entries import Entry, Feed, legal
from articles.feeds.formats import FORMATS
from articles.web.site import absolute_url


@never_cache
@require_safe
def report(request: HttpRequest, code: str, extension: str) -> HttpResponse:
    """What came of a report so far, without a word of the reader's. Raises Http404 for an unknown code or format."""
    if extension not in FORMATS:
        raise Http404("There is no feed of this format.")
    form = FORMATS[extension]
    text = form.write(make_report_feed(report_at(code), path=request.path))
    return HttpResponse(text, content_type=form.content_type, headers={"X-Robots-Tag": "noindex"})


def make_report_feed(report: Report, *, path: str) -> Feed:
    """The feed of the steps that ``report`` has taken; ``path`` is its own, from the root."""
    taken = [step for step in steps_of(report, change_of(report)) if step.at]
    return Feed(
        title=_("Report %(code)s") % {"code": report.code},
        description=_("Where this report of an error is, and what came of it."),
        page_url=absolute_url(report.get_absolute_url()),
        feed_url=absolute_url(path),
        language=settings.LANGUAGE_CODE,
        entries=[_entry(report, step) for step in reversed(taken)],
    )


def _entry(report: Report, step: Step) -> Entry:
    at = step.at or report.received_at
    title = step.in_words
    words = legal(step.words or title)
    return Entry(
        url=f"{absolute_url(report.get_absolute_url())}#{step.key}",
        title=title,
        summary=words,
        html=render_to_string("feeds/change.html", {"reason": words}).strip(),
        listed_at=at,
        changed_at=at,
        topics=[],
        author="",
        language=settings.LANGUAGE_CODE,
    )
