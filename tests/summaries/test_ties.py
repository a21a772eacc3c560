"""Points are tied to the passages behind them, and stay tied while the story has these."""

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from articles.catalogue.models import Article, Wording
from articles.revisions import acts
from articles.summaries import tasks, ties
from articles.summaries.models import Bullet, Evidence
from articles.summaries.points import Point, import_points, write_points
from articles.summaries.queues import under_review
from tests.world import edie, make_article, rita

pytestmark = pytest.mark.django_db

FIRST = "Kestrel has switched on a second ground station near Tarn."
SECOND = "It says that 40,000 homes can now order a dish."
OTHER = "Nobody at Oriel wanted to comment."
BODY = f"{FIRST}\n\n{SECOND} {OTHER}"
POINT = "Kestrel has a second ground station near Tarn."


def make_story(*bullets: str, body: str = BODY, **changes: object) -> Article:
    return make_article(headline="A headline of its own", body=body, bullets=bullets or [POINT], **changes)


def exact_of(article: Article) -> list[list[str]]:
    return [[found.exact for found in bullet.evidence.all()] for bullet in article.bullets.all()]


def change(article: Article, body: str, *points: Point) -> None:
    wording = Wording(article.headline, article.standfirst, body, article.byline)
    kept = [Point(b.text, b.status == "approved", b.pk) for b in article.bullets.all()]
    acts.change(article, wording, points or kept, by=edie(), kind="minor", reason="The facts moved on.")


