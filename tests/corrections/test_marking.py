"""Where the passage of a report stands: pure, on words alone."""

import pytest

from articles.corrections.marking import Paragraph, Part, Spot, parts_of, sentences_of, spot_of
from articles.corrections.models import Report
from articles.revisions.chain import Words

BODY = "Tarn has six dishes. Each is new.\n\nTarn says so. Each is new."
WORDS = Words("Tarn opens", "A first.", "", BODY, BODY, ("Tarn has six dishes.", "Each is new."))


class SpotOfTests:
    def test_body_comes_first(self) -> None:
        assert spot_of(Report(quote="six dishes"), WORDS) == Spot("body_text", 0, 9, 19)

    def test_surroundings_decide_between_two_places(self) -> None:
        found = spot_of(Report(quote="Each is new.", prefix="Tarn says so. "), WORDS)
        assert found == Spot("body_text", 0, BODY.rindex("Each"), len(BODY))

    def test_own_point_comes_before_the_body(self) -> None:
        assert spot_of(Report(quote="Each is new.", bullet_position=2), WORDS) == Spot("bullets", 1, 0, 12)
        assert spot_of(Report(quote="Each is new.", bullet_position=9), WORDS) == Spot("body_text", 0, 21, 33)

    @pytest.mark.parametrize(("quote", "field"), [("Tarn opens", "headline"), ("A first.", "standfirst")])
    def test_other_texts(self, quote: str, field: str) -> None:
        assert spot_of(Report(quote=quote), WORDS) == Spot(field, 0, 0, len(quote))

    @pytest.mark.parametrize("quote", ["", "seven dishes"])
    def test_no_passage_and_one_that_is_gone(self, quote: str) -> None:
        assert spot_of(Report(quote=quote), WORDS) is None


class SentencesOfTests:
    def test_parts_of_a_sentence_have_it_in_common(self) -> None:
        one, other, next_one = (Report(quote=quote) for quote in ("six", "Tarn has six dishes.", "Each is new."))
        assert sentences_of(one, WORDS) == sentences_of(other, WORDS) == ("body_text", 0, 0, 21)
        assert sentences_of(next_one, WORDS) != sentences_of(one, WORDS)

    def test_passage_that_is_gone_stands_for_itself(self) -> None:
        assert sentences_of(Report(quote="seven\n dishes"), WORDS) == "seven dishes"
        assert sentences_of(Report(), WORDS) == ""


class PartsOfTests:
    def test_passage_is_marked_in_its_paragraph_alone(self) -> None:
        parts = parts_of(WORDS, spot_of(Report(quote="six dishes"), WORDS))
        assert [part.label for part in parts] == ["Headline", "Standfirst", "Point 1", "Point 2", "Story"]
        assert parts[-1].paragraphs == (
            Paragraph("Tarn has ", "six dishes", ". Each is new."),
            Paragraph("", "", "Tarn says so. Each is new."),
        )
        assert parts[0] == Part("Headline", (Paragraph("", "", "Tarn opens"),))

    def test_passage_over_two_paragraphs(self) -> None:
        parts = parts_of(WORDS, spot_of(Report(quote="new.\n\nTarn"), WORDS))
        assert [paragraph.marked for paragraph in parts[-1].paragraphs] == ["new.", "Tarn"]

    def test_nothing_is_lost_or_said_twice(self) -> None:
        for part in parts_of(WORDS, spot_of(Report(quote="Each is new."), WORDS))[-1:]:
            texts = [one.before + one.marked + one.after for one in part.paragraphs]
            assert "\n\n".join(texts) == BODY
