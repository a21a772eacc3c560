"""Where a report points: whatever a link says, no error."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.catalogue.models import Article
from articles.corrections.places import Place, place_in, read_place
from articles.revisions import acts
from articles.summaries.points import Point
from tests.world import correct, edie, make_article


class ReadPlaceTests:
    def test_passage_of_a_version(self) -> None:
        sent = {"version": "3", "quote": "18,000 stores", "prefix": "has ", "suffix": " in the country"}
        assert read_place(sent) == Place("18,000 stores", "has ", " in the country", version=3)

    def test_bullet_of_a_version(self) -> None:
        assert read_place({"version": "2", "bullet": "4"}) == Place(version=2, bullet=4)

    @pytest.mark.parametrize("number", ["", "0", "-1", "two", "1.5", "99999999999", "9" * 5000, "\x00"])
    def test_number_that_cannot_be_is_left_out(self, number: str) -> None:
        assert read_place({"version": number, "bullet": number}) == Place()

    def test_what_is_too_long_is_cut_around_the_passage(self) -> None:
        place = read_place({"quote": "q" * 3000, "prefix": "far" + "p" * 200, "suffix": "s" * 200 + "far"})
        assert (len(place.quote), place.prefix, place.suffix) == (1000, "p" * 200, "s" * 200)

    @given(st.dictionaries(st.sampled_from(["version", "bullet", "quote", "prefix", "suffix"]), st.text()))
    def test_nothing_sent_is_an_error(self, sent: dict[str, str]) -> None:
        place = read_place(sent)
        assert "\x00" not in place.quote + place.prefix + place.suffix
        assert place.version >= 0


@pytest.mark.django_db
class PlaceInTests:
    def changed(self) -> Article:
        """A story whose second version has other points."""
        article = make_article(bullets=["Old one.", "Old two."])
        correct(article, bullets=["New one."])
        return article

    def test_bullet_is_quoted_as_that_version_shows_it(self) -> None:
        article = self.changed()
        assert place_in(article, Place(version=1, bullet=2)) == Place("Old two.", version=1, bullet=2)
        assert place_in(article, Place(version=2, bullet=1)) == Place("New one.", version=2, bullet=1)

    def test_bullet_without_a_version_is_the_latest(self) -> None:
        assert place_in(self.changed(), Place(bullet=1)) == Place("New one.", version=0, bullet=1)

    def test_bullet_and_version_that_never_were_are_left_out(self) -> None:
        assert place_in(self.changed(), Place(version=9, bullet=7)) == Place()
        assert place_in(self.changed(), Place("Words.", version=2, bullet=2)) == Place("Words.", version=2)

    def test_bullets_are_counted_as_readers_see_them(self) -> None:
        article = make_article(bullets=[])
        points = [Point("Hidden.", is_approved=False), Point("Seen.", is_approved=True, override="Edie was there.")]
        acts.change(article, article.wording, points, by=edie(), kind="minor", reason="A point.")
        assert place_in(article, Place(bullet=1)).quote == "Seen."

    def test_passage_keeps_its_context(self) -> None:
        article = make_article()
        place = Place("ground station", "a second ", ".", version=1)
        assert place_in(article, place) == place
