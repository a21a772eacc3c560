"""What the checks flag in bullets, and what they leave alone."""

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing.formats import parse
from articles.summaries.checks import Finding, check_bullet
from articles.summaries.pool import Pool, make_pool
from articles.summaries.report import as_data
from articles.summaries.sentences import split_sentences
from articles.summaries.weights import Weights, english_weights
from articles.web.markdown import to_html
from articles.web.plain_text import to_text
from tests.summaries.languages import ARTICLES
from tests.summaries.tables import BRIDGE, FALSE, TRUE
from tests.system import ROOT

WEIGHTS = [english_weights(), Weights()]
SEED = parse((ROOT / "fixtures/seeds/000_aa4c654beb1b2aa2.txt").read_text(encoding="utf-8"))
SEED_BODY = to_text(to_html(SEED.body))

WORDS = (
    "The the not no never 12 3-2 $5m US U.S. Dr. Smith 18,000 half a third of percent Paris said. lost? it's in on J."
    ' "Yes. A320 7:30 1990s one two dozen , ; : -- won! \n\n'
).split(" ")
TEXTS = st.one_of(st.text(), st.lists(st.sampled_from(WORDS)).map(" ".join))


def check(bullet: str, pool: Pool, weights: Weights = WEIGHTS[0]) -> Finding:
    return check_bullet(bullet, pool, weights)


def kinds(finding: Finding) -> set[tuple[str, str]]:
    return {(flag.kind, flag.colour) for flag in finding.flags}


class TrickyTests:
    pool = make_pool(BRIDGE)

    @pytest.mark.parametrize("weights", WEIGHTS, ids=["english", "equal"])
    @pytest.mark.parametrize("bullet", TRUE.values(), ids=TRUE)
    def test_true_bullets_pass(self, bullet: str, weights: Weights) -> None:
        assert check(bullet, self.pool, weights).flags == ()

    @pytest.mark.parametrize("weights", WEIGHTS, ids=["english", "equal"])
    @pytest.mark.parametrize(("bullet", "flag"), FALSE.items())
    def test_false_ones_do_not(self, bullet: str, flag: tuple[str, str], weights: Weights) -> None:
        assert flag in kinds(check(bullet, self.pool, weights))

    def test_words_and_reason(self) -> None:
        (flag,) = check("At least 12 dead, 35 hurt after Ohio bridge falls", self.pool).flags
        assert flag.words == ("35",)
        assert flag.reason == "“35” is in no sentence of the article."

    def test_red_flags_come_first(self) -> None:
        flags = check("Siemens does not deny its design was at fault", self.pool).flags
        assert [flag.colour for flag in flags] == ["red", "amber"]


class SeedTests:
    pool = make_pool(SEED_BODY, headline=SEED.headline)

    def test_it_has_four_bullets(self) -> None:
        assert len(SEED.bullets) == 4

    @pytest.mark.parametrize("weights", WEIGHTS, ids=["english", "equal"])
    @pytest.mark.parametrize("bullet", SEED.bullets)
    def test_its_bullets_pass(self, bullet: str, weights: Weights) -> None:
        finding = check(bullet, self.pool, weights)
        assert finding.flags == ()
        assert finding.evidence.level == "supported"

    @pytest.mark.parametrize("sentence", [sentence.text for sentence in split_sentences(SEED_BODY)])
    def test_its_sentences_pass(self, sentence: str) -> None:
        finding = check(sentence, self.pool)
        assert finding.flags == ()
        assert finding.evidence.passages[0].text == sentence

    @pytest.mark.parametrize("weights", WEIGHTS, ids=["english", "equal"])
    @pytest.mark.parametrize(
        ("right", "wrong", "flag"),
        [
            ("18,000", "81,000", ("number", "red")),
            ("15%", "51%", ("number", "red")),
            ("Xiaomi held", "Apple held", ("name", "red")),
            ("Xiaomi denies", "Xiaomi does not deny", ("negation", "amber")),
        ],
    )
    def test_its_sentences_made_wrong(self, right: str, wrong: str, flag: tuple[str, str], weights: Weights) -> None:
        sentence = next(sentence.text for sentence in split_sentences(SEED_BODY) if right in sentence.text)
        assert flag in kinds(check(sentence.replace(right, wrong), self.pool, weights))

    @pytest.mark.parametrize(
        ("bullet", "flag"),
        [
            ("Apple partners with Indian manufacturer Padget Electronics.", ("name", "red")),
            ("Xiaomi has 81,000 stores in India.", ("number", "red")),
            ("Xiaomi held a 51 % share of India's smartphone market.", ("number", "red")),
            ("Xiaomi does not deny the claim of the authorities.", ("negation", "amber")),
        ],
    )
    def test_bullets_made_wrong(self, bullet: str, flag: tuple[str, str]) -> None:
        assert flag in kinds(check(bullet, self.pool))

    @pytest.mark.parametrize(
        "bullet", ["Xiaomi has 18,000 stores in India.", "Xiaomi held a 15 % share of India's smartphone market."]
    )
    def test_the_same_ones_right(self, bullet: str) -> None:
        assert check(bullet, self.pool).flags == ()


