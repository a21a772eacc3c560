"""Reports of errors, and the corrections that come of them."""

from articles.corrections.models.correction import Correction, new_correction_code, notices_of, published_notices
from articles.corrections.models.follower import Follower
from articles.corrections.models.proposed import ProposedCorrection
from articles.corrections.models.report import MAX_CONTEXT, MAX_QUOTE, MAX_WHAT, Report, new_report_code

__all__ = [
    "MAX_CONTEXT",
    "MAX_QUOTE",
    "MAX_WHAT",
    "Correction",
    "Follower",
    "ProposedCorrection",
    "Report",
    "new_correction_code",
    "new_report_code",
    "notices_of",
    "published_notices",
]
