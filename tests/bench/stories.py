"""Stories in English with the bullets that people wrote for them: those of the fixtures, and held-out ones."""

from dataclasses import dataclass

from articles.importing.documents import Document
from articles.importing.formats import parse
from articles.web.markdown import to_html
from articles.web.plain_text import to_text
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


def read_held_out(limit: int) -> list[Story]:
    """The first ``limit`` stories in ``held_out/``, invented news in the manner of newspapers, without headlines.

    Each file holds the body, a blank line, and its bullets, a line each. What the checks do was not fitted to them
    one by one: they stand for articles unlike the fixtures.
    """
    paths = sorted((ROOT / "tests/bench/held_out").glob("*.txt"))[:limit]
    return [_held_out(path.read_text(encoding="utf-8")) for path in paths]


def _held_out(text: str) -> Story:
    body, _, bullets = text.partition("\n\n• ")
    return Story("", body, tuple(bullets.strip().split("\n• ")))


def _story(document: Document) -> Story:
    return Story(document.headline, to_text(to_html(document.body)), document.bullets)
