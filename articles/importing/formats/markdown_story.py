"""A story in Markdown, its fields in front matter."""

import re
from datetime import UTC, datetime, tzinfo
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

from articles.catalogue.dates import parse_partial_date
from articles.importing.documents import (
    BYLINE_LENGTH,
    CREDIT_LENGTH,
    HEADLINE_LENGTH,
    LANGUAGE_LENGTH,
    PRODUCT_LENGTH,
    SOURCE_LENGTH,
    TOPIC_LENGTH,
    UPDATED_LENGTH,
    URL_LENGTH,
    Document,
    ImageCredit,
    LineWarning,
    ParseError,
    Review,
    StatedSource,
    only_once,
)
from articles.importing.formats.front_matter import FENCE, Field, split

__all__ = ["FENCE", "parse"]

FIELDS = frozenset(
    "headline standfirst kind language published_at updated topics sources byline credit bullets review sample".split()
)
SOURCE_FIELDS = frozenset({"name", "url"})
REVIEW_FIELDS = frozenset("product maker score scale price pros cons verdict specs".split())
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
# What the columns hold: one decimal of a score, two of a price.
SCORE = re.compile(r"\d{1,4}(\.\d)?")
PRICE = re.compile(r"(?P<amount>(\d{1,10}|\d{1,3}(,\d{3}){1,2})(\.\d{1,2})?) ?(?P<currency>[A-Z]{3})")
TRUTHS = {"true": True, "yes": True, "false": False, "no": False}
EARLIEST_YEAR, LATEST_YEAR = 1900, 2199
is_url = URLValidator(schemes=["http", "https"])


def parse(text: str, zone: tzinfo) -> Document:
    """The story that ``text`` holds: front matter between fences, below it the body, which is kept as it is.

    A time without an offset is one in ``zone``; a day without a time is its midnight there. Raises ParseError for
    front matter that can't be read, for a story without headline or text, and for a value that a field can't hold.
    """
    front, body, body_line = split(text)
    if not body.strip():
        raise ParseError(body_line, _("no text below the front matter; write the story there"))
    warnings: list[LineWarning] = []
    fields = front.fields(FIELDS, warnings)
    headline = fields["headline"].text(HEADLINE_LENGTH)
    if not headline:
        raise fields["headline"].fault(_("missing; every story needs one"))
    published_at = _read_moment(fields["published_at"], zone)
    review = _read_review(fields["review"], warnings)
    return Document(
        headline=headline,
        body=body,
        standfirst=fields["standfirst"].text(),
        byline=fields["byline"].text(BYLINE_LENGTH),
        kind=_read_kind(fields["kind"], review, warnings),
        language=_read_language(fields["language"]),
        published_at=published_at,
        updated_as_stated=_read_updated(fields["updated"], warnings),
        is_from_archive=published_at is None,
        is_sample=_read_truth(fields["sample"]),
        credits=tuple(map(ImageCredit, fields["credit"].texts(CREDIT_LENGTH))),
        bullets=tuple(fields["bullets"].texts()),
        sources=_read_sources(fields["sources"], warnings),
        topics=only_once(fields["topics"].texts(TOPIC_LENGTH)),
        review=review,
        warnings=tuple(sorted(warnings)),
    )


def _read_kind(field: Field, review: Review | None, warnings: list[LineWarning]) -> str:
    kind = field.text() or ("review" if review else "news")
    if kind not in ("news", "review"):
        raise field.fault(_("“%(stated)s” is neither news nor review") % {"stated": kind})
    if review and kind == "news":
        raise field.fault(_("news can't have a review block; write review, or take the block out"))
    if kind == "review" and not review:
        warnings.append(LineWarning(field.line, _("a review without a review block")))
    return kind


def _read_language(field: Field) -> str:
    tag = field.text(LANGUAGE_LENGTH) or "en"
    if not LANGUAGE.fullmatch(tag):
        raise field.fault(_("“%(stated)s” is not a language tag such as en or pt-BR") % {"stated": tag})
    return tag


