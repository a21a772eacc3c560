"""Points, and what may be done to a story once readers can see it."""

import pytest
from django.test import Client

from articles.catalogue.models import Article, FormerSlug
from articles.revisions.models import Revision
from articles.summaries.models import Bullet
from articles.summaries.points import import_points
from tests.admin.sheets import LIST, errors_of, fresh, messages_of, points_of, save, send, sheet, story_path
from tests.world import desk, edie, make_article, max_admin

pytestmark = pytest.mark.django_db


def why(number: int) -> dict[str, str]:
    """What Edie says beside a point to which the story gives no passage."""
    return {f"bullets-{number}-override_reason": "Edie was there."}


class PointsTests:
    def test_points_take_the_order_of_their_numbers(self) -> None:
        article = make_article(status="draft", bullets=["A.", "B.", "C."])
        save(article, **{"bullets-0-order": "3", "bullets-1-order": "1", "bullets-2-order": "2"})
        assert points_of(article) == [(1, "B."), (2, "C."), (3, "A.")]

    def test_points_of_the_same_number_keep_the_order_of_the_form_and_new_ones_come_last(self) -> None:
        article = make_article(status="draft", bullets=["A.", "B."])
        save(
            article,
            **{"bullets-0-order": "1", "bullets-1-order": "1", "bullets-2-text": "C.", "bullets-2-order": "", **why(2)},
        )
        assert points_of(article) == [(1, "A."), (2, "B."), (3, "C.")]

    def test_deleted_point_leaves_no_gap(self) -> None:
        article = make_article(status="draft", bullets=["A.", "B.", "C."])
        save(article, **{"bullets-0-DELETE": "on", "bullets-0-text": ""})
        assert points_of(article) == [(1, "B."), (2, "C.")]

    def test_empty_row_with_a_number_is_no_point(self) -> None:
        article = make_article(status="draft", bullets=["A."])
        assert save(article, **{"bullets-1-order": "2", "bullets-1-text": "  "}).status_code == 302
        assert points_of(article) == [(1, "A.")]

    def test_emptied_point_is_asked_about(self) -> None:
        article = make_article(status="draft", bullets=["A."])
        answer = save(article, **{"bullets-0-text": ""})
        assert "Write the point, or tick Delete." in answer.text
        assert points_of(article) == [(1, "A.")]

    @pytest.mark.parametrize("number", ["0", "x", "99999999999999999999"])
    def test_number_that_cannot_be_is_refused(self, number: str) -> None:
        article = make_article(status="draft", bullets=["A."])
        assert save(article, **{"bullets-0-order": number}).status_code == 200

    def test_ticking_a_machines_point_approves_it_by_name(self) -> None:
        article = make_article(status="draft", bullets=[])
        Bullet.objects.create(article=article, position=1, text="Drafted.", origin="machine")
        save(article)
        assert Bullet.objects.get().status == "draft"
        save(article, **{"bullets-0-is_approved": "on", **why(0)})
        bullet = Bullet.objects.get()
        assert (bullet.status, bullet.approved_by, bullet.origin) == ("approved", edie(), "machine")

    def test_editor_who_ticks_an_imported_draft_stands_behind_it(self) -> None:
        article = make_article(status="draft", bullets=[])
        import_points(article, ["From the archive."], are_approved=False)
        save(article, **{"bullets-0-is_approved": "on", **why(0)})
        assert Bullet.objects.get().approved_by == edie()

    def test_log_says_what_changed(self) -> None:
        article = make_article(status="draft", bullets=["A.", "B."])
        client = desk()
        save(
            article,
            client=client,
            **{"bullets-0-text": "C.", "bullets-1-DELETE": "on", "bullets-2-text": "D.", **why(0), **why(2)},
        )
        history = client.get(f"{LIST}{article.pk}/history/").text
        for words in ("Changed text", "Added bullet", "Deleted bullet"):
            assert words.lower() in history.lower()


REASON = {"change_kind": "minor", "change_reason": "It is 40."}
NO_KIND = {"change_kind": ["Say what kind of change this is: the story is published."]}


