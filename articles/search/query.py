"""Searching: the stories that hold what was asked for, and their rows with the hits marked."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from django.db import connection
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from articles.catalogue.models import Article
from articles.publishing.pieces import pieces_of
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


class Frame(NamedTuple):
    """What a row of results shows of a story whatever was asked for."""

    url: str
    language: str
    direction: str
    summary_line: str
    top: SafeString
    meta: SafeString
    side: SafeString


@dataclass(frozen=True)
class Result:
    """A story that was found, and where."""

    frame: Frame
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

    ``found`` holds the first of them where they are known. At most eight queries, however many stories. Raises
    Http404 for a cursor that this site did not make.
    """
    after = key_of(Article, "listed_at", cursor) if cursor else None
    if found and not after:
        keys = found.keys[: PAGE_SIZE + 1]
    else:
        keys = _keys(query, replace(limits, after=after), PAGE_SIZE + 1)
    stories = Article.objects.published().with_state().in_bulk(keys[:PAGE_SIZE])
    rows = [stories[key] for key in keys if key in stories]
    frames = pieces_of(rows, ["result"] * len(rows), whole_rows, _frame)
    with connection.cursor() as database:
        places = [(row.listed_at, row.pk) for row in rows]
        marked = keeper_of(connection).marked(database, query, places) if rows else {}
    results = [
        Result(frame, _hits(frame, *marked[row.pk]))
        for row, frame in zip(rows, frames, strict=True)
        if frame and row.pk in marked
    ]
    return results, cursor_of(rows[-1], "listed_at") if rows and len(keys) > PAGE_SIZE else ""


def whole_rows(keys: Sequence[int]) -> dict[int, Article]:
    """The published stories with these keys, with all that a row shows: five queries, however many."""
    stories = Article.objects.published().for_lists().prefetch_related(listed_points(), corrected_versions())
    return stories.in_bulk(keys)


def _frame(_name: str, article: Article) -> Frame:
    top, meta, side = (
        render_to_string(f"components/_story_{part}.html", {"article": article}) for part in ("top", "meta", "side")
    )
    url, line = article.get_absolute_url(), article.summary_line
    return Frame(url, article.language, article.direction, line, top, meta, side)


def _keys(query: Query, limits: Limits, most: int) -> list[int]:
    with connection.cursor() as database:
        return keeper_of(connection).find(database, query, limits, most)


def _hits(frame: Frame, headline: Marked, body: Marked, points: Marked) -> Hits:
    """The passage is from the body, else from the bullets, else the line that stands under the headline anyway."""
    return Hits(runs(headline), passage(body) or passage(points) or [(frame.summary_line, False)])
