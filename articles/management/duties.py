"""Registry: what the clock brings, for ``manage.py work``."""

from articles.outbox.tasks import Duty

DUTIES: tuple[Duty, ...] = ()
