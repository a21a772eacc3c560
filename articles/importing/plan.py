"""What to do with a document, given what was imported before and what stands now. Pure."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from articles.importing.addresses import canonical, host_of
from articles.importing.documents import LineWarning
from articles.importing.fields import Fields
from articles.importing.merge import FieldChange, Verdict, merge

OTHER_STATEMENT = _("its standing statement differs from the one that the site has: not taken over")
NAMESAKES = {
    "identity": _("another story has this identity: kept apart, since their texts have little in common"),
    "address": _("another story rests on the same address: kept apart, since their texts have little in common"),
    "name": _("another story came under this file name: kept apart, since their texts have little in common"),
    "story": _("another story has this headline and source: kept apart, since their texts have little in common"),
}
REASONS = {
    "propose": _("the story is published: an editor decides, field by field"),
    "conflict": _("changed both here and in the file: an editor decides, field by field"),
}
URI = re.compile(r"[a-z][a-z0-9+.-]*:.", re.IGNORECASE)
WORD = re.compile(r"\w+")
SHINGLE = 3
# Of fewer runs of words nothing can be said; two stories on one subject have far fewer than a fifth in common.
FEW_SHINGLES, ENOUGH_IN_COMMON = 12, 0.2

# By what a story is recognised: the kind of mark, and the mark itself.
Key = tuple[str, ...]


class Outcome(StrEnum):
    """What becomes of a document.

    PROPOSE: only the file changed, but readers see the story, so that an editor decides. CONFLICT: both changed a
    field, each to something else.
    """

    CREATE = "create"
    UPDATE = "update"
    PROPOSE = "propose"
    CONFLICT = "conflict"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class Counterpart:
    """The story that a document is recognised as: what its last import said, what stands, and where."""

    article_id: int
    base: Fields
    ours: Fields
    is_public: bool
    slug: str = ""

    @property
    def said(self) -> Fields:
        """What the last import said, or else what stands."""
        return self.base if self.base["headline"] else self.ours


@dataclass(frozen=True)
class Plan:
    """What to do with one document: field by field where its story stands, and what an editor should look at."""

    outcome: Outcome
    changes: tuple[FieldChange, ...] = ()
    warnings: tuple[LineWarning, ...] = ()

    @property
    def waiting(self) -> tuple[FieldChange, ...]:
        """The changes that are left for an editor."""
        return tuple(change for change in self.changes if change.verdict in (Verdict.PROPOSE, Verdict.CONFLICT))

    @property
    def reason(self) -> str:
        """Why something waits for an editor, "" if nothing does."""
        return str(REASONS.get(self.outcome, ""))


def plan(theirs: Fields, known: Counterpart | None, statement: str, warnings: Sequence[LineWarning] = ()) -> Plan:
    """Create what is new; merge what is known, where an editor's words stay and published ones change in no way.

    ``statement`` is the standing statement of the site; ``warnings`` are those that came of looking for ``known``.
    """
    is_other = theirs["statement"] and statement and theirs["statement"] != statement
    warnings = (*warnings, *([LineWarning(0, str(OTHER_STATEMENT))] if is_other else []))
    if known is None:
        return Plan(Outcome.CREATE, warnings=warnings)
    changes = merge(known.base, known.ours, theirs)
    if known.is_public:
        changes = tuple(_proposed(change) for change in changes)
    return Plan(_outcome_of(changes), changes, warnings)


def _proposed(change: FieldChange) -> FieldChange:
    return replace(change, verdict=Verdict.PROPOSE) if change.verdict == Verdict.TAKE else change


def _outcome_of(changes: Sequence[FieldChange]) -> Outcome:
    verdicts = {change.verdict for change in changes}
    if Verdict.CONFLICT in verdicts:
        return Outcome.CONFLICT
    if Verdict.PROPOSE in verdicts:
        return Outcome.PROPOSE
    return Outcome.UPDATE if Verdict.TAKE in verdicts else Outcome.UNCHANGED


def keys_of(file_name: str, fields: Fields) -> list[Key]:
    """By what the document with these fields is recognised again, the surest first.

    Its identity, such as the guid of a feed's item; the address of the only report that it rests on; its file name,
    unless that is empty; its headline with each of its sources.
    """
    addresses = addresses_of(fields)
    stories = [("story", *story_of(fields["headline"], source["name"])) for source in fields["sources"]]
    return [
        *([("identity", fields["identity"])] if fields.get("identity") else []),
        *([("address", *addresses)] if len(addresses) == 1 else []),
        *([("name", file_name)] if file_name else []),
        *stories,
    ]


def addresses_of(fields: Fields) -> list[str]:
    """The addresses of the reports that the document rests on, in the form in which two of the same page are equal."""
    return [canonical(source["url"]) for source in fields["sources"] if source["url"]]


def story_of(headline: str, source_name: str) -> tuple[str, str]:
    """A headline and a source as they are compared."""
    return headline.casefold(), source_name.casefold()


def recognise(
    theirs: Fields, file_name: str, index: Mapping[Key, Sequence[int]], find: Callable[[int], Counterpart | None]
) -> tuple[Counterpart | None, tuple[LineWarning, ...]]:
    """The story that a document is another state of, and a warning for each that it only seems to be.

    ``index`` gives the stories with a mark, ``find`` a story by its number. An identity that is a URI settles it
    (RFC 3986; so are most guids); any other mark may be one by chance, so that the words must be alike too.
    """
    namesakes: dict[int, str] = {}
    for key in keys_of(file_name, theirs):
        for article_id in index.get(key, ()):
            known = find(article_id) if article_id not in namesakes else None
            if known and is_other(theirs, known.said):
                continue
            if known and (is_certain(key) or is_alike(key[0], theirs, known.said)):
                return known, ()
            if known:
                namesakes[article_id] = str(NAMESAKES[key[0]])
    return None, tuple(LineWarning(0, message) for message in dict.fromkeys(namesakes.values()))


def is_other(one: Fields, other: Fields) -> bool:
    """Whether two documents say themselves that they are two stories.

    By another identity at another address, or by an identity that is no URI at the addresses of two hosts.
    """
    identities, addresses = [one.get("identity"), other.get("identity")], [addresses_of(one), addresses_of(other)]
    if not all(identities) or not all(addresses):
        return False
    if identities[0] != identities[1]:
        return addresses[0] != addresses[1]
    hosts = [{host_of(address) for address in side} for side in addresses]
    return not URI.match(str(identities[0])) and hosts[0].isdisjoint(hosts[1])


def is_certain(key: Key) -> bool:
    """Whether no other story in the world has this mark."""
    return key[0] == "identity" and bool(URI.match(key[1]))


def is_alike(mark: str, one: Fields, other: Fields) -> bool:
    """Whether two documents with a ``mark`` in common can be one story: by its headline or by the words of its body."""
    if mark != "story" and one["headline"].casefold() == other["headline"].casefold():
        return True
    first, second = shingles(one["body"]), shingles(other["body"])
    fewest = min(len(first), len(second))
    return fewest < FEW_SHINGLES or len(first & second) >= ENOUGH_IN_COMMON * fewest


def shingles(text: str) -> set[tuple[str, ...]]:
    """Every run of three words in ``text``, in one case."""
    words = WORD.findall(text.casefold())
    return set(zip(*(words[start:] for start in range(SHINGLE)), strict=False))
