"""Days and times as people read them, in the site's time zone and in its language.

The order of the parts is the translators' to choose; a format's letters are those of Django's ``date`` filter.
"""

from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext


def day(at: date) -> str:
    """A day: 9 Jan 2024."""
    return date_format(_local(at), pgettext("date format", "j M Y"))


def day_of_year(at: date) -> str:
    """A day whose year is known or beside the point: 9 Jan."""
    return date_format(_local(at), pgettext("date format", "j M"))


def short_day(at: date) -> str:
    """A day in a list: 9 Jan, with the year if it is not this one."""
    return day_of_year(at) if _local(at).year == timezone.localtime().year else day(at)


def when(at: datetime) -> str:
    """A moment: 9 Jan 2024, 11:42; only the day where only the day is known (midnight)."""
    return date_format(_local(at), pgettext("date format", "j M Y, H:i")) if has_time(at) else day(at)


def clock(at: datetime) -> str:
    """The time of day: 11:42."""
    return date_format(_local(at), pgettext("date format", "H:i"))


def long_day(at: date) -> str:
    """A day in a sentence or a heading: 9 January 2024."""
    return date_format(_local(at), pgettext("date format", "j F Y"))


def long_day_of_year(at: date) -> str:
    """A day in a sentence or a heading whose year is known: 9 January."""
    return date_format(_local(at), pgettext("date format", "j F"))


def weekday(at: date) -> str:
    """Tuesday."""
    return date_format(_local(at), pgettext("date format", "l"))


def weekday_and_day(at: date) -> str:
    """A day of these weeks: Tue 9 January."""
    return date_format(_local(at), pgettext("date format", "D j F"))


def long_weekday_and_day(at: date) -> str:
    """A day of these weeks in a sentence: Tuesday, 9 January."""
    return date_format(_local(at), pgettext("date format", "l, j F"))


def full_day(at: date) -> str:
    """A day by all its names: Tuesday 9 January 2024."""
    return date_format(_local(at), pgettext("date format", "l j F Y"))


def month(at: date) -> str:
    """January 2024."""
    return date_format(_local(at), pgettext("date format", "F Y"))


def has_time(at: datetime) -> bool:
    """Whether the time of day is known: midnight stands for a day alone."""
    local = timezone.localtime(at)
    return (local.hour, local.minute, local.second) != (0, 0, 0)


def duration(time: timedelta) -> str:
    """How long something took, in words: 48 min, 3 h 32 min, 5 hours (on the hour), 4 days (from two days on)."""
    minutes = round(time.total_seconds() / 60)
    hours, rest = divmod(minutes, 60)
    if hours >= 48:
        days = round(hours / 24)
        return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}
    if not minutes:
        return _("less than a minute")
    if not hours:
        return _("%(minutes)d min") % {"minutes": minutes}
    if rest:
        return _("%(hours)d h %(minutes)d min") % {"hours": hours, "minutes": rest}
    return ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours}


def hours(time: timedelta) -> str:
    """How long something took, in hours to the tenth."""
    return number_format(round(time.total_seconds() / 3600, 1), 1)


def _local(at: date) -> date:
    """A moment in the site's time zone; a day as it is."""
    return timezone.localtime(at) if isinstance(at, datetime) else at
