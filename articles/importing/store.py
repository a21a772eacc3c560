"""Writing documents into the catalogue: in the transaction of the caller, so that nothing is ever half-written."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from functools import cache, cached_property

from django.db.models.fields.json import KT

from articles.catalogue.models import (
    Article,
    ArticleSource,
    ArticleTopic,
    Image,
    SiteStatement,
    Source,
    Topic,
    Wording,
)
from articles.importing import standing
from articles.importing.documents import Document, ParseError
from articles.importing.fields import MERGED, Fields, fields_of
from articles.importing.merge import next_base, taken
from articles.importing.models import Original
from articles.importing.plan import Counterpart, Key, Plan, keys_of, story_of
from articles.importing.proposals import ProposedChange
from articles.importing.reading import read_one
from articles.importing.repeats import find_repeats
from articles.revisions import acts
from articles.summaries.points import import_points

BLANK = fields_of(Document("", ""))


class Known:
    """What has been imported so far: looked up once a run, the greater part only when a file is not known by its bytes.

    In a dry run, ``pretended`` holds the stories as they would stand after what was planned.
    """

    def __init__(self) -> None:
        self.hashes = set(Original.objects.values_list("sha256", flat=True))
        self.pretended: dict[int, Counterpart] = {}

    @cached_property
    def waiting(self) -> set[str]:
        """The hashes of files that an open proposal comes of."""
        return set(ProposedChange.objects.open().values_list("sha256", flat=True))

    @cached_property
    def statement(self) -> str:
        """The site's standing statement, "" if there is none."""
        found = SiteStatement.objects.first()
        return found.text if found else ""

    @cached_property
    def index(self) -> dict[Key, list[int]]:
        """The stories by what they can be recognised by: as their imports told them, and as they are now."""
        index: dict[Key, list[int]] = defaultdict(list)
        said = Original.objects.order_by("pk").annotate(
            headline=KT("fields__headline"), identity=KT("fields__identity")
        )
        for article_id, name, headline, identity, sources in said.values_list(
            "article_id", "file_name", "headline", "identity", "fields__sources"
        ):
            fields = {"headline": headline or "", "identity": identity, "sources": sources or []}
            _note(index, keys_of("" if identity else name, fields), article_id)
        links = ArticleSource.objects.filter(article__originals__isnull=False).order_by("article_id")
        for article_id, headline, source in links.values_list("article_id", "article__headline", "source__name"):
            _note(index, [("story", *story_of(headline, source))], article_id)
        return index

    def add(self, article_id: int, file_name: str, fields: Fields, sha256: str) -> None:
        """Count a document among those imported; ``file_name`` is empty where it names several."""
        self.hashes.add(sha256)
        self.statement = self.statement or fields["statement"]
        _note(self.index, keys_of(file_name, fields), article_id)

    def find(self, article_id: int, file_name: str, *, is_locking: bool) -> Counterpart | None:
        """A story with the base of a merge with the file of this name: its last import, if it never had that name."""
        if article_id in self.pretended:
            return self.pretended[article_id]
        articles = Article.objects.select_for_update() if is_locking else Article.objects.all()
        article = articles.filter(pk=article_id).first()
        originals = list(Original.objects.filter(article=article_id).defer("raw"))
        if article is None or not originals:
            return None
        named = [original for original in originals if original.file_name == file_name]
        base = base_of((named or originals)[0])
        return Counterpart(article_id, base, standing.read(article), article.is_public, article.slug)

    def pretend(self, known: Counterpart | None, planned: Plan, theirs: Fields, is_publishing: bool) -> int:
        """Count what is planned as done, without a word to the database; the number of the story."""
        story = known or Counterpart(-1 - len(self.pretended), theirs, theirs, is_publishing)
        base = next_base(story.base, theirs, [change.field for change in planned.waiting])
        self.pretended[story.article_id] = replace(story, base=base, ours=taken(story.ours, planned.changes))
        return story.article_id


def base_of(original: Original) -> Fields:
    """What the last import of a file said, with the fields that are new since then blank.

    Of a file from before fields were kept, it is what the parser now reads; unknown if that refuses it.
    """
    fields = original.fields
    if not fields:
        try:
            document = read_one(bytes(original.raw), original.format)
        except ParseError:
            return dict.fromkeys(MERGED)
        fields = fields_of(document)
    return {**BLANK, **fields}


class Shared:
    """What the stories of a run share: topics, sources, the site's statement. Each is looked up, or made, once."""

    def __init__(self) -> None:
        self.topic = cache(Topic.objects.named)
        self.source = cache(Source.objects.named)
        self.keep_statement = cache(_keep_statement)

    def forget(self) -> None:
        """Look everything up anew: what a transaction made is gone when that failed."""
        for known in (self.topic, self.source, self.keep_statement):
            known.cache_clear()


def create(
    document: Document, original: Original, shared: Shared, *, added_at: datetime, is_publishing: bool
) -> Article:
    """Write a new story with all that belongs to it and its ``original``, as a draft or at once published.

    Raises DatabaseError for what the database refuses.
    """
    article = _write_article(document, added_at)
    original.article = article
    original.save(force_insert=True)
    _write_labels(article, document, shared)
    Image.objects.bulk_create(
        Image(article=article, credit=credit.name, position=credit.after_paragraph) for credit in document.credits
    )
    if document.review:
        standing.write_review(article, original.fields["review"])
    import_points(article, document.bullets)
    if document.statement:
        shared.keep_statement(document.statement)
    find_repeats(article)
    if is_publishing:
        acts.publish(article, by=None)
    return article


def update(known: Counterpart, planned: Plan, original: Original) -> Article:
    """Write what ``planned`` takes from the file, leave to an editor what waits, and keep the file as ``original``.

    ``original.fields`` come as the file has them, and become the base of the next merge.

    Raises DatabaseError for what the database refuses.
    """
    article = Article.objects.get(pk=known.article_id)
    standing.write(article, known.ours, taken(known.ours, planned.changes))
    before = Original.objects.filter(article=article, file_name=original.file_name).only("pk").first()
    original.pk, original.article = before.pk if before else None, article
    original.fields = next_base(known.base, original.fields, [change.field for change in planned.waiting])
    original.save()
    ProposedChange.objects.propose(original, planned.waiting)
    return article


def _note(index: dict[Key, list[int]], keys: Iterable[Key], article_id: int) -> None:
    for key in keys:
        if article_id not in index[key]:
            index[key].append(article_id)


def _write_article(document: Document, added_at: datetime) -> Article:
    article = Article(
        kind=document.kind,
        language=document.language,
        published_at=document.published_at,
        added_at=added_at,
        updated_as_stated=document.updated_as_stated,
        is_edited=document.is_edited,
        is_from_archive=document.is_from_archive,
        is_sample=document.is_sample,
    )
    article.word(Wording(document.headline, document.standfirst, document.body, document.byline))
    article.take_slug()
    article.save()
    return article


def _write_labels(article: Article, document: Document, shared: Shared) -> None:
    ArticleTopic.objects.bulk_create(
        ArticleTopic(article=article, topic=shared.topic(name), position=position)
        for position, name in enumerate(document.topics, start=1)
    )
    ArticleSource.objects.bulk_create(
        ArticleSource(article=article, source=shared.source(stated.name), url=stated.url, position=position)
        for position, stated in enumerate(document.sources, start=1)
    )


def _keep_statement(text: str) -> None:
    """Make ``text`` the site's statement, unless it has one."""
    SiteStatement.objects.get_or_create(defaults={"text": text})
