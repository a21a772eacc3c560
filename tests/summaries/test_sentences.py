"""Splitting text into sentences with their places."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.summaries.sentences import split_sentences

WORDS = 'Dr. Mr The the U.S. J. K. 3.5 No. 5 said. "Why?" ... … end.\' . p.m. 2005. (It did.) 你好。 مرحبا؟'.split()
PIECES = st.sampled_from([*WORDS, " . ", "\n", "\n\n", "\n \n", "\t", "\u00a0", "\r\n\r\n"])
TEXTS = st.one_of(st.text(), st.lists(PIECES).map(" ".join), st.lists(PIECES).map("".join))


def texts_of(text: str) -> list[str]:
    return [sentence.text for sentence in split_sentences(text)]


class BoundaryTests:
    @pytest.mark.parametrize(
        ("text", "count"),
        [
            ("One. Two! Three? Four", 4),
            ("Dr. Lund met Mr. and Mrs. Ito.", 1),
            ("J. K. Rowling met George W. Bush and J.R.R. Tolkien's heirs.", 1),
            ("It cost $3.5 million in version 2.0 of the plan.", 1),
            ("He left at 5 p.m. on Friday. She stayed.", 2),
            ("He left at 5 p.m. The bus had gone.", 2),
            ("The U.S. Navy paid.", 1),
            ("They live in the U.S. They like it.", 2),
            ("Apple Inc. said so. So did Acme Corp. and others.", 2),
            ("She was born in 2005. In 2010 she moved.", 2),
            ("See No. 5 on the list.", 1),
            ("Is it? No. It is not.", 3),
            ("Wait... then go.", 1),
            ("Wait... Then go.", 2),
            ("The cat sat. Dogs ran.", 2),
            ("It opened on Sat. 5 May.", 1),
            ("1. Buy bread", 1),
            ("Am 3. Mai kam er. Dann ging er.", 2),
        ],
    )
    def test_count(self, text: str, count: int) -> None:
        assert len(texts_of(text)) == count

    def test_closing_quotes_and_brackets_belong_to_the_sentence(self) -> None:
        assert texts_of("\"It works.\" She left. (He did not.) 'Why?' They “stayed.” End.") == [
            '"It works."',
            "She left.",
            "(He did not.)",
            "'Why?'",
            "They “stayed.”",
            "End.",
        ]

    def test_a_quotation_goes_on_to_its_speaker(self) -> None:
        assert texts_of('"Why now?" he asked. "Stop!" she said.') == ['"Why now?" he asked.', '"Stop!" she said.']

    def test_a_full_stop_with_a_space_before_it(self) -> None:
        assert texts_of("By . Ross Tolliver . It rained .") == ["By .", "Ross Tolliver .", "It rained ."]

    @pytest.mark.parametrize(
        ("text", "sentences"),
        [
            ("你好。世界！「对。」她说。", ["你好。", "世界！", "「对。」", "她说。"]),
            ("مرحبا بكم؟ نعم. شكرا.", ["مرحبا بكم؟", "نعم.", "شكرا."]),
            ("یہ ایک ہے۔ یہ دو ہے۔", ["یہ ایک ہے۔", "یہ دو ہے۔"]),
            ("यह एक है। यह दो है।", ["यह एक है।", "यह दो है।"]),
        ],
    )
    def test_other_scripts(self, text: str, sentences: list[str]) -> None:
        assert texts_of(text) == sentences


class BlockTests:
    def test_a_blank_line_ends_a_sentence(self) -> None:
        assert texts_of("A heading\n\nA text that\nruns on.\n \nAnother") == [
            "A heading",
            "A text that\nruns on.",
            "Another",
        ]

    def test_a_short_line_before_a_capital_ends_one_too(self) -> None:
        assert texts_of("Heading\nText goes on\nlower.") == ["Heading", "Text goes on\nlower."]

    def test_a_long_line_may_be_wrapped_before_a_name(self) -> None:
        text = "The minister said on Tuesday that she would not resign before\nParliament had met."
        assert texts_of(text) == [text]

    def test_nothing_comes_of_nothing(self) -> None:
        assert texts_of("") == texts_of(" \n\n \n") == []


class PropertyTests:
    @given(TEXTS)
    def test_offsets_are_exact_and_nothing_is_lost(self, text: str) -> None:
        end = 0
        for sentence in split_sentences(text):
            assert text[sentence.start : sentence.end] == sentence.text == sentence.text.strip() != ""
            assert text[end : sentence.start].strip() == ""
            assert sentence.start >= end
            end = sentence.end
        assert text[end:].strip() == ""

    @given(TEXTS)
    def test_no_sentence_crosses_a_blank_line(self, text: str) -> None:
        assert all("\n\n" not in sentence.text for sentence in split_sentences(text))
