"""Merging three ways: what the last import said, what stands now, what the new file says. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from articles.importing.fields import Fields, get, is_same, put, versions


class Verdict(StrEnum):
    """What becomes of a field on which the file and the site differ.

    TAKE: only the file changed it. PROPOSE: the same of a story that readers see, so that an editor decides. KEEP:
    only an editor changed it. CONFLICT: both did, each to something else.
    """

    TAKE = "take"
    PROPOSE = "propose"
    KEEP = "keep"
    CONFLICT = "conflict"


@dataclass(frozen=True)
class FieldChange:
    """A field on which the file and the site differ: what the last import said, what stands, what the file says."""

    field: str
    base: Any
    ours: Any
    theirs: Any
    verdict: Verdict


def merge(base: Fields, ours: Fields, theirs: Fields) -> tuple[FieldChange, ...]:
    """Where ``theirs`` differs from ``ours``: take what only the file changed, keep what only an editor changed.

    A field that both changed, each to something else, is a conflict.
    """
    return tuple(
        FieldChange(name, before, mine, yours, verdict_on(name, before, mine, yours))
        for name, (before, mine, yours) in versions(base, ours, theirs)
        if not is_same(name, mine, yours)
    )


def verdict_on(name: str, base: Any, ours: Any, theirs: Any) -> Verdict:
    """The verdict on a field of which ``ours`` and ``theirs`` differ."""
    if is_same(name, theirs, base):
        return Verdict.KEEP
    return Verdict.TAKE if is_same(name, ours, base) else Verdict.CONFLICT


def next_base(base: Fields, theirs: Fields, waiting: Iterable[str]) -> Fields:
    """The base of the next merge: what the file says, but of the fields that wait for an editor what ``base`` says."""
    settled = theirs
    for name in waiting:
        settled = put(settled, name, get(base, name))
    return settled


def taken(ours: Fields, changes: Iterable[FieldChange]) -> Fields:
    """``ours`` with what the file says of the fields that are taken from it."""
    for change in changes:
        if change.verdict == Verdict.TAKE:
            ours = put(ours, change.field, change.theirs)
    return ours
