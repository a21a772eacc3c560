"""Drafting bullets out of a story's own sentences."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.drafting.extractive import Candidate, draft_bullets, read_sentences
from articles.summaries.checks import check_bullet
from articles.summaries.pool import make_pool
from articles.summaries.weights import Weights, english_weights
from tests.bench.stories import read_stories

WEIGHTS = english_weights()
OUTAGE = """\
Mintline's payment app failed on Friday night and left two million customers without their money until morning.

The bank blamed an expired security certificate. Why had nobody noticed? The certificate had been renewed in a test \
system only, said the bank's chief engineer.

"It was a long night," she said. Customers queued at the bank's machines in four cities. Mintline will pay everybody \
who was charged for a late payment. The regulator has asked the bank for a report on the failed certificate by March.

The app failed on Friday night and customers could not reach their money until morning.\
"""


class StoryTests:
    def test_three_sentences_of_the_story_in_its_order(self) -> None:
        bullets = draft_bullets(OUTAGE, WEIGHTS)
        sentences = read_sentences(OUTAGE)
        assert len(bullets) == 3
        assert [sentences.index(bullet) for bullet in bullets] == sorted(sentences.index(bullet) for bullet in bullets)

    def test_the_first_says_most(self) -> None:
        assert draft_bullets(OUTAGE, WEIGHTS)[0].startswith("Mintline's payment app failed")

    def test_nothing_is_said_twice(self) -> None:
        assert "The app failed on Friday night and customers could not reach their money until morning." not in (
            draft_bullets(OUTAGE, WEIGHTS)
        )

    def test_questions_and_short_sentences_are_not_for_bullets(self) -> None:
        assert not {"Why had nobody noticed?", '"It was a long night," she said.'} & set(draft_bullets(OUTAGE, WEIGHTS))

    @pytest.mark.parametrize(
        ("sentences", "bullets"), [(0, 0), (1, 1), (2, 2), (12, 3), (29, 3), (30, 4), (60, 5), (200, 5)]
    )
    def test_how_many(self, sentences: int, bullets: int) -> None:
        text = " ".join(f"Sensor w{i} reports that valve v{i} in hall h{i} is open." for i in range(sentences))
        assert len(draft_bullets(text, WEIGHTS)) == bullets

    def test_headings_are_no_bullets(self) -> None:
        text = f"What happened to Mintline and its payment app\n\n{OUTAGE}\n\nWhat is next for Mintline's customers"
        assert draft_bullets(text, WEIGHTS) == draft_bullets(OUTAGE, WEIGHTS)

    @pytest.mark.parametrize(
        "dateline",
        [
            "OSLO, Norway (Reuters) -- ",
            "(CNN)",
            "(CNN) -- ",
            "Oslo (AFP) \u2014 ",
            "NAIROBI, Kenya - ",
            "OSLO (Nordic Wire) \u2013 ",
        ],
    )
    def test_a_dateline_is_left_out(self, dateline: str) -> None:
        text = OUTAGE.replace("Mintline's payment", f"{dateline}Mintline's payment", 1)
        assert draft_bullets(text, WEIGHTS) == draft_bullets(OUTAGE, WEIGHTS)

    @pytest.mark.parametrize(
        "start", ["The World Health Organization (WHO) said", "(He did not) reply", "NASA said - at last -"]
    )
    def test_what_only_looks_like_one_stays(self, start: str) -> None:
        sentence = f"{start} that the new payment app of the bank had failed on Friday."
        assert draft_bullets(sentence, WEIGHTS) == [sentence]

    def test_a_byline_and_its_time_are_no_bullets(self) -> None:
        text = f"By . Tamsin Ridgewell . PUBLISHED: . 07:14 EST, 3 June 2013 . | . UPDATED: . 11:52 EST . {OUTAGE}"
        assert draft_bullets(text, WEIGHTS) == draft_bullets(OUTAGE, WEIGHTS)

    @pytest.mark.parametrize("start", ["It", "But the council", '"The council', "She"])
    def test_of_two_as_good_the_one_that_stands_alone(self, start: str) -> None:
        filler = "The council of Ferringdale closed the library. Rain fell on the long road to the station all week."
        one, other = (f"{subject} will open a swimming pool beside the harbour." for subject in (start, "Ferringdale"))
        bullets = draft_bullets(f"{filler} {one} {other} Nobody was hurt in the long storm of May.", WEIGHTS)
        assert other in bullets
        assert one not in bullets

    @pytest.mark.parametrize("start", ['It said: "', "It said: “"])
    def test_of_two_as_good_the_one_without_half_a_quotation(self, start: str) -> None:
        candidates = [Candidate(0, 0, f"{lead}Kestrel opens a second ground station", {}) for lead in (start, "")]
        assert candidates[0].fitness < candidates[1].fitness

    def test_the_same_again(self) -> None:
        assert draft_bullets(OUTAGE, WEIGHTS) == draft_bullets(OUTAGE, WEIGHTS)

    def test_lines_are_joined(self) -> None:
        assert draft_bullets("The council closed the\nold library on Monday morning.", WEIGHTS) == [
            "The council closed the old library on Monday morning."
        ]

    @given(st.text(), st.sampled_from([WEIGHTS, Weights()]))
    def test_any_text(self, text: str, weights: Weights) -> None:
        sentences = read_sentences(text)
        bullets = draft_bullets(text, weights)
        assert len(bullets) <= 5
        assert set(bullets) <= set(sentences)
        assert len(bullets) >= min(3, len(sentences)) or len(sentences) > len(bullets) > 0


class RoundUpTests:
    SECTIONS = {
        "Bees, by weight": "A club in Norrhaven sells a scale for hives at 14 euros. More than 800 have been built.",
        "After you": "Robot porters at the hospital now stop for anybody who carries flowers. Staff like it.",
        "Farewell, 3G": "Tidewell switched off its last 3G masts on Thursday. The last call lasted 40 seconds.",
        "A very small recall": "Pomona wants 340 egg timers back. They do not start on the last day of the month.",
    }

    def draft(self, sections: dict[str, str]) -> list[str]:
        return draft_bullets("\n\n".join(f"{heading}\n\n{text}" for heading, text in sections.items()), WEIGHTS)

    def test_one_sentence_of_each_section(self) -> None:
        bullets = self.draft(self.SECTIONS)
        assert len(bullets) == 4
        assert all(bullet in text for bullet, text in zip(bullets, self.SECTIONS.values(), strict=True))

    def test_five_at_most(self) -> None:
        more = {f"More on {name}": text.replace("a", "o") for name, text in self.SECTIONS.items()}
        assert len(self.draft(self.SECTIONS | more)) == 5

    def test_a_long_story_with_headings_is_none(self) -> None:
        long = {name: "\n\n".join([text] * 4) for name, text in self.SECTIONS.items()}
        assert len(self.draft(long)) == 4
        assert not all(bullet in text for bullet, text in zip(self.draft(long), long.values(), strict=True))


class FixtureTests:
    def test_every_draft_passes_the_checks(self) -> None:
        for story in read_stories(1000):
            pool = make_pool(story.text)
            for bullet in draft_bullets(story.text, WEIGHTS):
                assert check_bullet(bullet, pool, WEIGHTS).flags == ()
