"""Putting it together for the site as its settings describe it."""

from django.conf import settings
from django.db import connection

from articles.publishing.generation import Clock, FileWatch, Watch
from articles.publishing.metrics import log_at_stop
from articles.publishing.pages import Application, PublishedPages


def publish(application: Application) -> Application:
    """Django's application with kept pages in front; by itself while DEBUG is on, so that templates can be edited."""
    if settings.DEBUG:
        return application
    pages = PublishedPages(application, Clock(watch()), settings.PAGES_MEMORY_MB * 1024 * 1024)
    log_at_stop(pages)
    return pages


def watch() -> Watch:
    """What knows the generation in the site's database."""
    if connection.vendor == "postgresql":
        # Its driver comes with an extra.
        from articles.publishing.listening import ChannelWatch  # noqa: PLC0415

        return ChannelWatch()
    return FileWatch(connection.get_connection_params()["database"])
