"""The points of a story are written as a whole: their order, their words, and who stands behind them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from articles.catalogue.models import Article
from articles.summaries.models import Bullet, BulletEvent, RedFlagsError
from articles.summaries.points import (
    Point,
    blocked_points,
    import_points,
    reimport_points,
    same_bullets,
    write_points,
)
from tests.world import NOON, edie, make_article, max_admin

pytestmark = pytest.mark.django_db

WHY = "Edie was there."


def bullets_of(article: Article) -> list[Bullet]:
    return list(Bullet.objects.filter(article=article))


def kept(bullet: Bullet, *, text: str | None = None, is_approved: bool = True) -> Point:
    return Point(bullet.text if text is None else text, is_approved, bullet.pk, override=WHY)


class WritePointsTests:
    def test_points_are_numbered_from_one_in_the_order_given(self) -> None:
        article = make_article(status="draft", bullets=["A.", "B."])
        assert [(b.position, b.text) for b in bullets_of(article)] == [(1, "A."), (2, "B.")]

    def test_reversed_points_keep_their_rows(self) -> None:
        article = make_article(status="draft", bullets=["A.", "B.", "C."])
        a, b, c = bullets_of(article)
        write_points(article, [kept(c), kept(b), kept(a)], by=edie())
        assert [(x.pk, x.position) for x in bullets_of(article)] == [(c.pk, 1), (b.pk, 2), (a.pk, 3)]

    def test_point_that_is_not_named_goes(self) -> None:
        article = make_article(status="draft", bullets=["A.", "B."])
        write_points(article, [kept(bullets_of(article)[1])], by=edie())
        assert [(b.position, b.text) for b in bullets_of(article)] == [(1, "B.")]

    def test_no_points_at_all(self) -> None:
        article = make_article(status="draft", bullets=["A."])
        write_points(article, [], by=edie())
        assert bullets_of(article) == []

    def test_untouched_point_keeps_its_approver_and_time(self) -> None:
        article = make_article(status="draft", bullets=["A."])
        (before,) = bullets_of(article)
        write_points(article, [kept(before), Point("B.", is_approved=True, override=WHY)], by=max_admin())
        first, second = bullets_of(article)
        assert (first.approved_by, first.approved_at) == (edie(), before.approved_at)
        assert second.approved_by == max_admin()

    def test_reworded_point_is_approved_by_who_reworded_it(self) -> None:
        article = make_article(status="draft", bullets=["A."])
        write_points(article, [kept(bullets_of(article)[0], text="Else.")], by=max_admin())
        (bullet,) = bullets_of(article)
        assert (bullet.text, bullet.approved_by) == ("Else.", max_admin())

    def test_point_taken_back_is_a_draft_without_name_and_time(self) -> None:
        article = make_article(status="draft", bullets=["A."])
        write_points(article, [kept(bullets_of(article)[0], is_approved=False)], by=edie())
        (bullet,) = bullets_of(article)
        assert (bullet.status, bullet.approved_by, bullet.approved_at) == ("draft", None, None)
        assert not Bullet.objects.visible().exists()

    def test_machines_point_keeps_its_origin_when_an_editor_approves_it(self) -> None:
        article = make_article(status="draft", bullets=[])
        drafted = Bullet.objects.create(article=article, position=1, text="A.", origin="machine")
        write_points(article, [kept(drafted)], by=edie())
        (bullet,) = bullets_of(article)
        assert (bullet.origin, bullet.status, bullet.approved_by) == ("machine", "approved", edie())

    def test_bullet_of_another_story_is_refused_and_nothing_changes(self) -> None:
        article, other = make_article(bullets=["A."]), make_article(bullets=["B."])
        with pytest.raises(Bullet.DoesNotExist):
            write_points(article, [Point("C.", is_approved=True, override=WHY), kept(bullets_of(other)[0])], by=edie())
        assert [b.text for b in bullets_of(article)] == ["A."]
        assert [b.text for b in bullets_of(other)] == ["B."]


class ImportPointsTests:
    def test_archives_points_count_as_approved_without_a_name(self) -> None:
        article = make_article(bullets=[])
        import_points(article, ["A.", "B."])
        assert [(b.position, b.text, b.origin, b.approved_by) for b in Bullet.objects.visible()] == [
            (1, "A.", "imported", None),
            (2, "B.", "imported", None),
        ]
        assert all(b.approved_at for b in bullets_of(article))

    def test_points_can_wait_for_an_editor(self) -> None:
        import_points(make_article(bullets=[]), ["A."], are_approved=False)
        assert not Bullet.objects.visible().exists()
        assert Bullet.objects.get().text == "A."


class AnyOrderTests(TestCase):
    @settings(max_examples=25)
    @given(
        before=st.lists(st.text("abc", min_size=1, max_size=3), max_size=5),
        plan=st.lists(st.tuples(st.integers(0, 6), st.text("abc", min_size=1, max_size=3), st.booleans()), max_size=6),
    )
    def test_whatever_is_written_stands_as_it_was_written(
        self, before: list[str], plan: list[tuple[int, str, bool]]
    ) -> None:
        article = make_article(status="draft", bullets=before)
        rows = dict(enumerate(bullets_of(article)))
        points = []
        for number, text, is_approved in plan:
            row = rows.pop(number, None)
            points.append(Point(text, is_approved, row.pk if row else None, override=WHY))
        write_points(article, points, by=edie())
        found = [(b.position, b.text, b.status == "approved") for b in bullets_of(article)]
        assert found == [(at, point.text, point.is_approved) for at, point in enumerate(points, start=1)]


class ReimportPointsTests:
    def test_same_words_keep_their_bullet_and_new_ones_are_imported(self) -> None:
        article = make_article(status="draft", bullets=["One.", "Two."])
        one = Bullet.objects.get(text="One.")
        reimport_points(article, ["New.", "One."], by=None)
        new, kept = Bullet.objects.filter(article=article)
        assert (new.text, new.position, new.origin, new.status, new.approved_by) == (
            "New.",
            1,
            "imported",
            "approved",
            None,
        )
        assert (kept.pk, kept.position, kept.approved_at) == (one.pk, 2, one.approved_at)

    def test_editor_who_takes_them_over_stands_behind_the_new_ones(self) -> None:
        article = make_article(status="draft", bullets=["One."])
        reimport_points(article, ["One.", "New."], by=max_admin())
        assert [bullet.approved_by for bullet in Bullet.objects.filter(article=article)] == [edie(), max_admin()]


class SameBulletsTests:
    def test_each_bullet_serves_once(self) -> None:
        article = make_article(status="draft", bullets=["One.", "Two."])
        found = same_bullets(article, ["Two.", "One.", "One.", "Three."])
        assert [bullet and bullet.text for bullet in found] == ["Two.", "One.", None, None]


class OriginTests:
    def test_new_point_says_where_it_comes_from_and_an_old_one_keeps_it(self) -> None:
        article = make_article(status="draft", bullets=["One."])
        one = Bullet.objects.get()
        points = [
            Point("One.", True, one.pk, Bullet.Origin.IMPORTED),
            Point("Two.", True, None, Bullet.Origin.IMPORTED),
        ]
        write_points(article, points, by=edie())
        assert [bullet.origin for bullet in Bullet.objects.filter(article=article)] == ["person", "imported"]


RIGHT, WRONG = "40,000 homes can order a dish.", "81,000 homes can order a dish."


class RedFlagsTests:
    """Edie can't approve what the story contradicts without saying why."""

    @pytest.mark.parametrize("origin", ["person", "machine"])
    def test_new_point_with_a_wrong_number_is_refused_with_the_flag(self, origin: str) -> None:
        article = make_article(bullets=["Kestrel has a second ground station."])
        with pytest.raises(RedFlagsError, match="“81,000” is in no sentence of the article") as refused:
            write_points(article, [Point(RIGHT, True), Point(WRONG, True, origin=origin)], by=edie())
        ((text, (flag,)),) = refused.value.flagged
        assert (text, flag.kind, flag.colour, flag.words) == (WRONG, "number", "red", ("81,000",))
        assert [b.text for b in bullets_of(article)] == ["Kestrel has a second ground station."]

    @pytest.mark.parametrize("origin", ["person", "imported", "machine"])
    def test_rewording_is_held_against_the_story_whoever_wrote_the_point(self, origin: str) -> None:
        article = make_article(status="draft", bullets=[RIGHT])
        Bullet.objects.update(origin=origin)
        with pytest.raises(RedFlagsError):
            write_points(article, [Point(WRONG, True, Bullet.objects.get().pk), Point(RIGHT, False)], by=edie())
        with pytest.raises(RedFlagsError):
            write_points(article, [Point(WRONG, True, Bullet.objects.get().pk, override="  ")], by=edie())
        assert [b.text for b in bullets_of(article)] == [RIGHT]

    def test_draft_may_say_anything(self) -> None:
        article = make_article(status="draft", bullets=[])
        write_points(article, [Point(WRONG, False)], by=edie())
        with pytest.raises(RedFlagsError):
            write_points(article, [Point(WRONG, True, Bullet.objects.get().pk)], by=edie())
        assert Bullet.objects.get().status == "draft"

    def test_reason_and_flags_are_kept_with_who_and_when(self) -> None:
        article = make_article(status="draft", bullets=[])
        write_points(article, [Point(WRONG, True, override=" The firm has told us. ")], by=max_admin())
        bullet, event = Bullet.objects.get(), BulletEvent.objects.get()
        assert (bullet.override, bullet.approved_by) == ("The firm has told us.", max_admin())
        assert [(flag["kind"], flag["colour"], flag["words"]) for flag in bullet.flags] == [
            ("number", "red", ["81,000"])
        ]
        assert (event.kind, event.reason, event.flags, event.by_name) == (
            "approved",
            "The firm has told us.",
            bullet.flags,
            "Max Okafor",
        )

    def test_reason_that_nothing_asked_for_is_not_kept(self) -> None:
        article = make_article(status="draft", bullets=[])
        write_points(article, [Point(RIGHT, True, override="Why not.")], by=edie())
        assert (Bullet.objects.get().override, Bullet.objects.get().flags) == ("", [])

    def test_what_stands_approved_is_not_asked_about_again(self) -> None:
        article = make_article(status="draft", bullets=[WRONG])
        write_points(article, [Point(WRONG, True, Bullet.objects.get().pk)], by=edie())
        assert Bullet.objects.get().override == "Edie was there."

    def test_publications_new_point_counts_as_its_own_words(self) -> None:
        article = make_article(status="draft", bullets=[])
        write_points(article, [Point(WRONG, True, origin=Bullet.Origin.IMPORTED)], by=edie())
        assert Bullet.objects.visible().get().text == WRONG

    def test_point_under_review_is_held_against_the_new_words(self) -> None:
        article = make_article(status="draft", bullets=[RIGHT])
        Bullet.objects.update(under_review_at=NOON)
        article.body_text = article.body_text.replace("40,000", "30,000")
        point = Point(RIGHT, True, Bullet.objects.get().pk, is_checked=True)
        assert [finding.bullet for finding in blocked_points(article, [point])] == [RIGHT]
        with pytest.raises(RedFlagsError):
            write_points(article, [point], by=edie())


