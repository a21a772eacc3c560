"""RSS, Atom and RDF, as publishers really write them: feedparser reads them, and each item becomes a story.

What feedparser finds is translated into a JSON Feed, and read as one from there on.
"""

import io
import re
from collections.abc import Iterator, Sequence
from datetime import datetime, tzinfo
from time import struct_time
from typing import Any

import feedparser  # type: ignore[import-untyped]
from django.utils.translation import gettext as _

from articles.importing.addresses import web_address
from articles.importing.documents import Document, LineWarning, ParseError, fold
from articles.importing.formats import html_text, json_feed
from articles.importing.formats.markup import clean, refuse_entities
from articles.importing.formats.moments import has_zone

HTML_TYPES = ("text/html", "application/xhtml+xml")
MEDIA = ("audio/", "image/", "video/")
ITEM = re.compile(rb"<(?:[\w.-]+:)?(?:item|entry)[\s>/]")
TORN_NAME = re.compile(r"[a-z0-9-]{1,20} \((.+)")
# Years, months and the like, which feedparser fills up to a day: none is made up here.
PARTIAL_DATE = re.compile(r"-.*|\d{2}|\d{4}|\d{4}-\d{2}")


def parse(raw: bytes, zone: tzinfo, url: str = "", charset: str = "") -> Sequence[Document | ParseError]:
    """The stories of a feed in their order, and a ParseError in the place of each that can't be read.

    ``url`` and ``charset`` are where the feed was found and what the server said of its encoding. A feed that is not
    well-formed is read as far as it goes, with a warning on its first story. Raises ParseError if nothing can be read.
    """
    refuse_entities(raw)
    found = _read(raw, charset)
    warnings = _fault_of(found)
    if not found.entries and (warnings or not found.get("version")):
        line, message = warnings[0] if warnings else LineWarning(1, _("no RSS, Atom or RDF"))
        raise ParseError(line, _("no feed that can be read: %(error)s") % {"error": message})
    feed = _translated(found, url)
    return json_feed.documents_of(feed, zone, url=url, lines=_lines_of(raw, found), warnings=warnings)


def _read(raw: bytes, charset: str) -> Any:
    # Not told where the feed was found, feedparser leaves relative names of items alone: they stay when a feed moves.
    headers = {"content-type": f"application/xml; charset={charset}" if charset else "application/xml"}
    try:
        return feedparser.parse(
            io.BytesIO(raw), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
        )
    except Exception as error:
        # Its handlers meet input that they were not made for with whatever Python raises.
        raise ParseError(1, _("no feed that can be read: %(error)s") % {"error": error}) from error


def _fault_of(found: Any) -> tuple[LineWarning, ...]:
    """What makes the feed ill-formed, if anything does."""
    error = found.get("bozo_exception")
    if not found.bozo or isinstance(error, feedparser.NonXMLContentType):
        return ()
    line = error.getLineNumber() if hasattr(error, "getLineNumber") else 1
    message = error.getMessage() if hasattr(error, "getMessage") else str(error)
    told = _("the feed is not well-formed (%(error)s): read as far as it could be") % {"error": fold(message)}
    return (LineWarning(line or 1, told),)


def _lines_of(raw: bytes, found: Any) -> list[int]:
    """The line on which each item starts; none where that can't be told."""
    raw = raw.replace(b"\0", b"")
    places = [match.start() for match in ITEM.finditer(raw)]
    return [raw.count(b"\n", 0, place) + 1 for place in places] if len(places) == len(found.entries) else []


def _translated(found: Any, url: str) -> dict[str, Any]:
    """The feed as a JSON Feed, the addresses of its items whole."""
    feed = found.feed
    head = {
        "version": json_feed.VERSION,
        "title": _line(feed, "title"),
        "home_page_url": feed.get("link"),
        "language": feed.get("language"),
        # Only in Atom does the author of a feed stand for those of its items (RFC 4287, section 4.2.1).
        "authors": _names(feed) if found.version.startswith("atom") else [],
    }
    return {**_filled(head), "items": [_item(entry, url) for entry in found.entries]}


