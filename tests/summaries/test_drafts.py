"""A machine's drafts: added, read by an editor beside the story, then approved, reworded or rejected."""

import pytest
from django.db import IntegrityError, transaction

from articles.catalogue.models import Article
from articles.summaries.models import Bullet, BulletEvent, Evidence, PointError, RedFlagsError
from articles.summaries.points import (
    Point,
    add_drafts,
    approve,
    import_points,
    reimport_points,
    reject,
    reword,
    write_points,
)
from tests.world import NOON, edie, make_article, max_admin

pytestmark = pytest.mark.django_db

STATION = "Kestrel has switched on a second ground station."
DISH = "It says that 40,000 homes can now order a dish."
WRONG = "81,000 homes can order a dish."


def draft(article: Article, *texts: str) -> list[Bullet]:
    return add_drafts(article, texts, model="extractive", prompt_version="1")


def texts_of(article: Article) -> list[tuple[int, str, str]]:
    return list(Bullet.objects.filter(article=article).values_list("position", "text", "status"))


class AddDraftsTests:
    def test_drafts_come_after_what_is_there_with_their_origin_and_evidence(self) -> None:
        article = make_article(bullets=["Kestrel has a station."])
        first, second = draft(article, STATION, f" {DISH}\n")
        assert texts_of(article) == [
            (1, "Kestrel has a station.", "approved"),
            (2, STATION, "draft"),
            (3, DISH, "draft"),
        ]
        assert (second.origin, second.model, second.prompt_version, second.drafted_text) == (
            "machine",
            "extractive",
            "1",
            DISH,
        )
        assert first.drafted_at
        assert first.tied_at
        assert [found.exact for found in Evidence.objects.filter(bullet=second)] == [DISH]

    def test_new_drafts_take_the_place_of_those_that_nobody_touched(self) -> None:
        article = make_article(bullets=[])
        draft(article, STATION, DISH)
        draft(article, WRONG)
        assert texts_of(article) == [(1, WRONG, "draft")]

    def test_what_an_editor_touched_stays(self) -> None:
        article = make_article(status="draft", bullets=["Written by Edie."])
        reworded, approved, left = draft(article, STATION, DISH, WRONG)
        reword(reworded, "Kestrel has a ground station.", by=edie())
        approve(article, approved, by=edie())
        draft(article, "Homes can order a dish.")
        assert texts_of(article) == [
            (1, "Written by Edie.", "approved"),
            (2, "Kestrel has a ground station.", "draft"),
            (3, DISH, "approved"),
            (4, "Homes can order a dish.", "draft"),
        ]
        assert not Bullet.objects.filter(pk=left.pk).exists()

    def test_what_stands_there_already_and_blanks_are_not_added(self) -> None:
        article = make_article(bullets=[DISH])
        assert [bullet.text for bullet in draft(article, DISH, " ", STATION, STATION)] == [STATION]

    def test_nobody_sees_a_draft(self) -> None:
        draft(make_article(bullets=[]), STATION)
        assert not Bullet.objects.visible().exists()


class WaitingTests:
    """Drafts wait for an editor, whatever else is written meanwhile."""

    def test_form_that_was_opened_before_the_drafts_leaves_them(self) -> None:
        article = make_article(status="draft", bullets=["Written by Edie."])
        (bullet,) = Bullet.objects.all()
        draft(article, STATION)
        write_points(article, [Point(DISH, True), Point(bullet.text, True, bullet.pk)], by=edie())
        assert texts_of(article) == [
            (1, DISH, "approved"),
            (2, "Written by Edie.", "approved"),
            (3, STATION, "draft"),
        ]

    def test_import_leaves_them_and_takes_none_for_its_own(self) -> None:
        article = make_article(status="draft", bullets=[])
        draft(article, STATION)
        reimport_points(article, [STATION, DISH], by=None)
        assert texts_of(article) == [(1, STATION, "approved"), (2, DISH, "approved"), (3, STATION, "draft")]


