"""What a story's page tells search engines: schema.org as JSON-LD, and no more than is known.

Follows https://schema.org/NewsArticle, https://schema.org/Review and https://schema.org/digitalSourceType.
"""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from articles.catalogue.models import Article, ReviewDetails
from articles.corrections.models import Correction
from articles.summaries.models import Bullet
from articles.summaries.provenance import SummaryNote
from articles.web.site import absolute_url

# Longer headlines are refused by those who show them.
MAX_HEADLINE = 110
# JSON can write any sign as an escape; without these three it can't end a script element or begin another.
ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&"}


def structured_data(article: Article, note: SummaryNote, notices: Sequence[Correction] = ()) -> dict[str, Any]:
    """The story as a schema.org NewsArticle, a review with its details as a Review, with its ``notices``.

    Reads ``review``, ``article_sources`` and ``points``, which the caller has fetched; ``note`` is that on the points.
    What is unknown is left out: above all the first publication of an archived story.
    """
    url = absolute_url(article.get_absolute_url())
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": Truncator(article.headline).chars(MAX_HEADLINE),
        "description": article.summary_line,
        "url": url,
        "mainEntityOfPage": url,
        "inLanguage": article.language,
        "isAccessibleForFree": True,
        "datePublished": _moment(article.published_at),
        "dateModified": _moment(article.updated_at),
        "author": {"@type": "Person", "name": article.byline} if article.byline else None,
        "publisher": _publisher(),
        "isBasedOn": [link.url for link in article.rests_on if link.url],
        "correction": [_correction(notice, url) for notice in notices],
        "hasPart": _summary(article, note, url),
    }
    details = getattr(article, "review", None) if article.kind == Article.Kind.REVIEW else None
    return {name: value for name, value in {**data, **_review(details)}.items() if value not in (None, "", [])}


def as_json(data: dict[str, Any]) -> str:
    """``data`` as JSON that may stand inside a script element of a page."""
    return json.dumps(data, ensure_ascii=False).translate(ESCAPES)


def _publisher() -> dict[str, Any]:
    """The site as https://schema.org/NewsMediaOrganization, with what it promises about mistakes."""
    policy = absolute_url(reverse("reading:about_corrections"))
    return {
        "@type": "NewsMediaOrganization",
        "name": settings.SITE_NAME,
        "url": absolute_url("/"),
        "correctionsPolicy": policy,
        "actionableFeedbackPolicy": policy,
    }


def _correction(notice: Correction, url: str) -> dict[str, Any]:
    """A notice on the page at ``url`` as https://schema.org/CorrectionComment."""
    return {
        "@type": "CorrectionComment",
        "name": notice.get_kind_display(),
        "text": notice.text,
        "datePublished": _moment(notice.published_at),
        "url": f"{url}#{notice.anchor}",
    }


def _summary(article: Article, note: SummaryNote, url: str) -> dict[str, Any] | None:
    """The summary as a part of its own: machines may have drafted it, but not the story."""
    points: list[Bullet] = article.points  # type: ignore[attr-defined]
    if not points:
        return None
    part = {
        "@type": "CreativeWork",
        "@id": f"{url}#brief",
        "name": _("In brief"),
        "text": "\n".join(point.text for point in points),
        "digitalSourceType": note.source_type,
        "editor": [{"@type": "Person", "name": name} for name in note.names],
    }
    return {name: value for name, value in part.items() if value}


def _review(details: ReviewDetails | None) -> dict[str, Any]:
    """What a review says over and above a story."""
    if details is None:
        return {}
    product: dict[str, Any] = {"@type": "Product", "name": details.product}
    if details.maker:
        product["brand"] = {"@type": "Brand", "name": details.maker}
    review: dict[str, Any] = {"@type": "Review", "itemReviewed": product}
    if details.score is not None:
        review["reviewRating"] = {
            "@type": "Rating",
            "ratingValue": float(details.score),
            "bestRating": float(details.scale),
            "worstRating": 0,
        }
    return review


def _moment(at: datetime | None) -> str | None:
    """A time as ISO 8601 writes it; the day alone where only the day is known, which midnight stands for."""
    if at is None:
        return None
    local = timezone.localtime(at)
    is_day = (local.hour, local.minute, local.second) == (0, 0, 0)
    return local.date().isoformat() if is_day else local.isoformat(timespec="seconds")
