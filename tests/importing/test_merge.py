"""Merging three ways: nothing that an editor wrote is lost, nothing that the file did not change is taken."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing.documents import Document, Review, StatedSource
from articles.importing.fields import MERGED, REVIEW_PARTS, Fields, fields_of, get, is_same, put, versions
from articles.importing.merge import FieldChange, Verdict, merge, next_base, taken

A, B, C = "a", "b", "c"


def said(**changes: Any) -> Fields:
    return fields_of(Document(**{"headline": "H", "body": "Text.", **changes}))


def verdicts(changes: tuple[FieldChange, ...]) -> dict[str, str]:
    return {change.field: change.verdict for change in changes}


class VerdictTests:
    @pytest.mark.parametrize(
        ("base", "ours", "theirs", "verdict"),
        [
            (A, A, A, None),
            (A, B, B, None),
            (A, A, B, Verdict.TAKE),
            (A, B, A, Verdict.KEEP),
            (A, B, C, Verdict.CONFLICT),
        ],
    )
    @pytest.mark.parametrize("name", ["headline", "standfirst", "body", "byline", "language", "updated_as_stated"])
    def test_every_cell_of_the_table(self, name: str, base: str, ours: str, theirs: str, verdict: str | None) -> None:
        changes = merge(said(**{name: base}), said(**{name: ours}), said(**{name: theirs}))
        assert verdicts(changes) == ({name: verdict} if verdict else {})

    @pytest.mark.parametrize(
        ("name", "old", "new"),
        [
            ("kind", "news", "review"),
            ("published_at", None, "2026-11-20T12:00:00+00:00"),
            ("is_edited", False, True),
            ("is_from_archive", True, False),
            ("is_sample", False, True),
            ("topics", [], ["Phones"]),
            ("sources", [], [{"name": "SCMP", "url": ""}]),
            ("sources", [{"name": "SCMP", "url": ""}], [{"name": "SCMP", "url": "https://scmp.example/1"}]),
            ("credits", ["Ann"], ["Ann", "Bo"]),
            ("bullets", ["One.", "Two."], ["Two.", "One."]),
        ],
    )
    def test_fields_of_every_shape(self, name: str, old: Any, new: Any) -> None:
        before, after = put(said(), name, old), put(said(), name, new)
        assert merge(before, before, after) == (FieldChange(name, old, old, new, Verdict.TAKE),)
        assert merge(before, after, before) == (FieldChange(name, old, new, old, Verdict.KEEP),)
        assert merge(before, after, after) == ()

    def test_outlets_and_topics_are_the_same_in_any_case(self) -> None:
        one = said(topics=("Phones",), sources=(StatedSource("SCMP"),))
        other = said(topics=("phones",), sources=(StatedSource("scmp"),))
        assert merge(one, one, other) == ()
        assert verdicts(merge(one, other, said())) == {"topics": "take", "sources": "take"}

    def test_of_an_unknown_base_every_difference_is_a_conflict(self) -> None:
        changes = merge(dict.fromkeys(said()), said(), said(headline="New", topics=("Phones",)))
        assert verdicts(changes) == {"headline": "conflict", "topics": "conflict"}


class ReviewTests:
    K3 = Review("Pell K3", score=Decimal("4.50"), scale=Decimal(5), price=Decimal("139.00"), currency="GBP")

    def test_parts_are_fields_and_what_belongs_together_stays_together(self) -> None:
        base = said(review=self.K3)
        ours = put(base, "review.score", {"score": "4", "scale": "5"})
        theirs = put(put(base, "review.price", {"price": "99", "currency": "EUR"}), "review.maker", {"maker": "Pell"})
        assert verdicts(merge(base, ours, theirs)) == {
            "review.maker": "take",
            "review.score": "keep",
            "review.price": "take",
        }
        review = taken(ours, merge(base, ours, theirs))["review"]
        assert (review["score"], review["price"], review["currency"], review["maker"]) == ("4", "99", "EUR", "Pell")

    @pytest.mark.parametrize("absent", ["base", "ours", "theirs"])
    def test_where_one_side_has_none_it_is_one_field(self, absent: str) -> None:
        sides = {"base": said(review=self.K3), "ours": said(review=self.K3), "theirs": said(review=self.K3)}
        sides[absent] = said()
        changed = {"base": {}, "ours": {"review": "keep"}, "theirs": {"review": "take"}}
        assert verdicts(merge(**sides)) == changed[absent]

    def test_digits_are_compared_and_not_their_zeros(self) -> None:
        review = said(review=self.K3)["review"]
        assert (review["score"], review["scale"], review["price"]) == ("4.5", "5", "139")


class NextBaseTests:
    def test_what_waits_keeps_its_base(self) -> None:
        base = said(byline="Ann", review=ReviewTests.K3)
        theirs = put(said(byline="Bo", standfirst="New.", review=ReviewTests.K3), "review.maker", {"maker": "Pell"})
        settled = next_base(base, theirs, ["byline", "review.maker"])
        assert (settled["byline"], settled["standfirst"], settled["review"]["maker"]) == ("Ann", "New.", "")


TEXTS = st.sampled_from(["", "a", "b", "c"])
LISTS = st.lists(st.sampled_from(["a", "b"]), max_size=2)
REVIEWS = st.none() | st.fixed_dictionaries(
    {
        part: TEXTS if part not in ("pros", "cons", "specs") else LISTS
        for parts in REVIEW_PARTS.values()
        for part in parts
    }
)
SIDES = st.fixed_dictionaries(
    {
        **dict.fromkeys(["headline", "standfirst", "body", "byline", "kind", "language", "updated_as_stated"], TEXTS),
        "published_at": st.none() | TEXTS,
        **dict.fromkeys(["is_edited", "is_from_archive", "is_sample"], st.booleans()),
        **dict.fromkeys(["topics", "credits", "bullets"], LISTS),
        "sources": st.lists(st.fixed_dictionaries({"name": TEXTS, "url": TEXTS}), max_size=2),
        "review": REVIEWS,
    }
)


class NothingIsLostTests:
    @given(SIDES, SIDES, SIDES)
    def test_what_an_editor_changed_stays_and_what_the_file_left_is_not_taken(
        self, base: Fields, ours: Fields, theirs: Fields
    ) -> None:
        after = taken(ours, merge(base, ours, theirs))
        for name, (before, mine, yours, result) in versions(base, ours, theirs, after):
            is_edited, is_changed = not is_same(name, mine, before), not is_same(name, yours, before)
            if is_edited or not is_changed:
                assert result == mine
            else:
                assert is_same(name, result, yours)

    @given(SIDES, SIDES, SIDES)
    def test_every_difference_is_told_once(self, base: Fields, ours: Fields, theirs: Fields) -> None:
        changes = merge(base, ours, theirs)
        differing = [name for name, (_, mine, yours) in versions(base, ours, theirs) if not is_same(name, mine, yours)]
        assert [change.field for change in changes] == differing
        assert all(change.ours == get(ours, change.field) for change in changes)

    @given(SIDES, SIDES, SIDES)
    def test_second_merge_of_the_same_file_takes_nothing_and_waits_for_the_same(
        self, base: Fields, ours: Fields, theirs: Fields
    ) -> None:
        changes = merge(base, ours, theirs)
        waiting = [change.field for change in changes if change.verdict == Verdict.CONFLICT]
        again = merge(next_base(base, theirs, waiting), taken(ours, changes), theirs)
        assert [change.field for change in again if change.verdict == Verdict.CONFLICT] == waiting
        assert Verdict.TAKE not in verdicts(again).values()

    @given(SIDES, SIDES)
    def test_file_without_an_edit_wins_whole(self, base: Fields, theirs: Fields) -> None:
        after = taken(base, merge(base, base, theirs))
        assert all(is_same(name, after[name], theirs[name]) for name in MERGED)
