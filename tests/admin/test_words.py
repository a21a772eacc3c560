"""Every word of the admin is there for translators: stories, summaries, imports, proposals, repeats, tasks."""

import json
import re
from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from articles.catalogue.models import Article, SiteStatement, Source, Topic
from articles.drafting.models import DraftRun
from articles.importing.models import ImportRun
from articles.importing.possible_repeats import PossibleRepeat
from articles.importing.proposals import ProposedChange
from articles.importing.uploads import HeldFile, Upload
from articles.management.duties import DUTIES
from articles.outbox.models import QueuedTask
from articles.outbox.worker import run_due
from articles.summaries.checks import AMBER, RED
from articles.summaries.models import Bullet
from articles.summaries.report import FLAG_NAMES
from tests.admin.summaries import RIGHT, WRONG, drafted, path_of, press, send, tick, typed
from tests.importing.stories import export, run, story, write
from tests.outbox.errands import PATROL, stumble
from tests.web.pseudo import bracketed, untranslated
from tests.world import BODY, desk, edie, make_article, make_review

pytestmark = pytest.mark.django_db

ADMIN = "/admin/articles/"
HEADLINE = "Kestrel opens"
# Names, addresses, codes, and what people wrote.
DATA = [
    *("Newsroom", "Edie Torres", "Edie", "edie", "Max Okafor", "max", "Kestrel", "Abridger", "built-in"),
    *(HEADLINE, RIGHT, WRONG, *BODY.split("\n\n"), "Nordlys Tech", "Networks", "SCMP", "Nordlys", "Space"),
    *("The second in a year.", "Kestrel has a second ground station.", "Edie was there.", "SCMPNordlys"),
    *("“81,000” is in no sentence of the article.", "en", "nordlys-tech", "networks", "https://nordlys.example/feed"),
    *("https://nordlys.example/1", "It has two now."),
    *("a.md", "a.txt", "b.txt", "c.txt", "a.txtb.txtc.txt", "SHA-256", "markdown", "opml", "html"),
    *("Pell K3", "Pell", "Quiet keys", "Heavy", "Buy it for the sound.", "Weight: 1.2 kg", "EUR"),
    # Django's own, on pictures.
    *("Search", "True", "False"),
]


def outside(path: str, *data: str, sent: dict[str, Any] | None = None, client: Any = None) -> list[str]:
    """The words of a page, or of what follows on a form, that no translator sees."""
    client = client or desk()
    with bracketed():
        answer = client.get(path) if sent is None else client.post(path, sent, follow=True)
    assert answer.status_code == 200
    return left_in(answer.text, *data)


def left_in(page: str, *data: str) -> list[str]:
    """The words of a page that no translator sees, those among them that a script adds with another row."""
    for found in re.findall(r'data-inline-formset="(.*?)"', page):
        words = json.loads(unescape(found))["options"]
        page = page.replace(found, "") + f"<p>{words['addText']}</p><p>{words['deleteText']}</p>"
    return untranslated(page, *DATA, *data)


class FrontTests:
    def test_what_waits(self) -> None:
        stumble.enqueue(7)
        QueuedTask.objects.update(worker_ids=["a", "b"])
        run_due()
        drafted(headline=HEADLINE)
        assert outside("/admin/") == []

    def test_signing_in(self) -> None:
        with bracketed():
            assert left_in(desk().post("/admin/logout/", follow=True).text) == []


