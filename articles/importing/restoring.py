"""Bringing an exported site back: each story whole, with the record and the times that it had there."""

import hashlib
import re
from base64 import b64decode
from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import ForeignKey, JSONField, Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.catalogue.models import (
    Article,
    ArticleSource,
    ArticleTopic,
    FormerSlug,
    Image,
    ReviewDetails,
    SiteStatement,
    Source,
    Topic,
    Wording,
)
from articles.catalogue.pictures import store_renditions
from articles.catalogue.slugs import make_slug
from articles.corrections.acts import put_beside, restore_correction
from articles.corrections.models import Correction
from articles.importing.documents import Document, ImageCredit, LineWarning, ParseError, StatedSource
from articles.importing.exporting import (
    COLUMNS,
    NOTICE_COLUMNS,
    POINT_COLUMNS,
    VERSION_COLUMNS,
    story_of,
    with_everything,
)
from articles.importing.fields import plain
from articles.importing.formats.site_lines import Head, Notice, Outlet, Picture, Point, Story, Subject, Version
from articles.importing.plan import OTHER_STATEMENT, Outcome
from articles.revisions import acts
from articles.revisions.models import Revision, RevisionText
from articles.summaries.models import Bullet

if TYPE_CHECKING:
    from collections.abc import Mapping

PICTURE_NAME = re.compile(r"images/\d{4}/\d{2}/[\w-][\w.-]*", re.ASCII)
CONFLICT = gettext_lazy("a story stands at this address, or did, and says something else: left as it stands")
# What must not be on the way in: the status comes last, through the act that restores the record.
DIRECT = tuple(name for name in COLUMNS if name not in ("status", "headline", "standfirst", "byline"))

Row = TypeVar("Row", bound=Model)
Named = TypeVar("Named", Source, Topic)


class Restorer:
    """One export on its way in. In a dry run everything is looked up and nothing written."""

    def __init__(self, *, is_dry_run: bool) -> None:
        self.is_dry_run = is_dry_run
        # What the records above a story name: by their slug or name there, as they are here.
        self.sources: dict[str, Source] = {}
        self.topics: dict[str, Topic] = {}
        self.pictures: dict[str, str] = {}

    def prepare(self, record: Head | Outlet | Subject | Picture, line: int) -> tuple[LineWarning, ...]:
        """Bring in what stories name; what is here already stays as it is. Raises ParseError, DatabaseError."""
        match record:
            case Head():
                return self._keep_statement(record, line)
            case Outlet():
                source = Source(**{name: value for name, value in vars(record).items() if name != "slug"})
                self.sources[record.slug] = self._kept(source, record.slug, line)
            case Subject():
                topic = Topic(name=record.name, description=record.description)
                self.topics[record.slug] = self._kept(topic, record.slug, line)
            case Picture():
                self.pictures[record.name] = self._file(record, line)
        return ()

    def story(self, story: Story, line: int) -> tuple[Outcome, Article | None]:
        """Bring the story in unless one stands at its address. Raises ParseError, DatabaseError, RecursionError."""
        story = self._translated(story, line)
        here = with_everything(Article.objects.filter(slug=story.slug)).first()
        if here:
            return (Outcome.UNCHANGED if story_of(here) == story else Outcome.CONFLICT), None
        addresses = [story.slug, *(former.slug for former in story.former_slugs)]
        is_taken = FormerSlug.objects.filter(slug__in=addresses) or Article.objects.filter(slug__in=addresses)
        if is_taken:
            return Outcome.CONFLICT, None
        return Outcome.CREATE, None if self.is_dry_run else self._write(story, line)

    def document(self, story: Story) -> Document:
        """A story as reports tell of any document."""
        return Document(
            headline=story.headline,
            body=story.body,
            standfirst=story.standfirst,
            byline=story.byline,
            kind=story.kind,
            language=story.language,
            published_at=story.published_at,
            updated_as_stated=story.updated_as_stated,
            is_edited=story.is_edited,
            is_from_archive=story.is_from_archive,
            is_sample=story.is_sample,
            credits=tuple(ImageCredit(image.credit, image.position) for image in story.images if image.credit),
            bullets=tuple(point.text for point in story.bullets),
            sources=tuple(StatedSource(self.sources[report.source].name, report.url) for report in story.sources),
            topics=tuple(self.topics[slug].name for slug in story.topics),
        )

    def _keep_statement(self, head: Head, line: int) -> tuple[LineWarning, ...]:
        here = SiteStatement.objects.first()
        if here:
            is_other = head.statement not in ("", here.text)
            return (LineWarning(line, str(OTHER_STATEMENT)),) if is_other else ()
        if head.statement and head.statement_changed_at and not self.is_dry_run:
            SiteStatement.objects.create(text=head.statement, changed_at=head.statement_changed_at)
        return ()

    def _kept(self, row: Named, slug: str, line: int) -> Named:
        """The outlet or topic of this name that is here, or else ``row``, at its own address unless that is taken."""
        labels = type(row)._default_manager
        here = labels.filter(name__iexact=row.name).first()
        if here:
            return here
        row.slug = make_slug(slug, lambda wanted: labels.filter(slug=wanted).exists(), fallback="label")
        checked(row, line)
        if not self.is_dry_run:
            row.save()
        return row

    def _file(self, picture: Picture, line: int) -> str:
        """The name of the file here. Raises ParseError for what is no picture, or not the one that was exported."""
        content = _content(picture, line)
        name = picture.name
        if not PICTURE_NAME.fullmatch(name):
            message = _("picture.name: “%(name)s” is not a name such as images/2026/11/dish.jpg")
            raise ParseError(line, message % {"name": name})
        if default_storage.exists(name):
            with default_storage.open(name) as file:
                if file.read() == content:
                    return name
        if self.is_dry_run:
            return name
        stored = default_storage.save(name, ContentFile(content))
        store_renditions(default_storage, stored)
        return stored

    def _translated(self, story: Story, line: int) -> Story:
        """``story`` with its outlets, topics and pictures as they are called here."""
        sources, topics = _slugs(self.sources), _slugs(self.topics)
        pictures = {"": "", **self.pictures}
        try:
            return replace(
                story,
                topics=tuple(topics[slug] for slug in story.topics),
                sources=tuple(replace(report, source=sources[report.source]) for report in story.sources),
                images=tuple(replace(image, file=pictures[image.file]) for image in story.images),
            )
        except KeyError as error:
            said = {"slug": story.slug, "name": error}
            raise ParseError(line, _("story “%(slug)s”: names %(name)s, which no line above holds") % said) from None

    def _write(self, story: Story, line: int) -> Article:
        article = Article(**{name: getattr(story, name) for name in DIRECT})
        article.word(Wording(story.headline, story.standfirst, story.body, story.byline))
        checked(article, line, unless=("body_markdown",) if story.status == Article.Status.SEALED else ())
        article.save()
        self._write_labels(article, story, line)
        Image.objects.bulk_create(checked(Image(article=article, **vars(image)), line) for image in story.images)
        if story.review:
            lists = {name: list(getattr(story.review, name)) for name in ("pros", "cons")}
            specs = [list(pair) for pair in story.review.specs]
            checked(ReviewDetails(article=article, **{**vars(story.review), **lists, "specs": specs}), line).save()
        Bullet.objects.bulk_create(
            checked(_bullet(article, position, point), line) for position, point in enumerate(story.bullets, start=1)
        )
        FormerSlug.objects.bulk_create(
            checked(FormerSlug(article=article, **vars(former)), line) for former in story.former_slugs
        )
        try:
            _restore_record(article, story, line)
        except acts.ActError as error:
            said = {"slug": story.slug, "error": error}
            raise ParseError(line, _("story “%(slug)s”: %(error)s") % said) from error
        return article

    def _write_labels(self, article: Article, story: Story, line: int) -> None:
        topics = {topic.slug: topic for topic in self.topics.values()}
        sources = {source.slug: source for source in self.sources.values()}
        ArticleTopic.objects.bulk_create(
            ArticleTopic(article=article, topic=topics[slug], position=position)
            for position, slug in enumerate(story.topics, start=1)
        )
        ArticleSource.objects.bulk_create(
            checked(
                ArticleSource(article=article, position=position, **{**vars(report), "source": sources[report.source]}),
                line,
            )
            for position, report in enumerate(story.sources, start=1)
        )


