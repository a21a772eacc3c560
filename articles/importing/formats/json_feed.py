"""JSON Feed 1.0 and 1.1 (https://www.jsonfeed.org/version/1.1/): each item is a story.

The other feeds come through here as well, translated into this format. What it has no name for stands under
``_newsroom``: ``credits``, ``outlet`` (whose item it is, in a feed that gathers), ``base`` (of relative links),
``further_html``.
"""

import json
import re
from collections.abc import Sequence
from datetime import tzinfo
from typing import Any

from django.utils.translation import gettext as _

from articles.importing.decoding import decode
from articles.importing.documents import Document, LineWarning, ParseError
from articles.importing.formats.feed_item import ItemReader, dump

VERSION = "https://jsonfeed.org/version/1.1"
GAP = re.compile(r"[\s,]*")
HEAD = ("version", "title", "home_page_url", "feed_url", "language", "authors", "author")


def parse(raw: bytes, zone: tzinfo, url: str = "") -> Sequence[Document | ParseError]:
    """The stories of a feed in their order, and a ParseError in the place of each that can't be read.

    ``url`` is where the feed was found. Raises ParseError if it is no JSON Feed.
    """
    text, warnings = decode(raw)
    try:
        feed = json.loads(text)
    except json.JSONDecodeError as error:
        said = {"error": error.msg, "column": error.colno}
        raise ParseError(error.lineno, _("not JSON: %(error)s (column %(column)s)") % said) from None
    except (ValueError, RecursionError):
        raise ParseError(1, _("not JSON that can be read: nested too deeply, or a number too long")) from None
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        raise ParseError(1, _("JSON, but no JSON Feed: it has no list of items"))
    return documents_of(feed, zone, url=url, lines=_lines_of(text, feed["items"]), warnings=warnings)


def documents_of(
    feed: dict[str, Any],
    zone: tzinfo,
    *,
    url: str = "",
    lines: Sequence[int] = (),
    warnings: tuple[LineWarning, ...] = (),
) -> Sequence[Document | ParseError]:
    """The stories of ``feed``, which was found at ``url``.

    ``lines`` says where each item stands; ``warnings`` go with the first story.
    """
    head = {"version": VERSION} | {name: feed[name] for name in HEAD if name in feed}
    found: list[Document | ParseError] = []
    for position, item in enumerate(feed["items"]):
        line = lines[position] if position < len(lines) else 0
        try:
            reader = ItemReader(item, head, url, line, warnings)
            found.append(reader.document(zone))
            warnings = ()
        except ParseError as error:
            said = {"number": position + 1, "message": error.message}
            found.append(ParseError(line, _("item %(number)s: %(message)s") % said))
    return found


def with_text(original: bytes, text: str) -> bytes:
    """The ``original`` of a story with ``text`` in place of what it says."""
    feed = json.loads(original)
    for item in feed["items"]:
        for name in ("content_html", "content_text", "summary", "_newsroom"):
            item.pop(name, None)
        item["content_text"] = text
    return dump(feed)


def _lines_of(text: str, items: list[Any]) -> list[int]:
    """The line on which each of ``items`` starts; none if that can't be told."""
    start = re.search(r'"items"\s*:\s*\[', text)
    place = start.end() if start else 0
    lines, line, decoder = [], 1 + text.count("\n", 0, place), json.JSONDecoder()
    for item in items:
        gap = GAP.match(text, place)
        begin = gap.end() if gap else place
        line += text.count("\n", place, begin)
        lines.append(line)
        try:
            found, place = decoder.raw_decode(text, begin)
        except ValueError:
            return []
        if found != item:
            return []
        line += text.count("\n", begin, place)
    return lines
