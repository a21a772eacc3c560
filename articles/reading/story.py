"""What a story's page shows besides its words."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from django.http import Http404, HttpResponsePermanentRedirect

from articles.catalogue.models import Article, ArticleQuerySet, FormerSlug, SiteStatement
from articles.corrections.models import notices_of, published_notices
from articles.corrections.passages import same_place
from articles.summaries.models import Bullet, Evidence, visible_points
from articles.summaries.provenance import SummaryNote, note_of
from articles.summaries.ties import fields_of
from articles.web.marks import Fix, Span, text_with_marks, with_marks

FIRST_PARAGRAPH = re.compile(r"\s*<p>(?P<lead>.*?)</p>\s*(?P<rest>\S.*)", re.DOTALL)
A_MOMENT = timedelta(minutes=1)


@dataclass(frozen=True)
class Words:
    """The words of a story as markup, with the passages behind its points marked.

    ``lead`` stands large under the headline: the standfirst, or the first paragraph of a story without one, which is
    then not in ``body``; "" for neither.
    """

    headline: str
    byline: str
    lead: str
    body: str
    has_passages: bool


def words_of(article: Article) -> Words:
    """What the page of a story shows of its words.

    Reads ``points`` and ``notices``, which the caller has fetched; one query.
    """
    texts, spans = fields_of(article), find_spans(article)
    headline, byline, standfirst = (text_with_marks(texts[f], spans[f]) for f in ("headline", "byline", "standfirst"))
    body = with_marks(article.body_html, spans[Evidence.Field.BODY], find_fixes(article))
    lead, body = lead_and_rest(standfirst, body)
    return Words(headline, byline, lead, body, any(spans.values()))


def find_spans(article: Article) -> dict[str, list[Span]]:
    """The passages behind the points that readers see, by field.

    A point leads to its passages in the body first, then to those in the headline and the byline, where no link can
    lead on. The ids are e1, e1-2 and so on.
    """
    points: list[Bullet] = article.points  # type: ignore[attr-defined]
    numbers = {point.pk: number for number, point in enumerate(points, start=1) if not point.under_review_at}
    spans: dict[str, list[Span]] = {field: [] for field in fields_of(article)}
    for bullet, group in groupby(Evidence.objects.filter(bullet__in=numbers), key=lambda found: found.bullet_id):
        passages = sorted(group, key=lambda passage: passage.field != Evidence.Field.BODY)
        ids = [f"e{numbers[bullet]}", *(f"e{numbers[bullet]}-{place}" for place in range(2, len(passages) + 1))]
        following = [*ids[1:], ids[0]] if len(ids) > 1 else [""]
        for passage, own, next_id in zip(passages, ids, following, strict=True):
            spans[passage.field].append(Span(passage.start, passage.end, numbers[bullet], own, next_id))
    return spans


def find_fixes(article: Article) -> list[Fix]:
    """The corrected words in the body that stand there still, those of the newest notice first."""
    notices = [notice for notice in notices_of(article) if notice.is_in_body]
    places = [same_place(one.says, one.prefix, one.suffix, article.body_text) for one in notices]
    return [Fix(*place, one.anchor) for one, place in zip(notices, places, strict=True) if place]


def lead_and_rest(standfirst: str, body: str) -> tuple[str, str]:
    """The markup that stands large under the headline, and the markup of the body.

    A story without a standfirst lends its first paragraph, which is then not shown again; a story of a single
    paragraph keeps it, and its lead is "".
    """
    match = None if standfirst else FIRST_PARAGRAPH.fullmatch(body)
    return (match["lead"], match["rest"]) if match else (standfirst, body)


def whole_stories() -> ArticleQuerySet:
    """Public stories with all that their own page shows."""
    stories = Article.objects.public().select_related("review").with_labels()
    return stories.prefetch_related(visible_points(), published_notices(), "images")


def public_story(slug: str, stories: ArticleQuerySet) -> Article | HttpResponsePermanentRedirect:
    """The one of ``stories`` at this address, or the redirect from an address that it had before. Raises Http404."""
    found = stories.filter(slug=slug).first()
    if found:
        return found
    former = (
        FormerSlug.objects.filter(slug=slug, article__in=Article.objects.public()).select_related("article").first()
    )
    if not former:
        raise Http404("There is no story at this address.")
    return HttpResponsePermanentRedirect(former.article.get_absolute_url())


def summary_note(article: Article) -> SummaryNote:
    """How the points of the story came to be; one query. Reads ``points``, which the caller has fetched."""
    return note_of(article, article.points, SiteStatement.objects.first())  # type: ignore[attr-defined]


def was_published_before(article: Article, first_revision_at: datetime) -> bool:
    """Whether the story had been published elsewhere before its first revision here."""
    known = article.published_at
    return known is None or first_revision_at - known > A_MOMENT
