"""The outlets that a "Source:" line names. Pure.

Names are parted by commas, semicolons, bars, "and" before the last, and "via"; an address belongs to the name in
front of it, or stands for itself.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.importing.documents import SOURCE_LENGTH, URL_LENGTH, StatedSource, fold
from articles.importing.formats.text_export.labels import COLON, unwrap

LABEL = r"(?:(?:article|full|main|news|original|primary|story)\s+)?sources?(?:\s*\(s\)|\s+links?)?"
SOURCE = re.compile(rf"(?:(?:{LABEL}|via){COLON}|{LABEL}\s+[-\u2013\u2014]\s+)(?P<text>.{{1,2000}})", re.IGNORECASE)
LABEL_ALONE = re.compile(rf"{LABEL}\s*[:\uff1a]?|via\s*[:\uff1a]", re.IGNORECASE)
ADDRESS = re.compile(r"https?://[^\s<>\"\u201c\u201d|\[\]]+", re.IGNORECASE)
SCHEME = re.compile(r"https?:", re.IGNORECASE)
MARKDOWN_LINK = re.compile(r"\[([^\[\]]{1,200})\]\((https?://[^\s()]+)\)", re.IGNORECASE)
BETWEEN = re.compile(r"\s*[,;|]\s*|\s+/\s+")
OF_A_FIRM = re.compile(r"(?:inc|ltd|llc|plc|corp|co|gmbh|bros)\.?", re.IGNORECASE)
AND = re.compile(r"\s+and\s+", re.IGNORECASE)
VIA = re.compile(r"\s+via\s+", re.IGNORECASE)
MOST_WORDS, MOST_SMALL_WORDS = 8, 3
is_web_address = URLValidator(schemes=["http", "https"])


@dataclass(frozen=True)
class Named:
    """The outlets that one line names, in order, and what is doubtful about the reading ("" for nothing)."""

    sources: tuple[StatedSource, ...]
    doubt: str = ""


def read_label(text: str) -> Named | None:
    """The outlets of a whole line; None if it is no "Source:" line, or names none that could be an outlet."""
    match = SOURCE.fullmatch(text)
    return read_names(match["text"]) if match else None


def read_names(text: str) -> Named | None:
    """The outlets that ``text`` names; None if a part of it is no name: too long, a sentence, not a word."""
    stated = fold(MARKDOWN_LINK.sub(r"\1 \2", text))
    found: list[StatedSource] = []
    doubts: list[str] = []
    place = 0
    for match in ADDRESS.finditer(stated):
        url, after = _end_of_address(stated, match)
        _take_names(stated[place : match.start()], found, doubts)
        has_name = bool(found) and place < match.start() and _is_owner(stated[place : match.start()])
        _take_address(url, found, has_name=has_name)
        place = after
    _take_names(stated[place:], found, doubts)
    if not found or not all(map(_is_sound, found)) or SCHEME.search(ADDRESS.sub("", stated)):
        return None
    return Named(only_once(found), _("; ").join(doubts))


def _end_of_address(text: str, match: re.Match[str]) -> tuple[str, int]:
    """The address without the punctuation behind it (a closing bracket stays if it was opened), and its end."""
    url = match[0]
    while url[-1] in ".,;:!?'\u2019" or (url[-1] == ")" and url.count("(") < url.count(")")):
        url = url[:-1]
    return url, match.start() + len(url)


def _is_owner(before: str) -> bool:
    """Whether what stands before an address is a name that it belongs to, rather than the end of a list."""
    return bool(re.search(r"\w", before)) and not re.search(r"(?:[,;|]|\s/)\s*$|\sand\s*$", before)


def _take_address(url: str, found: list[StatedSource], *, has_name: bool) -> None:
    name = found[-1].name if has_name else ""
    if has_name and not found[-1].url:
        found.pop()
    found.append(StatedSource(name or _host_of(url), url))


def _host_of(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _take_names(text: str, found: list[StatedSource], doubts: list[str]) -> None:
    text = text.lstrip(" )>],;|:/-\u2013\u2014")
    text = unwrap(text if text.endswith(")") else text.rstrip(" (<[,;|:/-\u2013\u2014"))
    text = re.sub(r"^and\s+|\s+and$", "", text, flags=re.IGNORECASE)
    names = split_names(text)
    if _is_doubtful(text):
        doubt = ngettext(
            "“%(line)s” was read as %(count)s source: %(names)s",
            "“%(line)s” was read as %(count)s sources: %(names)s",
            len(names),
        )
        doubts.append(doubt % {"line": text, "count": len(names), "names": _("; ").join(names)})
    found += [StatedSource(name) for name in names]


def _is_doubtful(text: str) -> bool:
    """Whether an "and" may be part of a name, as it is everywhere but before the last of several names."""
    *earlier, last = BETWEEN.split(text)
    return any(map(AND.search, earlier)) or bool(VIA.search(text)) or (not earlier and bool(AND.search(last)))


def split_names(text: str) -> list[str]:
    """The names in a list of names. "and" parts the last two, or two alone; within an earlier item it is a name's."""
    items: list[str] = []
    for item in filter(None, BETWEEN.split(text)):
        if items and OF_A_FIRM.fullmatch(item):
            items[-1] = f"{items[-1]}, {item}"
        else:
            items.append(item)
    if not items:
        return []
    last = [re.sub(r"^and\s+", "", name, flags=re.IGNORECASE) for name in _part_last(items.pop())]
    names = [name for item in [*items, *last] for name in VIA.split(item)]
    return [bare for name in names if (bare := _bare(name))]


def _part_last(item: str) -> list[str]:
    """Two names with "and" between them; the same one twice (Johnson and Johnson) is a single name."""
    if item[:4].casefold() == "and ":
        return [item]
    parts = AND.split(item)
    return parts if len({part.casefold() for part in parts}) == len(parts) else [item]


def _bare(name: str) -> str:
    """A name without the full stop that ends its line; "Inc." and "U.S." keep theirs."""
    name = fold(name)
    is_line_end = name.endswith(".") and name.count(".") == 1 and not OF_A_FIRM.search(name)
    return name[:-1] if is_line_end else name


def _is_sound(source: StatedSource) -> bool:
    name = source.name
    words = name.split()
    is_sentence = len(words) > MOST_WORDS or (len(words) > MOST_SMALL_WORDS and name[0].islower())
    if len(name) > SOURCE_LENGTH or is_sentence or not re.search(r"\w", name):
        return False
    if len(source.url) > URL_LENGTH:
        return False
    try:
        if source.url:
            is_web_address(source.url)
    except ValidationError:
        return False
    return True


def only_once(found: Iterable[StatedSource]) -> tuple[StatedSource, ...]:
    """Each outlet once for each of its reports; one without an address adds nothing to the same with one."""
    first: dict[tuple[str, str], StatedSource] = {}
    for source in found:
        first.setdefault((source.name.casefold(), source.url), source)
    with_address = {name for name, url in first if url}
    return tuple(source for (name, url), source in first.items() if url or name not in with_address)
