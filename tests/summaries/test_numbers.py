"""Reading numbers, and whether one bears out another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.summaries.figures import bears_out
from articles.summaries.number_readers import Number
from articles.summaries.numbers import find_numbers

PIECES = st.sampled_from(
    [*"one two hundred million half a third of and to in - $ 5 % m bn Q4 II C 's . , : 12 km".split(), " "]
)


VAGUE = [
    "thousands of people",
    "several dozen",
    "a few hundred",
    "a multi-million pound deal",
    "the second-half goal",
    "a half-eaten sandwich",
    "9" * 40,
]


def only(text: str) -> Number:
    """The one number of ``text`` that is not merely implied."""
    (number,) = (number for number in find_numbers(text) if not number.is_implied)
    return number


def is_borne_out(said: str, found: str) -> bool:
    """Whether a bullet's number is among those of an article."""
    return any(bears_out(only(said), number) for number in find_numbers(found))


class ReadingTests:
    @pytest.mark.parametrize(
        ("text", "kind", "value"),
        [
            ("18,000 stores", "plain", 18_000),
            ("1,40,000 people", "plain", 140_000),
            ("3.75", "plain", 3.75),
            ("1,1 Millionen", "plain", 1.1e6),
            ("US$676 million", "currency", 676e6),
            ("$2bn", "currency", 2e9),
            ("£4.2million", "currency", 4.2e6),
            ("€38m", "currency", 38e6),
            ("Rs 500 crore", "currency", 5e9),
            ("24 million dollars", "currency", 24e6),
            ("60p", "currency", 0.6),
            ("50 cents", "currency", 0.5),
            ("12 lakh", "plain", 1.2e6),
            ("31k", "plain", 31_000),
            ("15%", "percent", 15),
            ("15 per cent", "percent", 15),
            ("fifteen percent", "percent", 15),
            ("٩٠٪", "percent", 90),
            ("in 2015", "year", 2015),
            ("the 1990s", "decade", 90),
            ("2nd", "ordinal", 2),
            ("third place", "ordinal", 3),
            ("the twenty-first", "ordinal", 21),
            ("twenty-two", "plain", 22),
            ("one hundred and five", "plain", 105),
            ("two hundred and fifty thousand", "plain", 250_000),
            ("three million four hundred thousand", "plain", 3.4e6),
            ("a dozen", "plain", 12),
            ("half a dozen", "plain", 6),
            ("two dozen", "plain", 24),
            ("half a million", "plain", 500_000),
            ("a quarter of a million", "plain", 250_000),
            ("two and a half million", "plain", 2.5e6),
            ("half", "fraction", 0.5),
            ("two-thirds", "fraction", 2 / 3),
            ("a fifth of them", "fraction", 0.2),
            ("one in five", "fraction", 0.2),
            ("one image in six", "fraction", 1 / 6),
            ("3 out of 10", "fraction", 0.3),
            ("7:16 a.m.", "time", 436),
            ("2.15pm", "time", 855),
            ("12 a.m.", "time", 0),
            ("3-2", "score", 3002),
            ("60ft", "plain", 60),
            ("8-year-old", "plain", 8),
            ("1.48 trln won", "plain", 1.48e12),
            ("SEK118 bln", "currency", 118e9),
            ("USD 5m", "currency", 5e6),
            ("5m USD", "currency", 5e6),
            ("S$5 million", "currency", 5e6),
            ("R$40", "currency", 40),
            ("RMB 500", "currency", 500),
            ("Sh44.2 bln", "currency", 44.2e9),
            ("24 million Australian dollars", "currency", 24e6),
            ("61 million U.S. dollars", "currency", 61e6),
            ("500 yuan", "currency", 500),
            ("1 000 000", "plain", 1e6),
            ("1½ miles", "plain", 1.5),
            ("2 1/2 hours", "plain", 2.5),
            ("¾ of them", "fraction", 0.75),
            ("1/3 of them", "fraction", 1 / 3),
            ("one-in-five", "fraction", 0.2),
            ("a half-million", "plain", 500_000),
            ("half a century", "fraction", 0.5),
            ("a quarter of a century", "plain", 25),
            ("minus 3%", "percent", 3),
            ("-12C", "plain", 12),
            ("46.8C", "plain", 46.8),
            ("mid-1990s", "decade", 90),
            ("in her forties", "decade", 40),
            ("the '90s", "decade", 90),
            ("World War II", "plain", 2),
            ("Louis XIV", "plain", 14),
            ("Q4", "ordinal", 4),
            ("No.1", "plain", 1),
            ("No. 1", "plain", 1),
            ("iOS 17.2", "plain", 17.2),
            ("300万", "plain", 3e6),
        ],
    )
    def test_kind_and_value(self, text: str, kind: str, value: float) -> None:
        number = only(text)
        assert number.kind == kind
        assert number.value == pytest.approx(value)

    @pytest.mark.parametrize(
        "text",
        [
            "5G",
            "an A320",
            "iPhone 5S",
            "H1N1",
            "an F-16",
            "4x4",
            "one of them",
            "both",
            "no",
            "GPT-4",
            "Covid-19",
            "M25",
            "16GB",
        ],
    )
    def test_what_is_no_number(self, text: str) -> None:
        assert [number for number in find_numbers(text) if not number.is_implied] == []

    @pytest.mark.parametrize(
        "text",
        VAGUE,
    )
    def test_what_cannot_be_checked(self, text: str) -> None:
        assert [number for number in find_numbers(text) if number.kind != "ordinal"] == []

    def test_two_numbers_beside_each_other(self) -> None:
        assert [number.value for number in find_numbers("two, three and 4 five-year plans")] == [2, 3, 4, 5]

    def test_a_range_shares_its_unit(self) -> None:
        first, second = find_numbers("between 10 and 15 percent")
        assert ("percent", 10.0) in first.readings
        assert second.readings == (("percent", 15.0),)

    @pytest.mark.parametrize("text", ["$10-15m", "$10m-$15m", "between $10 and $15 million"])
    def test_a_range_shares_its_scale_and_currency(self, text: str) -> None:
        first, second = find_numbers(text)
        assert ("currency", 10e6) in first.readings
        assert ("currency", 15e6) in second.readings

    def test_a_date_is_no_share(self) -> None:
        assert [number.value for number in find_numbers("November 1 in 41 countries")] == [1, 41]

    @pytest.mark.parametrize(
        "text",
        ["about 50", "nearly 50", "more than 50", "at least 50", "up to $50", "over a 50", "50 or so", "some 50"],
    )
    def test_hedged(self, text: str) -> None:
        assert only(text).is_hedged

    @pytest.mark.parametrize("text", ["the 50", "exactly 50", "from 50", "than it was: 50"])
    def test_not_hedged(self, text: str) -> None:
        assert not only(text).is_hedged

    @given(st.one_of(st.text(), st.text("0123456789.,:/-'$€£%½ IVXLQaps"), st.lists(PIECES).map("".join)))
    def test_places_are_exact_and_in_order(self, text: str) -> None:
        end = 0
        for number in find_numbers(text):
            assert end <= number.start < number.end <= len(text)
            end = number.end