def _item(entry: Any, url: str) -> dict[str, Any]:
    texts = sorted(_texts(entry), key=lambda text: -len(re.sub(r"<[^<>]*>", "", text["value"])))
    body = texts[0] if texts else {}
    kind = "content_html" if body.get("type") in HTML_TYPES else "content_text"
    item = {
        "id": entry.get("id"),
        "url": web_address(_link_of(entry), url) or _link_of(entry),
        "title": _line(entry, "title"),
        kind: body.get("value"),
        "summary": _line(entry, "summary"),
        "date_published": _stated(entry, "published"),
        "date_modified": _stated(entry, "updated"),
        "authors": _names(entry),
        "tags": [fold(tag.get("label") or tag.get("term") or "") for tag in entry.get("tags", [])],
        "language": entry.get("language") or body.get("language"),
        "attachments": [{"url": link.get("href")} for link in _attached(entry)],
        "_newsroom": _extra(entry, body.get("base"), texts[1:]),
    }
    return _filled(item)


def _filled(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value}


def _line(values: Any, name: str) -> str:
    """The words of a text on one line, its markup taken out if it is meant as such."""
    value, detail = values.get(name) or "", values.get(f"{name}_detail") or {}
    return html_text.line_of(value) if detail.get("type") in HTML_TYPES else clean(fold(value))


def _texts(entry: Any) -> Iterator[dict[str, str]]:
    """The texts of an item, each once, as HTML or plain text; pictures and the like are left out."""
    seen = set()
    for text in [*entry.get("content", []), entry.get("summary_detail") or {}]:
        value, kind = text.get("value") or "", text.get("type") or "text/html"
        if not kind.startswith(MEDIA) and value.strip() and value not in seen:
            seen.add(value)
            is_html = kind in HTML_TYPES or (kind != "text/plain" and "</" in value)
            kind = HTML_TYPES[0] if is_html else "text/plain"
            yield {"value": value, "type": kind, **{name: text.get(name) or "" for name in ("language", "base")}}


def _extra(entry: Any, base: str | None, others: list[dict[str, str]]) -> dict[str, Any]:
    """What a JSON Feed has no name for. Of the other texts, the summary has its own place."""
    summary = entry.get("summary")
    further = [_as_html(text) for text in others if text["value"] != summary]
    credited = [credit.get("content") for credit in entry.get("media_credit", []) if credit.get("content")]
    outlet = _line(entry.get("source") or {}, "title")
    return _filled({"credits": credited, "outlet": outlet, "base": base, "further_html": further})


def _as_html(text: dict[str, str]) -> str:
    if text["type"] in HTML_TYPES:
        return text["value"]
    return "".join(f"<p>{part}</p>" for part in re.split(r"\n\s*\n", text["value"].replace("<", "&lt;")))


def _names(values: Any) -> list[dict[str, str]]:
    """Authors, then contributors; one without a name goes by the address that is given for it."""
    people = [*values.get("authors", []), *values.get("contributors", [])]
    names = [_name_of(person) for person in people]
    names = names if any(names) else [values.get("author") or ""]
    return [{"name": fold(name)} for name in names if name]


def _name_of(person: Any) -> str:
    name, email = person.get("name") or "", person.get("email") or ""
    # Of "ann@outlet.example (Ann Wu)", feedparser takes four letters of the domain's end, and the rest for the name.
    torn = TORN_NAME.match(name) if email else None
    return torn[1] if torn else name or email


def _link_of(entry: Any) -> str:
    """The address of an item; a guid that is only a name is none, although RSS takes it for one."""
    stated: str = entry.get("feedburner_origlink") or entry.get("link") or ""
    is_name = entry.get("guidislink") and stated == entry.get("id") and "://" not in stated
    others = [link.get("href") for link in entry.get("links", []) if link.get("rel") == "alternate"]
    return ("" if is_name else stated) or next(filter(None, others), "")


def _attached(entry: Any) -> list[Any]:
    pages = [text for text in entry.get("content", []) if text.get("src")]
    return [*entry.get("enclosures", []), *({"href": page["src"]} for page in pages)]


def _stated(entry: Any, name: str) -> str:
    """A date in ISO 8601, with a zone only if it is stated with one; as it is written if it is not a whole date."""
    # Asked for an update that is not there, feedparser would give the time of publication.
    if name not in entry:
        return ""
    stated, parsed = fold(entry[name]), entry.get(f"{name}_parsed")
    if not isinstance(parsed, struct_time) or PARTIAL_DATE.fullmatch(stated.partition("T")[0]):
        return stated
    year, month, day, hour, minute, second = parsed[:6]
    try:
        moment = datetime(year, month, day, hour, minute, min(second, 59))  # noqa: DTZ001
    except ValueError:
        return stated
    return moment.isoformat() + ("+00:00" if has_zone(stated) else "")
