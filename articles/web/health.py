"""Answers for machines that watch the process."""

from django.core import checks
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers; nothing else is looked at."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """200 if the database answers, every migration is applied and every database check of the site is clean.

    Otherwise 503 with a line for each fault.
    """
    faults = find_faults()
    return HttpResponse("\n".join(faults or ["ready"]) + "\n", content_type="text/plain", status=503 if faults else 200)


def find_faults() -> list[str]:
    """What keeps this site from serving, in words; empty if nothing does."""
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if waiting:
            return [f"Migrations are not applied ({len(waiting)}): run `python manage.py migrate`."]
        return [str(message.msg) for message in checks.run_checks(tags=[checks.Tags.database], databases=["default"])]
    except DatabaseError as error:
        return [f"The database does not answer: {type(error).__name__}."]
