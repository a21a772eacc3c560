"""What Rita types into the search field."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.search.terms import MAX_TERM_LENGTH, MAX_TERMS, Query, Term, parse


class ParseTests:
    @pytest.mark.parametrize(
        ("typed", "terms"),
        [
            ("india", [Term("india", is_prefix=True)]),
            ("india assembly", [Term("india"), Term("assembly", is_prefix=True)]),
            ('"make in india" phones', [Term("make in india"), Term("phones", is_prefix=True)]),
            ('phones "make in india"', [Term("phones"), Term("make in india")]),
            ("“make in india”", [Term("make in india")]),
            ('""', []),
            ('"unfinished phrase', [Term("unfinished"), Term("phrase", is_prefix=True)]),
            ('a"b', [Term("a"), Term("b")]),
            ("k", [Term("k")]),
            ("5G", [Term("5G", is_prefix=True)]),
            ("wi-fi", [Term("wi-fi", is_prefix=True)]),
            ("india, assembly.", [Term("india"), Term("assembly", is_prefix=True)]),
            ("C++ (lite)", [Term("C"), Term("lite", is_prefix=True)]),
            ("india AND NOT assembly", [Term("india"), Term("AND"), Term("NOT"), Term("assembly", is_prefix=True)]),
            ("NEAR(a b, 5)", [Term("NEAR(a"), Term("b"), Term("5")]),
            ("manu*", [Term("manu", is_prefix=True)]),
            ("headline:india", [Term("headline:india", is_prefix=True)]),
            ("India india", [Term("india", is_prefix=True)]),
            ('"india" india', [Term("india"), Term("india", is_prefix=True)]),
            ("india !", [Term("india", is_prefix=True)]),
            ("in\0dia", [Term("in"), Term("dia", is_prefix=True)]),
            ("हिन्दी", [Term("हिन्दी", is_prefix=True)]),
            ("\ud800india", [Term("india", is_prefix=True)]),
        ],
    )
    def test_words_and_phrases(self, typed: str, terms: list[Term]) -> None:
        assert parse(typed) == Query(tuple(terms))

    @pytest.mark.parametrize("typed", ["", "  ", "!?", "*", '"', '"""', "--", "😀 🚀", "\0", "( )", "\ue000\ue001"])
    def test_nothing_to_look_for(self, typed: str) -> None:
        assert parse(typed) == Query(())

    def test_so_many_words_are_cut_and_said_to_be(self) -> None:
        query = parse(" ".join(f"word{number}" for number in range(MAX_TERMS + 1)))
        assert len(query.terms) == MAX_TERMS
        assert query.is_cut
        assert not parse(" ".join(f"word{number}" for number in range(MAX_TERMS))).is_cut

    def test_long_word_is_cut(self) -> None:
        assert parse("x" * 10_000) == Query((Term("x" * MAX_TERM_LENGTH, is_prefix=True),))

    @given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from('"“ *()\0ab')), max_size=300))
    def test_no_input_is_an_error(self, typed: str) -> None:
        query = parse(typed)
        assert len(query.terms) <= MAX_TERMS
        for term in query.terms:
            assert 0 < len(term.text) <= MAX_TERM_LENGTH
            assert '"' not in term.text
            assert "\0" not in term.text
            assert any(map(str.isalnum, term.text))
        assert all(not term.is_prefix for term in query.terms[:-1])
