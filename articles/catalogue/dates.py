"""Dates as sources state them, often without a year. What is not stated stays unknown."""

import re
from dataclasses import dataclass
from datetime import date

from articles.web import moments

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
MONTH = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
YEAR = r"(?:,?\s+(?P<year>\d{4}))?"
PATTERNS = (
    re.compile(rf"{MONTH}\s+{DAY}{YEAR}", re.IGNORECASE),
    re.compile(rf"{DAY}\s+{MONTH}{YEAR}", re.IGNORECASE),
    # Feeds and web pages add the time of day.
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})(?:T\d{2}:\d{2}[\d:.]*(?:Z|[+-]\d{2}:\d{2})?)?"),
)
LEAP_YEAR = 2000


@dataclass(frozen=True)
class PartialDate:
    """A day and month, with the year only where it was stated."""

    month: int
    day: int
    year: int | None = None

    def __str__(self) -> str:
        """As the site writes dates: 9 Jan, or 9 Jan 2024."""
        day = date(self.year or LEAP_YEAR, self.month, self.day)
        return moments.day(day) if self.year else moments.day_of_year(day)

    @property
    def machine(self) -> str:
        """For the ``datetime`` attribute of ``<time>``: 01-09 or 2024-01-09 (HTML, yearless date string)."""
        short = f"{self.month:02}-{self.day:02}"
        return f"{self.year:04}-{short}" if self.year else short


def parse_partial_date(text: str) -> PartialDate | None:
    """Read "Jan 9", "9 January 2024" or "2024-01-09"; None for anything else or for a day that does not exist."""
    for pattern in PATTERNS:
        match = pattern.fullmatch(text.strip())
        if match:
            return _make(match["month"], int(match["day"]), match["year"])
    return None


def _make(month: str, day: int, year: str | None) -> PartialDate | None:
    number = int(month) if month.isdigit() else MONTHS.index(month[:3].title()) + 1
    known_year = int(year) if year else None
    try:
        date(known_year or LEAP_YEAR, number, day)
    except ValueError:
        return None
    return PartialDate(number, day, known_year)
