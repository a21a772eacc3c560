"""Dates and times as feeds and pages state them. What is not stated stays unknown."""

import re
from datetime import UTC, datetime, tzinfo
from email.utils import parsedate_to_datetime

EARLIEST_YEAR, LATEST_YEAR = 1900, 2199
ZONE = re.compile(r"(?:[+-]\d{2}:?\d{2}|[+-]\d{1,2}|Z|\b[A-Z]{1,5})$", re.IGNORECASE)


def read_moment(stated: str, zone: tzinfo) -> datetime | None:
    """A whole date, ISO 8601 or RFC 822, as a moment in UTC; None for anything less, and for years out of range.

    A time without an offset is one in ``zone``; a day without a time is its midnight there.
    """
    try:
        moment = _read(stated.strip())
        moment = moment.replace(tzinfo=moment.tzinfo or zone).astimezone(UTC)
    except (ValueError, OverflowError, TypeError, IndexError):
        return None
    return moment if EARLIEST_YEAR <= moment.year <= LATEST_YEAR else None


def has_zone(stated: str) -> bool:
    """Whether a date is stated with an offset or the name of a zone, or is a day without a time, which needs none."""
    return ":" not in stated or bool(ZONE.search(stated.strip()))


def _read(stated: str) -> datetime:
    try:
        return datetime.fromisoformat(stated)
    except ValueError:
        # RFC 822 writes -0000 for UTC where the local zone is not known.
        return parsedate_to_datetime(stated.replace(" -0000", " +0000"))
