"""Edie decides on each point of a summary."""

import pytest
from django.contrib.admin.models import LogEntry

from articles.revisions.models import Revision
from articles.summaries import ties
from articles.summaries.models import Bullet, BulletEvent
from articles.summaries.points import add_drafts
from tests.admin.sheets import Answers, messages_of, points_of, sheet
from tests.admin.summaries import CHANGE, RIGHT, WRONG, drafted, path_of, point, press, send, state, tick, typed
from tests.world import NOON, desk, edie, make_article

pytestmark = pytest.mark.django_db


class ApproveTests:
    def test_ticked_points_are_approved_by_name_and_the_others_stay(self) -> None:
        article = drafted(RIGHT, "It says that 40,000 homes can now order a dish.", WRONG)
        answer = press(article, "approve", **tick(article, 1, 2))
        assert answer.status_code == 302
        assert messages_of(answer) == ["Approved: points 1, 2."]
        assert [status for _, status in state(article)] == ["approved", "approved", "draft"]
        assert point(article, 1).approved_by_name == "Edie Torres"
        assert LogEntry.objects.latest("pk").get_change_message() == "Approved: points 1, 2."

    def test_nothing_ticked(self) -> None:
        assert "Tick the points that you approve." in press(drafted(), "approve").text

    def test_point_whose_new_words_are_not_saved_is_not_approved_with_the_old_ones(self) -> None:
        article = drafted(RIGHT, "B.")
        answer = press(article, "approve", **tick(article, 1, 2), **typed("text", article, 2, "C."))
        assert "Save the new words of point 2 first, then approve what they say." in answer.text
        assert ">C.</textarea>" in answer.text
        assert [status for _, status in state(article)] == ["draft", "draft"]

    def test_red_flag_blocks_all_of_the_act_until_there_is_a_reason(self) -> None:
        article = drafted()
        answer = press(article, "approve", **tick(article, 1, 2))
        assert answer.status_code == 200
        assert "Write the reason, edit the point, or reject it." in answer.text
        assert answer.text.count("checked>") >= 2
        assert [status for _, status in state(article)] == ["draft", "draft"]

    def test_reason_that_is_blank_is_none(self) -> None:
        article = drafted(WRONG)
        answer = press(article, "approve", **tick(article, 1), **typed("override", article, 1, " \n "))
        assert answer.status_code == 200
        assert point(article, 1).status == "draft"

    def test_reason_is_kept_with_the_flags(self) -> None:
        article = drafted(WRONG)
        press(article, "approve", **tick(article, 1), **typed("override", article, 1, "Kestrel said so."))
        bullet = point(article, 1)
        assert (bullet.status, bullet.override) == ("approved", "Kestrel said so.")
        assert [flag["kind"] for flag in bullet.flags if flag["colour"] == "red"] == ["number"]
        page = desk().get(path_of(article)).text
        assert "Approved all the same, because: Kestrel said so." in page
        assert "Red flag, number:" in page

    def test_several_points_of_a_public_story_are_one_revision(self) -> None:
        article = drafted(RIGHT, "It says that 40,000 homes can now order a dish.", status="published")
        press(article, "approve", **tick(article, 1, 2), **CHANGE)
        first, *others = Revision.objects.filter(article=article)
        assert len(others) == 1
        assert (first.kind, first.reason, first.created_by) == ("update", "It has a summary now.", edie())
        assert len(first.text.bullets) == 2

    @pytest.mark.parametrize("missing", ["kind", "reason"])
    def test_public_story_asks_for_kind_and_reason_and_forgets_nothing(self, missing: str) -> None:
        article = drafted(WRONG, status="published")
        change: Answers = {**CHANGE, missing: ""}
        typing = {**tick(article, 1), **typed("override", article, 1, "Kestrel said so.")}
        answer = press(article, "approve", **typing, **change)
        assert answer.status_code == 200
        assert 'class="errornote"' in answer.text
        assert ">Kestrel said so.</textarea>" in answer.text
        assert point(article, 1).status == "draft"
        assert Revision.objects.filter(article=article).count() == 1

    def test_draft_is_not_asked_about_a_change(self) -> None:
        assert 'name="kind"' not in desk().get(path_of(drafted())).text

    def test_point_under_review_that_is_still_right(self) -> None:
        article = make_article(bullets=[RIGHT])
        Bullet.objects.update(under_review_at=NOON)
        press(article, "approve", **tick(article, 1))
        assert point(article, 1).under_review_at is None
        assert Revision.objects.filter(article=article).count() == 1

    def test_what_else_is_typed_stays_on_the_screen(self) -> None:
        article = drafted()
        answer = press(
            article,
            "approve",
            **tick(article, 1),
            **typed("override", article, 2, "Kestrel said so."),
            new_text="One more.",
        )
        assert answer.status_code == 200
        assert point(article, 1).status == "approved"
        assert ">Kestrel said so.</textarea>" in answer.text
        assert ">One more.</textarea>" in answer.text

    def test_the_same_page_sent_twice_changes_nothing(self) -> None:
        article = drafted(RIGHT)
        client = desk()
        answers = {**sheet(client, path_of(article)), **tick(article, 1)}
        send(client, article, answers, "approve")
        answer = send(client, article, answers, "approve")
        assert "Nothing was saved" in answer.text
        assert BulletEvent.objects.filter(kind="approved").count() == 1