class StoryTests:
    @pytest.mark.parametrize("query", ["", "?summary=needs_approval", "?summary=under_review", "?status__exact=draft"])
    def test_list(self, query: str) -> None:
        drafted(headline=HEADLINE)
        make_article(headline=HEADLINE)
        assert outside(f"{ADMIN}article/{query}") == []

    def test_new_one(self) -> None:
        assert outside(f"{ADMIN}article/add/") == []
        assert outside(f"{ADMIN}article/add/", sent={}) == []

    @pytest.mark.parametrize("status", ["draft", "published", "withdrawn"])
    def test_form(self, status: str) -> None:
        article = make_article(headline=HEADLINE, status=status)
        assert outside(f"{ADMIN}article/{article.pk}/change/") == []

    def test_form_of_a_review_with_a_point_under_review(self) -> None:
        article = make_review(headline=HEADLINE)
        Bullet.objects.update(under_review_at=timezone.now())
        assert outside(f"{ADMIN}article/{article.pk}/change/") == []

    def test_form_of_an_imported_one(self, tmp_path: Path) -> None:
        path = write(tmp_path, "a.md", story(f"headline: {HEADLINE}"))
        run(path)
        article = Article.objects.get()
        assert outside(f"{ADMIN}article/{article.pk}/change/", path.read_text()) == []

    def test_what_is_wrong_with_a_form(self) -> None:
        article = make_article(headline=HEADLINE)
        assert outside(f"{ADMIN}article/{article.pk}/change/", sent={"headline": ""}) == []

    def test_what_becomes_of_many(self) -> None:
        stories = [make_article(headline=HEADLINE, status="draft") for _ in range(2)]
        for action in ("publish_selected", "draft_selected"):
            sent = {"action": action, "_selected_action": [story.pk for story in stories]}
            assert outside(f"{ADMIN}article/", sent=sent) == []

    @pytest.mark.parametrize(
        "run",
        [
            {"outcome": "failed", "error": "⟦Why.⟧"},
            {"outcome": "drafted", "points": 0},
            {"outcome": "drafted", "points": 3, "red_flags": 1, "is_cut": True},
            {"outcome": "waiting"},
            {"outcome": "waiting", "asked_at": timezone.now() - timedelta(hours=2)},
        ],
    )
    def test_what_came_of_a_draft(self, run: dict[str, Any]) -> None:
        article = make_article(headline=HEADLINE, status="draft", bullets=[])
        ended = None if run["outcome"] == "waiting" else timezone.now()
        found = DraftRun.objects.create(article=article, asked_by=edie(), ended_at=ended, prompt_version="3", **run)
        for page in (f"article/{article.pk}/change/", f"article/{article.pk}/summary/", "draftrun/"):
            assert outside(f"{ADMIN}{page}") == []
        assert outside(f"{ADMIN}draftrun/{found.pk}/change/") == []


class SummaryTests:
    def test_points_of_every_origin(self) -> None:
        article = drafted(headline=HEADLINE)
        Bullet.objects.create(article=article, position=3, text=RIGHT, origin="imported")
        Bullet.objects.create(article=article, position=4, text=RIGHT, drafted_text=WRONG)
        Bullet.objects.create(article=article, position=5, text=RIGHT, origin="machine", model="built-in")
        assert outside(path_of(article)) == []

    def test_public_one_with_points_under_review(self) -> None:
        article = make_article(headline=HEADLINE, bullets=[RIGHT, WRONG])
        Bullet.objects.filter(position=1).update(under_review_at=timezone.now())
        assert outside(path_of(article), "Edie was there") == []

    def test_one_without_points(self) -> None:
        assert outside(path_of(make_article(headline=HEADLINE, bullets=[]))) == []

    @pytest.mark.parametrize("act", ["approve", "next", "reword", "reject", "passages", "up", "add", "draft", "odd"])
    def test_what_can_t_be_done(self, act: str) -> None:
        article = drafted(headline=HEADLINE)
        with bracketed():
            client = desk()
            answer = press(article, act, 1 if act in ("reword", "reject", "passages", "up") else 0, client)
            page = answer if answer.status_code == 200 else client.get(path_of(article))
        assert left_in(page.text) == []

    def test_red_flags_need_a_reason(self) -> None:
        article = drafted(headline=HEADLINE)
        with bracketed():
            page = press(article, "approve", **tick(article, 2))
        assert "⟦" in page.context["problem"]
        assert left_in(page.text) == []

    def test_somebody_else_was_faster(self) -> None:
        article = drafted(headline=HEADLINE)
        client = desk()
        with bracketed():
            answer = send(client, article, {"seen": "", **tick(article, 1)}, "approve")
        assert left_in(answer.text) == []

    def test_what_was_done(self) -> None:
        article = drafted(headline=HEADLINE)
        with bracketed():
            client = desk()
            press(article, "reword", 1, client, **typed("text", article, 1, RIGHT + " Yes."))
            press(article, "down", 1, client)
            press(article, "add", client=client, new_text=RIGHT)
            press(article, "approve", client=client, **tick(article, 3))
            page = client.get(path_of(article))
        assert left_in(page.text, RIGHT + " Yes.") == []
        assert outside(f"{ADMIN}article/{article.pk}/history/", RIGHT + " Yes.") == []

    def test_every_flag_that_the_checks_raise_has_a_name(self) -> None:
        kinds = {RED: {"number", "name", "unsupported"}, AMBER: {"number", "name", "negation", "antonym"}}
        assert {(colour, kind) for colour, found in kinds.items() for kind in found} == FLAG_NAMES.keys()


