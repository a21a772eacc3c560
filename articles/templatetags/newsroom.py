"""Filters and tags of the public templates: small and pure."""

from datetime import datetime
from typing import Any

from django import template
from django.forms.utils import flatatt
from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString

from articles.web import language, markdown, moments
from articles.web.fragments import render_piece
from articles.web.traps import stamp_for

register = template.Library()


for written in (
    moments.day,
    moments.day_of_year,
    moments.short_day,
    moments.when,
    moments.long_day,
    moments.long_day_of_year,
    moments.weekday,
    moments.weekday_and_day,
    moments.long_weekday_and_day,
    moments.full_day,
    moments.month,
    moments.duration,
    moments.hours,
):
    register.filter(written)


@register.filter
def clock(at: datetime) -> str:
    """The time of day, 11:42, or nothing where only the day is known."""
    return moments.clock(at) if moments.has_time(at) else ""


@register.filter
def machine(at: datetime) -> str:
    """For the ``datetime`` attribute of ``<time>``: to the second with the offset, or the day alone."""
    local = timezone.localtime(at)
    return local.isoformat(timespec="seconds") if moments.has_time(at) else local.date().isoformat()


@register.simple_tag
def today() -> str:
    """The day, in full."""
    return moments.full_day(timezone.localdate())


@register.simple_tag
def interface() -> SafeString:
    """``<p{% interface %}>``: the language and direction of the interface, for its words among those of a story."""
    return flatatt(language.attributes())


@register.filter
def markup(html: str) -> SafeString:
    """Sanitised markup of a story, as it was made when the story was written."""
    return markdown.trusted(html)


@register.simple_tag
def piece(template: str, **values: Any) -> SafeString:
    """``{% piece "components/_story.html" article=article %}``: include it with these alone, rendered once for them."""
    return render_piece(template, values)


@register.inclusion_tag("components/_traps.html")
def traps(request: HttpRequest) -> dict[str, str]:
    """The hidden fields of a form that anybody may send."""
    return {"stamp": stamp_for(request.POST)}
