"""Filters and tags of the public templates: small and pure."""

from datetime import datetime, timedelta
from typing import Any

from django import template
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString

from articles.web import markdown
from articles.web.fragments import render_piece
from articles.web.traps import stamp_for

register = template.Library()


@register.filter
def day(at: datetime) -> str:
    """A day as the site writes it: 9 Jan 2024."""
    return date_format(timezone.localtime(at), "j M Y")


@register.filter
def short_day(at: datetime) -> str:
    """A day in a list: 9 Jan, with the year if it is not this one."""
    local = timezone.localtime(at)
    return date_format(local, "j M" if local.year == timezone.localtime().year else "j M Y")


@register.filter
def when(at: datetime) -> str:
    """A moment as the site writes it: 9 Jan 2024, 11:42; only the day where only the day is known (midnight)."""
    local = timezone.localtime(at)
    return date_format(local, "j M Y, H:i" if _has_time(local) else "j M Y")


@register.filter
def clock(at: datetime) -> str:
    """The time of day, 11:42, or nothing where only the day is known."""
    local = timezone.localtime(at)
    return date_format(local, "H:i") if _has_time(local) else ""


@register.filter
def machine(at: datetime) -> str:
    """For the ``datetime`` attribute of ``<time>``: to the second with the offset, or the day alone."""
    local = timezone.localtime(at)
    return local.isoformat(timespec="seconds") if _has_time(local) else local.date().isoformat()


@register.filter
def duration(time: timedelta) -> str:
    """How long something took, in words: 48 min, 3 h 32 min, 5 hours (on the hour), 4 days (from two days on)."""
    minutes = round(time.total_seconds() / 60)
    hours, rest = divmod(minutes, 60)
    if hours >= 48:
        return f"{round(hours / 24)} days"
    if not hours:
        return f"{minutes} min" if minutes else "less than a minute"
    return f"{hours} h {rest} min" if rest else f"{hours} hour{'s' if hours > 1 else ''}"


@register.filter
def hours(time: timedelta) -> str:
    """How long something took, in hours to the tenth."""
    return f"{time.total_seconds() / 3600:.1f}"


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


def _has_time(local: datetime) -> bool:
    return (local.hour, local.minute, local.second) != (0, 0, 0)
