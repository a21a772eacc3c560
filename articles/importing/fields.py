"""What a document says, as plain JSON values: what is kept of it, held against another and told in reports. Pure.

A review counts as one field where one side has none; where all have one, its parts are fields of their own, those
that make no sense apart (a score and its scale, a price and its currency) together.
"""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.importing.documents import Document

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

Fields = dict[str, Any]

WORDS = ("headline", "standfirst", "body", "byline")
FLAGS = ("is_edited", "is_from_archive", "is_sample")
PLAIN = ("kind", "language", "published_at", "updated_as_stated", *FLAGS)
LISTS = ("topics", "sources", "credits", "bullets")
MERGED = (*WORDS, *PLAIN, *LISTS, "review")
REVIEW_PARTS = {
    "product": ("product",),
    "maker": ("maker",),
    "score": ("score", "scale"),
    "price": ("price", "currency"),
    "pros": ("pros",),
    "cons": ("cons",),
    "verdict": ("verdict",),
    "specs": ("specs",),
}

# What editors call the fields that can be merged.
LABELS: "dict[str, StrPromise]" = {
    "headline": _("Headline"),
    "standfirst": _("Standfirst"),
    "body": pgettext_lazy("of a story", "Body"),
    "byline": _("Byline"),
    "kind": _("Kind"),
    "language": _("Language"),
    "published_at": _("Published at"),
    "updated_as_stated": _("Updated as stated"),
    "is_edited": _("Is edited"),
    "is_from_archive": _("Is from archive"),
    "is_sample": _("Is sample"),
    "topics": _("Topics"),
    "sources": _("Sources"),
    "credits": _("Credits"),
    "bullets": _("Bullets"),
    "review": _("Review"),
    "review.product": _("Review: product"),
    "review.maker": _("Review: maker"),
    "review.score": _("Review: score"),
    "review.price": _("Review: price"),
    "review.pros": _("Review: pros"),
    "review.cons": _("Review: cons"),
    "review.verdict": _("Review: verdict"),
    "review.specs": _("Review: specs"),
}


def label_of(field: str) -> str:
    """The name of a field as an editor would say it: "Review: score"; of one that is known no more, its key."""
    return str(LABELS.get(field, field))


def fields_of(document: Document) -> Fields:
    """Every field of ``document`` but its bytes and its warnings, each as JSON has it."""
    return {name: plain(value) for name, value in asdict(document).items() if name not in ("original", "warnings")}


def plain(value: Any) -> Any:
    """A value as JSON has it: times as in ISO 8601 in UTC, decimals digit by digit without needless zeros."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, dict):
        return {name: plain(part) for name, part in value.items()}
    return [plain(part) for part in value] if isinstance(value, tuple | list) else value


def versions(*sides: Fields) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """The name of each field that can be merged, and what each of ``sides`` says of it."""
    for name in MERGED:
        if name != "review" or not all(side["review"] for side in sides):
            yield name, tuple(side[name] for side in sides)
    if all(side["review"] for side in sides):
        for part in REVIEW_PARTS:
            yield f"review.{part}", tuple(get(side, f"review.{part}") for side in sides)


def get(fields: Fields, name: str) -> Any:
    """What ``fields`` say of the field ``name``; None of a part of a review that is not there."""
    whole, _, part = name.partition(".")
    if not part or fields[whole] is None:
        return fields[whole]
    return {column: fields[whole][column] for column in REVIEW_PARTS[part]}


def put(fields: Fields, name: str, value: Any) -> Fields:
    """``fields`` with ``value`` in the field ``name``."""
    whole, _, part = name.partition(".")
    return {**fields, whole: {**(fields[whole] or {}), **value} if part else value}


def is_same(name: str, one: Any, other: Any) -> bool:
    """Whether two values of the field ``name`` say the same; outlets and topics are known by name in any case."""
    return bool(_key(name, one) == _key(name, other))


def _key(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name == "topics":
        return [topic.casefold() for topic in value]
    if name == "sources":
        return [(source["name"].casefold(), source["url"]) for source in value]
    return value