class EditTests:
    def test_draft_is_reworded_with_new_passages(self) -> None:
        article = drafted(WRONG)
        answer = press(article, "reword", 1, **typed("text", article, 1, "Some 40,000 homes can\r\nnow order a dish."))
        assert answer.headers["Location"] == f"{path_of(article)}#b1"
        assert state(article) == [("Some 40,000 homes can now order a dish.", "draft")]
        assert BulletEvent.objects.get().kind == "reworded"
        assert "Red flag" not in desk().get(path_of(article)).text

    def test_emptied_point_is_asked_about(self) -> None:
        article = drafted(RIGHT)
        assert "Write the point, or reject it." in press(article, "reword", 1, **typed("text", article, 1, " ")).text
        article = make_article(bullets=[RIGHT])
        assert "Write the point, or remove it." in press(article, "reword", 1, **typed("text", article, 1, "")).text

    def test_words_left_as_they_are(self) -> None:
        article = drafted(RIGHT)
        assert press(article, "reword", 1).status_code == 302
        assert not BulletEvent.objects.exists()

    def test_point_that_readers_see_is_reworded_with_a_reason(self) -> None:
        article = make_article(bullets=[RIGHT, "Dishes can be ordered."])
        words = typed("text", article, 1, "Kestrel has a second ground station.")
        assert press(article, "reword", 1, **words).status_code == 200
        assert point(article, 1).text == RIGHT
        press(article, "reword", 1, **words, **{**CHANGE, "kind": "minor"})
        assert [text for _, text in points_of(article)] == [
            "Kestrel has a second ground station.",
            "Dishes can be ordered.",
        ]
        assert Revision.objects.filter(article=article).count() == 2

    def test_wrong_words_for_an_approved_point_take_a_reason_for_their_red_flags(self) -> None:
        article = make_article(status="draft", bullets=[RIGHT])
        words = typed("text", article, 1, WRONG)
        answer = press(article, "reword", 1, **words)
        assert "“81,000” is in no sentence of the article." in answer.text
        assert f">{WRONG}</textarea>" in answer.text
        assert point(article, 1).text == RIGHT
        press(article, "reword", 1, **words, **typed("override", article, 1, "Kestrel said so."))
        assert (point(article, 1).text, point(article, 1).override) == (WRONG, "Kestrel said so.")


class RejectTests:
    def test_draft_goes_and_why_is_kept(self) -> None:
        article = drafted()
        answer = press(article, "reject", 2, **typed("because", article, 2, "Invented."))
        assert messages_of(answer) == [f"Rejected: “{WRONG}”."]
        assert points_of(article) == [(1, RIGHT)]
        event = BulletEvent.objects.get()
        assert (event.kind, event.text, event.reason, event.by_name) == ("removed", WRONG, "Invented.", "Edie Torres")

    def test_point_that_readers_see_is_removed_with_a_reason(self) -> None:
        article = make_article(bullets=[RIGHT, "Dishes can be ordered."])
        assert press(article, "reject", 2).status_code == 200
        assert len(points_of(article)) == 2
        press(article, "reject", 2, **{**CHANGE, "kind": "minor"})
        assert points_of(article) == [(1, RIGHT)]

    def test_wrong_point_that_readers_saw_is_corrected_through_the_form_of_the_story(self) -> None:
        article = make_article(bullets=[RIGHT, "Dishes can be ordered."])
        assert "published with its notice" in press(article, "reject", 2, **CHANGE).text
        assert len(points_of(article)) == 2

    def test_point_of_another_story(self) -> None:
        article, other = drafted(), drafted()
        answers = {**sheet(desk(), path_of(article)), "act": f"reject-{point(other, 1).pk}"}
        assert "This point is gone" in desk().post(path_of(article), answers).text
        assert len(points_of(other)) == 2


