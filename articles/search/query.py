"""Searching: the stories that hold what was asked for, and their rows with the hits marked."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import BigIntegerField
from django.db.models.expressions import RawSQL

from articles.catalogue.models import Article, ArticleQuerySet
from articles.revisions.models import corrected_versions
from articles.search.index import keeper_of
from articles.search.marks import Marked, Run, passage, runs
from articles.search.terms import Query
from articles.summaries.models import visible_points
from articles.web.paging import page_by_key


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


def stories_with(query: Query) -> ArticleQuerySet:
    """Published stories that hold every term of ``query``, which has at least one."""
    sql, parameters = keeper_of(connection).matches(query)
    return Article.objects.published().filter(pk__in=RawSQL(sql, parameters, BigIntegerField()))  # noqa: S611


def results_page(stories: ArticleQuerySet, query: Query, cursor: str) -> tuple[list[Result], str]:
    """One page of ``stories``, newest first, each with its hits, and the cursor of the next page.

    Six queries, however many stories. Raises Http404 for a cursor that this site did not make.
    """
    rows = stories.for_lists().prefetch_related(visible_points(), corrected_versions())
    page = page_by_key(rows, order_by="-listed_at", cursor=cursor)
    with connection.cursor() as database:
        marked = keeper_of(connection).marked(database, query, [row.pk for row in page.rows]) if page.rows else {}
    return [Result(row, _hits(row, *marked[row.pk])) for row in page.rows], page.next_cursor


def _hits(article: Article, headline: Marked, body: Marked, points: Marked) -> Hits:
    """The passage is from the body, else from the bullets, else the line that stands under the headline anyway."""
    return Hits(runs(headline), passage(body) or passage(points) or [(article.summary_line, False)])