class HistoryTests:
    def test_each_act_is_kept_with_who_and_what_the_point_then_said(self) -> None:
        article = make_article(status="draft", bullets=[RIGHT])
        bullet = Bullet.objects.get()
        write_points(article, [kept(bullet, text="Homes can order a dish.")], by=max_admin())
        write_points(article, [Point("Homes can order a dish.", False, bullet.pk)], by=edie())
        write_points(article, [], by=max_admin())
        assert list(BulletEvent.objects.values_list("kind", "text", "by_name")) == [
            ("approved", RIGHT, "Edie Torres"),
            ("reworded", "Homes can order a dish.", "Max Okafor"),
            ("approved", "Homes can order a dish.", "Max Okafor"),
            ("taken_back", "Homes can order a dish.", "Edie Torres"),
            ("removed", "Homes can order a dish.", "Max Okafor"),
        ]

    def test_first_words_stay_known_through_every_rewording(self) -> None:
        article = make_article(status="draft", bullets=[])
        import_points(article, ["From the archive."])
        for text in ("Kestrel has a station.", "Kestrel has a second station."):
            write_points(article, [kept(Bullet.objects.get(), text=text)], by=edie())
        bullet = Bullet.objects.get()
        assert (bullet.drafted_text, bullet.is_reworded) == ("From the archive.", True)

    def test_untouched_points_leave_no_event(self) -> None:
        article = make_article(status="draft", bullets=[RIGHT])
        BulletEvent.objects.all().delete()
        write_points(article, [kept(Bullet.objects.get())], by=max_admin())
        assert not BulletEvent.objects.exists()