def checked(row: Row, line: int, unless: Sequence[str] = ()) -> Row:
    """``row`` if its columns can hold what it says, but for ``unless``. Raises ParseError that names the first."""
    # Looking each key up again would cost a query; of lists, an empty one is as good as any.
    sure = {
        field.name
        for field in row._meta.fields
        if isinstance(field, ForeignKey) or (isinstance(field, JSONField) and getattr(row, field.name) == [])
    }
    try:
        row.clean_fields(exclude=sure.union(unless))
    except ValidationError as error:
        name, messages = next(iter(error.message_dict.items()))
        raise ParseError(line, f"{row._meta.verbose_name}, {name}: {messages[0]}") from None
    return row


def _slugs(labels: "Mapping[str, Source | Topic]") -> dict[str, str]:
    return {there: label.slug for there, label in labels.items()}


def _content(picture: Picture, line: int) -> bytes:
    try:
        content = b64decode(picture.content, validate=True)
    except ValueError:
        raise ParseError(line, _("picture.content: not base64")) from None
    if hashlib.sha256(content).hexdigest() != picture.sha256:
        raise ParseError(line, _("picture: its bytes are not those of its hash; export the site again"))
    try:
        forms.ImageField().clean(SimpleUploadedFile(picture.name, content))
    except ValidationError as error:
        raise ParseError(line, _("picture: %(error)s") % {"error": error.messages[0]}) from None
    return content


def _bullet(article: Article, position: int, point: Point) -> Bullet:
    return Bullet(
        article=article,
        position=position,
        status=Bullet.Status.APPROVED,
        approved_by_name=point.approved_by,
        drafted_text=point.drafted_text,
        flags=plain([asdict(flag) for flag in point.flags]),
        **{name: getattr(point, name) for name in POINT_COLUMNS},
    )


def _restore_record(article: Article, story: Story, line: int) -> None:
    """Bring the versions of a story and its notices back as they were. Raises ActError for a record that is broken."""
    versions = [
        (checked(_revision(version), line), checked(_text(version), line) if version.text else None)
        for version in story.versions
    ]
    acts.restore(article, story.status, versions)
    revisions = {revision.number: revision for revision, _ in versions}
    restored: dict[str, Correction] = {}
    for notice in story.corrections:
        revision, replaced = revisions.get(notice.version), restored.get(notice.supersedes)
        if revision is None or (notice.supersedes and replaced is None):
            raise acts.ActError(f"The notice {notice.code} names what no line before it holds.")
        correction = _correction(notice)
        correction.supersedes = replaced
        put_beside(correction, revision)
        restore_correction(checked(correction, line))
        restored[notice.code] = correction


def _revision(version: Version) -> Revision:
    return Revision(**{name: getattr(version, name) for name in VERSION_COLUMNS})


def _text(version: Version) -> RevisionText:
    columns = vars(version.text)
    return RevisionText(**{**columns, "bullets": list(columns["bullets"])})


def _correction(notice: Notice) -> Correction:
    return Correction(**{name: getattr(notice, name) for name in NOTICE_COLUMNS})
