"""Asking for drafts, and writing them beside what a story has; nothing of a draft is seen before it is approved."""

import logging
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.catalogue.models import Article
from articles.drafting.models import LOST, DraftRun
from articles.drafting.prompt import Story
from articles.drafting.providers import Draft, DraftError, Usage, choose_drafter, has_server
from articles.outbox.tasks import delay_after, task
from articles.summaries.checks import Finding
from articles.summaries.points import add_drafts, check_texts

if TYPE_CHECKING:
    from django.contrib.auth.models import User

log = logging.getLogger(__name__)
TRIES = 4
LONGEST_WAIT = timedelta(minutes=15)  # a server that asks for more is not asked again
# An answer and its repair, and time to write the result down.
LIMIT = timedelta(seconds=2 * settings.DRAFTING_TIMEOUT + 30)


@transaction.atomic
def ask_for_draft(article: Article, *, by: "User", is_built_in: bool = False, is_alone: bool = True) -> DraftRun:
    """Draft bullets for ``article``; the run says what came of it.

    The drafting server, if the site has one, is asked by the worker; the built-in method drafts at once, and by the
    worker too where the story is one of many. A story whose draft is still being written gets no second one.
    """
    Article.objects.select_for_update().get(pk=article.pk)
    for under_way in article.draft_runs.waiting():
        if under_way.is_waiting:
            return under_way
        under_way.fail(str(LOST), usage=under_way.usage)
    is_built_in = is_built_in or not has_server()
    run = DraftRun.objects.create(article=article, asked_by=by, is_built_in=is_built_in)
    if is_alone and is_built_in:
        attempt(run)
    else:
        write_draft.enqueue(run.pk)
    return run


@task(gettext_lazy("Write draft"), limit=LIMIT, attempts=3)
def write_draft(pk: int) -> None:
    """Attempt the run with this key, unless it has ended."""
    run = DraftRun.objects.filter(pk=pk, outcome=DraftRun.Outcome.WAITING).select_related("article").first()
    if run:
        attempt(run)


def attempt(run: DraftRun) -> None:
    """Draft what ``run`` asks for and note how it ends; what may succeed later is put off until then."""
    before = run.usage
    try:
        draft = _draft(run)
    except DraftError as error:
        log.warning("Draft run %s: %s", run.pk, error)
        _end_or_put_off(run, error, usage=before + error.usage)
        return
    with transaction.atomic():
        findings = _store(run, draft)
        run.succeed(findings, usage=before + draft.usage, is_cut=draft.is_cut)


def _draft(run: DraftRun) -> Draft:
    article = run.article
    if article is None:
        raise DraftError(_("The story is gone."))
    if not run.is_built_in and not has_server():
        raise DraftError(_("The site has no drafting server any more."))
    drafter = choose_drafter(is_built_in=run.is_built_in)
    run.start(drafter)
    return drafter.draft(Story(article.headline, article.body_text, article.language))


def _store(run: DraftRun, draft: Draft) -> list[Finding]:
    """Add the points that the story does not have yet; what the checks say of them, by its words as they are now."""
    article = Article.objects.select_for_update().get(draft_runs=run)
    bullets = add_drafts(article, draft.texts, model=run.model, prompt_version=run.prompt_version)
    return check_texts(article, [bullet.text for bullet in bullets])


def _end_or_put_off(run: DraftRun, error: DraftError, *, usage: Usage) -> None:
    wait = timedelta(seconds=error.wait)
    if not error.is_temporary or run.tries >= TRIES or wait > LONGEST_WAIT:
        run.fail(str(error), usage=usage)
        return
    wait = max(wait, delay_after(run.tries))
    with transaction.atomic():
        run.put_off(str(error), usage=usage)
        write_draft.using(run_after=timezone.now() + wait).enqueue(run.pk)
