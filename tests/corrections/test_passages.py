"""Passages of a changed text: which sentences differ, and where corrected words stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.corrections.passages import changed_passages, changed_place, places_of, same_place, shared_start

SENTENCES = st.lists(st.sampled_from(["One is two.", "The app was out!", "Who knows?", "Tarn opens."]), max_size=6)


class ChangedPassagesTests:
    @pytest.mark.parametrize(
        ("before", "after", "wrote", "says"),
        [
            ("A. It was out for six hours. B.", "A. It was out for four hours. B.", "It was out for six hours.", None),
            ("One.\n\nTwo.", "One.\n\nNew.\n\nTwo.", "", "New."),
            ("One. Six left. Two.", "One. Two.", "Six left.", ""),
            ("One. Two.", "One. Two. Three.", "Two.", "Two. Three."),
            ("One.", "Two.", "One.", "Two."),
            ("", "New.", "", "New."),
            ("He said “no.” Then he left.", "He said “yes.” Then he left.", "He said “no.”", "He said “yes.”"),
            ("A dish", "A bowl", "A dish", "A bowl"),
            ("Same.", "Same.", "", ""),
        ],
    )
    def test_whole_sentences_that_differ(self, before: str, after: str, wrote: str, says: str | None) -> None:
        says = "It was out for four hours." if says is None else says
        assert changed_passages(before, after) == (wrote, says)

    @given(SENTENCES, SENTENCES)
    def test_passages_stand_in_their_texts(self, one: list[str], other: list[str]) -> None:
        before, after = " ".join(one), "\n\n".join(other)
        wrote, says = changed_passages(before, after)
        assert not wrote or places_of(wrote, before)
        assert not says or places_of(says, after)
        assert (wrote, says) != ("", "") or before.split() == after.split()


class PlacesTests:
    def test_every_place_whatever_the_white_space(self) -> None:
        assert places_of("a b", "a b, a\n\nb, ab") == [(0, 3), (5, 9)]

    def test_signs_mean_themselves(self) -> None:
        assert places_of("3.5 (net)?", "3x5 net, 3.5 (net)?") == [(9, 19)]

    def test_nothing_is_nowhere(self) -> None:
        assert places_of(" ", "a b") == []

    @given(st.text("ab .", min_size=1), st.text("ab ."))
    def test_each_place_holds_the_words(self, passage: str, text: str) -> None:
        for start, end in places_of(passage, text):
            assert text[start:end].split() == passage.split()


class ChangedPlaceTests:
    def test_of_several_places_the_changed_one(self) -> None:
        before, after = "It has four. It has six.", "It has four. It has four."
        assert changed_place("It has four.", before, after) == (13, 25)

    def test_words_that_are_not_there(self) -> None:
        assert changed_place("It has five.", "A.", "B.") is None


class SamePlaceTests:
    def test_found_by_its_surroundings(self) -> None:
        text = "Tarn has four. Selby has four. Lindow has four."
        assert same_place("has four", "Selby ", ". Lindow", text) == (21, 29)

    def test_found_after_its_surroundings_changed(self) -> None:
        assert same_place("has four", "gone ", " gone", "Now it has four.") == (7, 15)

    def test_words_that_were_changed_again_are_nowhere(self) -> None:
        assert same_place("has four", "It ", ".", "It has five.") is None


class SharedStartTests:
    @given(st.text("ab"), st.text("ab"))
    def test_counts_what_is_shared(self, one: str, other: str) -> None:
        count = shared_start(one, other)
        assert one[:count] == other[:count]
        assert one[count : count + 1] != other[count : count + 1] or count == len(one) == len(other)
