"""Fields for prose, for lists and for pairs: what goes in comes out, whatever line ends a browser uses."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from articles.web.fields import LinesField, PairsField, ProseField

WORDS = st.text(st.characters(exclude_categories=["C", "Z"], exclude_characters=":"), min_size=1)


class ProseFieldTests:
    def test_line_ends_are_plain_and_outer_space_is_gone(self) -> None:
        assert ProseField().clean(" One\r\n\r\nTwo\rThree \r\n") == "One\n\nTwo\nThree"

    @pytest.mark.parametrize("sent", ["One\r\nTwo", "One\nTwo\n", " One\r\nTwo "])
    def test_line_ends_alone_are_no_change(self, sent: str) -> None:
        assert not ProseField().has_changed("One\nTwo\n", sent)
        assert ProseField().has_changed("One\nTwo and more", sent)

    @pytest.mark.parametrize("sent", ["", None, " \r\n "])
    def test_nothing_is_refused_where_it_is_asked_for(self, sent: str | None) -> None:
        with pytest.raises(ValidationError, match="required"):
            ProseField().clean(sent)
        assert ProseField(required=False).clean(sent) == ""


class LinesFieldTests:
    @given(st.lists(WORDS))
    def test_list_comes_back_as_it_went_out(self, lines: list[str]) -> None:
        field = LinesField(required=False)
        sent = field.prepare_value(lines).replace("\n", "\r\n")
        assert field.clean(sent) == lines
        assert not field.has_changed(lines, sent)

    def test_empty_lines_and_outer_space_are_dropped(self) -> None:
        assert LinesField().clean(" One \r\n\r\n  Two") == ["One", "Two"]

    def test_what_was_typed_stays_as_it_was_typed(self) -> None:
        assert LinesField().prepare_value("half\r\n a list") == "half\r\n a list"

    def test_no_list_is_empty(self) -> None:
        assert LinesField(required=False).clean("") == []
        assert LinesField().prepare_value(None) == ""


class PairsFieldTests:
    @given(st.lists(st.tuples(WORDS, WORDS).map(list)))
    def test_pairs_come_back_as_they_went_out(self, pairs: list[list[str]]) -> None:
        field = PairsField(required=False)
        assert field.clean(field.prepare_value(pairs)) == pairs

    def test_first_colon_divides(self) -> None:
        assert PairsField().clean("Ports: USB-C: 2") == [["Ports", "USB-C: 2"]]

    @pytest.mark.parametrize("line", ["Heavy", ": 1 kg", "Weight:", ":"])
    def test_line_that_is_no_pair_is_named(self, line: str) -> None:
        with pytest.raises(ValidationError, match="Line 3: write it as “Name: value”"):
            PairsField().clean(f"Weight: 1 kg\n\n{line}")
