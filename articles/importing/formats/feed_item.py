"""One item of a JSON Feed as a story."""

import html
import json
import re
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

from django.utils.translation import gettext as _

from articles.importing.addresses import host_of, web_address
from articles.importing.documents import (
    BYLINE_LENGTH,
    CREDIT_LENGTH,
    HEADLINE_LENGTH,
    LANGUAGE_LENGTH,
    SOURCE_LENGTH,
    TOPIC_LENGTH,
    Document,
    ImageCredit,
    LineWarning,
    ParseError,
    StatedSource,
    fold,
    only_once,
    shorten,
)
from articles.importing.formats import html_text
from articles.importing.formats.markup import clean
from articles.importing.formats.moments import has_zone, read_moment
from articles.web.markdown import escape

LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
MARKED_UP = re.compile(r"</(?:a|abbr|b|cite|code|em|i|q|span|strong|sub|sup|u)>|&#?\w+;", re.IGNORECASE)
HEADLINE_WORDS = 12
STANDFIRST_LENGTH = 600
MOST_HTML = 300_000
# A summary that begins as the text does, to this part of its words, says nothing of its own.
REPEATED = 0.8


def dump(feed: dict[str, Any]) -> bytes:
    """A feed as the bytes to keep."""
    return clean(json.dumps(feed, ensure_ascii=False)).encode()


@dataclass(frozen=True)
class _Text:
    """What an item says: as Markdown and as bare words."""

    markdown: str = ""
    words: str = ""

    def followed_by(self, other: "_Text") -> "_Text":
        """Both, one below the other; words that are there already are not said again."""
        if other.words in self.words:
            return self
        return _Text(f"{self.markdown}\n\n{other.markdown}".strip("\n"), f"{self.words}\n\n{other.words}".strip("\n"))


class ItemReader:
    """Reads one item; ``warnings`` gathers what an editor should look at. Raises ParseError for no item."""

    def __init__(
        self, item: object, head: dict[str, Any], url: str, line: int, warnings: tuple[LineWarning, ...]
    ) -> None:
        if not isinstance(item, dict) or not any(item.values()):
            raise ParseError(line, _("holds nothing that can be read"))
        self.item: dict[str, Any] = item
        self.head = head
        self.line = line
        self.warnings = list(warnings)
        around, stated = url or _line(head.get("home_page_url")), _line(item.get("url"))
        self.url = web_address(stated, around)
        if stated and not self.url:
            self._warn(_("its address is none that can be followed: %(stated)s") % {"stated": stated})
        extra = item.get("_newsroom")
        self.extra: dict[str, Any] = extra if isinstance(extra, dict) else {}
        self.base = _line(self.extra.get("base")) or self.url or around

    def document(self, zone: tzinfo) -> Document:
        """The story."""
        text, standfirst = self._texts()
        published_at = self._moment("date_published", zone)
        updated_at = self._moment("date_modified", zone)
        self._warn_of_attachments()
        return Document(
            headline=self._headline(text.words or standfirst),
            body=text.markdown,
            standfirst=standfirst,
            byline=self._byline(),
            language=self._language(),
            published_at=published_at,
            updated_as_stated=updated_at.isoformat() if updated_at and updated_at != published_at else "",
            is_from_archive=published_at is None,
            credits=tuple(ImageCredit(name) for name in self._credits()),
            sources=self._sources(),
            topics=only_once([shorten(name, TOPIC_LENGTH) for name in _lines_in(self.item.get("tags"))]),
            warnings=tuple(self.warnings),
            identity=_line(self.item.get("id")) or self.url,
            original=dump({**self.head, "items": [self.item]}),
        )

    def _credits(self) -> tuple[str, ...]:
        return only_once([shorten(name, CREDIT_LENGTH) for name in _lines_in(self.extra.get("credits"))])

    def _warn(self, message: str) -> None:
        self.warnings.append(LineWarning(self.line, message))

    def _texts(self) -> tuple[_Text, str]:
        """The body, and the summary if it says something of its own."""
        text = self._read_html(self.item.get("content_html"))
        if not text.words:
            text = _plain(_text(self.item.get("content_text")))
        for further in self.extra.get("further_html") or []:
            text = text.followed_by(self._read_html(further))
        summary = _line(self.item.get("summary"), is_marked_up=True)
        if not text.words:
            text, summary = _plain(summary), ""
        if not text.words:
            self._warn(_("no text: only what stands around it"))
        return self._with_summary(text, summary)

    def _read_html(self, html: object) -> _Text:
        source = _text(html)
        if len(source) > MOST_HTML:
            message = _("%(count)s characters, which is no single story") % {"count": f"{len(source):,}"}
            raise ParseError(self.line, message)
        page = html_text.read(source, self.base)
        if page.pictures:
            self._warn(_("pictures are not taken over: %(count)s") % {"count": page.pictures})
        return _Text(page.markdown, page.text)

    def _with_summary(self, text: _Text, summary: str) -> tuple[_Text, str]:
        if not summary or _repeats(summary, text.words):
            return text, ""
        if len(summary) <= STANDFIRST_LENGTH:
            return text, summary
        self._warn(_("its summary is long and says something else: put at the end of the text"))
        return text.followed_by(_plain(summary)), ""

    def _headline(self, words: str) -> str:
        headline = _line(self.item.get("title"), is_marked_up=True)
        if not headline:
            opening = words.split()
            is_cut = len(opening) > HEADLINE_WORDS
            headline = " ".join(opening[:HEADLINE_WORDS]) + (" …" if is_cut else "")
            headline = headline or self.url or _line(self.item.get("id")) or _("Untitled")
            self._warn(_("no title: headed “%(headline)s”") % {"headline": shorten(headline, HEADLINE_LENGTH)})
        elif len(headline) > HEADLINE_LENGTH:
            message = _("its title of %(count)s characters is cut: %(headline)s")
            self._warn(message % {"count": len(headline), "headline": headline})
        return shorten(headline, HEADLINE_LENGTH)

    def _byline(self) -> str:
        names = _names_in(self.item) or _names_in(self.head)
        byline = ", ".join(only_once(names))
        if len(byline) > BYLINE_LENGTH:
            self._warn(_("its byline is cut: %(byline)s") % {"byline": byline})
        return shorten(byline, BYLINE_LENGTH)

    def _language(self) -> str:
        stated = _line(self.item.get("language")) or _line(self.head.get("language"))
        tag = stated.replace("_", "-")
        if LANGUAGE.fullmatch(tag) and len(tag) <= LANGUAGE_LENGTH:
            return tag
        if stated:
            message = _("“%(stated)s” is not a language tag such as en or pt-BR: taken for English")
            self._warn(message % {"stated": stated})
        return "en"

    def _moment(self, name: str, zone: tzinfo) -> datetime | None:
        stated = _line(self.item.get(name))
        moment = read_moment(stated, zone) if stated else None
        if stated and moment is None:
            message = _("%(field)s: “%(stated)s” is not a whole date, and none is made up")
            self._warn(message % {"field": name, "stated": stated})
        elif stated and not has_zone(stated):
            message = _("%(field)s: “%(stated)s” names no time zone: read as %(zone)s")
            self._warn(message % {"field": name, "stated": stated, "zone": zone})
        return moment

    def _sources(self) -> tuple[StatedSource, ...]:
        """The outlet with the address of the item; second, where the item points to a page elsewhere, its host."""
        stated = _line(self.extra.get("outlet")) or _line(self.head.get("title"), is_marked_up=True)
        name = stated or host_of(self.base)
        external = web_address(_line(self.item.get("external_url")), self.base)
        found = [StatedSource(shorten(name, SOURCE_LENGTH), self.url)] if name else []
        if external and external != self.url:
            found.append(StatedSource(shorten(host_of(external), SOURCE_LENGTH), external))
        return tuple(found)

    def _warn_of_attachments(self) -> None:
        attachments = self.item.get("attachments")
        for attachment in attachments if isinstance(attachments, list) else []:
            address = _line(attachment.get("url")) if isinstance(attachment, dict) else ""
            if address:
                self._warn(_("an attachment is not taken over: %(url)s") % {"url": address})


