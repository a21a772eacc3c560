"""Edie reads a summary against its story and decides on each point; Max is at the same story."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client

from articles.catalogue.models import Article
from articles.summaries import ties
from articles.summaries.models import Bullet
from articles.summaries.points import Point, approve, reword, write_points
from tests.admin.sheets import LIST, fresh, messages_of, sheet
from tests.admin.summaries import RIGHT, WRONG, drafted, path_of, point, press, send, state, tick, typed
from tests.world import NOON, desk, edie, make_article, max_admin, rita

pytestmark = pytest.mark.django_db


class ScreenTests:
    def test_story_stands_beside_its_points_sentence_by_sentence(self) -> None:
        page = desk().get(path_of(drafted(headline="News from Tarn"))).text
        for words in ("News from Tarn", "The second in a year.", "It says that 40,000 homes can now order a dish."):
            assert f">{words}</span>" in page
        assert 'name="sentence" value="4"' in page
        assert 'name="sentence" value="5"' not in page

    def test_point_leads_to_its_passages_and_they_to_the_point(self) -> None:
        page = desk().get(path_of(drafted(RIGHT))).text
        assert '<a class="chip" href="#e1"' in page
        assert '<span class="sentence__anchor" id="e1"></span>' in page
        assert f'data-ev="1">{RIGHT}</span>' in page
        assert '<a href="#e1">Sentence 3</a>' in page
        assert '<a class="chip" href="#b1">' in page

    def test_flag_has_its_colour_its_kind_and_its_reason_in_words(self) -> None:
        page = desk().get(path_of(drafted(WRONG))).text
        assert "<b>Red flag, number:</b> “81,000” is in no sentence of the article." in page
        assert "Right in spite of red flags, because" in page

    def test_point_without_flags_asks_for_no_reason(self) -> None:
        page = desk().get(path_of(drafted(RIGHT))).text
        assert " flag, " not in page
        assert "Right in spite of red flags" not in page

    def test_origin_tells_model_prompt_and_what_was_changed_since(self) -> None:
        article = drafted(RIGHT)
        assert "Drafted by Abridger, prompt 3, " in desk().get(path_of(article)).text
        reword(point(article, 1), "Kestrel has switched on another ground station.", by=edie())
        page = desk().get(path_of(article)).text
        assert "As drafted, and now:" in page
        assert '<del><span class="visually-hidden" lang="en">removed: </span>a second</del>' in page
        assert '<ins><span class="visually-hidden" lang="en">added: </span>another</ins>' in page

    @pytest.mark.usefixtures("unguarded")
    def test_passage_that_the_story_lost_is_shown_as_lost(self) -> None:
        article = make_article(bullets=[RIGHT])
        Bullet.objects.update(under_review_at=NOON)
        Article.objects.update(body_text="Other words.", body_markdown="Other words.")
        page = desk().get(path_of(article)).text
        assert "Not in the story any more:" in page
        assert "<b>Under review</b> since" in page
        assert "Still right: approve it again" in page

    def test_story_without_points_offers_a_draft(self) -> None:
        article = make_article(status="draft", bullets=[], body="One. " + "Kestrel has a second ground station. " * 3)
        page = desk().get(path_of(article)).text
        assert "This story has no points yet." in page
        answer = press(article, "draft")
        assert "Readers see a drafted point once an editor has approved it." in messages_of(answer)[0]
        assert all(status == "draft" for _, status in state(article))
        assert Bullet.objects.filter(article=article, origin="machine").exists()

    def test_number_of_queries_is_the_same_for_one_point_and_for_ten(self, django_assert_max_num_queries: Any) -> None:
        client = desk()
        few, many = drafted(RIGHT), drafted(*(f"Kestrel has {number} stations." for number in range(10)))
        for article in (few, many):
            with django_assert_max_num_queries(14):
                assert client.get(path_of(article)).status_code == 200

    def test_story_that_is_not_there(self) -> None:
        assert desk().get(f"{LIST}999/summary/").status_code == 404

    def test_words_of_the_story_are_escaped(self) -> None:
        article = drafted("Kestrel <b>opens</b>.", headline="Kestrel <i>opens</i>")
        page = desk().get(path_of(article)).text
        assert "<b>opens" not in page
        assert "<i>opens" not in page


class PermissionTests:
    def onlooker(self, *rights: str) -> Client:
        user = User.objects.create_user("olga", is_staff=True)
        user.user_permissions.set(Permission.objects.filter(codename__in=rights))
        return desk(user)

    def test_rita_is_sent_to_the_login(self) -> None:
        article = drafted()
        for answer in (rita().get(path_of(article)), rita().post(path_of(article), {"act": "approve"})):
            assert answer.status_code == 302
            assert answer.headers["Location"].startswith("/admin/login/")

    def test_sam_who_is_staff_without_rights_is_refused(self) -> None:
        article = drafted()
        assert self.onlooker().get(path_of(article)).status_code == 403

    def test_who_may_look_sees_the_screen_without_its_buttons(self) -> None:
        article = drafted()
        client = self.onlooker("view_article")
        page = client.get(path_of(article)).text
        assert WRONG in page
        assert 'name="tick"' not in page
        assert 'name="sentence"' not in page
        assert 'value="approve"' not in page

    @pytest.mark.parametrize("rights", [("view_article",), ("change_article",), ("view_article", "change_bullet")])
    def test_deciding_takes_the_right_over_stories_and_over_points(self, rights: tuple[str, ...]) -> None:
        article = drafted()
        answers = sheet(desk(), path_of(article))
        answer = send(self.onlooker(*rights), article, {**answers, **tick(article, 1)}, "approve")
        assert answer.status_code == 403
        assert point(article, 1).status == "draft"

    def test_form_takes_a_token(self) -> None:
        article = drafted()
        client = Client(enforce_csrf_checks=True)
        client.force_login(edie())
        assert client.post(path_of(article), {"act": "approve", **tick(article, 1)}).status_code == 403


class NextTests:
    def test_next_story_of_the_queue_after_the_decision(self) -> None:
        later, article, earlier = (drafted(RIGHT, published_at=NOON.replace(hour=hour)) for hour in (14, 12, 10))
        answer = press(article, "next", **tick(article, 1))
        assert answer.headers["Location"] == f"{path_of(earlier)}?queue=needs_approval"
        answer = press(earlier, "next", **tick(earlier, 1))
        assert answer.headers["Location"] == f"{path_of(later)}?queue=needs_approval"
        answer = press(later, "next", **tick(later, 1))
        assert answer.headers["Location"] == f"{LIST}?summary=needs_approval"
        assert "No other story is in “Needs approval”." in messages_of(answer)

    def test_words_that_are_still_typed_keep_the_editor_on_the_story(self) -> None:
        article, _ = drafted(RIGHT, "B."), drafted(RIGHT)
        answer = press(article, "next", **tick(article, 1), **typed("text", article, 2, "Half a sent"))
        assert answer.status_code == 200
        assert ">Half a sent</textarea>" in answer.text
        assert [status for _, status in state(article)] == ["approved", "draft"]

    def test_screen_keeps_to_the_queue_that_the_editor_came_from(self) -> None:
        article, other = make_article(bullets=[]), make_article(bullets=[])
        page = desk().get(path_of(article), {"queue": "needs_summary"}).text
        assert f"{path_of(other)}?queue=needs_summary" in page
        assert "No other story is in “Needs approval”." in desk().get(path_of(article), {"queue": "odd"}).text


class ConflictTests:
    """Edie has the page open while Max works on the same story."""

    def test_point_that_max_reworded_is_not_approved_unread(self) -> None:
        article = drafted(RIGHT, "B.")
        client = desk()
        page = {**sheet(client, path_of(article)), **tick(article, 1), "new_text": "One more."}
        reword(point(article, 1), "Kestrel has two ground stations.", by=max_admin())
        answer = send(client, article, page, "approve")
        assert answer.status_code == 200
        assert "Nothing was saved: the story has changed since you opened this page." in answer.text
        assert "Point 1 has other words now: “Kestrel has two ground stations.”." in answer.text
        assert "Points were changed by Max Okafor." in answer.text
        assert ">One more.</textarea>" in answer.text
        assert [status for _, status in state(article)] == ["draft", "draft"]

    def test_words_that_nobody_typed_are_not_shown_as_typed(self) -> None:
        article = drafted(RIGHT)
        client = desk()
        page = sheet(client, path_of(article))
        reword(point(article, 1), "Kestrel has two ground stations.", by=max_admin())
        answer = send(client, article, page, "approve")
        assert ">Kestrel has two ground stations.</textarea>" in answer.text

    def test_words_that_edie_typed_stay(self) -> None:
        article = drafted(RIGHT)
        client = desk()
        page = {**sheet(client, path_of(article)), **typed("text", article, 1, "Edie's own.")}
        approve(article, point(article, 1), by=max_admin())
        answer = send(client, article, page, "reword", 1)
        assert "Point 1 is approved now" in answer.text
        assert ">Edie&#x27;s own.</textarea>" in answer.text
        assert point(article, 1).text == RIGHT

    def test_second_try_with_the_new_page_goes_through(self) -> None:
        article = drafted(RIGHT, "B.")
        client = desk()
        page = sheet(client, path_of(article))
        write_points(article, [Point("New.", is_approved=False)], by=max_admin())
        assert "There is a new point: “New.”." in send(client, article, page, "reject", 2).text
        assert press(article, "reject", 3, client=client).status_code == 302

    def test_point_that_is_gone_and_words_of_the_story_that_changed(self) -> None:
        article = drafted(RIGHT, "B.")
        client = desk()
        page = {**sheet(client, path_of(article)), **tick(article, 1)}
        point(article, 2).delete()
        Article.objects.filter(pk=article.pk).update(headline="New headline", body_markdown="New.", kind="review")
        text = send(client, article, page, "approve").text
        assert "Point 2, “B.”, is gone." in text
        assert "The headline is now “New headline”." in text
        assert "The body has other words now." in text
        assert "The details of the story" in text

    def test_other_passages_and_a_review(self) -> None:
        article = make_article(bullets=[RIGHT])
        client = desk()
        page = {**sheet(client, path_of(article)), **tick(article, 1)}
        ties.choose(point(article, 1), [("headline", 0, 7)], by=max_admin())
        Bullet.objects.update(under_review_at=NOON)
        text = send(client, article, page, "approve").text
        assert "Point 1 is under review now" in text
        assert "Point 1 rests on other passages now" in text

    @pytest.mark.parametrize(
        "seen",
        ["", "{}", "[]", '{"points": 3}', "nonsense", '{"points": {"x": []}}', "null", "[" * 9999, '{"words": {}}'],
    )
    def test_page_that_does_not_say_what_it_showed(self, seen: str) -> None:
        article = drafted(RIGHT)
        answer = press(article, "approve", **tick(article, 1), seen=seen)
        assert "does not say which state of the story you saw" in answer.text
        assert fresh(article).bullets.get().status == "draft"
