"""Finding and reading the files to import: single files, folders, standard input."""

import os
import stat
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

SUFFIXES = (
    *(".txt", ".md", ".markdown", ".jsonl"),
    *(".xml", ".rss", ".atom", ".rdf", ".json", ".opml", ".html", ".htm"),
)
STANDARD_INPUT = "-"
MAX_BYTES = 10_000_000
NAME_LENGTH = 255


class ReadError(Exception):
    """The file can't be read; the message gives the cause and what to do."""


@dataclass(frozen=True)
class FoundFile:
    """A file to import, or what is wrong with a place where there should be one.

    ``label`` is the place as messages name it, ``name`` what is kept of it: the path within the folder that was
    given, empty for standard input, which has none. ``path`` is None for standard input.
    """

    label: str
    name: str = ""
    path: Path | None = None
    fault: str = ""

    # A file was fetched from nowhere.
    url = charset = ""

    def read(self) -> bytes:
        """The bytes of the file. Raises ReadError."""
        if self.fault:
            raise ReadError(self.fault)
        try:
            raw = self._read()
        except OSError as error:
            raise ReadError(_("can't be read (%(error)s)") % {"error": error.strerror}) from error
        if len(raw) > MAX_BYTES:
            most = {"most": MAX_BYTES // 1_000_000}
            raise ReadError(_("more than %(most)s MB, which is no single story; split it") % most)
        return raw

    def starts_with(self, mark: bytes) -> bool:
        """Whether the file begins with ``mark``; never said of standard input, which can be read only once."""
        if self.path is None or self.fault:
            return False
        try:
            with self.path.open("rb") as file:
                return file.read(len(mark)) == mark
        except OSError:
            return False

    def lines(self, longest: int) -> Iterator[bytes]:
        """The lines of a file of any size, one by one. Raises ReadError, also for a line of more than ``longest``."""
        if self.fault:
            raise ReadError(self.fault)
        try:
            with sys.stdin.buffer if self.path is None else self.path.open("rb") as file:
                while line := file.readline(longest + 1):
                    if len(line) > longest:
                        raise ReadError(_("a line of more than %(most)s MB") % {"most": longest // 1_000_000})
                    yield line
        except OSError as error:
            raise ReadError(_("can't be read (%(error)s)") % {"error": error.strerror}) from error

    def _read(self) -> bytes:
        if self.path is None:
            return sys.stdin.buffer.read(MAX_BYTES + 1)
        with self.path.open("rb") as file:
            return file.read(MAX_BYTES + 1)


def find(places: Sequence[str]) -> Iterator[FoundFile]:
    """The files at ``places``, in their order; those of a folder sorted by path, hidden ones left out.

    A place without a file, and a link that leads out of its folder, come as a FoundFile with a fault.
    """
    for place in places:
        yield from _find_at(place)


def _find_at(place: str) -> Iterator[FoundFile]:
    if place == STANDARD_INPUT:
        yield FoundFile(_("standard input"))
        return
    path = Path(place)
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError) as error:
        cause = getattr(error, "strerror", None) or error
        yield FoundFile(printable(place), fault=_("%(error)s; check the path") % {"error": cause})
        return
    if stat.S_ISREG(mode):
        yield FoundFile(printable(place), printable(path.name), path)
    elif stat.S_ISDIR(mode):
        yield from _find_in(path)
    else:
        yield FoundFile(printable(place), fault=_("neither a file nor a folder"))


def _find_in(folder: Path) -> Iterator[FoundFile]:
    found = _walk(folder, folder, Path(os.path.realpath(folder)))
    first = next(found, None)
    endings = {"endings": _(", ").join(SUFFIXES)}
    yield first or FoundFile(printable(folder), fault=_("holds no story; names end in %(endings)s") % endings)
    yield from found


def _walk(here: Path, folder: Path, root: Path) -> Iterator[FoundFile]:
    try:
        entries = sorted(entry for entry in here.iterdir() if not entry.name.startswith("."))
    except OSError as error:
        fault = _("the folder can't be read (%(error)s)") % {"error": error.strerror}
        yield FoundFile(printable(here), fault=fault)
        return
    for entry in entries:
        is_folder = entry.is_dir()
        if not is_folder and entry.suffix.lower() not in SUFFIXES:
            continue
        if entry.is_symlink() and not Path(os.path.realpath(entry)).is_relative_to(root):
            yield FoundFile(printable(entry), fault=_("a link that leads out of the folder: not followed"))
        elif not is_folder:
            yield FoundFile(printable(entry), printable(entry.relative_to(folder))[-NAME_LENGTH:], entry)
        elif not entry.is_symlink():
            yield from _walk(entry, folder, root)


def printable(path: Path | str) -> str:
    """A path as it can be printed and stored: a sign that no encoding or terminal takes becomes a question mark."""
    return "".join(sign if sign.isprintable() else "?" for sign in str(path))
