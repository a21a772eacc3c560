"""How soon a report is to be dealt with, in working days: Monday to Friday, by the site's time zone. Pure functions.

The day on which a report comes in does not count. A day is over at midnight, local time, however long it was.
"""

from datetime import date, datetime, time, timedelta, tzinfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from articles.web import moments

# Working days until somebody has looked, until a report of a severity is answered, and until every report is.
TRIAGE = 1
TARGETS = {"critical": 0, "major": 2, "minor": 5}
LIMIT = 10
SATURDAY = 5


def due_at(since: datetime, days: int, zone: tzinfo) -> datetime:
    """The end of the last of ``days`` working days after ``since``, as a moment.

    0 means the same day, or the next working day for what comes at a weekend.
    """
    day = since.astimezone(zone).date()
    for _passed in range(days):
        day = _next_working_day(day)
    if days == 0 and not is_working_day(day):
        day = _next_working_day(day)
    return _start_of(day + timedelta(days=1), zone)


def overdue_before(now: datetime, days: int, zone: tzinfo) -> datetime:
    """The moment that parts reports: what came before it and had ``days`` working days is overdue at ``now``."""
    day = now.astimezone(zone).date()
    while due_at(_start_of(day - timedelta(days=1), zone), days, zone) > now:
        day -= timedelta(days=1)
    return _start_of(day, zone)


def due_day(at: datetime, zone: tzinfo) -> date:
    """The day at whose end something is due, for the moment ``at`` that ``due_at`` gave."""
    return (at - timedelta(microseconds=1)).astimezone(zone).date()


def working_days(start: date, end: date) -> int:
    """How many working days there are after ``start``, up to and with ``end``; 0 where ``end`` is not later."""
    weeks, rest = divmod(max((end - start).days, 0), 7)
    return 5 * weeks + sum(is_working_day(start + timedelta(days=day)) for day in range(1, rest + 1))


def in_words(at: datetime, now: datetime, zone: tzinfo) -> str:
    """How the moment ``at`` that ``due_at`` gave lies to ``now``: "Due today", or "Overdue by 2 working days"."""
    last, today = due_day(at, zone), now.astimezone(zone).date()
    if now < at:
        day = date_format(last, pgettext("date format", "D j M"))
        return _("Due today") if last == today else _("Due %(day)s") % {"day": day}
    late = working_days(last, today)
    if not late:
        return _("Overdue since %(day)s") % {"day": moments.weekday(last)}
    words = ngettext("Overdue by %(count)d working day", "Overdue by %(count)d working days", late)
    return words % {"count": late}


def is_working_day(day: date) -> bool:
    """Monday to Friday."""
    return day.weekday() < SATURDAY


def _next_working_day(day: date) -> date:
    day += timedelta(days=1)
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def _start_of(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time.min, zone)
