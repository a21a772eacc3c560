"""The cast and the makers that tests tell their stories with.

Rita reads and reports, Edie edits, Max administers, Sam is a stranger. Makers are plain functions: what a test
cares about it says, the rest is as good as any.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import count
from typing import Any

from django.contrib.auth.models import Permission, User
from django.test import Client

from articles.catalogue.models import (
    Article,
    ArticleSource,
    ArticleTopic,
    ReviewDetails,
    Source,
    Topic,
    Wording,
)
from articles.corrections import acts as corrections
from articles.corrections.drafts import Draft
from articles.corrections.models import Correction
from articles.corrections.notices import Notice
from articles.revisions import acts
from articles.summaries.models import Bullet
from articles.summaries.points import Point, write_points

BODY = "Kestrel has switched on a second ground station.\n\nIt says that 40,000 homes can now order a dish."
NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}

_numbers = count(1)


def edie() -> User:
    """The editor: staff, with every right over stories and reports."""
    user, is_new = User.objects.get_or_create(
        username="edie", defaults={"first_name": "Edie", "last_name": "Torres", "is_staff": True}
    )
    if is_new:
        user.user_permissions.set(Permission.objects.filter(content_type__app_label="articles"))
    return user


def max_admin() -> User:
    """Max, who administers: a superuser."""
    user, _ = User.objects.get_or_create(
        username="max",
        defaults={"first_name": "Max", "last_name": "Okafor", "is_staff": True, "is_superuser": True},
    )
    return user


def rita() -> Client:
    """Rita's browser: no account; it says where its requests come from, as browsers do."""
    return Client(headers=SAME_ORIGIN)


def sam() -> Client:
    """Sam's browser, on a page of another site."""
    return Client(headers={"Sec-Fetch-Site": "cross-site", "Origin": "https://elsewhere.example"})


def desk(user: User | None = None) -> Client:
    """A browser signed in to the admin as ``user``, Edie by default."""
    client = Client()
    client.force_login(user or edie())
    return client


def make_article(**changes: Any) -> Article:
    """A published story. Besides the fields of Article: ``body``, ``bullets``, ``topics``, ``sources``, ``status``.

    ``sources`` holds names, or pairs of name and address. Status "draft" and "in_review" leave it unpublished.
    """
    number = next(_numbers)
    bullets: Sequence[str] = changes.pop("bullets", ["Kestrel has a second ground station."])
    topics: Sequence[str] = changes.pop("topics", ["Networks"])
    sources: Sequence[str | tuple[str, str]] = changes.pop("sources", [("Nordlys Tech", "https://nordlys.example/1")])
    status: str = changes.pop("status", Article.Status.PUBLISHED)
    wording = Wording(
        headline=changes.pop("headline", f"Kestrel opens ground station {number}"),
        standfirst=changes.pop("standfirst", "The second in a year."),
        body=changes.pop("body", BODY),
        byline=changes.pop("byline", ""),
    )
    article = Article(**{"published_at": NOON, **changes})
    article.word(wording)
    article.take_slug(changes.get("slug", ""))
    article.save()
    points = [Point(text, is_approved=True, override="Edie was there.") for text in bullets]
    write_points(article, points, by=edie())
    for position, name in enumerate(topics, start=1):
        ArticleTopic.objects.create(article=article, topic=Topic.objects.named(name), position=position)
    for position, source in enumerate(sources, start=1):
        name, url = (source, "") if isinstance(source, str) else source
        ArticleSource.objects.create(article=article, source=Source.objects.named(name), url=url, position=position)
    return _bring_to(article, status)


def make_review(**changes: Any) -> Article:
    """A published review; ``details`` overrides the fields of ReviewDetails."""
    details = changes.pop("details", {})
    article = make_article(kind=Article.Kind.REVIEW, **{"headline": "Pell K3: a quiet bargain", **changes})
    ReviewDetails.objects.create(
        article=article,
        **{
            "product": "Pell K3",
            "maker": "Pell",
            "score": "8.0",
            "price": "79.00",
            "currency": "EUR",
            "pros": ["Quiet keys"],
            "cons": ["Heavy"],
            "verdict": "Buy it for the sound.",
            "specs": [["Weight", "1.2 kg"]],
            **details,
        },
    )
    return article


def correct(article: Article, **changes: Any) -> Correction:
    """Edie publishes a correction. ``changes`` holds words of the story, ``bullets``, fields of the notice, and who.

    A major correction of our own unless they say otherwise; the passages are those that differ.
    """
    article = Article.objects.get(pk=article.pk)
    words = {name: changes.pop(name, getattr(article.wording, name)) for name in Wording.__dataclass_fields__}
    override = "Edie was there."
    kept = [
        Point(b.text, b.status == "approved", b.pk, override=override) for b in Bullet.objects.filter(article=article)
    ]
    new = [Point(text, is_approved=True, override=override) for text in changes.pop("bullets", [])]
    who = {name: changes.pop(name) for name in ("seconded_by",) if name in changes}
    by = changes.pop("by", None) or edie()
    draft = {name: changes.pop(name) for name in ("reports", "supersedes", "version") if name in changes}
    notice = Notice(**{"kind": "correction", "severity": "major", "origin": "story", **changes})
    return corrections.correct(Draft(article, Wording(**words), new or kept, notice, **draft), by=by, **who)


def _bring_to(article: Article, status: str) -> Article:
    if status in (Article.Status.PUBLISHED, Article.Status.WITHDRAWN):
        acts.publish(article, by=edie())
    if status == Article.Status.WITHDRAWN:
        acts.withdraw(article, by=edie(), reason="Its source has taken the report back.")
    if status == Article.Status.IN_REVIEW:
        Article.objects.filter(pk=article.pk).update(status=status)
    return Article.objects.get(pk=article.pk)
