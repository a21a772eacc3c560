"""What the checks have to say while Edie saves the points of a story."""

import pytest

from articles.catalogue.models import Article
from articles.revisions.models import Revision
from articles.summaries.models import Bullet, BulletEvent
from articles.summaries.points import add_drafts
from tests.admin.sheets import errors_of, fresh, points_of, save, send, sheet, story_path
from tests.world import desk, edie, make_article

pytestmark = pytest.mark.django_db

RIGHT, WRONG = "40,000 homes can order a dish.", "81,000 homes can order a dish."
REFUSED = (
    f"“{WRONG}”: “81,000” is in no sentence of the article. "
    "Correct the point, or say beside it why it stands all the same."
)


def drafted(*texts: str, **changes: object) -> Article:
    article = make_article(bullets=[], **changes)
    add_drafts(article, texts, model="some-model", prompt_version="1")
    return article


class RedFlagsTests:
    def test_draft_with_a_red_flag_is_not_approved_and_the_reason_is_told(self) -> None:
        article = drafted(WRONG, status="draft")
        answer = save(article, **{"bullets-0-is_approved": "on"})
        assert errors_of(answer) == {"__all__": [REFUSED]}
        assert not Bullet.objects.visible().exists()

    def test_reason_beside_the_point_lets_it_through_and_is_kept(self) -> None:
        article = drafted(WRONG, status="draft")
        save(article, **{"bullets-0-is_approved": "on", "bullets-0-override_reason": "The firm has told us."})
        assert Bullet.objects.visible().get().override == "The firm has told us."
        assert BulletEvent.objects.get(kind="approved").created_by == edie()

    def test_what_was_typed_is_kept(self) -> None:
        article = make_article(status="draft", bullets=[RIGHT])
        answer = save(article, headline="Typed", **{"bullets-0-text": WRONG, "bullets-1-text": "Not so."})
        for words in ("Typed", WRONG, "Not so."):
            assert words in answer.text
        assert (fresh(article).headline, points_of(article)) == (article.headline, [(1, RIGHT)])

    def test_points_are_held_against_the_words_of_the_same_form(self) -> None:
        article = make_article(status="draft", bullets=[])
        right = {"body_markdown": "It says that 81,000 homes can now order a dish.", "bullets-0-text": WRONG}
        assert save(article, **right).status_code == 302
        assert Bullet.objects.visible().get().text == WRONG

    def test_public_story_asks_for_both_reasons(self) -> None:
        article = drafted(WRONG)
        ticked = {"bullets-0-is_approved": "on", "change_kind": "minor", "change_reason": "A summary."}
        assert errors_of(save(article, **ticked)) == {"__all__": [REFUSED]}
        save(article, **ticked, **{"bullets-0-override_reason": "The firm has told us."})
        latest = Revision.objects.filter(article=article).first()
        assert latest is not None
        assert (latest.text.bullets, latest.reason) == ([WRONG], "A summary.")


class DraftTests:
    def test_deleted_draft_is_rejected_whatever_was_typed_into_it(self) -> None:
        article = drafted(RIGHT, WRONG)
        save(article, **{"bullets-0-text": "Else.", "bullets-0-DELETE": "on"})
        assert points_of(article) == [(1, WRONG)]
        event = BulletEvent.objects.get()
        assert (event.kind, event.text, event.created_by) == ("removed", RIGHT, edie())

    def test_draft_that_comes_while_the_form_is_open_stays(self) -> None:
        article = make_article(status="draft", bullets=[])
        client = desk()
        answers = sheet(client, story_path(article))
        add_drafts(article, [RIGHT], model="some-model", prompt_version="1")
        send(client, story_path(article), {**answers, "headline": "New"})
        assert (fresh(article).headline, points_of(article)) == ("New", [(1, RIGHT)])
