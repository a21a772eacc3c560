"""OPML 1 and 2 (http://opml.org/spec2.opml): the list of sources, read and written."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from html.entities import html5
from typing import Any, Protocol
from xml.sax.saxutils import escape

from django.utils.translation import gettext as _
from lxml import etree  # type: ignore[import-untyped]

from articles.importing.addresses import canonical, host_of, web_address
from articles.importing.documents import SOURCE_LENGTH, LineWarning, ListedSource, ParseError, fold, shorten
from articles.importing.formats.markup import clean, decode_markup, refuse_entities

HOME_PAGE_LENGTH = 500
DECLARATION = re.compile(r"\s*<\?xml\b[^<>]*\?>")
# An ampersand that starts nothing XML knows, with the name of an HTML entity if one follows.
LONE_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d+|#[xX][\da-fA-F]+);)(\w{1,40};)?")


class Outlet(Protocol):
    """A source to be written: the model, or what a list gives."""

    @property
    def name(self) -> str: ...
    @property
    def home_page(self) -> str: ...
    @property
    def feed_url(self) -> str: ...
    @property
    def description(self) -> str: ...


@dataclass(frozen=True)
class _Outline:
    """An outline with its attributes in lower case, the folders around it, and its line."""

    values: dict[str, str]
    folders: tuple[str, ...]
    line: int

    @property
    def name(self) -> str:
        return self.values.get("text") or self.values.get("title") or ""

    @property
    def is_list(self) -> bool:
        """Whether it points to another list."""
        url = self.values.get("url", "")
        return bool(url) and (self.values.get("type", "").lower() == "include" or url.endswith(".opml"))


def parse(raw: bytes) -> tuple[ListedSource, ...]:
    """The outlets that a list gives, in their order, folders taken apart, each outlet once.

    A list that is not well-formed is read as far as it goes, with a warning on its first outlet. Raises ParseError
    for what is no OPML, and for a list without an outlet that has an address.
    """
    refuse_entities(raw)
    text, warnings = decode_markup(raw)
    root, faults = _tree(text)
    if root is None or _name_of(root) != "opml":
        raise ParseError(1, _("no OPML: its first element is not <opml>"))
    warnings += faults
    listed = _Listed()
    for outline in _outlines(root):
        source = _source(outline)
        if outline.is_list:
            message = _("another list, to be imported by itself: %(url)s") % {"url": outline.values["url"]}
            warnings += (LineWarning(outline.line, message),)
        elif source:
            listed.add(source)
        else:
            message = _("“%(name)s” gives no address: left out") % {"name": outline.name}
            warnings += (LineWarning(outline.line, message),)
    if not listed.sources:
        said = [_("lists no outlet with an address"), *(fault.message for fault in faults)]
        raise ParseError(1, _("; ").join(said))
    first, *others = listed.sources
    return (replace(first, warnings=warnings + first.warnings), *others)


def write(outlets: Iterable[Outlet], title: str) -> bytes:
    """A list of ``outlets`` in the order given; the same outlets always give the same bytes."""
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = clean(title)
    body = etree.SubElement(root, "body")
    for outlet in outlets:
        values = {
            "type": "rss" if outlet.feed_url else "link",
            "text": outlet.name,
            "xmlUrl": outlet.feed_url,
            # The specification has an address of another name for outlines that are no feed.
            "htmlUrl" if outlet.feed_url else "url": outlet.home_page,
            "description": outlet.description,
        }
        etree.SubElement(body, "outline", {name: clean(value) for name, value in values.items() if value})
    written: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)
    return written


def _tree(text: str) -> tuple[Any, tuple[LineWarning, ...]]:
    text = DECLARATION.sub("", text, count=1)
    mended = LONE_AMPERSAND.sub(lambda found: escape(html5.get(found[1] or "", found[0])), text)
    parser = etree.XMLParser(
        encoding="utf-8", recover=True, resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(mended.encode(), parser)
    except etree.XMLSyntaxError as error:
        raise ParseError(error.lineno or 1, _("no OPML: %(error)s") % {"error": error.msg}) from None
    faults = [
        LineWarning(entry.line, _("not well-formed (%(error)s)") % {"error": fold(entry.message)})
        for entry in parser.error_log[:1]
    ]
    return root, tuple(faults)


def _name_of(element: Any) -> str:
    return str(element.tag).rpartition("}")[2].lower()


def _outlines(root: Any) -> Iterator[_Outline]:
    """Every outline that is no folder."""
    folders: list[str] = []
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if _name_of(element) != "outline":
            continue
        if event == "end":
            folders.pop()
            continue
        values = {str(name).lower(): clean(value) for name, value in element.attrib.items()}
        values = {name: value if name == "description" else fold(value) for name, value in values.items()}
        outline = _Outline(values, tuple(filter(None, folders)), element.sourceline or 0)
        is_folder = len(element) > 0 and not _addresses(outline)
        if not is_folder and (outline.name or _addresses(outline)):
            yield outline
        folders.append(outline.name if is_folder else "")


def _addresses(outline: _Outline) -> list[str]:
    names = ("xmlurl", "htmlurl") if "xmlurl" in outline.values or "htmlurl" in outline.values else ("url",)
    return [stated for name in names if (stated := outline.values.get(name, ""))]


def _source(outline: _Outline) -> ListedSource | None:
    """The outlet of an outline; None for a note, which neither has an address nor says that it is a link."""
    if not _addresses(outline) and outline.values.get("type", "").lower() not in ("link", "rss"):
        return None
    warnings: list[LineWarning] = []
    feed_url = _address(outline, "xmlurl", warnings)
    home_page = _address(outline, "htmlurl" if "htmlurl" in outline.values else "url", warnings)
    if len(home_page) > HOME_PAGE_LENGTH:
        message = _("its address is too long and left out: %(url)s") % {"url": home_page}
        warnings.append(LineWarning(outline.line, message))
        home_page = ""
    name = outline.name or host_of(home_page or feed_url)
    if not outline.name:
        warnings.append(LineWarning(outline.line, _("no name: called “%(name)s”") % {"name": name}))
    folders = [*filter(None, ["/".join(outline.folders)]), *filter(None, [outline.values.get("category", "")])]
    if folders:
        message = _("folders are not kept: it stands in %(folders)s") % {"folders": _(", ").join(folders)}
        warnings.append(LineWarning(outline.line, message))
    description = outline.values.get("description", "")
    if not name or (_addresses(outline) and not (home_page or feed_url)):
        return None
    return ListedSource(shorten(name, SOURCE_LENGTH), home_page, feed_url, description, outline.line, tuple(warnings))


def _address(outline: _Outline, name: str, warnings: list[LineWarning]) -> str:
    stated = outline.values.get(name, "")
    # Browsers once handed feeds over to programs as feed:https://… and feed://….
    address = web_address(re.sub(r"^feed:(?://)?(?=https?:)|^feed(?=://)", _scheme, stated, flags=re.IGNORECASE))
    if stated and not address:
        message = _("“%(stated)s” is not a web address: left out") % {"stated": stated}
        warnings.append(LineWarning(outline.line, message))
    return address


def _scheme(found: re.Match[str]) -> str:
    return "" if found[0].endswith((":", "/")) else "http"


class _Listed:
    """The outlets found so far; one that comes again, by its name or its feed, adds only what is still open."""

    def __init__(self) -> None:
        self.sources: list[ListedSource] = []
        self.places: dict[str, int] = {}

    def add(self, source: ListedSource) -> None:
        """Take in an outlet."""
        keys = [source.name.casefold(), *([f"feed {canonical(source.feed_url)}"] if source.feed_url else [])]
        place = next((self.places[key] for key in keys if key in self.places), len(self.sources))
        if place < len(self.sources):
            self.sources[place] = _merged(self.sources[place], source)
        else:
            self.sources.append(source)
        self.places |= dict.fromkeys(keys, place)


def _merged(first: ListedSource, again: ListedSource) -> ListedSource:
    """``first`` with what it leaves open taken from ``again``; what differs is named in a warning."""
    names = ("name", "home_page", "feed_url", "description")
    stated = {name: getattr(again, name) for name in names if getattr(again, name)}
    gaps = {name: value for name, value in stated.items() if not getattr(first, name)}
    others = [value for name, value in stated.items() if name not in gaps and value != getattr(first, name)]
    also = _("listed again: %(values)s") % {"values": _(", ").join(others)} if others else _("listed again")
    return replace(first, **gaps, warnings=(*first.warnings, LineWarning(again.line, also)))