class BearingOutTests:
    @pytest.mark.parametrize(
        ("said", "found"),
        [
            ("18,000", "18,000 stores"),
            ("18,000", "18000"),
            ("$2bn", "$2 billion"),
            ("$2bn", "$1.96 billion"),
            ("15,000", "14,980"),
            ("18,000", "18,400"),
            ("nearly 450,000", "448,312"),
            ("about 100", "92"),
            ("almost 20%", "18 percent"),
            ("12", "a dozen"),
            ("six ships", "half a dozen ships"),
            ("20%", "a fifth"),
            ("67%", "two-thirds"),
            ("a third", "33 per cent"),
            ("half", "50%"),
            ("20 percent", "one in five"),
            ("two goals", "scored twice"),
            ("two sons", "twin sons"),
            ("10 years", "a decade"),
            ("3rd", "the third time"),
            ("third", "three times"),
            ("three goals", "won 3-2"),
            ("3-2", "lost 2-3"),
            ("10-15", "10 to 15"),
            ("7.30pm", "7:30 p.m."),
            ("7:30", "7.30pm"),
            ("20 million", "$20 million"),
            ("10 percent", "10 to 15 percent"),
            ("$5", "US$5"),
            ("30 minutes", "half an hour"),
            ("two days", "48 hours"),
            ("18 months", "one and a half years"),
            ("Rs 500,000", "5 lakh rupees"),
            ("60 crore", "600 million"),
            ("¥500", "500 yuan"),
            ("A$5", "5 Australian dollars"),
            ("500 pounds", "weighed 500lb"),
            ("212-97", "by 212 votes to 97"),
            ("10-15", "aged between 10 and 15"),
            ("$15 million", "$10-15m"),
            ("fourth quarter", "Q4"),
            ("World War Two", "World War II"),
            ("in her 40s", "aged 44"),
            ("the 1990s", "in 1994"),
            ("fell 3%", "a change of -3%"),
            ("12.500", "12500"),
            ("9:30", "9.30 a.m."),
            ("March 5", "5 March"),
            ("Super Bowl 48", "Super Bowl XLVIII"),
        ],
    )
    def test_yes(self, said: str, found: str) -> None:
        assert is_borne_out(said, found)

    @pytest.mark.parametrize(
        ("said", "found"),
        [
            ("81,000", "18,000 stores"),
            ("51%", "15%"),
            ("15%", "15 stores"),
            ("15", "15%"),
            ("$5", "£5"),
            ("$5", "5 stores"),
            ("A$5", "HK$5"),
            ("2015", "2014"),
            ("about 2015", "2014"),
            ("third", "second"),
            ("18,000", "18,600"),
            ("20", "18"),
            ("about 100", "80"),
            ("half", "two-thirds"),
            ("a third", "40%"),
            ("nearly 29 percent", "a third"),
            ("$2 million", "$2 billion"),
            ("3-2", "3-1"),
            ("7.30pm", "8.30pm"),
            ("the 1990s", "the 1980s"),
            ("two days", "49 hours"),
            ("500 yen", "500 yuan"),
            ("S$5", "HK$5"),
            ("500 rupees", "500 dollars"),
            ("in her 40s", "aged 54"),
            ("World War II", "World War I"),
            ("5 lakh", "5 crore"),
            ("$15 million", "$15"),
            ("one in five", "one in four"),
            ("9:30", "9:50"),
        ],
    )
    def test_no(self, said: str, found: str) -> None:
        assert not is_borne_out(said, found)
