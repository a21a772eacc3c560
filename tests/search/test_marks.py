"""Hits, from the delimiters of a database to runs for a template."""

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.search.marks import LENGTH, START, STOP, Marked, carry_over, passage, read_marks, runs

WORDS = st.text(alphabet=st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from([START, STOP, "a", " "])))


def mark(text: str, *hits: str) -> Marked:
    """``text`` with the first place of each of ``hits`` marked."""
    starts = sorted((text.index(hit), len(hit)) for hit in hits)
    return Marked(text, tuple((start, start + length) for start, length in starts))


def show(found: list[tuple[str, bool]]) -> str:
    """Runs as text, hits in brackets."""
    return "".join(f"[{text}]" if is_hit else text for text, is_hit in found)


class ReadMarksTests:
    @pytest.mark.parametrize(
        ("delimited", "marked"),
        [
            ("plain", Marked("plain")),
            (f"a {START}hit{STOP} b", Marked("a hit b", ((2, 5),))),
            (f"{START}hit{STOP}{START}hat{STOP}", Marked("hithat", ((0, 3), (3, 6)))),
            (f"lone {START} and {STOP}{STOP}", Marked("lone  and ", ((5, 10),))),
            (f"{STOP}a{START}", Marked("a")),
            (f"{START}{START}a{STOP}", Marked("a", ((0, 1),))),
            ("", Marked("")),
        ],
    )
    def test_delimiters_become_places(self, delimited: str, marked: Marked) -> None:
        assert read_marks(delimited) == marked

    @given(WORDS)
    def test_any_text_keeps_its_words(self, text: str) -> None:
        marked = read_marks(text)
        assert marked.text == text.replace(START, "").replace(STOP, "")
        assert "".join(run for run, _ in runs(marked)) == marked.text


class CarryOverTests:
    def test_accents_that_folding_drops_stay_in_the_text(self) -> None:
        folded = read_marks(f"a {START}cafe{STOP} in sao paulo")
        assert show(runs(carry_over(folded, "A café in São Paulo"))) == "A [café] in São Paulo"

    def test_decomposed_text_is_composed(self) -> None:
        folded = read_marks(f"{START}cafe{STOP}")
        assert carry_over(folded, normalize("NFD", "café")) == Marked("café", ((0, 4),))

    def test_accents_without_a_composed_letter_count_with_their_letter(self) -> None:
        folded = read_marks(f"{START}xyz{STOP} b")
        assert show(runs(carry_over(folded, "x\u0304yz\u0304 b"))) == "[x\u0304yz\u0304] b"

    def test_texts_that_do_not_fit_are_shown_without_hits(self) -> None:
        assert carry_over(read_marks(f"{START}longer{STOP}"), "long") == Marked("long")


class PassageTests:
    def test_no_hit_no_passage(self) -> None:
        assert passage(Marked("Some words.")) == []
        assert passage(Marked("")) == []

    def test_short_line_is_shown_whole(self) -> None:
        marked = mark("First line.\n\nThe assembly line opens.\n\nLast.", "assembly")
        assert show(passage(marked)) == "The [assembly] line opens."

    def test_line_with_most_hits_wins(self) -> None:
        marked = mark("One india.\n\nOf assembly in Noida.", "india", "assembly", "Noida")
        assert show(passage(marked)) == "Of [assembly] in [Noida]."

    def test_long_line_is_cut_between_words_around_the_hit(self) -> None:
        text = "word " * 100 + "hit " + "more " * 100
        shown = show(passage(mark(text, "hit")))
        assert shown.startswith("… word ")
        assert "word [hit] more" in shown
        assert shown.endswith("more …")
        assert len(shown) <= LENGTH + len("… [] …")

    def test_cut_falls_where_most_hits_stand_together(self) -> None:
        text = "lone " + "word " * 100 + "first second " + "more " * 100
        assert "[first] [second]" in show(passage(mark(text, "lone", "first", "second")))

    def test_line_without_spaces_is_cut_all_the_same(self) -> None:
        text = "字" * 1000 + "馆" + "字" * 1000
        shown = show(passage(mark(text, "馆")))
        assert "字[馆]字" in shown
        assert len(shown) <= LENGTH + len("… [] …")

    def test_hit_longer_than_the_passage_is_shown_whole(self) -> None:
        hit = "x" * (LENGTH + 50)
        assert f"[{hit}]" in show(passage(mark("word " * 80 + hit + " word" * 80, hit)))

    @given(st.text(alphabet="ab \n字", max_size=900), st.data())
    def test_any_hits_in_any_text(self, text: str, data: st.DataObject) -> None:
        ends = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=8)))
        spans = tuple(zip(ends[::2], ends[1::2], strict=False))
        shown = passage(Marked(text, spans))
        in_lines = [text[start:stop] for start, stop in spans if "\n" not in text[start:stop]]
        assert any(is_hit for _, is_hit in shown) == bool(in_lines)
        assert all(run in in_lines for run, is_hit in shown if is_hit)
        assert "".join(run for run, _ in shown).removeprefix("… ").removesuffix(" …") in text
