"""What to do with a document, given what was imported before. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from articles.importing.addresses import canonical
from articles.importing.documents import Document, LineWarning

ANY_ADDRESS = "*"
OTHER_STATEMENT = "its standing statement differs from the one that the site has: not taken over"


class Outcome(StrEnum):
    """What becomes of a file."""

    CREATE = "create"
    UNCHANGED = "unchanged"
    CHANGED = "changed"


@dataclass
class Standing:
    """What has been imported: contents by their hash, file names, stories as ``stories_of`` has them; the statement."""

    hashes: set[str] = field(default_factory=set)
    file_names: set[str] = field(default_factory=set)
    stories: set[tuple[str, str, str]] = field(default_factory=set)
    statement: str = ""

    def add(self, document: Document, file_name: str, sha256: str) -> None:
        """Count a document among those imported."""
        self.hashes.add(sha256)
        self.file_names.add(file_name)
        self.stories |= stories_of(document)
        self.statement = self.statement or document.statement


@dataclass(frozen=True)
class Plan:
    """What to do with one file, why if that is not plain, and what an editor should look at."""

    outcome: Outcome
    reason: str = ""
    warnings: tuple[LineWarning, ...] = ()


def plan(document: Document, file_name: str, sha256: str, standing: Standing) -> Plan:
    """Create what is new, leave what is known: the same bytes, the same file name, the same headline from one source.

    ``file_name`` is empty for input without a name, which is never the same as another. Under one headline, two
    addresses at the source tell two stories apart.
    """
    if sha256 in standing.hashes:
        return Plan(Outcome.UNCHANGED)
    advice = "left as it stands: edit the story in the admin, or give another story another"
    if file_name and file_name in standing.file_names:
        return Plan(Outcome.CHANGED, f"this file has changed since it was imported; {advice} file name")
    if not standing.stories.isdisjoint(_same_as(document)):
        return Plan(Outcome.CHANGED, f"a story of this headline and source was imported; {advice} headline")
    is_other = document.statement and standing.statement and document.statement != standing.statement
    return Plan(Outcome.CREATE, warnings=(LineWarning(0, OTHER_STATEMENT),) if is_other else ())


def stories_of(document: Document) -> set[tuple[str, str, str]]:
    """The headline with each of the sources and its address: what stays when a file is exported anew."""
    return {key for source in document.sources for key in story_keys(document.headline, source.name, source.url)}


def story_keys(headline: str, source_name: str, url: str) -> set[tuple[str, str, str]]:
    """A headline, a source and its address as they are compared, and once more with whatever address."""
    names = headline.casefold(), source_name.casefold()
    return {(*names, canonical(url)), (*names, ANY_ADDRESS)}


def _same_as(document: Document) -> Iterator[tuple[str, str, str]]:
    """What a story that is the same has: the address that is given here, or none; any where none is given here."""
    for source in document.sources:
        names = document.headline.casefold(), source.name.casefold()
        addresses = (canonical(source.url), "") if source.url else (ANY_ADDRESS,)
        yield from ((*names, address) for address in addresses)
