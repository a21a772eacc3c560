"""Edie has a story's form open while somebody else changes the story."""

import json
from typing import Any

import pytest

from articles.catalogue.models import Article
from articles.revisions.seen import StaleError, demand_seen, write_state
from articles.summaries.models import Bullet, Evidence
from articles.summaries.points import Point, add_drafts, write_points
from tests.admin.sheets import LIST, errors_of, fresh, points_of, save, send, sheet, story_path
from tests.world import NOON, desk, make_article, max_admin

pytestmark = pytest.mark.django_db


class FormTests:
    def test_second_editor_overwrites_nothing_unknowingly(self) -> None:
        article = make_article(status="draft", headline="Kestrel opens")
        client, other = desk(), desk(max_admin())
        page = {**sheet(client, story_path(article)), "headline": "Edie's headline", "byline": "Edie"}
        save(article, client=other, headline="Max's headline")

        answer = send(client, story_path(article), page)
        assert answer.status_code == 200
        first, second = errors_of(answer)["__all__"]
        assert first.startswith("Nothing was saved: the story has changed since you opened this form.")
        assert second == "The headline is now “Max's headline”."
        assert fresh(article).headline == "Max's headline"
        assert 'value="Edie&#x27;s headline"' in answer.text

    def test_saving_again_is_done_knowingly(self) -> None:
        article = make_article(status="draft")
        client = desk()
        page = {**sheet(client, story_path(article)), "headline": "Edie's headline"}
        save(article, client=desk(max_admin()), headline="Max's headline")
        shown = send(client, story_path(article), page).context["adminform"].form["seen"].value()
        assert send(client, story_path(article), {**page, "seen": shown}).status_code == 302
        assert fresh(article).headline == "Edie's headline"

    def test_point_that_was_added_meanwhile_is_not_removed(self) -> None:
        article = make_article(status="draft", bullets=["A."])
        client = desk()
        page = {**sheet(client, story_path(article)), "headline": "New"}
        bullet = Bullet.objects.get()
        write_points(
            article,
            [Point("A.", is_approved=True, bullet_id=bullet.pk), Point("B.", is_approved=False)],
            by=max_admin(),
        )
        assert "There is a new point: “B.”." in errors_of(send(client, story_path(article), page))["__all__"]
        assert points_of(article) == [(1, "A."), (2, "B.")]

    def test_draft_of_a_machine_that_came_meanwhile_is_no_matter_and_stays(self) -> None:
        article = make_article(status="draft", bullets=["A."])
        client = desk()
        page = {**sheet(client, story_path(article)), "headline": "New"}
        add_drafts(article, ["B."], model="Abridger", prompt_version="3")
        assert send(client, story_path(article), page).status_code == 302
        assert (fresh(article).headline, points_of(article)) == ("New", [(1, "A."), (2, "B.")])

    def test_form_that_does_not_say_what_it_showed(self) -> None:
        article = make_article(status="draft")
        assert "does not say which state of the story you saw" in save(article, seen="", headline="New").text
        assert fresh(article).headline == article.headline

    def test_new_story_has_nothing_to_compare(self) -> None:
        client = desk()
        page = {**sheet(client, f"{LIST}add/"), "headline": "New", "body_markdown": "Body."}
        assert send(client, f"{LIST}add/", page).status_code == 302

    def test_history_does_not_name_the_guard(self) -> None:
        article = make_article(status="draft")
        client = desk()
        save(article, client=client, headline="New")
        assert "seen" not in client.get(f"{LIST}{article.pk}/history/").text.lower()


class StateTests:
    """What counts as another state of a story, and how it is told."""

    def changes(self, article: Article, seen: str) -> list[str]:
        with pytest.raises(StaleError) as caught:
            demand_seen(Article.objects.get(pk=article.pk), seen)
        return caught.value.changes

    def test_same_state(self) -> None:
        article = make_article(bullets=["A.", "B."])
        demand_seen(article, write_state(article))

    def test_state_is_read_in_three_queries(self, django_assert_num_queries: Any) -> None:
        article = make_article(bullets=["A.", "B.", "C."])
        with django_assert_num_queries(3):
            write_state(article)

    @pytest.mark.parametrize(
        ("change", "told"),
        [
            ({"headline": "New"}, "The headline is now “New”."),
            ({"standfirst": "New"}, "The standfirst is now “New”."),
            ({"byline": "New"}, "The byline is now “New”."),
            ({"body_markdown": "New"}, "The body has other words now."),
            ({"status": "withdrawn"}, "The details of the story, such as its status, kind or date, have changed."),
            ({"language": "de"}, "The details of the story, such as its status, kind or date, have changed."),
        ],
    )
    @pytest.mark.usefixtures("unguarded")
    def test_words_and_details(self, change: dict[str, str], told: str) -> None:
        article = make_article()
        seen = write_state(article)
        Article.objects.filter(pk=article.pk).update(**change)
        assert self.changes(article, seen) == [told]

    @pytest.mark.parametrize(
        ("change", "told"),
        [
            ({"text": "C."}, "Point 1 has other words now: “C.”."),
            ({"position": 3}, "Point 1 is now point 3: “A.”."),
            ({"under_review_at": NOON}, "Point 1 is under review now: “A.”."),
            (
                {"status": "draft", "approved_by": None, "approved_by_name": "", "approved_at": None},
                "Point 1 is a draft now: “A.”.",
            ),
        ],
    )
    def test_points(self, change: dict[str, object], told: str) -> None:
        article = make_article(bullets=["A.", "B."])
        seen = write_state(article)
        Bullet.objects.filter(position=1).update(**change)
        assert self.changes(article, seen) == [told]

    def test_passages(self) -> None:
        article = make_article(bullets=["Kestrel has a second ground station."])
        seen = write_state(article)
        Evidence.objects.all().delete()
        assert self.changes(article, seen) == [
            "Point 1 rests on other passages now: “Kestrel has a second ground station.”."
        ]

    def test_who_changed_points_is_named_once(self) -> None:
        article = make_article(status="draft", bullets=["A.", "B."])
        seen = write_state(article)
        write_points(article, [], by=max_admin())
        assert self.changes(article, seen) == [
            "Point 1, “A.”, is gone.",
            "Point 2, “B.”, is gone.",
            "Points were changed by Max Okafor.",
        ]

    def test_texts_that_run_into_each_other_differ(self) -> None:
        article = make_article(kind="news", language="en")
        seen = json.loads(write_state(article))
        Article.objects.filter(pk=article.pk).update(language="e", updated_as_stated="n")
        assert json.loads(write_state(fresh(article)))["details"] != seen["details"]
