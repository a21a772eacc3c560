"""What a page costs: processor time for a request, through every middleware, with the stories in SQLite's memory."""

import random
from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import islice
from typing import Any

from articles.catalogue.models import Article, ArticleSource, ArticleTopic, Source, Topic, Wording
from articles.revisions.chain import Words
from articles.revisions.models import Revision, RevisionText
from articles.summaries.models import Bullet
from tests.bench.figures import Figure, Skipped
from tests.bench.misses import FEW, costs, misses, processor_time_of
from tests.bench.published import published
from tests.world import NOON, make_article

# The stories that pages in the benchmark may show, and how many others are written at a time.
SHOWN = 100
BATCH = 1_000
WORDS = (
    "a the its new old one two forty percent station satellite battery phone chip price factory network signal update"
    " makes opens tests cuts ships delays mends measures promises counts sells against after before without for in"
).split()


def serving(size: int) -> Iterator[Figure | Skipped]:
    """What pages cost on a site with ``size`` stories.

    First in processor time where they are rendered, in this process; then as they are served, beside nginx.
    """
    article = make_stories(min(size, FEW))
    with_few = costs()
    if size > FEW:
        write_rest(iter(range(FEW, size)))
    yield from misses(with_few)
    pages = {"home": "/", "article": article, "search": "/search/?q=satellite", "feed": "/feed.rss"}
    for name, path in pages.items():
        yield Figure(f"serving.{name}.cpu", processor_time_of(path) * 1000, "ms")
    yield from published({name: path for name, path in pages.items() if name != "search"})


def make_stories(size: int) -> str:
    """Publish ``size`` stories of eight paragraphs and four points, always the same; the path of one in the middle.

    The newest, and that one, come to be as stories do; the many others are written in bulk.
    """
    shown = {*range(min(size, SHOWN)), size // 2}
    paths = {number: make_article(**story(number)).get_absolute_url() for number in sorted(shown)}
    write_rest(iter(number for number in range(size) if number not in shown))
    return paths[size // 2]


def write_rest(rest: Iterator[int]) -> None:
    """Write the stories with these numbers in bulk."""
    while numbers := list(islice(rest, BATCH)):
        write_in_bulk(numbers)


def story(number: int) -> dict[str, Any]:
    """What ``make_article`` makes a story of, the same for the same number."""
    chance = random.Random(number)  # noqa: S311 (no secret)
    return {
        "headline": sentence(chance, 9),
        "standfirst": sentence(chance, 20),
        "body": "\n\n".join(sentence(chance, 60) for _ in range(8)),
        "bullets": [sentence(chance, 15) for _ in range(4)],
        "topics": [f"Topic {number % 12}"],
        "sources": [f"Outlet {number % 30}"],
        "published_at": NOON - timedelta(hours=number),
    }


def write_in_bulk(numbers: Sequence[int]) -> None:
    """Write published stories past the acts of publishing, with as many rows in as many tables."""
    topics = {topic.name: topic for topic in Topic.objects.all()}
    sources = {source.name: source for source in Source.objects.all()}
    told = [story(number) for number in numbers]
    articles = [as_article(number, words) for number, words in zip(numbers, told, strict=True)]
    Article.objects.bulk_create(articles)
    pairs = list(zip(articles, told, strict=True))
    ArticleTopic.objects.bulk_create(ArticleTopic(article=a, topic=topics[w["topics"][0]]) for a, w in pairs)
    ArticleSource.objects.bulk_create(ArticleSource(article=a, source=sources[w["sources"][0]]) for a, w in pairs)
    Bullet.objects.bulk_create(
        Bullet(article=a, position=position, text=text, origin="imported", status="approved", approved_at=NOON)
        for a, words in pairs
        for position, text in enumerate(words["bullets"], start=1)
    )
    texts = [(article, words_of(article, words["bullets"])) for article, words in pairs]
    revisions = [(as_version(article, words), words) for article, words in texts]
    Revision.objects.bulk_create(revision for revision, _ in revisions)
    RevisionText.objects.bulk_create(
        RevisionText(revision=revision, **{**vars(words), "bullets": list(words.bullets)})
        for revision, words in revisions
    )
    # The database lets a story be published only once its version stands.
    Article.objects.filter(slug__in=[article.slug for article in articles]).update(status="published")


def words_of(article: Article, bullets: Sequence[str]) -> Words:
    """What the record keeps of a story."""
    columns = {name: getattr(article, name) for name in Words.__dataclass_fields__ if name != "bullets"}
    return Words(**columns, bullets=tuple(bullets))


def as_version(article: Article, words: Words) -> Revision:
    """The first version of a published story, not saved yet."""
    revision = Revision(article=article, number=1, kind="published", text_hash=words.hash)
    revision.hash = revision.link.hash
    return revision


def as_article(number: int, words: dict[str, Any]) -> Article:
    """A story that is to be published, not saved yet."""
    article = Article(slug=f"story-{number}", published_at=words["published_at"])
    article.word(Wording(words["headline"], words["standfirst"], words["body"], ""))
    return article


def sentence(chance: random.Random, length: int) -> str:
    """So many words, a capital letter and a full stop."""
    return " ".join(chance.choices(WORDS, k=length)).capitalize() + "."