class LanguageTests:
    @pytest.mark.parametrize("language", ARTICLES)
    def test_true_bullets_pass(self, language: str) -> None:
        text, true, _ = ARTICLES[language]
        for bullet in true:
            finding = check(bullet, make_pool(text))
            assert finding.flags == ()
            assert finding.evidence.level == "supported"

    @pytest.mark.parametrize("language", ARTICLES)
    def test_wrong_numbers_do_not(self, language: str) -> None:
        text, _, wrong = ARTICLES[language]
        for bullet in wrong:
            assert ("number", "red") in kinds(check(bullet, make_pool(text)))

    @pytest.mark.parametrize("language", ARTICLES)
    def test_another_story_is_unsupported(self, language: str) -> None:
        text, _, _ = ARTICLES[language]
        others = [bullet for other, (_, true, _) in ARTICLES.items() if other != language for bullet in true]
        assert all(("unsupported", "red") in kinds(check(bullet, make_pool(text))) for bullet in others)

    @pytest.mark.parametrize("language", ARTICLES)
    def test_it_says_what_is_not_checked(self, language: str) -> None:
        text, (bullet, _), _ = ARTICLES[language]
        names = () if language in ("fr", "es", "ru") else ("name",)
        assert check(bullet, make_pool(text)).unchecked == ("negation", "antonym", *names)

    def test_english_is_checked_in_full(self) -> None:
        assert check("12 dead in Ohio bridge collapse", make_pool(BRIDGE)).unchecked == ()
        assert check("Ohio mourns", make_pool("Ohio mourns its dead")).unchecked == ()

    def test_small_words_of_other_languages_are_no_numbers(self) -> None:
        text = (
            "De brug van Oostmeer gaat ten noorden van de haven dicht, zegt burgemeester Saskia Terpstra van de stad."
        )
        assert check("Brug ten noorden van haven dicht", make_pool(text + " " + text)).flags == ()


class ScoreTests:
    pool = make_pool(BRIDGE)

    def test_thirds_by_colour_and_order_within(self) -> None:
        fine = check("State did not close the bridge", self.pool).score
        poorer = check("12 dead in Ohio bridge collapse horror drama", self.pool).score
        amber = check("Shares in the builder rose by 18%", self.pool).score
        red = check("Shares in builder fell 81 per cent", self.pool).score
        assert 1 >= fine > poorer >= 2 / 3 > amber >= 1 / 3 > red >= 0

    def test_a_sentence_of_the_article_has_the_most(self) -> None:
        assert check("Two Japanese tourists are among the dead.", self.pool).score == 1.0