class PassageTests:
    def test_ticked_sentences_become_the_passages_in_the_name_of_the_editor(self) -> None:
        article = drafted()
        answer = press(article, "passages", 1, sentence=["4", "3"])
        assert messages_of(answer) == ["Passages chosen: point 1."]
        bullet = point(article, 1)
        assert [found.exact for found in bullet.evidence.all()] == [
            RIGHT,
            "It says that 40,000 homes can now order a dish.",
        ]
        page = desk().get(path_of(article)).text
        assert "Passages chosen by Edie Torres." in page
        assert 'data-ev="1 2"' in page
        assert 'id="e1-2"' in page

    @pytest.mark.parametrize(
        ("sentences", "why"),
        [
            ([], "Tick one to three sentences"),
            (["1", "2", "3", "4"], "Choose one to 3 passages."),
            (["77", "0", "x", "²"], "Tick one"),
        ],
    )
    def test_none_or_too_many_are_refused_and_stay_ticked(self, sentences: list[str], why: str) -> None:
        article = drafted(RIGHT)
        answer = press(article, "passages", 1, sentence=sentences)
        assert why in answer.text
        assert point(article, 1).chosen_by_name == ""
        assert answer.text.count("checked>") == (4 if len(sentences) == 4 and "x" not in sentences else 0) + 1

    def test_chosen_passages_outlast_the_approval(self) -> None:
        article = drafted(RIGHT)
        press(article, "passages", 1, sentence=["4"])
        press(article, "approve", **tick(article, 1))
        assert point(article, 1).evidence.get().exact.startswith("It says")


class OrderTests:
    def test_points_move_up_and_down(self) -> None:
        article = drafted("A.", "B.", "C.")
        press(article, "up", 3)
        assert [text for _, text in points_of(article)] == ["A.", "C.", "B."]
        press(article, "down", 1)
        assert [text for _, text in points_of(article)] == ["C.", "A.", "B."]

    @pytest.mark.parametrize(("act", "position"), [("up", 1), ("down", 2)])
    def test_first_and_last_stay(self, act: str, position: int) -> None:
        assert "can't be moved further" in press(drafted("A.", "B."), act, position).text.replace("&#x27;", "'")

    def test_moving_keeps_who_approved_and_the_passages(self) -> None:
        article = make_article(status="draft", bullets=[RIGHT])
        add_drafts(article, ["B."], model="Abridger", prompt_version="")
        before = Bullet.objects.get(position=1)
        ties.choose(before, [("body", 0, len(RIGHT))], by=edie())
        press(article, "down", 1)
        after = Bullet.objects.get(pk=before.pk)
        assert (after.position, after.approved_at, after.chosen_by_name) == (2, before.approved_at, "Edie Torres")
        assert Bullet.objects.get(position=1).status == "draft"

    def test_order_that_readers_see_takes_a_reason(self) -> None:
        article = make_article(bullets=["A.", "B."])
        assert press(article, "up", 2).status_code == 200
        press(article, "up", 2, **CHANGE)
        assert [text for _, text in points_of(article)] == ["B.", "A."]


class AddTests:
    def test_point_is_added_as_a_draft_that_readers_do_not_see(self) -> None:
        article = make_article(bullets=[RIGHT])
        press(article, "add", new_text="Homes can \r\n order a dish.")
        assert state(article) == [(RIGHT, "approved"), ("Homes can order a dish.", "draft")]
        assert point(article, 2).evidence.exists()
        assert Revision.objects.filter(article=article).count() == 1

    def test_empty_one(self) -> None:
        assert "Write the point that you want to add." in press(drafted(), "add", new_text="  ").text

    def test_sign_that_no_database_takes_is_left_out(self) -> None:
        article = drafted(RIGHT)
        press(article, "add", new_text="Homes\0 can order.")
        assert point(article, 2).text == "Homes can order."

    def test_act_that_there_is_not(self) -> None:
        article = drafted(RIGHT)
        for act in ("", "odd", "approve-x"):
            answer = press(article, act, new_text="Kept.")
            assert answer.status_code == 200
            assert ">Kept.</textarea>" in answer.text