class ApproveTests:
    def test_draft_is_approved_by_name_and_its_provenance_stays(self) -> None:
        article = make_article(status="draft", bullets=[])
        (bullet,) = draft(article, DISH)
        approve(article, bullet, by=max_admin())
        found = Bullet.objects.visible().get()
        assert (found.approved_by, found.approved_by_name, found.flags) == (max_admin(), "Max Okafor", [])
        assert (found.origin, found.model, found.drafted_text) == ("machine", "extractive", DISH)

    @pytest.mark.parametrize("override", ["", " \n"])
    def test_red_flag_blocks_it(self, override: str) -> None:
        article = make_article(status="draft", bullets=[])
        (bullet,) = draft(article, WRONG)
        with pytest.raises(RedFlagsError, match="81,000"):
            approve(article, bullet, by=edie(), override=override)
        assert not Bullet.objects.visible().exists()
        assert not BulletEvent.objects.exists()

    def test_red_flag_is_overridden_with_a_reason_and_both_are_kept(self) -> None:
        article = make_article(status="draft", bullets=[])
        (bullet,) = draft(article, WRONG)
        approve(article, bullet, by=edie(), override="The firm has told us.")
        found = Bullet.objects.visible().get()
        assert ([flag["words"] for flag in found.flags], found.override) == ([["81,000"]], "The firm has told us.")

    def test_publications_point_is_approved_by_name_like_any_other(self) -> None:
        article = make_article(status="draft", bullets=[])
        import_points(article, [DISH, WRONG])
        right, wrong = Bullet.objects.all()
        approve(article, right, by=edie())
        with pytest.raises(RedFlagsError):
            approve(article, wrong, by=edie())
        assert [b.approved_by_name for b in Bullet.objects.visible()] == ["Edie Torres", ""]

    def test_what_was_reworded_after_edie_read_it_is_read_again(self) -> None:
        article = make_article(status="draft", bullets=[])
        (bullet,) = draft(article, DISH)
        reword(bullet, STATION, by=max_admin())
        with pytest.raises(PointError, match="reworded meanwhile"):
            approve(article, bullet, by=edie())

    def test_draft_that_is_gone_is_said_to_be(self) -> None:
        article = make_article(status="draft", bullets=[])
        (bullet,) = draft(article, DISH)
        draft(article, STATION)
        with pytest.raises(PointError, match="gone"):
            approve(article, bullet, by=edie())

    def test_point_of_another_story_is_not_there(self) -> None:
        (bullet,) = draft(make_article(bullets=[]), DISH)
        with pytest.raises(PointError, match="gone"):
            approve(make_article(bullets=[]), bullet, by=edie())


class RewordTests:
    def test_new_words_get_their_own_evidence_and_the_drafted_ones_stay_known(self) -> None:
        article = make_article(status="draft", bullets=[])
        (bullet,) = draft(article, STATION)
        reword(bullet, "  40,000 homes can\norder a dish. ", by=edie())
        found = Bullet.objects.get()
        assert (found.text, found.drafted_text, found.is_reworded) == (
            "40,000 homes can order a dish.",
            STATION,
            True,
        )
        assert [e.exact for e in found.evidence.all()] == [DISH]
        assert BulletEvent.objects.get().by_name == "Edie Torres"

    def test_same_words_are_no_touch(self) -> None:
        (bullet,) = draft(make_article(bullets=[]), STATION)
        reword(bullet, STATION, by=edie())
        assert not BulletEvent.objects.exists()

    def test_no_words_are_refused(self) -> None:
        (bullet,) = draft(make_article(bullets=[]), STATION)
        with pytest.raises(PointError, match="Write the point"):
            reword(bullet, " ", by=edie())

    def test_what_readers_may_see_is_not_reworded_on_the_side(self) -> None:
        make_article(bullets=[DISH])
        with pytest.raises(PointError, match="with a reason"):
            reword(Bullet.objects.get(), STATION, by=edie())


class RejectTests:
    def test_draft_goes_and_is_remembered(self) -> None:
        article = make_article(bullets=[])
        first, *_ = draft(article, STATION, DISH)
        reject(first, by=edie(), reason="Said already.")
        assert texts_of(article) == [(1, DISH, "draft")]
        event = BulletEvent.objects.get()
        assert (event.article, event.bullet, event.kind, event.text, event.reason) == (
            article,
            None,
            "removed",
            STATION,
            "Said already.",
        )

    def test_what_readers_may_see_is_not_rejected_on_the_side(self) -> None:
        make_article(bullets=[DISH])
        with pytest.raises(PointError):
            reject(Bullet.objects.get(), by=edie())


class ModelTests:
    def test_only_a_publications_own_words_count_as_approved_by_it(self) -> None:
        for bullet in (
            Bullet(text="A.", origin="machine"),
            Bullet(text="A.", origin="person"),
            Bullet(text="A.", origin="imported", drafted_text="B."),
        ):
            with pytest.raises(PointError):
                bullet.approve_as_published()
            assert bullet.status == "draft"

    def test_database_refuses_a_machines_point_that_nobody_approved_by_name(self) -> None:
        draft(make_article(bullets=[]), STATION)
        with pytest.raises(IntegrityError), transaction.atomic():
            Bullet.objects.update(status="approved", approved_at=NOON)
