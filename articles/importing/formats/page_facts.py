"""What a web page states of itself for machines: JSON-LD, meta elements, microdata. Nothing is guessed."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from articles.importing.addresses import web_address
from articles.importing.documents import fold
from articles.importing.formats.markup import clean

ARTICLES = frozenset(
    "AnalysisNewsArticle Article AskPublicNewsArticle BackgroundNewsArticle BlogPosting LiveBlogPosting NewsArticle"
    " OpinionNewsArticle Report ReportageNewsArticle Review ReviewNewsArticle SocialMediaPosting TechArticle".split()
)
PUBLISHED = (
    "article:published_time og:article:published_time article.published citation_publication_date date"
    " datepublished dc.date dc.date.issued dcterms.date dcterms.issued parsely-pub-date pubdate publish-date"
    " publish_date publishdate sailthru.date"
).split()
MODIFIED = "article:modified_time og:updated_time dcterms.modified last-modified datemodified".split()
NAME = "translate(@name | @property | @itemprop, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz')"


@dataclass(frozen=True)
class PageFacts:
    """What the page states; "" where it states nothing. Dates are as they are written."""

    address: str = ""
    language: str = ""
    published: str = ""
    modified: str = ""
    authors: tuple[str, ...] = ()


def facts_of(text: str, url: str) -> PageFacts:
    """The facts in the HTML ``text``, which was found at ``url`` ("" if that is not known)."""
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, no_network=True)
    try:
        root = etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError:
        root = None
    if root is None:
        return PageFacts()
    article = next(_articles(root), {})
    address = web_address(_first(root, "//link[@rel='canonical']/@href"), url)
    return PageFacts(
        address=address or web_address(_first(root, "//meta[@property='og:url']/@content"), url) or web_address(url),
        language=_first(root, "/html/@lang"),
        published=_text(article.get("datePublished")) or _stated(root, PUBLISHED, "datePublished"),
        modified=_text(article.get("dateModified")) or _stated(root, MODIFIED, "dateModified"),
        authors=tuple(_names(article.get("author"))),
    )


def _stated(root: Any, names: list[str], item: str) -> str:
    """A date from the meta elements, in the order of ``names``, or else from an element that is marked as it."""
    stated = {str(meta.xpath(f"string({NAME})")): meta.get("content") or "" for meta in root.iter("meta")}
    marked = f"//*[@itemprop='{item}']/@datetime | //*[@itemprop='{item}']/@content"
    if item == "datePublished":
        marked += " | //time[@pubdate]/@datetime | //time[contains(@class, 'publish')]/@datetime"
    return next((found for name in names if (found := fold(stated.get(name, "")))), "") or _first(root, marked)


def _first(root: Any, path: str) -> str:
    return next((found for value in root.xpath(path) if (found := fold(clean(str(value))))), "")


def _articles(root: Any) -> Iterator[dict[str, Any]]:
    """The stories that the JSON-LD of the page describes, at its top or in its graph."""
    for script in root.xpath("//script[@type='application/ld+json']/text()"):
        try:
            found = json.loads(str(script))
        except (ValueError, RecursionError):
            continue
        graph = found.get("@graph", found) if isinstance(found, dict) else found
        for thing in graph if isinstance(graph, list) else [graph]:
            if isinstance(thing, dict) and ARTICLES & {*_texts(thing.get("@type"))}:
                yield thing


def _names(people: object) -> list[str]:
    listed = people if isinstance(people, list) else [people]
    names = [person.get("name") if isinstance(person, dict) else person for person in listed]
    return [text for name in names for text in _texts(name)]


def _texts(value: object) -> list[str]:
    return [text for item in (value if isinstance(value, list) else [value]) if (text := _text(item))]


def _text(value: object) -> str:
    return fold(clean(value)) if isinstance(value, str) else ""
