"""Tags of the admin's pages."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.catalogue.models import Article
from articles.corrections.models import Report
from articles.importing.possible_repeats import PossibleRepeat
from articles.importing.proposals import ProposedChange
from articles.outbox.models import QueuedTask
from articles.summaries.queues import QUEUES
from articles.summaries.report import flag_name

register = template.Library()
register.filter(flag_name)


@register.simple_tag
def count_failed_tasks() -> int:
    """How many tasks were given up, or failed and wait for their next attempt."""
    return QueuedTask.objects.failed().count()


@dataclass(frozen=True)
class Waiting:
    """One kind of work: what it is called, how much of it waits, and where its list is."""

    label: str
    count: int
    url: str


@register.inclusion_tag("admin/_waiting.html", takes_context=True)
def waiting(context: dict[str, Any]) -> dict[str, list[Waiting]]:
    """The work that waits, of those lists that the editor may open; a query for each."""
    user = context["request"].user
    lists: list[tuple[str, QuerySet[Any], str, dict[str, str]]] = [
        (_("Reports without an answer"), Report.objects.filter(answered_at=None), "report", {}),
        (_("Changes that imports propose"), ProposedChange.objects.open(), "proposedchange", {"state": "open"}),
        (_("Possible repeats"), PossibleRepeat.objects.undecided(), "possiblerepeat", {"state": "open"}),
        *(
            (str(queue.at_the_desk), queue.stories_in(Article.objects.all()), "article", {"summary": key})
            for key, queue in QUEUES.items()
        ),
    ]
    return {
        "waiting": [
            Waiting(label, found.order_by().count(), reverse(f"admin:articles_{model}_changelist", query=query))
            for label, found, model, query in lists
            if user.has_perm(f"articles.view_{model}") or user.has_perm(f"articles.change_{model}")
        ]
    }
