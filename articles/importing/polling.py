"""Asking the outlets' feeds for what is new: each item becomes a draft for the editors, and never more than that.

An outlet's words are its own: a draft holds an excerpt, unless the outlet is marked as licensed for full text. An
item that was seen before never comes back.
"""

import hashlib
import logging
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles.catalogue.models import Article, ArticleSource, Source
from articles.importing import store
from articles.importing.addresses import canonical, web_address
from articles.importing.documents import Document, ParseError, StatedSource
from articles.importing.fetching import Fetched, fetch
from articles.importing.fields import fields_of
from articles.importing.files import NAME_LENGTH
from articles.importing.formats import PARSER_VERSION
from articles.importing.formats.json_feed import with_text
from articles.importing.guard import FetchError
from articles.importing.models import FeedItem, Original
from articles.importing.reading import read
from articles.outbox.tasks import task
from articles.web import markdown
from articles.web.plain_text import to_text

logger = logging.getLogger(__name__)
INTERVAL = timedelta(hours=1)
# How long a feed is left alone after its first, second, … failure in a row.
BACK_OFF = tuple(timedelta(hours=hours) for hours in (1, 2, 4, 8, 16, 24))
# The longest that a server may ask us to stay away.
MOST_WAIT = timedelta(days=7)
MOST_BYTES = 5_000_000
MOST_ITEMS = 200
EXCERPT_WORDS = 60
IDENTITY_LENGTH = 255


@dataclass(frozen=True)
class Poll:
    """What came of asking one feed: in words, and how many drafts were made."""

    source: Source
    note: str
    added: int = 0


class UnfitAnswerError(Exception):
    """The server answered, but not with a feed; ``wait`` is how long it wants to be left alone, if it says so."""

    def __init__(self, message: str, wait: timedelta | None = None) -> None:
        super().__init__(message)
        self.wait = wait


@task(gettext_lazy("Ask feeds"), limit=timedelta(minutes=10))
def ask_feeds() -> None:
    """Ask each feed whose time has come, and log what came of it."""
    for result in poll_due():
        logger.info("%s: %s", result.source.name, result.note)


def poll_due() -> Iterator[Poll]:
    """Ask each feed whose time has come, one after the other; a bad one does not keep the others waiting."""
    for source in Source.objects.with_due_feed(timezone.now()):
        if not _claim(source):
            continue
        try:
            result = poll(source)
        except Exception:
            logger.exception("The feed of %s could not be asked", source)
            result = Poll(source, _("failed: see the log"))
        yield result


def _claim(source: Source) -> bool:
    """Put the next time off, so that no other process asks as well; False if another did so first."""
    mine = Source.objects.filter(pk=source.pk, feed_url=source.feed_url, feed_next_at=source.feed_next_at)
    return bool(mine.update(feed_next_at=timezone.now() + INTERVAL))


def poll(source: Source) -> Poll:
    """Ask one feed, keep what is new, and note on the outlet how it went and when to ask again."""
    now = timezone.now()
    try:
        answer = fetch(source.feed_url, etag=source.feed_etag, modified=source.feed_modified, limit=MOST_BYTES)
        return _take(source, answer, now)
    except (FetchError, ParseError, UnfitAnswerError) as error:
        wait = getattr(error, "wait", None) or BACK_OFF[min(source.feed_failures, len(BACK_OFF) - 1)]
        next_at = now + wait
        said = {"error": error, "at": f"{timezone.localtime(next_at):%Y-%m-%d %H:%M}"}
        note = _("failed: %(error)s; asked again after %(at)s") % said
        source.note_failure(note, at=now, next_at=next_at)
        return Poll(source, note)


def _take(source: Source, answer: Fetched, now: datetime) -> Poll:
    """Act on an answer. Raises ParseError or UnfitAnswerError if it holds no feed."""
    if answer.status == 304:
        note = _("nothing new")
        source.note_answer(note, at=now, next_at=now + INTERVAL)
        return Poll(source, note)
    if answer.status == 410:
        note = _("stopped: the outlet has taken this feed down (410 Gone)")
        source.stop_feed(note, at=now)
        return Poll(source, note)
    if not answer.is_success:
        raise UnfitAnswerError(_("the server answered %(status)s") % {"status": answer.status}, _wait_of(answer))
    found = read(answer.body, "feed", url=answer.url, charset=answer.charset)
    documents = [document for document in found if isinstance(document, Document)]
    added, failed = _keep_new(source, documents[:MOST_ITEMS], now)
    moved_to = web_address(answer.permanent_url)
    note = _note_of(added, len(found) - len(documents) + failed, moved_to)
    if moved_to:
        # Not if an editor has given it another address meanwhile.
        Source.objects.filter(pk=source.pk, feed_url=source.feed_url).update(feed_url=moved_to)
    # What could not be kept this time is to be sent again.
    source.feed_etag, source.feed_modified = ("", "") if failed else (answer.etag[:500], answer.modified[:100])
    source.note_answer(note, at=now, next_at=now + INTERVAL)
    return Poll(source, note, added)


