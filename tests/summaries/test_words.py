"""Words as the finder counts them."""

import pytest

from articles.summaries.stems import stem
from articles.summaries.words import find_words, fold, key_of, plain


def keys_of(text: str) -> list[str]:
    return [word.key for word in find_words(text) if word.key]


class StemTests:
    @pytest.mark.parametrize(
        ("words", "expected"),
        [
            ("caresses ponies cats", "caress poni cat"),
            ("agreed plastered motoring sing", "agre plaster motor sing"),
            ("conflated sized hopping falling", "conflat size hop fall"),
            ("happy sky", "happi sky"),
            ("relational conditional rational digitizer operator", "relat condit ration digit oper"),
            ("triplicate formative electrical hopefulness", "triplic form electr hope"),
            ("revival allowance adjustment adoption effective", "reviv allow adjust adopt effect"),
            ("probate rate controlling roll", "probat rate control roll"),
        ],
    )
    def test_porter(self, words: str, expected: str) -> None:
        assert [stem(word) for word in words.split()] == expected.split()

    @pytest.mark.parametrize(
        "words",
        [
            "organise organize organised organizing",
            "colour color colours",
            "centre center",
            "travelled traveled travelling",
            "defence defense",
            "programme program",
            "analyse analyze",
            "win won wins winner",
            "child children kids",
            "die died dying dead deaths",
            "deny denies denied denial",
            "police policeman cops",
        ],
    )
    def test_one_stem(self, words: str) -> None:
        assert len({stem(word) for word in words.split()}) == 1

    def test_words_of_other_scripts_stay(self) -> None:
        assert stem("дома") == "дома"

    def test_the_arabic_article_goes(self) -> None:
        assert stem("والمحطة") == stem("المحطة") == stem("محطة")


class KeyTests:
    @pytest.mark.parametrize(
        "words",
        [
            ["US", "U.S.", "USA", "American", "America"],
            ["British", "UK", "Britain", "U.K."],
            ["killed", "dead", "fatal"],
            ["plunges", "fell", "dropped"],
            ["Düsseldorf", "Dusseldorf"],
            ["jail", "prison", "prisons"],
        ],
    )
    def test_the_same(self, words: list[str]) -> None:
        assert len({key_of(word) for word in words}) == 1

    @pytest.mark.parametrize("word", ["the", "said", "not", "didn't", "us", "J", "und"])
    def test_nothing(self, word: str) -> None:
        assert key_of(word) == ""

    def test_plain(self) -> None:
        assert [plain(word) for word in ("U.N.", "Straße", "Señor", "3.5")] == ["un", "strasse", "senor", "3.5"]


class FindWordsTests:
    def test_possessives_hyphens_and_contractions(self) -> None:
        words = [word.text for word in find_words("Xiaomi’s brothers' take-off wasn't the boss's")]
        assert words == ["Xiaomi", "brothers", "take", "off", "wasn't", "the", "boss"]

    def test_places_are_those_of_the_text(self) -> None:
        text = "Über “Zoë’s” 12\u00a0cafés – naïve U.S. coöps, 你好世界"
        assert all(fold(text)[word.start : word.end] == word.text for word in find_words(text))

    def test_chinese_comes_in_pairs(self) -> None:
        assert keys_of("你好世界") == ["你好", "好世", "世界"]

    def test_marks_on_letters_do_not_split_words(self) -> None:
        assert len(find_words("عدوّ المحطة")) == 2
        assert len(find_words("हिन्दी")) == 1

    def test_folding_keeps_every_character_in_its_place(self) -> None:
        text = "“a” – b’s\u00a0c\u00ad٣٪ſ"
        assert fold(text) == '"a" - b\'s c-3%s'
        assert len(fold(text)) == len(text)
