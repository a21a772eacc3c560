"""The difference between two versions of a story, part by part."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from articles.revisions.chain import Words
from articles.revisions.diff import Change, Tally, compare, compare_lists, tally

NO_WORDS = Words("", "", "", "", "", ())


@dataclass(frozen=True)
class Part:
    """A part of a story that differs: "" as the label of the body, which needs none; its paragraphs may be points."""

    label: str
    changes: Sequence[Change]
    is_points: bool = False


@dataclass(frozen=True)
class Difference:
    """What differs between two versions; ``is_form_alone`` says that links or formatting do, and no word."""

    parts: Sequence[Part]
    tally: Tally
    is_form_alone: bool


def differences(before: Words | None, after: Words) -> Difference:
    """``before``, None for what was nothing yet, against ``after``."""
    old = before or NO_WORDS
    parts = [part for part in _parts(old, after) if part.changes]
    words = tally([change for part in parts for change in part.changes])
    return Difference(parts, words, not parts and old.body_markdown != after.body_markdown)


def _parts(old: Words, new: Words) -> Iterator[Part]:
    yield Part(pgettext("a part of a story", "Headline"), compare(old.headline, new.headline))
    yield Part(pgettext("a part of a story", "Standfirst"), compare(old.standfirst, new.standfirst))
    yield Part(pgettext("a part of a story", "Byline"), compare(old.byline, new.byline))
    yield Part(_("In brief"), compare_lists(old.bullets, new.bullets), is_points=True)
    yield Part("", compare(old.body_text, new.body_text))