def _text(value: object) -> str:
    """A text, or a number as one; "" for what is neither."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return clean(value) if isinstance(value, str) else str(value) if is_number else ""


def _line(value: object, *, is_marked_up: bool = False) -> str:
    """A text on one line; ``is_marked_up`` says that tags and entities in it may be meant as such."""
    text = _text(value)
    if is_marked_up and MARKED_UP.search(text):
        return fold(html_text.line_of(text) if "</" in text else html.unescape(text))
    return fold(text)


def _lines_in(values: object) -> list[str]:
    """The texts in a list; one text alone counts as a list of one."""
    return [line for value in (values if isinstance(values, list) else [values]) if (line := _line(value))]


def _names_in(item: dict[str, Any]) -> list[str]:
    """The authors: 1.1 has a list of them, 1.0 one alone."""
    authors = item.get("authors")
    stated = [*(authors if isinstance(authors, list) else []), item.get("author")]
    return [name for author in stated if isinstance(author, dict) and (name := _line(author.get("name")))]


def _plain(text: str) -> _Text:
    paragraphs = [fold(paragraph) for paragraph in re.split(r"\n\s*\n", text) if paragraph.strip()]
    return _Text("\n\n".join(map(escape, paragraphs)), "\n\n".join(paragraphs))


def _repeats(summary: str, text: str) -> bool:
    """Whether ``summary`` is part of ``text``, or begins like it for most of its words."""
    ours, theirs = (re.findall(r"\w+", words.casefold()) for words in (summary, text))
    if " ".join(ours) in " ".join(theirs) and (ours or summary in text):
        return True
    same = next((place for place, pair in enumerate(zip(ours, theirs, strict=False)) if pair[0] != pair[1]), None)
    return bool(ours) and (min(len(ours), len(theirs)) if same is None else same) >= REPEATED * len(ours)