class ImportTests:
    def test_handing_in(self) -> None:
        assert outside(f"{ADMIN}importrun/add/") == []
        assert outside(f"{ADMIN}importrun/add/", sent={"format": "auto"}) == []

    def test_plan_and_report(self, tmp_path: Path) -> None:
        run(write(tmp_path, "a.txt", export("Title a", "Text.", "More.")))
        files = [
            HeldFile("a.txt", export("Title a", "Text.", "Other words.").encode()),
            HeldFile("b.txt", export("Title b", "Text.", "Updated: Jan 9").encode()),
            HeldFile("c.txt", export("Updated: Jan 9").encode()),
            HeldFile("", b"\0"),
        ]
        with bracketed():
            upload = Upload.objects.hold(files, wanted="auto", by=edie())
        data = ("Title a", "Title b", "Text.", "More.", "Other words.", "Updated: Jan 9")
        plan = f"{ADMIN}importrun/uploads/{upload.pk}/"
        assert outside(plan, *data) == []
        assert outside(plan, *data, sent={}) == []
        assert outside(f"{ADMIN}importrun/", str(tmp_path)) == []

    def test_stopped_one(self) -> None:
        stopped = ImportRun.objects.create(places=["a.txt"], by=None)
        assert outside(f"{ADMIN}importrun/") == []
        assert outside(f"{ADMIN}importrun/{stopped.pk}/change/") == []


class ProposalTests:
    FRONT = f"headline: {HEADLINE}\npublished_at: 2026-11-20\nbyline: {{}}\ntopics: [{{}}]"
    SAID = ("Ann", "Bo", "It has two.", "It has three.")

    @pytest.fixture
    def change(self, tmp_path: Path) -> ProposedChange:
        path = write(tmp_path, "a.md", story(self.FRONT.format("Ann", "Networks"), "It has two."))
        run(path, is_publishing=True)
        write(tmp_path, "a.md", story(self.FRONT.format("Bo", "Space"), "It has three."))
        run(path)
        return ProposedChange.objects.get()

    def test_list_and_page(self, change: ProposedChange) -> None:
        path = f"{ADMIN}proposedchange/{change.pk}/change/"
        assert outside(f"{ADMIN}proposedchange/") == []
        assert outside(path, *self.SAID) == []
        assert outside(path, *self.SAID, sent={}) == []

    def test_decided_one(self, change: ProposedChange) -> None:
        path = f"{ADMIN}proposedchange/{change.pk}/change/"
        sides = {f"side-{one.pk}": "keep" for one in change.fields.all()}
        assert outside(path, *self.SAID, sent=sides) == []
        assert outside(f"{ADMIN}proposedchange/?state=settled") == []


class RepeatTests:
    @pytest.mark.parametrize("button", ["_same", "_two"])
    def test_list_page_and_decision(self, button: str) -> None:
        kept = make_article(headline=HEADLINE, sources=["SCMP", "Nordlys"])
        repeat = make_article(headline=HEADLINE, status="draft", sources=["Nordlys"])
        found = PossibleRepeat.objects.create(article=repeat, other=kept, resemblance=0.634)
        path = f"{ADMIN}possiblerepeat/{found.pk}/change/"
        assert outside(f"{ADMIN}possiblerepeat/") == []
        assert outside(path) == []
        assert outside(path, sent={button: "Yes"}) == []
        assert outside(path, sent={button: "Yes"}) == []


class TaskTests:
    def test_list_page_and_another_try(self) -> None:
        QueuedTask.objects.plan([PATROL])
        stumble.enqueue(7)
        failed = QueuedTask.objects.get(task_path=stumble.module_path)
        run_due()
        failed.refresh_from_db()
        # Errors are in the language of the code.
        data = ("Stumble", "Patrol", failed.why[:200], *failed.traceback.split("\n"))
        assert outside(f"{ADMIN}queuedtask/", *data) == []
        assert outside(f"{ADMIN}queuedtask/{failed.pk}/change/", *data, failed.traceback) == []
        sent = {"action": "run_selected_again", "_selected_action": [str(failed.pk)]}
        assert outside(f"{ADMIN}queuedtask/", *data, sent=sent) == []

    def test_every_duty_has_a_title(self) -> None:
        QueuedTask.objects.plan(DUTIES)
        assert outside(f"{ADMIN}queuedtask/") == []


class LabelTests:
    @pytest.mark.parametrize("name", ["source", "topic"])
    def test_lists_and_forms(self, name: str) -> None:
        make_article(headline=HEADLINE)
        found = (Source if name == "source" else Topic).objects.get()
        Source.objects.update(feed_url="https://nordlys.example/feed")
        for page in ("", "add/", f"{found.pk}/change/", f"{found.pk}/delete/"):
            assert outside(f"{ADMIN}{name}/{page}") == []
        assert outside(f"{ADMIN}{name}/add/", sent={"name": "Networks", "slug": "n"}) == []

    def test_standing_statement(self) -> None:
        statement = SiteStatement.objects.create(text="We check facts.")
        for page in ("", f"{statement.pk}/change/"):
            assert outside(f"{ADMIN}sitestatement/{page}", "We check facts.") == []
