"""Publishing a correction: one act, one transaction, and everything that shows the story follows."""

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.db import transaction

from articles.catalogue.models import Article, Wording
from articles.corrections import follow_mail
from articles.corrections.mail import tell_reader
from articles.corrections.models import MAX_CONTEXT, Correction, ProposedCorrection, Report
from articles.corrections.notices import Kind, Notice, changes_fact, faults_of, with_passages, worded
from articles.corrections.notices import withdrawal as withdrawal_notice
from articles.corrections.passages import changed_place, places_of, same_place
from articles.revisions import acts
from articles.revisions.chain import Words
from articles.revisions.models import Revision
from articles.revisions.record import name_of, words_of
from articles.summaries.points import Point

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.db.models import QuerySet

OUTCOMES = {
    Kind.CORRECTION: Report.Outcome.CORRECTED,
    Kind.CLARIFICATION: Report.Outcome.CLARIFIED,
    Kind.UPDATE: Report.Outcome.UPDATED,
    Kind.NOTE: Report.Outcome.CLARIFIED,
    Kind.WITHDRAWAL: Report.Outcome.CORRECTED,
}
RIGHT = "articles.change_article"
NOT_THERE = "The story does not say this: copy the passage word for word."


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

    ``reports`` are answered by it. ``supersedes`` is a notice that was wrong and that this one replaces.
    """

    article: Article
    wording: Wording
    points: Sequence[Point]
    notice: Notice
    reports: Sequence[Report] = ()
    supersedes: Correction | None = None


def publish(draft: Draft, *, by: "User") -> Correction | None:
    """Publish ``draft`` as ``correct`` does; of a minor change, which has no notice, the new version alone: then None.

    Raises ActError as ``revisions.acts.change`` does, too.
    """
    if draft.notice.kind in Kind.values:
        return correct(draft, by=by)
    words = (draft.article, draft.wording, draft.points)
    acts.change(*words, by=by, kind=draft.notice.kind, reason=draft.notice.text)
    return None


@transaction.atomic
def correct(draft: Draft, *, by: "User", seconded_by: "User | None" = None) -> Correction:
    """Publish ``draft``: the story, its new version, the notice, the answers to the reports and, queued, their mails.

    A notice that names no passages gets those in which the words differ. Raises CorrectionError for a notice against
    the rules, and SecondEditorNeededError where ``seconded_by`` is needed; ActError for a story that is not public.
    """
    article = Article.objects.select_for_update().get(pk=draft.article.pk)
    draft = replace(draft, article=article)
    notice = check(draft, by=by, seconded_by=seconded_by)
    before, after = words_of(article), _words_after(draft)
    correction = _prepared(article, notice, before, after)
    _put_in_place(correction, _place(notice, before, after, draft.supersedes), after)
    correction.supersedes, correction.seconded_by = draft.supersedes, seconded_by
    correction.seconded_by_name = name_of(seconded_by)
    account = acts.Account(notice.kind, notice.text, correction.hash)
    revision = acts.change_with(article, draft.wording, draft.points, account, by=by)
    if revision is None:
        raise AssertionError("A change with a notice always makes a version.")
    return _publish(correction, revision, by, draft.reports)


def check(draft: Draft, *, by: "User", seconded_by: "User | None" = None) -> Notice:
    """The notice of ``draft`` as readers would see it. Raises CorrectionError and SecondEditorNeededError."""
    before, after = words_of(draft.article), _words_after(draft)
    replaced_at = draft.supersedes.published_at if draft.supersedes else None
    notice = worded(with_passages(draft.notice, before, after), replaced_at)
    draft = replace(draft, notice=notice)
    _demand(_faults(draft, before, after))
    _demand_second(draft, by, seconded_by)
    return notice


@transaction.atomic
def withdraw(
    article: Article,
    *,
    by: "User",
    reason: str,
    severity: str = "critical",
    origin: str = "story",
    reports: Sequence[Report] = (),
) -> Correction:
    """Take a story back, with the notice that stands in its place, and answer ``reports`` by it.

    Raises ActError without a reason or if the story is not published.
    """
    article = Article.objects.select_for_update().get(pk=article.pk)
    notice = withdrawal_notice(reason, severity, origin)
    _demand(faults_of(notice))
    words = words_of(article)
    correction = _prepared(article, notice, words, words)
    revision = acts.withdraw(article, by=by, reason=reason, notice_hash=correction.hash)
    return _publish(correction, revision, by, reports)


@transaction.atomic
def seal(article: Article, *, by: "User", reason: str) -> Revision:
    """Take every word of a withdrawn story out of the record, and out of what readers sent and editors proposed.

    Published notices stay as they are. Raises ActError as ``revisions.acts.seal`` does.
    """
    revision = acts.seal(article, by=by, reason=reason)
    ProposedCorrection.objects.filter(article=article).delete()
    Report.objects.filter(article=article).update(quote="", prefix="", suffix="")
    return revision


def restore_correction(correction: Correction, revision: Revision) -> None:
    """Save a notice that was published on another site, with the version that came with it and that is here again.

    Raises ActError if it is not the one that the version was made with.
    """
    correction.revision, correction.article = revision, revision.article
    correction.published_at, correction.by_name = revision.created_at, revision.by_name
    correction.is_sample = revision.is_sample
    if correction.hash != revision.notice_hash:
        raise acts.ActError(f"The notice {correction} is not as it was published.")
    correction.save(force_insert=True)


@transaction.atomic
def remove_samples() -> acts.Removed:
    """Delete every sample story with its notices and its record, and the topics and sources of samples alone."""
    Report.objects.filter(article__is_sample=True).delete()
    corrections = Correction.objects.filter(article__is_sample=True)
    while corrections.exists():
        corrections.filter(superseded_by=None).delete()
    return acts.remove_samples()


def seconds(by: "User") -> "QuerySet[User]":
    """Who else could agree with ``by``: active accounts that may change published stories."""
    return get_user_model().objects.with_perm(RIGHT).exclude(pk=by.pk)


def needs_second(notice: Notice, reports: Sequence[Report]) -> bool:
    """Whether ``notice`` calls a wrong fact a clarification: a figure is replaced, or a reader said it is wrong."""
    is_fact = changes_fact(notice.wrote, notice.says) or any(report.kind == Report.Kind.FACT for report in reports)
    return notice.kind == Kind.CLARIFICATION and is_fact


def _words_after(draft: Draft) -> Words:
    later = copy(draft.article)
    later.word(draft.wording)
    columns = {name: getattr(later, name) for name in Words.__dataclass_fields__ if name != "bullets"}
    return Words(**columns, bullets=tuple(point.text for point in draft.points if point.is_approved))


def _faults(draft: Draft, before: Words, after: Words) -> dict[str, str]:
    """What is wrong with the notice of a change from ``before`` to ``after``, by field."""
    notice, replaced = draft.notice, draft.supersedes
    faults = faults_of(notice)
    if replaced and (replaced.article_id != draft.article.pk or hasattr(replaced, "superseded_by")):
        faults["supersedes"] = "Replace a notice of this story that stands."
    stood = _stands(notice.wrote, before) or (replaced and places_of(notice.wrote, replaced.text))
    if notice.wrote and not stood:
        faults.setdefault("wrote", NOT_THERE)
    if notice.says and not _stands(notice.says, after):
        faults.setdefault("says", NOT_THERE)
    if notice.kind == Kind.NOTE and before != after:
        faults.setdefault("kind", "An editor's note leaves the words as they are: say what kind of change this is.")
    if notice.kind == Kind.WITHDRAWAL:
        faults["kind"] = "Withdraw the story instead."
    if notice.kind != Kind.NOTE and before == after and not replaced:
        faults.setdefault("", "Nothing in the story would change: change its words, or write an editor's note.")
    return faults


def _stands(passage: str, words: Words) -> bool:
    """Whether ``passage`` stands in what readers see."""
    return any(places_of(passage, text) for text in _texts(words))


def _texts(words: Words) -> tuple[str, ...]:
    return (words.headline, words.standfirst, words.byline, words.body_text, *words.bullets)


def _demand(faults: dict[str, str]) -> None:
    if faults:
        raise CorrectionError(faults)


def _demand_second(draft: Draft, by: "User", seconded_by: "User | None") -> None:
    """Raise CorrectionError unless a change of a fact is called so, or somebody else agrees, or readers learn why."""
    if seconded_by:
        if not seconds(by).filter(pk=seconded_by.pk).exists():
            raise CorrectionError({"": "Another editor has to agree, one who may change published stories."})
    elif needs_second(draft.notice, draft.reports):
        if seconds(by).exists():
            raise SecondEditorNeededError({"": "This changes a fact: a second editor has to agree that it is none."})
        if not draft.notice.ground:
            raise CorrectionError({"ground": "This changes a fact: say in public why it is no correction."})


def _place(notice: Notice, before: Words, after: Words, replaced: Correction | None) -> tuple[int, int] | None:
    """Where the corrected words stand in the body, None if the change is not there."""
    if before.body_text != after.body_text:
        return changed_place(notice.says, before.body_text, after.body_text)
    if replaced and replaced.is_in_body:
        return same_place(notice.says, replaced.prefix, replaced.suffix, after.body_text)
    return None


def _put_in_place(correction: Correction, place: tuple[int, int] | None, words: Words) -> None:
    if place:
        start, end = place
        correction.is_in_body = True
        correction.prefix = words.body_text[max(0, start - MAX_CONTEXT) : start]
        correction.suffix = words.body_text[end : end + MAX_CONTEXT]


def _prepared(article: Article, notice: Notice, before: Words, after: Words) -> Correction:
    """The correction with its number and its placement; not saved yet."""
    in_view = (before.headline, before.bullets) != (after.headline, after.bullets)
    is_on_top = notice.severity == "critical" or in_view or notice.kind == Kind.WITHDRAWAL
    return Correction(
        article=article,
        number=Correction.objects.filter(article=article).count() + 1,
        placement=Correction.Placement.TOP if is_on_top else Correction.Placement.FOOT,
        is_sample=article.is_sample,
        **vars(notice),
    )


def _publish(correction: Correction, revision: Revision, by: "User", reports: Sequence[Report]) -> Correction:
    """Save the correction with its version, and answer the reports by it."""
    correction.revision = revision
    correction.published_at, correction.published_by = revision.created_at, by
    correction.by_name = revision.by_name
    correction.save(force_insert=True)
    follow_mail.tell_of(correction)
    for report in Report.objects.select_for_update().filter(pk__in=[report.pk for report in reports]).order_by("pk"):
        if report.article_id != correction.article_id or report.answered_at:
            raise CorrectionError({"": f"{report} is about something else, or has been answered already."})
        report.settle(by=by, outcome=OUTCOMES[Kind(correction.kind)], answer=correction.text, correction=correction)
        transaction.on_commit(partial(tell_reader, report.pk), robust=True)
    return correction
