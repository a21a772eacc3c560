"""Choosing the passages behind a bullet."""

from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.summaries.claims import make_claim
from articles.summaries.evidence import Evidence, find_evidence, find_verbatim, select
from articles.summaries.pool import Pool, make_pool
from articles.summaries.weights import Weights, english_weights

BODY = """\
The council of Ferringdale closed the old library on Monday. Its roof had leaked for nine years.

Engineers found 14 cracks in the walls. A new library will open beside the station in March, the mayor said. Readers \
may keep their books until then.\
"""
EQUAL = Weights()


def find(bullet: str, pool: Pool, weights: Weights = EQUAL) -> Evidence:
    return find_evidence(make_claim(bullet, pool, weights), pool, weights)


class PoolTests:
    def test_fields_and_offsets(self) -> None:
        pool = make_pool(BODY, headline="Library closes. It leaked.", byline="By Mara Ellwood")
        assert [passage.field for passage in pool.passages] == ["headline"] * 2 + ["byline"] + ["body"] * 5
        assert all(pool.fields[p.field][p.start : p.end] == p.text for p in pool.passages)

    def test_no_passage_crosses_a_block(self) -> None:
        assert all("\n" not in passage.text for passage in make_pool(BODY).passages)

    def test_an_empty_article(self) -> None:
        evidence = find("Library closes", make_pool(""))
        assert (evidence.passages, evidence.coverage, evidence.level) == ((), 0.0, "unsupported")


class ChoiceTests:
    def test_the_passage_that_says_it(self) -> None:
        evidence = find("Old library closed by council", make_pool(BODY))
        assert [passage.text for passage in evidence.passages] == [
            "The council of Ferringdale closed the old library on Monday."
        ]
        assert (evidence.coverage, evidence.best, evidence.found, evidence.level) == (1.0, 1.0, 1.0, "supported")

    def test_a_second_one_for_what_the_first_leaves_out(self) -> None:
        evidence = find("Council closed library whose roof leaked for years", make_pool(BODY))
        assert {passage.text.split()[0] for passage in evidence.passages} == {"The", "Its"}
        assert evidence.coverage == 1.0
        assert evidence.best == pytest.approx(3 / 6)

    def test_three_at_most_and_coverage_counts_two(self) -> None:
        evidence = find("Roof, cracks, station, council", make_pool(BODY))
        assert len(evidence.passages) == 3
        assert (evidence.coverage, evidence.found) == (0.5, 1.0)

    def test_none_that_adds_next_to_nothing(self) -> None:
        words = "one-eyed purple llama dances badly beside quiet green river under dark wooden bridge near library"
        assert len(find(f"Council closed {words}", make_pool(BODY)).passages) == 1
        assert len(find(f"Roof {words.rsplit(maxsplit=1)[-1]} council", make_pool(BODY)).passages) == 2

    def test_of_two_the_closer_one(self) -> None:
        pool = make_pool("The library, which the mayor opened in spring, closed. The library closed.")
        assert find("Library closed", pool).passages[0].text == "The library closed."

    def test_numbers_draw_their_passage_in(self) -> None:
        evidence = find("Library closed after 14 cracks", make_pool(BODY))
        assert "Engineers found 14 cracks in the walls." in {passage.text for passage in evidence.passages}

    def test_the_headline_counts(self) -> None:
        pool = make_pool(BODY, headline="Ferringdale shuts leaking library")
        assert find("Ferringdale shuts leaking library", pool).passages[0].field == "headline"

    @pytest.mark.parametrize(
        ("bullet", "level"),
        [
            ("Council closed purple llama", "supported"),
            ("Council of red purple llama", "weak"),
            ("Purple llama", "unsupported"),
        ],
    )
    def test_levels(self, bullet: str, level: str) -> None:
        assert find(bullet, make_pool(BODY)).level == level

    def test_a_name_under_another_form(self) -> None:
        pool = make_pool("The Italian police spoke to the National Transport Safety Board. Rain fell.")
        assert find("Italy's NTSB", pool).coverage == 1.0

    def test_a_compound_in_one_word_or_two(self) -> None:
        assert find("takeoff", make_pool("It rose at take-off.")).coverage == 1.0
        assert find("re-opened", make_pool("It reopened.")).coverage == 1.0


class VerbatimTests:
    @pytest.mark.parametrize(
        "bullet", ["Readers may keep their books until then.", " “Readers may  keep their books until then” "]
    )
    def test_a_sentence_of_the_article(self, bullet: str) -> None:
        pool = make_pool(BODY)
        evidence = find_verbatim(make_claim(bullet, pool, EQUAL), pool)
        assert evidence is not None
        assert [passage.text for passage in evidence.passages] == ["Readers may keep their books until then."]

    def test_half_a_sentence_is_none(self) -> None:
        pool = make_pool("It is false that he resigned.")
        assert find_verbatim(make_claim("he resigned", pool, EQUAL), pool) is None


class SelectorTests:
    @given(st.text(), st.text())
    def test_it_names_its_place(self, body: str, headline: str) -> None:
        pool = make_pool(body, headline=headline)
        for passage in pool.passages:
            selector = select(passage, pool)
            text = pool.fields[selector.field]
            assert text[selector.start : selector.end] == selector.exact == passage.text
            assert text[: selector.start].endswith(selector.prefix)
            assert text[selector.end :].startswith(selector.suffix)

    def test_context(self) -> None:
        pool = make_pool(BODY)
        selector = select(pool.passages[1], pool)
        assert selector.prefix == " closed the old library on Monday. "[-32:]
        assert selector.suffix == "\n\nEngineers found 14 cracks in the walls."[:32]


class WeightsTests:
    def test_the_formula(self) -> None:
        weights = Weights(99, {"librari": 9})
        assert weights.of("librari") == pytest.approx(log(10) + 1)
        assert weights.of("unseen") == pytest.approx(log(100) + 1)

    def test_an_empty_table(self) -> None:
        assert Weights().of("librari") == 1.0

    def test_rare_words_weigh_more(self) -> None:
        pool = make_pool("The year began. The xylograph burned.")
        assert find("Year of the xylograph", pool, english_weights()).passages[0].text == "The xylograph burned."
        assert english_weights().of("year") < english_weights().of("librari") < english_weights().of("xylograph")
