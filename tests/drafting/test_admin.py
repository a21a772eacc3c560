"""Edie has bullets drafted in the admin, and Max looks at what it cost."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.catalogue.models import Article
from articles.drafting.drafts import ask_for_draft
from articles.drafting.models import DraftRun
from articles.outbox.worker import run_due
from articles.revisions.models import Revision
from articles.summaries.models import Bullet
from tests.admin.sheets import LIST, errors_of, fresh, messages_of, save, story_path
from tests.drafting.conftest import BODY, BULLETS
from tests.drafting.server import DraftingServer, drafts, fails, says
from tests.world import desk, edie, make_article, max_admin, rita

pytestmark = pytest.mark.django_db

RUNS = "/admin/articles/draftrun/"
KEY = "sk-very-secret-4711"


def make_story(**changes: Any) -> Article:
    return make_article(body=BODY, bullets=[], **changes)


def choose(*articles: Article, user: User | None = None) -> Any:
    """Choose “Draft bullets” for these in the list."""
    chosen = {"action": "draft_selected", "_selected_action": [article.pk for article in articles]}
    return desk(user).post(LIST, chosen)


def texts_of(article: Article) -> list[str]:
    return list(Bullet.objects.filter(article=article).values_list("text", flat=True))


class ButtonTests:
    def test_drafts_stand_in_the_form_and_no_reader_sees_them(self) -> None:
        article = make_story()
        answer = save(article, "_draft")
        assert answer.headers["Location"] == story_path(article)
        page = desk().get(story_path(article)).text
        assert "Drafted: 3. Readers see a drafted point once an editor has approved it." in page
        drafted = texts_of(article)
        assert len(drafted) == 3
        assert all(text in page for text in drafted)
        assert not article.bullets.visible().exists()
        assert Revision.objects.count() == 1

    def test_what_was_typed_is_saved_first_and_drafted_from(self) -> None:
        article = make_story(status="draft")
        save(article, "_draft", headline="Another", body_markdown="Whales sang in the harbour of Bergen last night.")
        assert fresh(article).headline == "Another"
        assert texts_of(article) == ["Whales sang in the harbour of Bergen last night."]

    def test_faulty_form_drafts_nothing(self) -> None:
        article = make_story(status="draft")
        answer = save(article, "_draft", headline="")
        assert "headline" in errors_of(answer)
        assert not DraftRun.objects.exists()

    def test_saving_the_form_afterwards_leaves_the_drafts_as_they_are(self) -> None:
        article = make_story()
        save(article, "_draft")
        before = Bullet.objects.order_by("pk").values_list("text", "status", "origin", "position")
        assert len(before) == 3
        was = list(before)
        save(article)
        assert list(before.all()) == was

    def test_server_drafts_later_and_the_page_says_so(self, provider: DraftingServer) -> None:
        article = make_story()
        save(article, "_draft")
        assert provider.asked == []
        assert "A draft is being written: open the story again in a minute." in desk().get(story_path(article)).text
        run_due()
        page = desk().get(story_path(article)).text
        assert "A draft is being written" not in page
        assert all(text in page for text in BULLETS)

    def test_refusal_is_told_with_the_way_to_the_built_in_method(self, provider: DraftingServer) -> None:
        article = make_story()
        assert "_draft_built_in" not in desk().get(story_path(article)).text
        provider.replies = [says("Sure.")]
        save(article, "_draft")
        run_due()
        page = desk().get(story_path(article)).text
        assert "refused twice. It is not JSON. You can draft with the built-in method." in page
        assert 'name="_draft_built_in"' in page
        assert texts_of(article) == []
        save(article, "_draft_built_in")
        assert len(texts_of(article)) == 3
        assert 'name="_draft_built_in"' not in desk().get(story_path(article)).text

    def test_old_news_is_not_told(self) -> None:
        article = make_story()
        save(article, "_draft")
        with time_machine.travel(timezone.now() + timedelta(days=2)):
            assert "Drafted: 3" not in desk().get(story_path(article)).text

    def test_reader_of_the_desk_cannot_draft(self) -> None:
        vera = User.objects.create(username="vera", is_staff=True)
        vera.user_permissions.set(Permission.objects.filter(codename__in=["view_article", "view_bullet"]))
        article = make_story()
        assert "_draft" not in desk(vera).get(story_path(article)).text
        assert desk(vera).post(story_path(article), {"_draft": "on"}).status_code == 403
        assert "draft_selected" not in desk(vera).get(LIST).text
        choose(article, user=vera)
        assert not DraftRun.objects.exists()


class ActionTests:
    def test_one_story_is_drafted_at_once(self) -> None:
        article = make_story()
        answer = choose(article)
        assert messages_of(answer) == ["Drafted: 3. Readers see a drafted point once an editor has approved it."]
        assert len(texts_of(article)) == 3

    def test_many_are_left_to_the_worker(self) -> None:
        articles = [make_story() for _ in range(3)]
        answer = choose(*articles)
        assert messages_of(answer) == ["A draft is being written: open the story again in a minute. (Stories: 3.)"]
        assert not Bullet.objects.exists()
        assert run_due() == 3
        assert {len(texts_of(article)) for article in articles} == {3}
        assert set(DraftRun.objects.values_list("outcome", "asked_by")) == {("drafted", edie().pk)}

    def test_stories_with_points_keep_them(self) -> None:
        article = make_article(body=BODY, bullets=["Edie wrote this."])
        choose(article)
        assert texts_of(article)[0] == "Edie wrote this."
        assert [bullet.text for bullet in article.bullets.visible()] == ["Edie wrote this."]


class RunListTests:
    def test_max_sees_who_asked_what_came_of_it_and_what_it_took(self, provider: DraftingServer) -> None:
        choose(make_story(headline="Kestrel <opens>"))
        run_due()
        page = desk(max_admin()).get(RUNS)
        for words in ("Kestrel &lt;opens&gt;", "edie", "m1, prompt 1", "Drafted: 3", "1,000 + 100"):
            assert words in page.text

    def test_flags_and_reasons_stand_in_the_list(self, provider: DraftingServer) -> None:
        provider.replies = [drafts(*BULLETS[:2], "The dish costs 900 euros."), fails(401)]
        choose(make_story(), make_story())
        run_due()
        page = desk(max_admin()).get(RUNS).text
        assert "Drafted: 3, with red flags: 1" in page
        assert "No draft. The drafting server does not accept the key (401)." in page

    @pytest.mark.parametrize("status", [401, 500])
    def test_key_is_on_no_page(self, provider: DraftingServer, status: int) -> None:
        provider.replies = [fails(status, f"Bad key {KEY}")]
        article = make_story()
        run = ask_for_draft(article, by=edie())
        run_due()
        pages = [RUNS, f"{RUNS}{run.pk}/change/", story_path(article), LIST, "/admin/"]
        for path in pages:
            page = desk(max_admin()).get(path)
            assert page.status_code == 200
            assert KEY not in page.text
        assert f"({status})" in desk(max_admin()).get(RUNS).text

    def test_record_cannot_be_changed_added_to_or_deleted(self) -> None:
        run = ask_for_draft(make_story(), by=edie())
        client = desk(max_admin())
        assert client.get(f"{RUNS}add/").status_code == 403
        assert client.post(f"{RUNS}{run.pk}/change/", {"tokens_in": 0}).status_code == 403
        assert client.post(f"{RUNS}{run.pk}/delete/", {"post": "yes"}).status_code == 403

    def test_record_outlives_its_story(self) -> None:
        article = make_story(status="draft")
        ask_for_draft(article, by=edie())
        article.delete()
        assert DraftRun.objects.get().article is None
        assert desk(max_admin()).get(RUNS).status_code == 200

    def test_number_of_queries_is_the_same_for_one_row_and_for_many(self) -> None:
        client = desk(max_admin())

        def count() -> int:
            with CaptureQueriesContext(connection) as queries:
                assert client.get(RUNS).status_code == 200
            return len(queries)

        ask_for_draft(make_story(), by=edie())
        few = count()
        for _ in range(9):
            ask_for_draft(make_story(), by=edie())
        assert count() == few
        assert few <= 12

    def test_readers_have_no_way_to_it(self) -> None:
        assert rita().get(RUNS).status_code == 302
