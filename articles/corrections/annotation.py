"""A report as a W3C Web Annotation with the motivation "editing" (https://www.w3.org/TR/annotation-model/).

Two people read it. The public one says what the receipt's address is for: where in which version, of what kind, what
came of it; it holds no word of the reader's. The one for editors adds the reader's words. Neither holds an address of a
reader or the name of an account.
"""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from articles.corrections.marking import spot_of
from articles.corrections.models import Report
from articles.revisions.chain import Words
from articles.revisions.models import Revision
from articles.web.site import absolute_url

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
CONTENT_TYPE = "application/ld+json; profile=http://www.w3.org/ns/anno.jsonld"


def public_annotation(report: Report) -> dict[str, Any]:
    """The annotation that anybody with the code may read. A passage in other words than the story's is left out."""
    words = words_seen(report)
    is_ours = words is not None and spot_of(report, words) is not None
    return _annotation(report, _answers(report), with_quote=is_ours)


def full_annotation(report: Report) -> dict[str, Any]:
    """The annotation for editors, with all that the reader said."""
    said = [_text(words, "editing") for words in (report.what, report.right, report.objection) if words]
    link = [{"type": "SpecificResource", "purpose": "linking", "source": report.url}] if report.url else []
    return _annotation(report, [*said, *link, *_answers(report)], with_quote=True)


def collection(reports: Sequence[Report]) -> dict[str, Any]:
    """Reports for editors, as one page of annotations."""
    items = [{name: value for name, value in full_annotation(one).items() if name != "@context"} for one in reports]
    return {"@context": CONTEXT, "type": "AnnotationPage", "items": items}


def words_seen(report: Report) -> Words | None:
    """The words of the version that the reader saw; None where that is unknown, and where it was sealed."""
    revisions = Revision.objects.filter(article=report.article_id, number=report.version).with_texts()
    seen = revisions.first() if report.version else None
    return seen.words if seen else None


def _annotation(report: Report, bodies: list[dict[str, Any]], *, with_quote: bool) -> dict[str, Any]:
    url = absolute_url(report.get_absolute_url())
    return {
        "@context": CONTEXT,
        "id": f"{url}annotation.jsonld",
        "type": "Annotation",
        "motivation": "editing",
        "created": report.received_at.isoformat(timespec="seconds"),
        "via": url,
        "body": [_text(_kind_of(report), "tagging"), *bodies],
        "target": _target(report, with_quote=with_quote),
    }


def _kind_of(report: Report) -> str:
    """The kind of error in English, whatever the site's language: programs tell annotations apart by it."""
    with override("en"):
        return report.get_kind_display()


def _target(report: Report, *, with_quote: bool) -> dict[str, Any] | str:
    """The passage in the version that the reader saw, or the story, or the site."""
    if report.article is None:
        return absolute_url("/")
    target: dict[str, Any] = {"source": absolute_url(report.article.get_absolute_url())}
    if report.version:
        target["state"] = {"type": "TimeState", "cached": _version_url(report)}
    if report.quote and with_quote:
        selector = {"type": "TextQuoteSelector", "exact": report.quote}
        context = {"prefix": report.prefix, "suffix": report.suffix}
        target["selector"] = {**selector, **{name: value for name, value in context.items() if value}}
    return {"type": "SpecificResource", **target} if len(target) > 1 else target["source"]


def _version_url(report: Report) -> str:
    slug = report.article.slug if report.article else ""
    return absolute_url(reverse("reading:article_version", args=[slug, report.version]))


def _answers(report: Report) -> list[dict[str, Any]]:
    """What we said to the report, the first answer first; nothing where the story was sealed."""
    if report.is_sealed:
        return []
    answer = _("%(outcome)s. %(answer)s") % {"outcome": report.get_outcome_display(), "answer": report.answer}
    said = [report.first_answer, answer if report.answer else ""]
    return [_text(words, "replying") for words in said if words]


def _text(words: str, purpose: str) -> dict[str, Any]:
    return {"type": "TextualBody", "value": words, "format": "text/plain", "purpose": purpose}
