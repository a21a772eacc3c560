"""The stories of the fixtures with the bullets that people wrote for them, English ones only."""

from dataclasses import dataclass

from articles.importing.documents import Document
from articles.importing.formats import parse
from articles.web.markdown import to_html, to_text
from tests.system import ROOT


@dataclass(frozen=True)
class Story:
    """A story's headline, the plain text of its body, and its bullets."""

    headline: str
    text: str
    bullets: tuple[str, ...]


def read_stories(limit: int) -> list[Story]:
    """The first ``limit`` stories of the fixtures that have bullets, the seeds before the samples."""
    paths = [*sorted(ROOT.glob("fixtures/seeds/*.txt")), *sorted(ROOT.glob("fixtures/samples/*.md"))]
    documents = [parse(path.read_text(encoding="utf-8")) for path in paths]
    return [_story(document) for document in documents if document.bullets and document.language == "en"][:limit]


def _story(document: Document) -> Story:
    return Story(document.headline, to_text(to_html(document.body)), document.bullets)
