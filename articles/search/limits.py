"""What a search is limited to, as the databases are asked for it."""

from dataclasses import dataclass
from datetime import datetime

from articles.catalogue.models.listing import ANY

# Where a story stands among all, newest first: when it was listed, and its key.
Place = tuple[datetime, int]


@dataclass(frozen=True)
class Limits:
    """Only stories of this kind, topic and source (by their keys), listed from ``since`` to before ``until``.

    ``after`` is the place of the story after which a page begins.
    """

    kind: str = ""
    topic: int = ANY
    source: int = ANY
    since: datetime | None = None
    until: datetime | None = None
    after: Place | None = None
