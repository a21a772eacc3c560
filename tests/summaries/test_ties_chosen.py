"""Edie chooses the sentences that bear a point out, and no machine takes them from her."""

import pytest

from articles.catalogue.models import Article, Wording
from articles.revisions import acts
from articles.summaries import ties
from articles.summaries.models import Bullet, BulletEvent, Evidence, PointError
from articles.summaries.points import Point, write_points
from tests.summaries.test_ties import BODY, FIRST, OTHER, POINT, SECOND, change, exact_of, make_story
from tests.world import edie

pytestmark = pytest.mark.django_db


class ChooseTests:
    def place(self, article: Article, text: str) -> tuple[str, int, int]:
        start = article.body_text.index(text)
        return ("body", start, start + len(text))

    def test_chosen_passages_take_the_place_of_the_found_ones(self) -> None:
        article = make_story()
        ties.choose(Bullet.objects.get(), [self.place(article, OTHER), ("headline", 0, 10)], by=edie())
        assert exact_of(article) == [[OTHER, "A headline"]]
        first = Evidence.objects.get(exact=OTHER)
        assert (first.position, first.version, first.prefix[-6:], first.suffix) == (1, 1, "dish. ", "")
        assert Bullet.objects.get().chosen_by_name == "Edie Torres"
        event = BulletEvent.objects.get(kind="passages")
        assert (event.text, event.by_name) == (POINT, "Edie Torres")

    def test_sentences_to_choose_from_have_their_places(self) -> None:
        article = make_story(standfirst="The second in a year.")
        sentences = ties.sentences_of(article)
        fields = ties.fields_of(article)
        assert [s.text for s in sentences if s.field == "body"] == [FIRST, SECOND, OTHER]
        assert {s.field for s in sentences} == {"headline", "standfirst", "body"}
        assert all(fields[s.field][s.start : s.end] == s.text for s in sentences)

    @pytest.mark.parametrize(
        "places",
        [
            pytest.param([], id="none"),
            pytest.param([("body", 0, 4), ("body", 5, 8), ("body", 9, 12), ("body", 13, 15)], id="four"),
            pytest.param([("credits", 0, 4)], id="no such field"),
            pytest.param([("byline", 0, 1)], id="empty field"),
            pytest.param([("body", 0, 100_000)], id="past the end"),
            pytest.param([("body", -3, 4)], id="before the start"),
            pytest.param([("body", 4, 4)], id="nothing"),
            pytest.param([("body", 7, 8)], id="blank"),
            pytest.param([("body", 0, len(FIRST) + 10)], id="across blocks"),
            pytest.param([("body", 0, 10), ("body", 0, 10)], id="twice"),
            pytest.param([("body", 0, 16), ("body", 8, 20)], id="overlapping"),
        ],
    )
    def test_what_is_no_choice_is_refused_and_nothing_changes(self, places: list[tuple[str, int, int]]) -> None:
        article = make_story()
        before = exact_of(article)
        with pytest.raises(PointError):
            ties.choose(Bullet.objects.get(), places, by=edie())
        assert exact_of(article) == before
        assert Bullet.objects.get().chosen_by_name == ""

    def test_choice_stays_when_other_points_and_words_change(self) -> None:
        article = make_story()
        ties.choose(Bullet.objects.get(), [self.place(article, OTHER)], by=edie())
        change(article, f"New.\n\n{BODY}", Point(SECOND, True), Point(POINT, True, Bullet.objects.get().pk))
        assert exact_of(article) == [[SECOND], [OTHER]]
        assert Bullet.objects.get(text=POINT).chosen_by_name == "Edie Torres"

    def test_choice_goes_with_the_words_that_it_was_made_for(self) -> None:
        article = make_story()
        ties.choose(Bullet.objects.get(), [self.place(article, OTHER)], by=edie())
        change(article, BODY, Point("40,000 homes can order a dish.", True, Bullet.objects.get().pk))
        assert exact_of(article) == [[SECOND]]
        assert Bullet.objects.get().chosen_by_name == ""

    def test_draft_whose_chosen_passage_is_lost_waits_for_an_editor(self) -> None:
        article = make_story(status="draft")
        ties.choose(Bullet.objects.get(), [self.place(article, OTHER)], by=edie())
        article.word(Wording(article.headline, "", f"{FIRST}\n\n{SECOND}", ""))
        article.save()
        write_points(article, [Point(POINT, True, Bullet.objects.get().pk)], by=edie())
        assert exact_of(article) == [[OTHER]]
        assert Bullet.objects.get().under_review_at

    def test_choice_made_under_review_stays_when_the_point_is_found_right(self) -> None:
        article = make_story()
        change(article, f"{SECOND}\n\nNear Tarn, Kestrel has a second station on the ground.")
        article.refresh_from_db()
        ties.choose(Bullet.objects.get(), [self.place(article, SECOND)], by=edie())
        assert Bullet.objects.get().under_review_at
        acts.approve_points(article, [acts.Approval(Bullet.objects.get())], by=edie())
        assert Bullet.objects.get().under_review_at is None
        assert exact_of(article) == [[SECOND]]
