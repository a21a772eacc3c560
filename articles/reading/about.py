"""The pages about the publication: how it works, what it corrects, its use of AI, privacy."""

import re
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from articles.catalogue.models import SiteStatement
from articles.publishing import published
from articles.web.htmx import render_page

MISSING_ADDRESS = re.compile(r"(?P<ask>[^.!?]*?),?\s*\bplease e-?mail us at\s*(?=$|[A-Z][a-z]+\s|[.,])", re.IGNORECASE)


@dataclass(frozen=True)
class StatementParts:
    """The standing statement around the sentence that asks for e-mail and has lost its address.

    ``ask`` is that sentence up to the lost request, or "" where nothing is lost and ``before`` holds everything.
    """

    before: str
    ask: str
    after: str


def statement_parts(text: str) -> StatementParts:
    """Split the standing statement where it says "please email us at" and no address follows."""
    lost = MISSING_ADDRESS.search(text)
    if not lost:
        return StatementParts(text, "", "")
    return StatementParts(text[: lost.start()].strip(), lost["ask"].strip(), text[lost.end() :].lstrip(" .,"))


@published()
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """How we work, with the publication's standing statement."""
    statement = SiteStatement.objects.first()
    context = {"section": "about", "statement": statement_parts(statement.text) if statement else None}
    return render_page(request, "reading/about.html", context)


@published()
@require_safe
def about_corrections(request: HttpRequest) -> HttpResponse:
    """What happens to mistakes."""
    context = {"section": "about", "CONTACT_EMAIL": settings.CONTACT_EMAIL}
    return render_page(request, "reading/about_corrections.html", context)


@published()
@require_safe
def about_ai(request: HttpRequest) -> HttpResponse:
    """What machines do here and what they don't."""
    return render_page(request, "reading/about_ai.html", {"section": "about"})


@published()
@require_safe
def about_privacy(request: HttpRequest) -> HttpResponse:
    """What is kept of readers."""
    return render_page(request, "reading/about_privacy.html", {"section": "about"})
