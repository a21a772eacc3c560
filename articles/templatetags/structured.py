"""The block of structured data on a story's page."""

from collections.abc import Sequence

from django import template
from django.utils.safestring import SafeString

from articles.catalogue.models import Article
from articles.corrections.models import Correction
from articles.feeds import structured
from articles.summaries.provenance import SummaryNote
from articles.web import markdown

register = template.Library()


@register.inclusion_tag("feeds/structured_data.html")
def structured_data(article: Article, note: SummaryNote, notices: Sequence[Correction]) -> dict[str, SafeString]:
    """``{% structured_data article note notices %}``: the story as JSON-LD, in a script element for data alone."""
    return {"json": markdown.trusted(structured.as_json(structured.structured_data(article, note, notices)))}