def _read_moment(field: Field, zone: tzinfo) -> datetime | None:
    stated = field.text()
    if not stated:
        return None
    try:
        moment = datetime.fromisoformat(stated)
        moment = moment.replace(tzinfo=moment.tzinfo or zone).astimezone(UTC)
    except (ValueError, OverflowError):
        message = _("“%(stated)s” is not a date such as 2026-11-21 or 2026-11-21T09:30+00:00")
        raise field.fault(message % {"stated": stated}) from None
    if not EARLIEST_YEAR <= moment.year <= LATEST_YEAR:
        raise field.fault(_("the year %(year)s is out of range") % {"year": moment.year})
    return moment


def _read_updated(field: Field, warnings: list[LineWarning]) -> str:
    stated = field.text(UPDATED_LENGTH)
    if stated and parse_partial_date(stated) is None:
        message = _("“%(stated)s” can't be read as a date: kept as it is written") % {"stated": stated}
        warnings.append(LineWarning(field.line, message))
    return stated


def _read_truth(field: Field) -> bool:
    stated = field.text().casefold() or "no"
    if stated not in TRUTHS:
        raise field.fault(_("“%(stated)s” is neither true nor false") % {"stated": stated})
    return TRUTHS[stated]


def _read_sources(field: Field, warnings: list[LineWarning]) -> tuple[StatedSource, ...]:
    """The outlets in their order; a bare text is a name. One given twice with the same address counts once."""
    found: dict[tuple[str, str], StatedSource] = {}
    for item in field.items():
        source = _read_source(item, warnings)
        found.setdefault((source.name.casefold(), source.url), source)
    return tuple(found.values())


def _read_source(item: Field, warnings: list[LineWarning]) -> StatedSource:
    if not item.is_mapping:
        return StatedSource(item.text(SOURCE_LENGTH))
    fields = item.fields(SOURCE_FIELDS, warnings)
    source = StatedSource(fields["name"].text(SOURCE_LENGTH), fields["url"].text(URL_LENGTH))
    if not source.name:
        raise item.fault(_("an outlet needs a name"))
    if source.url:
        try:
            is_url(source.url)
        except ValidationError:
            message = _("“%(stated)s” is not a web address such as https://example.org/") % {"stated": source.url}
            raise fields["url"].fault(message) from None
    return source


def _read_review(field: Field, warnings: list[LineWarning]) -> Review | None:
    if field.is_empty:
        return None
    fields = field.fields(REVIEW_FIELDS, warnings)
    product = fields["product"].text(PRODUCT_LENGTH)
    if not product:
        raise field.fault(_("names no product; give one"))
    score, scale = _read_score(fields["score"]), _read_score(fields["scale"])
    scale = Decimal(10) if scale is None else scale
    if scale == 0 or (score is not None and score > scale):
        message = _("%(score)s does not lie on a scale from 0 to %(scale)s") % {"score": score, "scale": scale}
        raise fields["score"].fault(message)
    price, currency = _read_price(fields["price"])
    return Review(
        product=product,
        maker=fields["maker"].text(PRODUCT_LENGTH),
        score=score,
        scale=scale,
        price=price,
        currency=currency,
        pros=tuple(fields["pros"].texts()),
        cons=tuple(fields["cons"].texts()),
        verdict=fields["verdict"].text(),
        specs=_read_specs(fields["specs"]),
    )


def _read_score(field: Field) -> Decimal | None:
    stated = field.text()
    if stated and not SCORE.fullmatch(stated):
        raise field.fault(_("“%(stated)s” is not a number such as 8 or 7.5") % {"stated": stated})
    return Decimal(stated) if stated else None


def _read_price(field: Field) -> tuple[Decimal | None, str]:
    stated = field.text()
    if not stated:
        return None, ""
    match = PRICE.fullmatch(stated)
    if not match:
        message = _("“%(stated)s” is not a price with its currency, such as 1499 USD")
        raise field.fault(message % {"stated": stated})
    return Decimal(match["amount"].replace(",", "")), match["currency"]


def _read_specs(field: Field) -> tuple[tuple[str, str], ...]:
    """Details of the product and their values: one mapping, or a list of them."""
    pairs = (pair for item in field.items() for pair in item.pairs())
    return tuple((name, value) for name, detail in pairs if (value := detail.text()))
