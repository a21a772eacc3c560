"""A correction before it is published, held against the rules."""

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.catalogue.models import Article, Wording
from articles.corrections.models import Correction, Report
from articles.corrections.notices import Kind, Notice, changes_fact, faults_of, texts_of, with_passages, worded
from articles.corrections.passages import places_of
from articles.revisions import acts
from articles.revisions.chain import Words
from articles.revisions.models import Revision
from articles.revisions.record import words_of
from articles.summaries.points import Point

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.db.models import QuerySet

RIGHT = "articles.change_article"
CHANGED_MEANWHILE = gettext_lazy(
    "Another editor has changed this story meanwhile: open it again in another window, and bring over your words."
)
UNCHANGED = gettext_lazy("Nothing in the story would change: change its words, or write an editor's note.")
NOT_THERE = gettext_lazy("The story does not say this: copy the passage word for word.")


class CorrectionError(acts.ActError):
    """The correction can't be published so; ``faults`` tells why, by the field of the notice, "" for the whole."""

    def __init__(self, faults: dict[str, str]) -> None:
        super().__init__(" ".join(faults.values()))
        self.faults = faults


class SecondEditorNeededError(CorrectionError):
    """A second editor has to agree that a change of a fact is no correction."""


@dataclass(frozen=True)
class Draft:
    """All that one correction publishes: the words and points as they should stand, and what is said of the change.

    ``reports`` are answered by it. ``supersedes`` is a notice that was wrong and that this one replaces. ``version``
    is the number of the version that its editor saw: it is not published over a later one; 0 for whatever stands.
    """

    article: Article
    wording: Wording
    points: Sequence[Point]
    notice: Notice
    reports: Sequence[Report] = ()
    supersedes: Correction | None = None
    version: int = 0


def check(draft: Draft, *, by: "User", seconded_by: "User | None" = None) -> Notice:
    """The notice of ``draft`` as readers would see it. Raises CorrectionError and SecondEditorNeededError."""
    before, after = words_of(draft.article), words_after(draft)
    replaced_at = draft.supersedes.published_at if draft.supersedes else None
    notice = worded(completed(draft), replaced_at)
    draft = replace(draft, notice=notice)
    demand(_faults(draft, before, after))
    _demand_second(draft, by, seconded_by)
    return notice


def completed(draft: Draft) -> Notice:
    """The notice of ``draft`` with the passages that differ, if it names none."""
    return with_passages(draft.notice, words_of(draft.article), words_after(draft))


def seconds(by: "User") -> "QuerySet[User]":
    """Who else could agree with ``by``: active accounts that may change published stories."""
    return get_user_model().objects.with_perm(RIGHT).exclude(pk=by.pk)


def needs_second(notice: Notice, reports: Sequence[Report]) -> bool:
    """Whether ``notice`` calls a wrong fact a clarification: a figure is replaced, or a reader said it is wrong."""
    is_fact = changes_fact(notice.wrote, notice.says) or any(report.kind == Report.Kind.FACT for report in reports)
    return notice.kind == Kind.CLARIFICATION and is_fact


def fault_of_version(draft: Draft) -> dict[str, str]:
    """What is wrong with a draft that was written against a version which is not the last any more."""
    return {"": str(CHANGED_MEANWHILE)} if draft.version and draft.version != last_version(draft.article) else {}


def last_version(article: Article) -> int:
    """The number of the story's last version, 0 where there is none."""
    return Revision.objects.filter(article=article).aggregate(last=Max("number"))["last"] or 0


def words_after(draft: Draft) -> Words:
    """What readers would see of the story."""
    later = copy(draft.article)
    later.word(draft.wording)
    columns = {name: getattr(later, name) for name in Words.__dataclass_fields__ if name != "bullets"}
    return Words(**columns, bullets=tuple(point.text for point in draft.points if point.is_approved))


def _faults(draft: Draft, before: Words, after: Words) -> dict[str, str]:
    """What is wrong with the notice of a change from ``before`` to ``after``, by field."""
    notice, replaced = draft.notice, draft.supersedes
    faults = faults_of(notice) | fault_of_version(draft)
    if replaced and (replaced.article_id != draft.article.pk or hasattr(replaced, "superseded_by")):
        faults["supersedes"] = _("Replace a notice of this story that stands.")
    stood = _stands(notice.wrote, before) or (replaced and places_of(notice.wrote, replaced.text))
    if notice.wrote and not stood:
        faults.setdefault("wrote", str(NOT_THERE))
    if notice.says and not _stands(notice.says, after):
        faults.setdefault("says", str(NOT_THERE))
    if notice.kind == Kind.NOTE and before != after:
        faults.setdefault("kind", _("An editor's note leaves the words as they are: say what kind of change this is."))
    if notice.kind == Kind.WITHDRAWAL:
        faults["kind"] = _("Withdraw the story instead.")
    if notice.kind != Kind.NOTE and before == after and not replaced:
        faults.setdefault("", str(UNCHANGED))
    return faults


def _stands(passage: str, words: Words) -> bool:
    """Whether ``passage`` stands in what readers see."""
    return any(places_of(passage, text) for text in texts_of(words))


def demand(faults: dict[str, str]) -> None:
    """Raise CorrectionError if there are any."""
    if faults:
        raise CorrectionError(faults)


def _demand_second(draft: Draft, by: "User", seconded_by: "User | None") -> None:
    """Raise CorrectionError unless a change of a fact is called so, or somebody else agrees, or readers learn why."""
    if seconded_by:
        if not seconds(by).filter(pk=seconded_by.pk).exists():
            raise CorrectionError({"": _("Another editor has to agree, one who may change published stories.")})
    elif needs_second(draft.notice, draft.reports):
        if seconds(by).exists():
            raise SecondEditorNeededError({"": _("This changes a fact: a second editor has to agree that it is none.")})
        if not draft.notice.ground:
            raise CorrectionError({"ground": _("This changes a fact: say in public why it is no correction.")})
