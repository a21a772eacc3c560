"""The rules of wording: what a notice says of itself, and what it may not leave out."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from articles.corrections.notices import (
    Kind,
    Notice,
    changes_fact,
    faults_of,
    with_passages,
    withdrawal,
    worded,
)
from articles.revisions.chain import Words

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
NOTICE = Notice("correction", "major", "story", "It has six.", "It has four.")
WORDS = Words("Dish", "", "", "It has six.", "It has six.", ("A point.",))


class WordedTests:
    @pytest.mark.parametrize(
        ("kind", "wrote", "says", "text"),
        [
            ("correction", "six", "four", "An earlier version said “six”. It now says “four”."),
            ("correction", "six", "", "An earlier version said “six”. This was wrong and has been taken out."),
            ("correction", "", "four", "An earlier version left out “four”."),
            ("clarification", "", "it passed", "This story has been changed to make clear that it passed."),
            ("clarification", "", "It passed.", "This story has been changed to make clear: “It passed.”"),
            ("update", "", "It shut.", "The story now says “It shut.” This has happened since it was published."),
            ("note", "", "", ""),
        ],
    )
    def test_text_is_made_of_the_passages(self, kind: str, wrote: str, says: str, text: str) -> None:
        assert worded(Notice(kind, "major", "story", wrote, says)).text == text

    def test_text_that_was_written_stays(self) -> None:
        written = replace(NOTICE, text="An earlier version\nwas wrong. “It has four.” is right.")
        assert worded(written).text == "An earlier version was wrong. “It has four.” is right."

    def test_notice_that_replaces_another_says_so(self) -> None:
        assert worded(NOTICE, NOON).text.endswith(" This replaces our notice of 20 November 2026.")

    @pytest.mark.parametrize("kind", [Kind.CORRECTION, Kind.CLARIFICATION, Kind.UPDATE])
    def test_what_is_made_is_within_the_rules(self, kind: str) -> None:
        assert faults_of(worded(replace(NOTICE, kind=kind))) == {}


class WithPassagesTests:
    def test_sentences_that_differ_in_the_body_come_first(self) -> None:
        after = replace(WORDS, headline="Bowl", body_text="It has four.")
        taken = with_passages(Notice("correction", "major", "story"), WORDS, after)
        assert (taken.wrote, taken.says) == ("It has six.", "It has four.")

    def test_point_that_differs(self) -> None:
        taken = with_passages(Notice("correction", "major", "summary"), WORDS, replace(WORDS, bullets=("Another.",)))
        assert (taken.wrote, taken.says) == ("A point.", "Another.")

    def test_passages_that_were_chosen_stay(self) -> None:
        assert with_passages(NOTICE, WORDS, replace(WORDS, headline="Bowl")) == NOTICE

    def test_passage_too_long_to_show_is_left_to_the_editor(self) -> None:
        after = replace(WORDS, body_text="word " * 500)
        assert with_passages(Notice("correction", "major", "story"), WORDS, after).says == ""


class WithdrawalTests:
    def test_clause_and_sentences(self) -> None:
        text = "We no longer stand by this story because its source lied."
        assert withdrawal("its source  lied", "major", "source").text == text
        assert withdrawal("It lied.", "major", "source").text == "We no longer stand by this story. It lied."

    def test_is_within_the_rules(self) -> None:
        assert faults_of(withdrawal("It lied.", "critical", "source")) == {}


class FaultsTests:
    @pytest.mark.parametrize(
        ("change", "field", "words"),
        [
            ({"kind": "rumour"}, "kind", "what kind"),
            ({"severity": ""}, "severity", "critical, major or minor"),
            ({"origin": "them"}, "origin", "where the error came from"),
            ({"wrote": "", "says": "", "text": "An earlier version was wrong."}, "wrote", "word for word"),
            ({"wrote": "w" * 1001}, "wrote", "1000 characters"),
            ({"says": "s" * 1001, "text": f"An earlier version … {'s' * 1001}"}, "says", "1000 characters"),
            ({"says": "It has six."}, "says", "what we wrote before"),
            ({"text": "An earlier version said six."}, "text", "as they now read: “It has four.”"),
            ({"text": "It has four."}, "text", "An earlier version"),
            ({"text": "An earlier version was wrong! It has four."}, "text", "exclamation"),
            ({"text": f"An earlier version … It has four. {'x' * 2000}"}, "text", "2000 characters"),
            ({"kind": "note", "wrote": "", "says": "", "text": ""}, "text", "Say in public"),
            ({"kind": "clarification", "text": "It has four."}, "text", "make clear"),
            ({"kind": "update", "text": "It has four."}, "text", "since"),
        ],
    )
    def test_each_is_told_where_it_is(self, change: dict[str, str], field: str, words: str) -> None:
        faults = faults_of(replace(worded(NOTICE), **change))
        assert words.lower() in faults.pop(field).lower()
        assert faults == {}

    def test_exclamation_of_the_story_is_its_own(self) -> None:
        assert faults_of(worded(Notice("correction", "minor", "story", "Oh?", "Oh!"))) == {}


class ChangesFactTests:
    @pytest.mark.parametrize(
        ("wrote", "says", "is_fact"),
        [
            ("It has six.", "It has four.", True),
            ("40,000 homes", "400 homes", True),
            ("It was out for 6 hours.", "It was out.", True),
            ("It has six.", "It has 6.", False),
            ("The battery cannot burn.", "The battery did not burn in three tests.", False),
            ("", "It has four.", False),
        ],
    )
    def test_figure_that_is_gone(self, wrote: str, says: str, is_fact: bool) -> None:
        assert changes_fact(wrote, says) == is_fact
