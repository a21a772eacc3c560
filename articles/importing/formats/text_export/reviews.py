"""What makes a page a review: product, score, price, pros and cons, verdict, specifications.

A page is a review by its title ("… Review: …"), by a score with a verdict or the like, or by pros and cons. Only
then do its parts move into fields of their own; what is doubtful stays in the text.
"""

import re
from dataclasses import replace

from django.utils.translation import gettext as _

from articles.importing.documents import PRODUCT_LENGTH, LineWarning, Review
from articles.importing.formats.text_export.lines import Lines, Warnings
from articles.importing.formats.text_export.sections import Found, find_parts

MODIFIER = (
    r"(?:camera|detailed|early|final|full|hands[- ]on|in[- ]depth|long[- ]term|mini|performance|preliminary|quick)"
)
CATEGORY = (
    r"(?:car|device|film|gadget|game|hardware|headphone|laptop|phone|product|smartphone|smartwatch|tablet|tech|tv)"
)
SEPARATOR = r"(?:\s*[:|]\s*|\s+[\u2013\u2014-]\s+|[\u2013\u2014])"
AFTER_REVIEW = rf"(?:{SEPARATOR}.*|[,?!].*|\s*\(.*\))?"
TITLES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?:(?:{MODIFIER}|{CATEGORY})\s+)*review{SEPARATOR}(?:the\s+)?(?P<product>.+?)(?:{SEPARATOR}.*)?",
        rf"(?:(?:a|an|my|our|{MODIFIER})\s+)*review\s+of\s+(?:the\s+)?(?P<product>.+?)(?:{SEPARATOR}.*)?",
        rf"(?P<product>.+?){SEPARATOR}(?:(?:a|an|my|our|the|{MODIFIER})\s+)*review",
        rf"(?P<product>.+?),?\s+(?:{MODIFIER}\s+)*review(?:ed)?(?:\s+\(?\d{{4}}\)?)?{AFTER_REVIEW}",
    )
)
# Before "review" these make it an inquiry or a look back, not the judgement of a product.
NO_PRODUCT = frozenset(
    "a after an annual antitrust app board book by code court daily eu fcc federal for formal fresh ftc further"
    " government historical in independent internal judicial legal market merger monthly national new of peer policy"
    " privacy quarterly regulatory safety security the to under week weekly year yearly".split()
)
MOST_PRODUCT_WORDS = 10


def take_review(headline: str, lines: Lines, credited: list[int], warnings: Warnings) -> tuple[Review | None, Lines]:
    """What a review says beside its text, and the lines of the text; None for news, whose lines all stay."""
    product = product_of(headline)
    found = find_parts(lines, credited)
    if not lines or not (product or found.is_review):
        return None, lines
    rest = [line for place, line in enumerate(lines) if place not in found.used]
    if not any(line.is_text or line.is_item for line in rest):
        what = _("nothing but the parts of a review: kept in the text as well")
        warnings.append(LineWarning(lines[0].number, what))
        rest = lines
    warnings += found.warnings
    if not found.has_parts:
        what = _("a review by its title alone: no score, price, verdict, pros or cons found")
        warnings.append(LineWarning(0, what))
    if not product:
        product = re.split(SEPARATOR, headline, maxsplit=1)[0][:PRODUCT_LENGTH]
        what = _("a review whose title does not say of what: read as “%(product)s”") % {"product": product}
        warnings.append(LineWarning(0, what))
    return _review(product[:PRODUCT_LENGTH], found), rest


def product_of(headline: str) -> str:
    """The product that the title of a review names, "" for a title of another kind."""
    match = next((match for pattern in TITLES if (match := pattern.fullmatch(headline))), None)
    words = match["product"].split() if match else []
    if not match or not 0 < len(words) <= MOST_PRODUCT_WORDS or words[-1].casefold() in NO_PRODUCT:
        return ""
    return str(match["product"]).strip(" \"'\u201c\u201d\u2018\u2019")


def _review(product: str, found: Found) -> Review:
    review = Review(
        product=product,
        pros=tuple(found.pros),
        cons=tuple(found.cons),
        verdict="\n\n".join(found.verdict),
        specs=tuple(found.specs),
        price=found.price.amount if found.price else None,
        currency=found.price.currency if found.price else "",
    )
    if found.score and found.score.value is not None:
        return replace(review, score=found.score.value, scale=found.score.scale)
    return review
