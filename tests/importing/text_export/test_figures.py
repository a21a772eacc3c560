"""Scores and prices."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing.formats.text_export.figures import read_price, read_score


class ScoreTests:
    @pytest.mark.parametrize(
        ("line", "value", "scale"),
        [
            ("7.5/10", "7.5", 10),
            ("8 / 10", "8", 10),
            ("8,5/10", "8.5", 10),
            ("Rating: 8 out of 10", "8", 10),
            ("RATING – 4/5", "4", 5),
            ("4 out of 5 stars", "4", 5),
            ("Rated 4.50 out of 5 stars.", "4.50", 5),
            ("4 stars out of 5", "4", 5),
            ("4 of 5 stars", "4", 5),
            ("Our final score: 85%", "85", 100),
            ("Overall rating: 9/10", "9", 10),
            ("Verdict: 8/10", "8", 10),
            ("Score: 17/20", "17", 20),
            ("Score: 6/7", "6", 7),
            ("Editor’s rating: 92 per cent", "92", 100),
            ("★★★★☆", "4", 5),
            ("★★★½☆", "3.5", 5),
            ("★★★★½", "4.5", 5),
            ("⭐️⭐️⭐️⭐️⭐️", "5", 5),
            ("Rating: ★★★★ (4/5)", "4", 5),
            ("0/10", "0", 10),
        ],
    )
    def test_score_of_a_whole_line(self, line: str, value: str, scale: int) -> None:
        score = read_score(line)
        assert score
        assert (score.value, score.scale, score.more, score.fault) == (Decimal(value), Decimal(scale), "", "")

    def test_what_else_the_line_says(self) -> None:
        score = read_score("9/10 – Excellent")
        assert score
        assert (score.value, score.more) == (Decimal(9), "– Excellent")

    @pytest.mark.parametrize(
        ("line", "fault"),
        [
            ("11/10", "does not lie"),
            ("Score: 120%", "does not lie"),
            ("Rating: 3/0", "does not lie"),
            ("7.25/10", "more decimals"),
        ],
    )
    def test_what_can_t_be_kept_exactly_has_no_value(self, line: str, fault: str) -> None:
        score = read_score(line)
        assert score
        assert score.value is None
        assert fault in score.fault

    @pytest.mark.parametrize(
        "line",
        ["Score: 8.5", "4.5 stars", "★★★", "9/11", "24/7", "85%", "3 of 5", "7.5/10 is what a lab gave it.",
         "10/10/2024", "Design: 8/10", "Score: 8/10 on" + " on" * 50, "Rating", "Rating: high", "5", "★★★ (good)"],
    )  # fmt: skip
    def test_no_score(self, line: str) -> None:
        assert read_score(line) is None

    @given(st.text("0123456789/.,%★☆½ ()-–:outfscare", max_size=30))
    def test_score_lies_on_its_scale_or_has_no_value(self, line: str) -> None:
        score = read_score(line)
        if score and score.value is not None:
            assert 0 <= score.value <= score.scale


class PriceTests:
    @pytest.mark.parametrize(
        ("line", "amount", "currency"),
        [
            ("Price: $1,499", "1499", "USD"),
            ("Price: ₹64,999", "64999", "INR"),
            ("Price in India: Rs. 64,999", "64999", "INR"),
            ("Price: Rs 1,29,999/-", "129999", "INR"),
            ("Price: US$ 1,499", "1499", "USD"),
            ("PRICE – £139.99", "139.99", "GBP"),
            ("Price: €89", "89", "EUR"),
            ("Price: 1.499 €", "1499", "EUR"),
            ("Price: 1 499,50 €", "1499.50", "EUR"),
            ("Price: 1.499,00 EUR", "1499", "EUR"),
            ("MSRP: 1'499 CHF", "1499", "CHF"),
            ("Launch price: $999 CAD", "999", "CAD"),
            ("Cost: A$249.95.", "249.95", "AUD"),
            ("Starting price: HK$5,999", "5999", "HKD"),
            ("Price: $0.99", "0.99", "USD"),
            ("Price: RMB 3999", "3999", "CNY"),
        ],
    )
    def test_price_of_a_whole_line(self, line: str, amount: str, currency: str) -> None:
        price = read_price(line)
        assert price
        assert (price.amount, price.currency, price.more, price.fault) == (Decimal(amount), currency, "", "")

    @pytest.mark.parametrize(
        ("line", "more"),
        [("Price: From $999", "From"), ("Price: ₹64,999 (8 GB)", "(8 GB)"), ("Price: $9 a month", "a month")],
    )
    def test_what_else_the_line_says(self, line: str, more: str) -> None:
        price = read_price(line)
        assert price
        assert (price.amount is not None, price.more) == (True, more)

    @pytest.mark.parametrize(
        ("line", "fault"),
        [
            ("Price: ¥3,999", "several currencies"),
            ("Price: $999 / £899", "several prices"),
            ("Price: $999 – $1,299", "several prices"),
            ("Price: $1.5 million", "no exact amount"),
            ("Price: $1.4999", "no exact amount"),
            ("Price: $12 lakh", "no exact amount"),
            ("Price: $1,499,99", "no exact amount"),
        ],
    )
    def test_what_can_t_be_kept_exactly_has_no_amount(self, line: str, fault: str) -> None:
        price = read_price(line)
        assert price
        assert (price.amount, price.currency) == (None, "")
        assert fault in price.fault

    @pytest.mark.parametrize(
        "line",
        ["$1,499", "Price: 1,499", "Price: to be told", "Price: about $900", "The price: $9", "Prices: $9", "Price"],
    )
    def test_no_price(self, line: str) -> None:
        assert read_price(line) is None
