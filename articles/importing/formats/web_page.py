"""A stored web page: trafilatura tells the story from what stands around it."""

import codecs
from dataclasses import replace
from datetime import datetime, tzinfo
from typing import Any

import trafilatura
from django.utils.translation import gettext as _
from trafilatura.metadata import extract_metadata

from articles.importing.addresses import host_of
from articles.importing.documents import (
    BYLINE_LENGTH,
    HEADLINE_LENGTH,
    LANGUAGE_LENGTH,
    SOURCE_LENGTH,
    Document,
    LineWarning,
    ParseError,
    StatedSource,
    fold,
    only_once,
    shorten,
)
from articles.importing.formats import html_text
from articles.importing.formats.feed_item import HEADLINE_WORDS, LANGUAGE
from articles.importing.formats.markup import clean, decode_markup
from articles.importing.formats.moments import has_zone, read_moment
from articles.importing.formats.page_facts import PageFacts, facts_of

# Pages of fewer letters are too small for trafilatura to tell the story from the rest, which then stands around it.
TINY = 500
AROUND = "//nav | //header[not(ancestor::article)] | //footer | //aside | //form"


def parse(raw: bytes, zone: tzinfo, url: str = "", charset: str = "") -> Document:
    """The story of a page that was found at ``url`` ("" if unknown); ``charset`` is what the server said.

    Its date is only what the page states for machines to read. Raises ParseError for a page without a text.
    """
    text, warnings = decode_markup(raw, charset)
    facts = facts_of(text, url)
    body, known = _extracted(text, facts.address)
    if not body.text.strip():
        raise ParseError(1, _("no text can be told from what stands around it on the page"))
    document = _document(body, known, facts, list(warnings), zone)
    # What only the server said of the encoding is told by a mark from then on.
    is_plain = decode_markup(raw)[0] == text
    return document if is_plain else replace(document, original=codecs.BOM_UTF8 + text.encode())


def _extracted(text: str, address: str) -> tuple[html_text.HtmlText, Any]:
    """The text of the story, and what trafilatura knows of the page."""
    try:
        known = extract_metadata(text, default_url=address or None, date_config={"extensive_search": False})
        html = trafilatura.extract(
            text, url=address or None, output_format="html", include_comments=False, include_formatting=True,
            include_links=True,
        )  # fmt: skip
    except (Exception, RecursionError) as error:
        raise ParseError(1, _("a page that can't be read: %(error)s") % {"error": error}) from error
    body = html_text.read(html or "", address)
    if len(body.text) < TINY:
        whole = html_text.read(text, address, without=AROUND)
        body = whole if not body.text or 0 < len(whole.text) < TINY else body
    return body, known


def _document(
    body: html_text.HtmlText, known: Any, facts: PageFacts, warnings: list[LineWarning], zone: tzinfo
) -> Document:
    headline = fold(clean(known.title or ""))
    if not headline:
        headline = " ".join(body.text.split()[:HEADLINE_WORDS])
        warnings.append(LineWarning(0, _("no title: headed “%(headline)s”") % {"headline": headline}))
    published_at = _moment(facts.published, zone, warnings)
    updated_at = _moment(facts.modified, zone, warnings)
    byline = ", ".join(only_once(list(facts.authors or filter(None, map(fold, (known.author or "").split(";"))))))
    language = facts.language.replace("_", "-")
    outlet = fold(clean(known.sitename or "")) or host_of(facts.address)
    return Document(
        headline=shorten(headline, HEADLINE_LENGTH),
        body=_without_title(body.markdown, headline),
        byline=shorten(clean(byline), BYLINE_LENGTH),
        language=language if LANGUAGE.fullmatch(language) and len(language) <= LANGUAGE_LENGTH else "en",
        published_at=published_at,
        updated_as_stated=updated_at.isoformat() if updated_at and updated_at != published_at else "",
        is_from_archive=published_at is None,
        sources=(StatedSource(shorten(outlet, SOURCE_LENGTH), facts.address),) if outlet else (),
        warnings=tuple(warnings),
        identity=facts.address,
    )


def _without_title(body: str, headline: str) -> str:
    """``body`` without a heading at its start that only says the headline again."""
    first, _, rest = body.partition("\n\n")
    is_title = first.startswith("#") and fold(first.lstrip("#")).casefold() == headline.casefold()
    return rest if is_title and rest else body


def _moment(stated: str, zone: tzinfo, warnings: list[LineWarning]) -> datetime | None:
    moment = read_moment(stated, zone) if stated else None
    if stated and moment is None:
        message = _("“%(stated)s” is not a whole date, and none is made up") % {"stated": stated}
        warnings.append(LineWarning(0, message))
    elif stated and not has_zone(stated):
        message = _("“%(stated)s” names no time zone: read as %(zone)s") % {"stated": stated, "zone": zone}
        warnings.append(LineWarning(0, message))
    return moment
