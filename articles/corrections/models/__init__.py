"""Reports of errors, and the corrections that come of them."""

from articles.corrections.models.correction import Correction, new_correction_code, notices_of, published_notices
from articles.corrections.models.follower import Follower
from articles.corrections.models.proposed import ProposedCorrection
from articles.corrections.models.queue import URGENCY
from articles.corrections.models.report import MAX_CONTEXT, MAX_QUOTE, MAX_RIGHT, MAX_WHAT, Report, new_report_code
from articles.corrections.models.template import AnswerTemplate

__all__ = [
    "MAX_CONTEXT",
    "MAX_QUOTE",
    "MAX_RIGHT",
    "MAX_WHAT",
    "URGENCY",
    "AnswerTemplate",
    "Correction",
    "Follower",
    "ProposedCorrection",
    "Report",
    "new_correction_code",
    "new_report_code",
    "notices_of",
    "published_notices",
]
