"""Searching: the stories that hold what was asked for, and their rows with the hits marked."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db import connection

from articles.catalogue.models import Article
from articles.revisions.models import corrected_versions
from articles.search.index import keeper_of
from articles.search.limits import Limits
from articles.search.marks import Marked, Run, passage, runs
from articles.search.terms import Query
from articles.summaries.models import listed_points
from articles.web.paging import PAGE_SIZE, cursor_of, key_of

# Nobody reads on so far: of more than these the page says only that there are more.
MOST = 1_000
NO_LIMITS = Limits()


@dataclass(frozen=True)
class Hits:
    """What a row of results shows of a story, in runs: pairs of a piece of text and whether it is a hit."""

    headline: Sequence[Run]
    passage: Sequence[Run]


@dataclass(frozen=True)
class Result:
    """A story that was found, and where."""

    article: Article
    hits: Hits


@dataclass(frozen=True)
class Found:
    """Keys of the stories that were found, newest first, at most MOST; ``is_capped`` says that there are more."""

    keys: Sequence[int]
    is_capped: bool = False


def find(query: Query, limits: Limits = NO_LIMITS) -> Found:
    """The published stories within ``limits`` that hold every term of ``query``, which has at least one. One query."""
    keys = _keys(query, limits, MOST + 1)
    return Found(keys[:MOST], is_capped=len(keys) > MOST)


def results_page(query: Query, limits: Limits, cursor: str, found: Found | None = None) -> tuple[list[Result], str]:
    """One page of the stories within ``limits``, newest first, each with its hits, and the cursor of the next page.

    ``found`` holds the first of them where they are known. At most seven queries, however many stories. Raises
    Http404 for a cursor that this site did not make.
    """
    after = key_of(Article, "listed_at", cursor) if cursor else None
    if found and not after:
        keys = found.keys[: PAGE_SIZE + 1]
    else:
        keys = _keys(query, replace(limits, after=after), PAGE_SIZE + 1)
    rows = _rows(keys[:PAGE_SIZE])
    with connection.cursor() as database:
        places = [(row.listed_at, row.pk) for row in rows]
        marked = keeper_of(connection).marked(database, query, places) if rows else {}
    results = [Result(row, _hits(row, *marked[row.pk])) for row in rows if row.pk in marked]
    return results, cursor_of(rows[-1], "listed_at") if rows and len(keys) > PAGE_SIZE else ""


def _keys(query: Query, limits: Limits, most: int) -> list[int]:
    with connection.cursor() as database:
        return keeper_of(connection).find(database, query, limits, most)


def _rows(keys: Sequence[int]) -> list[Article]:
    """The stories with these keys, in this order, with all that a row shows."""
    stories = Article.objects.published().for_lists().prefetch_related(listed_points(), corrected_versions())
    rows = stories.in_bulk(keys)
    return [rows[key] for key in keys if key in rows]


def _hits(article: Article, headline: Marked, body: Marked, points: Marked) -> Hits:
    """The passage is from the body, else from the bullets, else the line that stands under the headline anyway."""
    return Hits(runs(headline), passage(body) or passage(points) or [(article.summary_line, False)])
