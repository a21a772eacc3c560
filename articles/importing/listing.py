"""Keeping the list of sources: what a list says of an outlet fills what is still empty, and overwrites nothing."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from articles.catalogue.models import Source
from articles.importing.addresses import canonical, host_of
from articles.importing.documents import ListedSource
from articles.importing.plan import Outcome

FIELDS = ("home_page", "feed_url", "description")
NAMES = {
    "name": pgettext_lazy("before a colon", "name"),
    "home_page": pgettext_lazy("before a colon", "home page"),
    "feed_url": pgettext_lazy("before a colon", "feed"),
    "description": pgettext_lazy("before a colon", "description"),
}


@dataclass(frozen=True)
class SourcePlan:
    """What becomes of a listed outlet, and why if that is not plain.

    ``changes`` are the fields to fill. What is in conflict is listed in ``reason`` and left to an editor.
    """

    outcome: Outcome
    changes: Mapping[str, str]
    reason: str = ""


def plan(listed: ListedSource, standing: Mapping[str, str] | None) -> SourcePlan:
    """What to do, given the fields of the outlet as it stands, by their names; None if it is new. Pure."""
    stated = {name: value for name in FIELDS if (value := getattr(listed, name))}
    if standing is None:
        return SourcePlan(Outcome.CREATE, stated)
    changes = {name: value for name, value in stated.items() if not standing[name]}
    given = {"name": listed.name, **stated}
    others = [name for name, value in given.items() if standing[name] and _differs(name, value, standing[name])]
    stays = _("%(field)s: “%(standing)s” stays, the list says “%(stated)s”")
    reason = [stays % {"field": NAMES[name], "standing": standing[name], "stated": given[name]} for name in others]
    filled = [_("%(field)s: “%(value)s”") % {"field": NAMES[name], "value": value} for name, value in changes.items()]
    outcome = Outcome.UPDATE if changes else Outcome.CONFLICT if others else Outcome.UNCHANGED
    return SourcePlan(outcome, changes, _("; ").join(filled + reason))


@transaction.atomic
def keep(listed: ListedSource, *, is_dry_run: bool = False) -> SourcePlan:
    """Plan what to do with a listed outlet and, unless ``is_dry_run``, do it."""
    source = find(listed)
    standing = {name: getattr(source, name) for name in NAMES} if source else None
    planned = plan(listed, standing)
    if not is_dry_run and (planned.changes or source is None):
        source = source or Source.objects.named(listed.name)
        changes = dict(planned.changes)
        if feed_url := changes.pop("feed_url", ""):
            source.start_feed(feed_url)
        for name, value in changes.items():
            setattr(source, name, value)
        source.save(update_fields=list(changes))
    return planned


def find(listed: ListedSource) -> Source | None:
    """The outlet as it stands: the one with this feed, or else the one with this name."""
    by_name = Source.objects.filter(name__iexact=listed.name).first()
    if not listed.feed_url:
        return by_name
    on_host = Source.objects.filter(feed_url__icontains=host_of(listed.feed_url))
    wanted = canonical(listed.feed_url)
    return next((source for source in on_host if canonical(source.feed_url) == wanted), by_name)


def _differs(name: str, one: str, other: str) -> bool:
    if name in ("home_page", "feed_url"):
        return canonical(one) != canonical(other)
    return one.casefold() != other.casefold() if name == "name" else one != other
