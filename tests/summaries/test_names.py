"""Which names of a bullet its article lacks, or has elsewhere."""

import pytest

from articles.summaries.checks import check_bullet
from articles.summaries.names import find_missing_names
from articles.summaries.places import are_kin
from articles.summaries.pool import make_pool
from articles.summaries.weights import english_weights
from articles.summaries.words import find_words

ARTICLE = """\
Xiaomi, the phone maker, opened a factory in Noida on Friday with the help of the Indian government. The World Trade \
Organization and the UN welcomed the plan of Anna O'Neill-Smith, who leads the firm's work in Germany and the U.S. The \
police said that apple growers had lost land. It will build the Mi 11 and the A320. Dixon Technologies was silent.\
"""


def missing_from(article: str, bullet: str) -> list[str]:
    return find_missing_names(bullet, find_words(bullet), make_pool(article).vocabulary)


class FoundTests:
    @pytest.mark.parametrize(
        "bullet",
        [
            "XIAOMI opens factory",
            "Xiaomi's factory, Xiaomis everywhere",
            "Factory welcomed by the WTO",
            "Factory welcomed by the W.T.O.",
            "Factory welcomed by the United Nations",
            "Plan of O'Neill-Smith, of Smith and of Ms. O'Neill",
            "India and Indians, Germans and a German",
            "Americans in the US, in the USA, in America and in the United States",
            "Police speak of Apple Growers",
            "The A-320 is built",
            "President, CEO and Prime Minister of Dixon Technologies",
            "NEW: Plan leaked",
            "It was on Friday: They said “Growers knew”",
        ],
    )
    def test_nothing_is_missing(self, bullet: str) -> None:
        assert missing_from(ARTICLE, bullet) == []

    @pytest.mark.parametrize(
        "bullet", ["Crew opens factory", "Investigators visit factory", "Hackers, inmates and toddlers: Toddlers spoke"]
    )
    def test_common_words_may_start_a_sentence(self, bullet: str) -> None:
        assert missing_from(ARTICLE, bullet) == []

    @pytest.mark.parametrize("bullet", ["Biggest plant opens", "Chipmaker opens factory", "SEK118 bln for A320 plant"])
    def test_endings_that_names_do_not_have(self, bullet: str) -> None:
        assert missing_from(ARTICLE, bullet) == []

    @pytest.mark.parametrize(
        ("article", "bullet"),
        [
            ("He lives in Spokane, Wash., with his dog.", "Man from Washington state lives with dog"),
            ("Sen. Ann Lee, D-N.M., spoke in Reno, NV, today.", "Senator from New Mexico speaks in Nevada"),
            ("He lives in Washington with his dog.", "Man lives in Spokane, Wash."),
            ("The European privacy law was broken.", "It breaks EU law"),
            ("The Burmese army left on Nov. 8.", "Army of Myanmar leaves on November 8"),
            ("St. Hilda's is closed.", "It says Saint Hilda is closed"),
        ],
    )
    def test_other_forms_of_places_and_days(self, article: str, bullet: str) -> None:
        found = missing_from(f"{article} The dog was in the house of the man and that was it.", bullet)
        assert [name for name in found if name != "Spokane"] == []

    def test_a_title_in_capitals_tells_nothing(self) -> None:
        assert missing_from(ARTICLE, "Phone Maker Builds New Plant With Government Help") == []
        assert missing_from(ARTICLE, "PHONE MAKER BUILDS NEW PLANT") == []


class MissingTests:
    @pytest.mark.parametrize(
        ("bullet", "names"),
        [
            ("Vivo opens factory", ["Vivo"]),
            ("The factory is Samsung Electronics'", ["Samsung Electronics"]),
            ("Anna Bergstrom leads Xiaomi", ["Bergstrom"]),
            ("Factory welcomed by the FBI", ["FBI"]),
            ("Xiaomi helps Koreans in Delhi", ["Koreans", "Delhi"]),
            ("Sen. League spoke", ["League"]),
            ("It will build the A330 and an F-16", ["A330", "F-16"]),
            ("It says the 5G network is late", ["5G"]),
        ],
    )
    def test_missing(self, bullet: str, names: list[str]) -> None:
        assert missing_from(ARTICLE, bullet) == names

    def test_a_firm_that_is_also_a_fruit(self) -> None:
        assert missing_from(ARTICLE.replace("apple", "fruit"), "Apple opens factory") == ["Apple"]

    def test_german_nouns_are_no_names(self) -> None:
        article = (
            "Das Bad ist offen und der Strom ist da. Die Stadt zahlt nicht für das Wasser, und der Rat lobt den Plan."
        )
        assert missing_from(article, "Das Becken kostet nichts, die Gemeinde freut sich") == []

    def test_a_start_tells_nothing_where_the_article_is_not_english(self) -> None:
        assert missing_from("La planta abre hoy en Noida con ayuda del gobierno.", "Vecinos celebran en Noida") == []


class KinTests:
    @pytest.mark.parametrize(
        "pair",
        [
            "india indian",
            "italy italian",
            "china chinese",
            "turkey turkish",
            "iraq iraqi",
            "texas texan",
            "peru peruvian",
        ],
    )
    def test_kin(self, pair: str) -> None:
        place, people = pair.split()
        assert are_kin(place, people)
        assert are_kin(people, place)

    @pytest.mark.parametrize("pair", ["maria mario", "martin martinez", "iran iraq", "austria australia", "ann andrea"])
    def test_not_kin(self, pair: str) -> None:
        one, other = pair.split()
        assert not are_kin(one, other)


class MisplacedTests:
    ARTICLE = (
        "Officers arrested Carla Nunez after a long chase through the harbour of Lisbon on Sunday. She denied that she"
        " had stolen the painting. The museum's lawyers thanked the officers for the painting's return.\n\n"
        "In other news, Peter Holm opened a bakery. It rained in Oslo. The bakery sells rye bread."
    )

    def flags_of(self, bullet: str) -> list[tuple[str, str, tuple[str, ...]]]:
        finding = check_bullet(bullet, make_pool(self.ARTICLE), english_weights())
        return [(flag.kind, flag.colour, flag.words) for flag in finding.flags]

    def test_a_name_among_its_own(self) -> None:
        assert self.flags_of("Carla Nunez arrested after long chase through harbour") == []

    def test_a_name_in_the_sentence_before(self) -> None:
        assert self.flags_of("Nunez denied that she had stolen painting") == []

    def test_a_name_from_elsewhere_in_the_article(self) -> None:
        assert self.flags_of("Peter Holm arrested after long chase through harbour") == [
            ("name", "amber", ("Peter",)),
            ("name", "amber", ("Holm",)),
        ]
