"""Addresses made from names."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.catalogue.slugs import SLUG_LENGTH, make_slug


def free(slug: str) -> bool:
    return False


class MakeSlugTests:
    @pytest.mark.parametrize(
        ("name", "slug"),
        [
            ("Xiaomi Partners with Padget", "xiaomi-partners-with-padget"),
            ("Café & Crème", "cafe-creme"),
            ("روبوتات بلا ماء", "روبوتات-بلا-ماء"),
            ("!!!", "story"),
            ("", "story"),
        ],
    )
    def test_latin_letters_else_own_script_else_fallback(self, name: str, slug: str) -> None:
        assert make_slug(name, free, fallback="story") == slug

    def test_taken_address_gets_the_first_free_number(self) -> None:
        taken = {"kestrel", "kestrel-2"}
        assert make_slug("Kestrel", taken.__contains__, fallback="story") == "kestrel-3"

    def test_long_name_is_cut_between_words(self) -> None:
        slug = make_slug("satellite " * 20, free, fallback="story")
        assert slug == "-".join(["satellite"] * 10)

    def test_one_long_word_is_cut_within(self) -> None:
        assert make_slug("x" * 300, free, fallback="story") == "x" * SLUG_LENGTH

    @given(st.text(max_size=200))
    def test_any_name_gives_an_address_that_fits(self, name: str) -> None:
        slug = make_slug(name, free, fallback="story")
        assert 0 < len(slug) <= SLUG_LENGTH
        assert re.fullmatch(r"[-\w]+", slug)
