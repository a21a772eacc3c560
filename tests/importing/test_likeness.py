"""How alike two stories are, told from their words alone."""

from pathlib import Path

import pytest

from articles.importing.formats import parse
from articles.importing.likeness import ALIKE, Traits, keys_of, resemblance, traits_of
from articles.web.markdown import to_html
from articles.web.plain_text import to_text
from tests.bench.repeats import HERE, read
from tests.importing.stories import FIXTURES, SEED

KESTREL = """Kestrel has switched on a ground station at Hvitfjell, its second this year. The company says that 40,000
homes in the valley can order a dish for 349 euros, which Ragna Osterhus of the local council called overdue.

The first station opened in Selby in March and serves 12,500 homes. Kestrel means to build nine more by 2029."""
SABLE = """A court in Lowmarch has fined Sable 1.2 million pounds because its cameras kept recording at night. The
ruling says that 640 neighbours were filmed, and gives the company until Friday to delete 19 terabytes of pictures.

Sable has appealed. Its lawyer, Piers Adeyinka, said the cameras were sold as always on."""


def traits(text: str, headline: str = "") -> Traits:
    return traits_of(headline, text)


def likeness(one: str, other: str) -> float:
    return resemblance(traits(one), traits(other))


def shared(one: str, other: str) -> int:
    return len(set(keys_of(traits(one))) & set(keys_of(traits(other))))


def story_in(path: Path) -> Traits:
    document = parse(path.read_text(encoding="utf-8"))
    return traits_of(document.headline, to_text(to_html(document.body)))


class TraitsTests:
    def test_names_have_a_capital_that_no_sentence_explains(self) -> None:
        text = "Yesterday Kestrel opened it. Then Ragna Osterhus came: “Overdue.” It rains.\nNobody said Kestrel"
        assert traits(text).names == traits("a kestrel ragna osterhus".title()).names

    def test_days_and_months_are_no_names(self) -> None:
        assert not traits("It comes on Friday, in March or in May.").names

    def test_headline_gives_figures_and_no_names(self) -> None:
        found = traits("", "Kestrel Opens Nine Stations for 40,000 Homes")
        assert not found.names
        assert found.figures == traits("40000").figures

    def test_years_and_single_digits_say_too_little(self) -> None:
        assert not traits("In 2029 it had 9 of them.").figures

    def test_words_are_told_by_their_beginnings(self) -> None:
        assert traits("recording").words == traits("RECORDED").words
        assert not traits("short words tell less").words

    def test_packed_traits_come_back(self) -> None:
        for text in (KESTREL, SABLE, "", "9"):
            assert Traits.unpacked(traits(text).packed()) == traits(text)


class ResemblanceTests:
    def test_same_text_is_wholly_alike_and_an_empty_one_like_nothing(self) -> None:
        assert likeness(KESTREL, KESTREL) == 1
        assert likeness("", "") == likeness(KESTREL, "") == 0

    def test_other_story_is_not_alike(self) -> None:
        assert likeness(KESTREL, SABLE) < ALIKE / 2

    def test_paragraphs_may_move(self) -> None:
        assert likeness(KESTREL, "\n\n".join(reversed(KESTREL.split("\n\n")))) > 2 * ALIKE

    def test_half_a_story_is_alike(self) -> None:
        assert likeness(SABLE, SABLE.partition("\n\n")[0]) > 2 * ALIKE

    def test_case_quotes_and_punctuation_do_not_count(self) -> None:
        plain = SABLE.upper().replace(",", " –").replace("its", "‘its’")
        assert traits(SABLE).phrases == traits(plain).phrases

    def test_few_common_phrases_make_no_copy(self) -> None:
        assert (
            likeness("As we said before, this story will be updated.", f"{SABLE} As we said before, this story.")
            < ALIKE
        )

    def test_story_in_a_script_without_capitals_is_told_by_its_phrases(self) -> None:
        text = (FIXTURES / "samples" / "desert-panel-robots-ar.md").read_text(encoding="utf-8").partition("---\n")[2]
        paragraphs = text.split("\n\n")
        assert likeness(text, "\n\n".join(paragraphs[::-1])) > 2 * ALIKE

    @pytest.mark.parametrize("path", sorted((HERE / "elsewhere").glob("*.txt")), ids=lambda path: path.stem)
    def test_another_outlet_s_report_is_alike_and_a_later_story_is_not(self, path: Path) -> None:
        sample = FIXTURES / "samples" / f"{path.stem}.md"
        original = story_in(sample if sample.exists() else SEED)
        told = read(path)
        assert resemblance(original, traits(told.text, told.headline)) > ALIKE
        later = HERE / "later" / path.name
        if later.exists():
            assert resemblance(original, traits(read(later).text, read(later).headline)) < ALIKE


class KeysTests:
    def test_alike_stories_share_keys_and_others_none(self) -> None:
        assert shared(KESTREL, KESTREL) == len(keys_of(traits(KESTREL)))
        assert shared(KESTREL, KESTREL.replace("ground station", "mast").replace("overdue", "late")) > 2
        assert shared(KESTREL, SABLE) == 0

    def test_text_without_anything_to_tell_has_none(self) -> None:
        assert keys_of(traits("")) == []

    def test_few_facts_give_no_key_by_which_everything_would_be_found(self) -> None:
        assert len(keys_of(traits("It was Kestrel."))) <= 1

    def test_database_has_room_for_them(self) -> None:
        assert all(0 <= key < 2**31 for key in keys_of(traits(KESTREL)))

    def test_keys_are_the_same_everywhere_and_for_ever(self) -> None:
        """They are kept in databases: whoever changes how they are made has to make them anew."""
        keys = keys_of(traits(KESTREL))
        assert (keys[:2], keys[-2:]) == ([1925364367, 1231909548], [1187488863, 695150135])
