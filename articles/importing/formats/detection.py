"""Which format a file is in, by its content alone."""

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.importing.documents import ParseError
from articles.importing.formats import site_lines
from articles.importing.formats.front_matter import FENCE
from articles.importing.formats.markup import without_mark

UNPACK = gettext_lazy("%(what)s, which is not read: unpack it, and import what is in it")
CONVERT = gettext_lazy("%(what)s, which is not read: save what it says as text")
BINARIES = (
    (0, b"PK\x03\x04", gettext_lazy("a ZIP archive or an office document"), UNPACK),
    (0, b"\x1f\x8b", gettext_lazy("a gzip archive"), UNPACK),
    (0, b"BZh", gettext_lazy("a bzip2 archive"), UNPACK),
    (0, b"\xfd7zXZ", gettext_lazy("an xz archive"), UNPACK),
    (0, b"7z\xbc\xaf", gettext_lazy("a 7-Zip archive"), UNPACK),
    (0, b"Rar!\x1a", gettext_lazy("a RAR archive"), UNPACK),
    (0, b"\x28\xb5\x2f\xfd", gettext_lazy("a Zstandard archive"), UNPACK),
    (257, b"ustar", gettext_lazy("a tar archive"), UNPACK),
    (0, b"%PDF-", gettext_lazy("a PDF"), CONVERT),
    (0, b"{\\rtf", gettext_lazy("a rich text document"), CONVERT),
    (0, b"\xd0\xcf\x11\xe0", gettext_lazy("an old office document"), CONVERT),
    (0, b"SQLite format 3", gettext_lazy("a database"), CONVERT),
    (0, b"\x89PNG", gettext_lazy("a picture"), CONVERT),
    (0, b"\xff\xd8\xff", gettext_lazy("a picture"), CONVERT),
    (0, b"GIF8", gettext_lazy("a picture"), CONVERT),
    (8, b"WEBP", gettext_lazy("a picture"), CONVERT),
    (4, b"ftyp", gettext_lazy("a film or a picture"), CONVERT),
    (0, b"OggS", gettext_lazy("a recording"), CONVERT),
    (0, b"ID3", gettext_lazy("a recording"), CONVERT),
)
# The name of the first element, or of the one that the document type announces.
ROOT = re.compile(rb"(?>\s+|<!--.*?-->|<\?.*?\?>)*+<(?:!DOCTYPE\s+)?(?P<name>[\w:.-]+)", re.DOTALL | re.IGNORECASE)
FEEDS = ("rss", "feed", "rdf", "channel", "entry")
PAGES = ("html", "head", "body", "article", "main", "div", "section", "h1", "p", "meta", "title")


def refuse_binary(raw: bytes) -> None:
    """Raise ParseError for what is known by its first bytes to be no text."""
    for place, mark, what, advice in BINARIES:
        if raw.startswith(mark, place):
            raise ParseError(1, advice % {"what": what})


def detect(raw: bytes) -> str:
    """The format of ``raw``: "feed", "opml", "html", "markdown" or "jsonl"; what is none of these is a text export.

    Raises ParseError for XML of another kind.
    """
    plain = without_mark(raw).lstrip()
    if plain.startswith(b"<"):
        return _detect_markup(plain)
    if plain.startswith(b"{"):
        is_json = re.match(rb'\{\s*["}]', plain)
        return site_lines.NAME if plain.startswith(site_lines.MARK) else "feed" if is_json else "text"
    return "markdown" if plain.partition(b"\n")[0].rstrip() == FENCE.encode() else "text"


def _detect_markup(plain: bytes) -> str:
    root = ROOT.match(plain)
    name = root["name"].decode().rpartition(":")[2].lower() if root else ""
    if name in FEEDS or name == "opml":
        return name if name == "opml" else "feed"
    if name in PAGES:
        return "html"
    if name and plain.startswith(b"<?xml"):
        message = _("XML of another kind: its first element is <%(name)s>, and not that of a feed or a list")
        raise ParseError(1, message % {"name": name})
    return "text"
