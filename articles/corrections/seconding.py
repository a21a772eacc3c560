"""Two editors for one notice: the one writes it, the other agrees or declines."""

from dataclasses import asdict
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from articles.catalogue.models import Article, Wording
from articles.corrections.acts import correct
from articles.corrections.drafts import CorrectionError, Draft, completed, last_version
from articles.corrections.models import Correction, ProposedCorrection
from articles.summaries.points import Point

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@transaction.atomic
def propose(draft: Draft, *, by: "User") -> ProposedCorrection:
    """Leave a correction to a second editor, after ``correct`` has asked for one; nothing is published yet."""
    proposed = ProposedCorrection.objects.create(
        article=draft.article,
        version=draft.version or last_version(draft.article),
        notice=asdict(completed(draft)),
        wording=asdict(draft.wording),
        points=[asdict(point) for point in draft.points],
        supersedes=draft.supersedes,
        made_by=by,
    )
    proposed.reports.set(draft.reports)
    return proposed


@transaction.atomic
def agree(proposed: ProposedCorrection, *, by: "User") -> Correction:
    """Publish the correction in the name of who wrote it, seconded by ``by``.

    Raises CorrectionError if it is closed, or if the story was changed since it was written; and as ``correct`` does.
    """
    proposed = _locked(proposed)
    if proposed.version != last_version(proposed.article):
        raise CorrectionError({"": _("The story was changed since this was written: decline it and write it anew.")})
    correction = correct(_draft_of(proposed), by=proposed.made_by, seconded_by=by)
    proposed.close(ProposedCorrection.Ending.AGREED, by=by)
    return correction


@transaction.atomic
def decline(proposed: ProposedCorrection, *, by: "User", why: str) -> None:
    """Leave the story as it is. Raises CorrectionError without a word to who wrote it, or if it is closed."""
    proposed = _locked(proposed)
    if not why.strip():
        raise CorrectionError({"": _("Say why, for the editor who wrote it.")})
    proposed.close(ProposedCorrection.Ending.DECLINED, by=by, why=why.strip())


def _draft_of(proposed: ProposedCorrection) -> Draft:
    return Draft(
        proposed.article,
        Wording(**proposed.wording),
        [Point(**point) for point in proposed.points],
        proposed.account,
        list(proposed.reports.all()),
        proposed.supersedes,
    )


def _locked(proposed: ProposedCorrection) -> ProposedCorrection:
    """The proposal and its story, which nobody else changes until the transaction ends."""
    Article.objects.select_for_update().get(pk=proposed.article_id)
    proposed = ProposedCorrection.objects.select_for_update(of=("self",)).get(pk=proposed.pk)
    if proposed.closed_at:
        raise CorrectionError({"": _("This is closed: it was published or declined.")})
    return proposed
