"""Where to import from: files, folders and addresses on the web."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from articles.importing import files
from articles.importing.fetching import fetch
from articles.importing.files import MAX_BYTES, NAME_LENGTH, FoundFile, printable
from articles.importing.guard import FetchError

SCHEMES = ("http://", "https://")


@dataclass
class WebAddress:
    """An address to import from; ``url`` becomes the last one of its redirects, ``charset`` what its server says."""

    label: str
    name: str
    url: str
    charset: str = ""

    def read(self) -> bytes:
        """The bytes of the answer. Raises FetchError, also for an answer that is no success."""
        answer = fetch(self.url, limit=MAX_BYTES)
        if not answer.is_success:
            raise FetchError(_("the server answered %(status)s; check the address") % {"status": answer.status})
        self.url, self.charset = answer.url, answer.charset
        return answer.body

    def starts_with(self, mark: bytes) -> bool:
        """Never known: what is there can be fetched only once."""
        return False

    def lines(self, longest: int) -> Iterator[bytes]:
        """The lines, one by one. Raises FetchError."""
        yield from self.read().splitlines(keepends=True)


def find(places: Sequence[str]) -> Iterator[FoundFile | WebAddress]:
    """What there is at ``places``, in their order; files as ``files.find`` gives them."""
    for place in places:
        if place.lower().startswith(SCHEMES):
            yield WebAddress(printable(place), printable(place)[-NAME_LENGTH:], place)
        else:
            yield from files.find([place])
