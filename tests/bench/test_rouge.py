"""The benchmark's own ROUGE, against values worked out by hand."""

import pytest

from tests.bench.rouge import Rouge, rouge


class RougeTests:
    def test_the_same(self) -> None:
        assert rouge(["The cat sat.", "It slept."], ["the cat sat", "it slept"]) == Rouge(1.0, 1.0, 1.0)

    def test_nothing_in_common(self) -> None:
        assert rouge(["a b"], ["c d"]) == rouge([], ["c d"]) == rouge([], []) == Rouge(0.0, 0.0, 0.0)

    def test_words_pairs_and_subsequence(self) -> None:
        # Three of four words, one of three pairs, a subsequence of two ("police ... gunman" or "the gunman").
        scores = rouge(["police killed the gunman"], ["the gunman police arrested"])
        assert scores == pytest.approx((2 * 3 / 8, 2 * 1 / 6, 2 * 2 / 8))

    def test_lsum_takes_the_union_over_sentences(self) -> None:
        # Lin's example: w1 w2 from the first sentence, w1 w3 w5 from the second: four of five words.
        scores = rouge(["w1 w2 w6 w7 w8", "w1 w3 w8 w9 w5"], ["w1 w2 w3 w4 w5"])
        assert scores.lsum == pytest.approx(2 * 4 / (10 + 5))

    def test_a_word_counts_as_often_as_it_is_said(self) -> None:
        assert rouge(["a"], ["a a a"]).one == pytest.approx(2 * 1 / 4)