class TieTests:
    def test_new_point_has_its_passage_with_place_and_context(self) -> None:
        (found,) = Evidence.objects.filter(bullet__article=make_story("40,000 homes can order a dish."))
        text = f"{FIRST}\n\n{SECOND} {OTHER}"
        assert (found.field, found.exact, found.position) == ("body", SECOND, 1)
        assert text[found.start : found.end] == SECOND
        assert text[: found.start].endswith(found.prefix)
        assert text[found.end :].startswith(found.suffix)
        assert (len(found.prefix), len(found.suffix)) == (32, 32)

    def test_passages_may_be_in_the_headline(self) -> None:
        article = make_article(
            headline="Oriel recalls 9 pumps", body="Nothing more is known.", bullets=["Oriel recalls 9."]
        )
        (found,) = Evidence.objects.filter(bullet__article=article)
        assert (found.field, found.exact) == ("headline", "Oriel recalls 9 pumps")

    def test_point_that_the_story_does_not_bear_out_has_none(self) -> None:
        article = make_story("Bees dance.")
        assert exact_of(article) == [[]]
        assert Bullet.objects.get().tied_at

    def test_reworded_point_gets_the_passages_of_its_new_words(self) -> None:
        article = make_story()
        assert exact_of(article) == [[FIRST]]
        bullet = Bullet.objects.get()
        change(article, BODY, Point("40,000 homes can order a dish.", True, bullet.pk))
        assert exact_of(article) == [[SECOND]]

    def test_offsets_count_in_the_revision_that_is_named(self) -> None:
        draft = make_story(status="draft")
        assert Evidence.objects.get().version == 0
        acts.publish(draft, by=edie())
        assert Evidence.objects.get().version == 1
        change(draft, f"New.\n\n{BODY}")
        assert Evidence.objects.get().version == 2

    def test_draft_is_looked_through_anew_when_its_words_change(self) -> None:
        article = make_story(status="draft")
        article.word(Wording("Headline", "", "Kestrel now has its second ground station near Tarn.", ""))
        article.save()
        (bullet,) = article.bullets.all()
        write_points(article, [Point(bullet.text, True, bullet.pk)], by=edie())
        assert exact_of(article) == [["Kestrel now has its second ground station near Tarn."]]
        assert Bullet.objects.get().under_review_at is None

    @pytest.mark.parametrize("count", [1, 30])
    def test_queries_do_not_grow(self, count: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
        article = make_story(*[POINT] * count)
        bullets = list(article.bullets.all())
        with django_assert_num_queries(7):
            ties.tie(article, bullets)


class HoldTests:
    def test_passage_that_moved_is_logged(self, caplog: pytest.LogCaptureFixture) -> None:
        article = make_story()
        with caplog.at_level("INFO", logger="articles.summaries.ties"):
            change(article, f"In other news.\n\n{BODY}")
        evidence = Evidence.objects.get()
        assert caplog.messages == [f"Evidence {evidence.pk} moved from 0 to {evidence.start} in the body."]

    def test_passage_that_stayed_is_not(self, caplog: pytest.LogCaptureFixture) -> None:
        with caplog.at_level("INFO", logger="articles.summaries.ties"):
            change(make_story(), f"{BODY}\n\nMore.")
        assert caplog.messages == []

    def test_passage_that_moved_is_anchored_where_it_is(self) -> None:
        article = make_story()
        before = Evidence.objects.get()
        change(article, f"In other news.\n\n{SECOND}\n\n{FIRST}")
        after = Evidence.objects.get()
        article.refresh_from_db()
        assert (after.pk, after.exact) == (before.pk, FIRST)
        assert after.start > before.start
        assert article.body_text[after.start : after.end] == FIRST
        assert article.body_text[: after.start].endswith(after.prefix)
        assert after.suffix == ""
        assert Bullet.objects.get().under_review_at is None

    def test_passage_that_stayed_is_kept_even_if_it_stands_twice_now(self) -> None:
        article = make_story()
        change(article, f"{BODY}\n\n{FIRST}")
        assert Evidence.objects.get().start == 0
        assert Bullet.objects.get().under_review_at is None

    @pytest.mark.parametrize(
        "body",
        [
            pytest.param(f"{FIRST.replace('second', 'third')}\n\n{SECOND}", id="look-alike"),
            pytest.param(SECOND, id="gone"),
            pytest.param(f"So: {FIRST}\n\nAgain: {FIRST}", id="ambiguous"),
        ],
    )
    def test_point_without_its_passage_is_under_review(self, body: str) -> None:
        article = make_story()
        before = Evidence.objects.values().get()
        change(article, body)
        bullet = Bullet.objects.get()
        assert bullet.under_review_at
        assert bullet.status == "approved"
        assert Evidence.objects.values().get() == before
        assert list(under_review(Article.objects.all())) == [article]
        page = rita().get(article.get_absolute_url()).text
        assert "The story changed after this point was written. An editor is checking it." in page
        assert 'id="e1"' not in page

    def test_unapproved_point_is_looked_for_anew(self) -> None:
        article = make_story()
        write_points(article, [Point(POINT, False, Bullet.objects.get().pk)], by=edie())
        change(article, "Kestrel has a second ground station near Tarn now.")
        assert Bullet.objects.get().under_review_at is None
        assert exact_of(article) == [["Kestrel has a second ground station near Tarn now."]]

    def test_point_stays_under_review_through_further_changes(self) -> None:
        article = make_story()
        change(article, SECOND)
        since = Bullet.objects.get().under_review_at
        change(article, BODY)
        assert Bullet.objects.get().under_review_at == since

    def test_editor_who_finds_it_still_right_ends_the_review(self) -> None:
        article = make_story()
        change(article, "Kestrel has a second ground station near Tarn now.")
        bullet = Bullet.objects.get()
        change(article, article.body_markdown, Point(POINT, True, bullet.pk, is_checked=True))
        after = Bullet.objects.get()
        assert after.under_review_at is None
        assert after.approved_at != bullet.approved_at
        assert Evidence.objects.count() == 1

    def test_rewording_ends_the_review(self) -> None:
        article = make_story()
        change(article, SECOND)
        change(article, SECOND, Point("40,000 homes can order a dish.", True, Bullet.objects.get().pk))
        assert Bullet.objects.get().under_review_at is None
        assert exact_of(article) == [[SECOND]]

    def test_change_that_is_refused_leaves_the_evidence(self) -> None:
        article = make_story()
        before = Evidence.objects.values().get()
        wording = Wording(article.headline, "", SECOND, "")
        with pytest.raises(acts.ActError):
            acts.change(article, wording, [Point(POINT, True, Bullet.objects.get().pk)], by=edie(), kind="", reason="")
        assert Evidence.objects.values().get() == before
        assert Bullet.objects.get().under_review_at is None

    def test_long_words_that_change_take_few_queries(
        self, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        article = make_story(*[POINT] * 20)
        bullets = list(article.bullets.all())
        article.word(Wording(article.headline, "", f"New.\n\n{BODY}", ""))
        with django_assert_max_num_queries(5):
            ties.hold(article, bullets)


class UntiedTests:
    def test_imported_points_are_tied_later_some_stories_at_a_time(self) -> None:
        for _ in range(3):
            import_points(make_article(body=BODY, bullets=[]), [POINT, "Bees dance."])
        assert not Evidence.objects.exists()
        assert [ties.tie_untied(2), ties.tie_untied(2), ties.tie_untied(2)] == [4, 2, 0]
        assert Evidence.objects.count() == 3
        assert {found.version for found in Evidence.objects.all()} == {1}

    def test_command_ties_all_and_counts_them(self, capsys: pytest.CaptureFixture[str]) -> None:
        import_points(make_article(body=BODY, bullets=[]), [POINT])
        call_command("find_evidence")
        call_command("find_evidence")
        assert capsys.readouterr().out == (
            "Looked for the passages behind 1 point.\nLooked for the passages behind 0 points.\n"
        )

    def test_worker_goes_on_where_it_was_stopped(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(tasks, "BATCH", 1)
        for _ in range(3):
            import_points(make_article(body=BODY, bullets=[]), [POINT])
        monkeypatch.setattr(tasks, "STRETCH", 0)
        tasks.find_passages.call()
        assert Bullet.objects.filter(tied_at=None).count() == 2
        monkeypatch.setattr(tasks, "STRETCH", 60)
        tasks.find_passages.call()
        assert not Bullet.objects.filter(tied_at=None).exists()

    def test_points_of_a_story_that_an_editor_saves_first_are_tied_then(self) -> None:
        article = make_article(body=BODY, bullets=[])
        import_points(article, [POINT])
        write_points(article, [Point(POINT, True, Bullet.objects.get().pk)], by=edie())
        assert exact_of(article) == [[FIRST]]
        assert ties.tie_untied(1) == 0


class DatabaseTests:
    @pytest.mark.parametrize(
        "wrong", [{"position": 0}, {"position": 4}, {"start": 5, "end": 5}, {"field": "credits"}, {"position": 1}]
    )
    def test_refuses_what_is_no_evidence(self, wrong: dict[str, object]) -> None:
        make_story()
        right = {"position": 2, "field": "body", "exact": "K", "start": 0, "end": 1}
        with pytest.raises(IntegrityError), transaction.atomic():
            Evidence.objects.create(bullet=Bullet.objects.get(), **{**right, **wrong})