class PublicStoryTests:
    @pytest.mark.parametrize(
        "change",
        [
            {"headline": "New"},
            {"standfirst": "New"},
            {"byline": "New"},
            {"body_markdown": "New"},
            {"bullets-0-text": "New.", **why(0)},
            {"bullets-0-DELETE": "on"},
            {"bullets-1-text": "One more.", **why(1)},
        ],
    )
    def test_what_readers_see_is_changed_with_a_kind_and_a_reason(self, change: dict[str, str]) -> None:
        article = make_article(bullets=["Old."])
        answer = save(article, **change)
        assert answer.status_code == 200
        assert errors_of(answer) == NO_KIND
        assert Revision.objects.count() == 1
        assert (fresh(article).headline, points_of(article)) == (article.headline, [(1, "Old.")])
        assert save(article, **change, **REASON).status_code == 302
        latest = Revision.objects.filter(article=article).first()
        assert latest is not None
        assert (latest.number, latest.kind, latest.reason, latest.created_by) == (2, "minor", "It is 40.", edie())
        assert fresh(article).is_edited

    def test_unticked_point_is_a_change(self) -> None:
        article = make_article(bullets=["Old."])
        client = desk()
        answers = sheet(client, story_path(article))
        del answers["bullets-0-is_approved"]
        assert errors_of(send(client, story_path(article), answers)) == NO_KIND

    def test_order_of_points_is_a_change(self) -> None:
        article = make_article(bullets=["A.", "B."])
        swap = {"bullets-0-order": "2", "bullets-1-order": "1"}
        assert "change_kind" in errors_of(save(article, **swap))
        save(article, **swap, **REASON)
        assert points_of(article) == [(1, "B."), (2, "A.")]

    def test_words_typed_are_kept_while_the_reason_is_asked_for(self) -> None:
        answer = save(
            make_article(), headline="New words", change_kind="minor", **{"bullets-1-text": "One more.", **why(1)}
        )
        assert errors_of(answer) == {"change_reason": ["Say what changed and why: readers see this reason."]}
        assert "New words" in answer.text
        assert "One more." in answer.text

    def test_drafted_point_and_details_need_no_reason(self) -> None:
        article = make_article(bullets=["A."])
        client = desk()
        answers = {**sheet(client, story_path(article)), "bullets-1-text": "Unseen.", "language": "en-GB"}
        del answers["bullets-1-is_approved"]
        assert send(client, story_path(article), answers).status_code == 302
        assert fresh(article).language == "en-GB"
        assert points_of(article) == [(1, "A."), (2, "Unseen.")]
        assert Revision.objects.count() == 1
        assert not fresh(article).is_edited

    def test_withdrawn_story_is_changed_in_the_open_too(self) -> None:
        article = make_article(status="withdrawn")
        assert "change_kind" in errors_of(save(article, headline="New"))
        save(article, "_publish", headline="New", **REASON)
        kinds = list(Revision.objects.filter(article=article).values_list("kind", flat=True))
        assert kinds == ["published", "minor", "withdrawn", "published"]
        assert fresh(article).status == "published"

    def test_published_story_of_our_own_keeps_a_date(self) -> None:
        article = make_article()
        answer = save(article, published_at_0="", published_at_1="")
        assert errors_of(answer) == {
            "published_at": ["A published story needs its date, unless it came from the archive."]
        }
        assert save(article, published_at_0="", published_at_1="", is_from_archive="on").status_code == 302

    def test_new_address_leaves_a_way_from_the_old_one(self) -> None:
        article = make_article(slug="old-address")
        save(article, address="new-address")
        assert fresh(article).slug == "new-address"
        assert FormerSlug.objects.get(article=article).slug == "old-address"
        assert Revision.objects.count() == 1
        save(article, address="old-address")
        assert fresh(article).slug == "old-address"

    def test_new_headline_keeps_the_address(self) -> None:
        article = make_article(slug="old-address")
        save(article, headline="New", **REASON)
        assert fresh(article).slug == "old-address"


class PublishSelectedTests:
    def test_each_story_is_reported(self) -> None:
        draft, published = make_article(status="draft", headline="Draft"), make_article(headline="There")
        chosen = {"action": "publish_selected", "_selected_action": [draft.pk, published.pk]}
        answer = desk().post(LIST, chosen)
        assert fresh(draft).status == "published"
        assert set(messages_of(answer)) == {
            "“Draft”: Published.",
            "“There”: This story is published already.",
        }
        assert Revision.objects.count() == 2


class WithdrawTests:
    def path(self, article: Article) -> str:
        return f"{LIST}{article.pk}/withdraw/"

    def test_reason_is_asked_for_and_recorded(self) -> None:
        article = make_article()
        client = desk()
        assert "no longer stand by it" in client.get(self.path(article)).text
        answer = client.post(self.path(article), {"reason": " "})
        assert "Say why we no longer stand by this story" in answer.text
        assert fresh(article).status == "published"
        why = {"reason": "Its source took it back.", "severity": "major", "origin": "source"}
        answer = client.post(self.path(article), why)
        assert answer.headers["Location"] == story_path(article)
        assert fresh(article).status == "withdrawn"
        latest = Revision.objects.filter(article=article).first()
        assert latest is not None
        assert (latest.kind, latest.reason, latest.created_by) == ("withdrawn", "Its source took it back.", edie())

    def test_draft_has_nothing_to_withdraw(self) -> None:
        article = make_article(status="draft")
        answer = desk().post(self.path(article), {"reason": "So.", "severity": "major", "origin": "source"})
        assert messages_of(answer) == [f"“{article}”: Only a published story can be withdrawn."]

    def test_stranger_is_sent_to_sign_in(self) -> None:
        article = make_article()
        assert Client().post(self.path(article), {"reason": "So."}).status_code == 302
        assert fresh(article).status == "published"

    def test_story_that_is_not_there(self) -> None:
        assert desk().get(f"{LIST}999/withdraw/").status_code == 404


class DeleteTests:
    @pytest.mark.parametrize("status", ["published", "withdrawn"])
    def test_public_story_is_not_deleted_even_by_max(self, status: str) -> None:
        article = make_article(status=status)
        client = desk(max_admin())
        assert f"{LIST}{article.pk}/delete/" not in client.get(story_path(article)).text
        assert client.post(f"{LIST}{article.pk}/delete/", {"post": "yes"}).status_code == 403
        assert fresh(article).status == status

    def test_draft_is_deleted(self) -> None:
        article = make_article(status="draft")
        assert desk().post(f"{LIST}{article.pk}/delete/", {"post": "yes"}).status_code == 302
        assert not Article.objects.exists()

    def test_stories_are_not_deleted_by_the_dozen(self) -> None:
        article = make_article(status="draft")
        client = desk(max_admin())
        assert "delete_selected" not in client.get(LIST).text
        client.post(LIST, {"action": "delete_selected", "_selected_action": [article.pk], "post": "yes"})
        assert fresh(article)
