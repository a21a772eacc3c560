"""Publishing a correction: one act, one transaction, and everything that shows the story follows."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from articles.catalogue.models import Article
from articles.corrections import desk, follow_mail
from articles.corrections.drafts import UNCHANGED, CorrectionError, Draft, check, demand, fault_of_version, words_after
from articles.corrections.models import MAX_CONTEXT, Correction, ProposedCorrection, Report
from articles.corrections.notices import Kind, Notice, faults_of
from articles.corrections.notices import withdrawal as withdrawal_notice
from articles.corrections.passages import changed_place, same_place
from articles.revisions import acts
from articles.revisions.chain import Words
from articles.revisions.models import Revision
from articles.revisions.record import name_of, words_of

if TYPE_CHECKING:
    from django.contrib.auth.models import User

OUTCOMES = {
    Kind.CORRECTION: Report.Outcome.CORRECTED,
    Kind.CLARIFICATION: Report.Outcome.CLARIFIED,
    Kind.UPDATE: Report.Outcome.UPDATED,
    Kind.NOTE: Report.Outcome.CLARIFIED,
    Kind.WITHDRAWAL: Report.Outcome.CORRECTED,
}


@transaction.atomic
def publish(draft: Draft, *, by: "User") -> Correction | None:
    """Publish ``draft`` as ``correct`` does; of a minor change, which has no notice, the new version alone: then None.

    Its reason is then the answer to the reports. Raises ActError as ``revisions.acts.change`` does, too.
    """
    if draft.notice.kind in Kind.values:
        return correct(draft, by=by)
    article = Article.objects.select_for_update().get(pk=draft.article.pk)
    demand(fault_of_version(draft))
    reason = draft.notice.text
    revision = acts.change(article, draft.wording, draft.points, by=by, kind=draft.notice.kind, reason=reason)
    if draft.reports:
        demand({} if revision else {"": str(UNCHANGED)})
        _answer(draft.reports, article, by, Report.Outcome.CORRECTED, reason)
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
    before, after = words_of(article), words_after(draft)
    correction = _prepared(article, notice, before, after)
    _put_in_place(correction, _place(notice, before, after, draft.supersedes), after)
    correction.supersedes, correction.seconded_by = draft.supersedes, seconded_by
    correction.seconded_by_name = name_of(seconded_by)
    account = acts.Account(notice.kind, notice.text, correction.hash)
    revision = acts.change_with(article, draft.wording, draft.points, account, by=by)
    if revision is None:
        raise AssertionError("A change with a notice always makes a version.")
    return _publish(correction, revision, by, draft.reports)


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
    demand(faults_of(notice))
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


def put_beside(correction: Correction, revision: Revision) -> None:
    """Give the notice its version, and what that says of who published it and when."""
    correction.revision, correction.article = revision, revision.article
    correction.published_at, correction.published_by = revision.created_at, revision.created_by
    correction.by_name, correction.is_sample = revision.by_name, revision.is_sample


def restore_correction(correction: Correction) -> None:
    """Save a notice that was published on another site, beside the version that came with it and that is here again.

    Raises ActError if it is not the one that the version was made with.
    """
    if correction.hash != correction.revision.notice_hash:
        raise acts.ActError(_("The notice %(code)s is not as it was published.") % {"code": correction})
    correction.save(force_insert=True)


@transaction.atomic
def remove_samples() -> acts.Removed:
    """Delete every sample story with its notices and its record, and the topics and sources of samples alone."""
    Report.objects.filter(article__is_sample=True).delete()
    corrections = Correction.objects.filter(article__is_sample=True)
    while corrections.exists():
        corrections.filter(superseded_by=None).delete()
    return acts.remove_samples()


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
        **vars(notice),
    )


def _publish(correction: Correction, revision: Revision, by: "User", reports: Sequence[Report]) -> Correction:
    """Save the correction with its version, and answer the reports by it."""
    put_beside(correction, revision)
    correction.save(force_insert=True)
    follow_mail.tell_of(correction)
    _answer(reports, correction.article, by, OUTCOMES[Kind(correction.kind)], correction.text, correction)
    return correction


def _answer(
    reports: Sequence[Report],
    article: Article,
    by: "User",
    outcome: str,
    words: str,
    correction: Correction | None = None,
) -> None:
    """Answer the reports on ``article``. Raises CorrectionError for one on something else, and one that is closed."""
    if any(report.article_id != article.pk for report in reports):
        raise CorrectionError({"": _("A report is about something else.")})
    try:
        desk.answer(reports, by=by, outcome=outcome, words=words, correction=correction)
    except desk.DeskError as error:
        raise CorrectionError({"": str(error)}) from error