class NegationTests:
    @pytest.mark.parametrize(
        ("article", "bullet"),
        [
            ("The firm will ship the phone in May.", "Firm will not ship phone in May"),
            ("The firm will ship the phone in May.", "Firm never ships phone"),
            ("The firm did not ship the phone in May.", "Firm shipped phone in May"),
            (
                "Nobody found the missing phone in the harbour.",
                "Divers found missing phone in harbour",
            ),
        ],
    )
    def test_on_one_side(self, article: str, bullet: str) -> None:
        assert ("negation", "amber") in kinds(check(bullet, make_pool(article)))

    @pytest.mark.parametrize(
        ("article", "bullet"),
        [
            ("The firm has not shipped the phone.", "Firm didn't ship phone"),
            ("The firm refused to ship the phone to the shops.", "Firm will not deliver"),
            ("Not only the firm shipped the phone.", "Firm shipped phone"),
            ("The firm shipped phone No. 5 in May.", "Firm shipped phone no. 5 in May"),
            ("The firm shipped the phone, but the charger was not ready.", "Firm shipped phone"),
            ("The child is still alive, the family says.", "Family says child is not dead"),
        ],
    )
    def test_on_both_or_neither(self, article: str, bullet: str) -> None:
        assert "negation" not in {kind for kind, _ in kinds(check(bullet, make_pool(article)))}

    @pytest.mark.parametrize(
        ("article", "bullet"),
        [
            ("Shoppers paid. They don't have to want it, he said.", "Shoppers pay as much as they want"),
            ("The tug held the rocket.", "Tug held rocket without a hook"),
        ],
    )
    def test_of_something_else(self, article: str, bullet: str) -> None:
        assert "negation" not in {kind for kind, _ in kinds(check(bullet, make_pool(article)))}


class YearsTests:
    ARTICLE = "The bridge was built in 1985. It fell in 2022, the mayor said on Monday."

    @pytest.mark.parametrize("bullet", ["Bridge falls after 37 years", "Bridge stood for more than 35 years"])
    def test_the_time_between_two_years(self, bullet: str) -> None:
        assert "number" not in {kind for kind, _ in kinds(check(bullet, make_pool(self.ARTICLE)))}

    @pytest.mark.parametrize("bullet", ["Bridge falls after 73 years", "Bridge falls with 37 cars"])
    def test_another_time_or_other_things(self, bullet: str) -> None:
        assert ("number", "red") in kinds(check(bullet, make_pool(self.ARTICLE)))


class AntonymTests:
    def test_the_opposite_beside_the_same_words(self) -> None:
        finding = check(
            "Council approves plan for the new port", make_pool("The council rejected the plan for the new port.")
        )
        assert [(flag.kind, flag.words, flag.reason) for flag in finding.flags] == [
            ("antonym", ("approves",), "The bullet says “approves”, a passage “rejected”.")
        ]

    @pytest.mark.parametrize(
        "article",
        [
            "The council approved the plan and rejected the port.",
            "The council backed the plan. It rejected one in May.",
        ],
    )
    def test_the_word_itself_or_another_place(self, article: str) -> None:
        assert check("Council approves plan", make_pool(article)).flags == ()


class PropertyTests:
    @given(TEXTS, TEXTS, TEXTS)
    def test_any_text_can_be_checked(self, body: str, headline: str, bullet: str) -> None:
        finding = check(bullet, make_pool(body, headline=headline))
        assert 0 <= finding.score <= 1
        shares = (finding.evidence.best, finding.evidence.coverage, finding.evidence.found)
        assert 0 <= min(shares) <= max(shares) == finding.evidence.found <= 1.000001

    @given(TEXTS, TEXTS, TEXTS)
    def test_what_is_reported_names_its_place(self, body: str, headline: str, bullet: str) -> None:
        pool = make_pool(body, headline=headline)
        data = as_data(check(bullet, pool), pool)
        assert json.loads(json.dumps(data)) == data
        for found in data["evidence"]:
            assert pool.fields[found["field"]][found["start"] : found["end"]] == found["exact"] != ""
        for flag in data["flags"]:
            assert all(word in bullet for word in flag["words"])

    @pytest.mark.parametrize(
        "text", ["12:", "12 34 ", "1,", "Ab\n", "A. ", "one two ", "1/2 ", "云汀市", "half of a ", "OSLO, "]
    )
    def test_a_hundred_kilobytes_of_anything_are_checked_in_seconds(self, text: str) -> None:
        start = time.process_time()
        check("At least 12 dead, 41 missing off Norway", make_pool(text * (100_000 // len(text))))
        assert time.process_time() - start < 10

    @given(TEXTS)
    def test_a_sentence_of_the_article_is_supported_without_a_flag(self, body: str) -> None:
        pool = make_pool(body)
        for passage in pool.passages:
            finding = check(passage.text, pool)
            assert finding.flags == ()
            assert finding.evidence.level == "supported"
