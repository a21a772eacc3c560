"""Tags of the admin's pages."""

from django import template

from articles.outbox.models import QueuedTask

register = template.Library()


@register.simple_tag
def count_failed_tasks() -> int:
    """How many tasks were given up, or failed and wait for their next attempt."""
    return QueuedTask.objects.failed().count()