def _note_of(added: int, unread: int, moved_to: str) -> str:
    """What came of an answer, for the outlet's page in the admin."""
    said = [ngettext("%(count)s new", "%(count)s new", added) % {"count": added} if added else _("nothing new")]
    if unread:
        message = ngettext("%(count)s could not be read", "%(count)s could not be read", unread)
        said.append(message % {"count": unread})
    note = _(", ").join(said)
    return _("%(note)s; moved for good to %(url)s") % {"note": note, "url": moved_to} if moved_to else note


def _wait_of(answer: Fetched) -> timedelta | None:
    if answer.retry_after is None:
        return None
    return min(max(timedelta(seconds=answer.retry_after), INTERVAL), MOST_WAIT)


def _keep_new(source: Source, documents: Sequence[Document], now: datetime) -> tuple[int, int]:
    """Make drafts of the items not seen before, oldest first; how many were made, and how many failed."""
    links = Counter(filter(None, map(_link_of, documents)))
    # An address that several items share, or the home page, does not tell one from another.
    telling = {link for link, count in links.items() if count == 1} - {canonical(source.home_page)}
    seen = FeedItem.objects.filter(source=source)
    identities = set(seen.filter(identity__in=map(_identity_of, documents)).values_list("identity", flat=True))
    seen_links = set(seen.filter(link__in=telling).values_list("link", flat=True))
    added = failed = 0
    for document in reversed(documents):
        identity, link = _identity_of(document), _link_of(document)
        if identity in identities or link in seen_links:
            continue
        identities.add(identity)
        try:
            _keep(source, document, now)
            added += 1
        except (DatabaseError, RecursionError):
            failed += 1
    return added, failed


def _link_of(document: Document) -> str:
    return canonical(document.sources[0].url) if document.sources and document.sources[0].url else ""


def _identity_of(document: Document) -> str:
    """What the feed calls the item; a hash where that is too long, or of the item's words where it has no name."""
    stated = document.identity or f"{document.headline}\n{document.body}"
    if document.identity and len(stated) <= IDENTITY_LENGTH:
        return stated
    return hashlib.sha256(stated.encode()).hexdigest()


@transaction.atomic
def _keep(source: Source, document: Document, now: datetime) -> Article:
    """Make a draft of an item and remember that it was seen. Raises DatabaseError, with nothing written."""
    item = FeedItem.objects.create(
        source=source,
        identity=_identity_of(document),
        link=_link_of(document),
        published_at=document.published_at,
        seen_at=now,
    )
    draft = draft_of(document, source)
    sha256 = hashlib.sha256(draft.original).hexdigest()
    known = Original.objects.filter(sha256=sha256).select_related("article").first()
    if known:
        item.article = known.article
    else:
        original = Original(
            file_name=(source.feed_url or item.identity)[-NAME_LENGTH:],
            sha256=sha256,
            raw=draft.original,
            format="feed",
            parser_version=PARSER_VERSION,
            fields=fields_of(draft),
        )
        item.article = store.create(draft, original, store.Shared(), added_at=now, is_publishing=False)
        ArticleSource.objects.filter(article=item.article).update(headline=document.headline)
    item.save(update_fields=["article"])
    return item.article


def draft_of(document: Document, source: Source) -> Document:
    """The draft that an item of ``source`` gives: not yet published by us, the outlet named, the original linked.

    Without a licence it holds the first words of the text, and so does its original.
    """
    url = document.sources[0].url if document.sources else ""
    draft = replace(
        document,
        published_at=None,
        updated_as_stated="",
        is_from_archive=False,
        sources=(StatedSource(source.name, url),),
    )
    if source.is_licensed:
        return draft
    words = to_text(markdown.to_html(document.body)).split()
    excerpt = " ".join(words[:EXCERPT_WORDS]) + (" …" if len(words) > EXCERPT_WORDS else "")
    outlet = markdown.escape(source.name)
    outlet = f"[{outlet}](<{url}>)" if url else outlet
    where = _("Excerpt. The whole report is at %(outlet)s.") % {"outlet": outlet}
    body = f"{markdown.escape(excerpt)}\n\n*{where}*".strip()
    return replace(draft, standfirst="", body=body, original=with_text(document.original, excerpt))
