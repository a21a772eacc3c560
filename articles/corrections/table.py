"""The log as rows of a table for a spreadsheet. Pure."""

from articles.corrections.models import Correction
from articles.web.site import absolute_url

HEADINGS = (
    *("code", "published_at", "kind", "severity", "origin", "placement"),
    *("headline", "story_url", "version", "we_wrote", "it_now_says", "notice", "why_it_is_no_correction"),
    *("replaces", "replaced_by", "published_by", "seconded_by", "first_report_at", "is_sample", "url"),
)
# A spreadsheet takes a cell that begins so for a formula (OWASP, CSV injection).
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # noqa: RUF001


def cells(correction: Correction) -> list[str]:
    """A row with what ``HEADINGS`` names; the words of a sealed story are left out, and nothing is a formula."""
    article = correction.article
    words = [correction.wrote, correction.says, correction.text, correction.ground]
    replaces = correction.supersedes.code if correction.supersedes else ""
    first = correction.first_report_at
    row = [
        *(correction.code, correction.published_at.isoformat(timespec="seconds"), correction.kind),
        *(correction.severity, correction.origin, correction.placement),
        *(article.headline, absolute_url(article.get_absolute_url()), str(correction.revision.number)),
        *(["", "", "", ""] if article.is_sealed else words),
        *(replaces, correction.replaced_by, correction.by_name, correction.seconded_by_name),
        *(first.isoformat(timespec="seconds") if first else "", "yes" if correction.is_sample else "no"),
        absolute_url(correction.get_absolute_url()),
    ]
    return [harmless(cell) for cell in row]


def harmless(text: str) -> str:
    """``text`` as no spreadsheet takes it for a formula: an apostrophe before it says that it is text."""
    return f"'{text}" if text.lstrip(" ").startswith(DANGEROUS) else text
