"""What to do with a document, given what was imported before and what stands now."""

from collections import defaultdict
from typing import Any

import pytest

from articles.importing.documents import Document, StatedSource
from articles.importing.fields import Fields, fields_of
from articles.importing.merge import Verdict
from articles.importing.plan import Counterpart, Key, Outcome, Plan, is_alike, keys_of, plan, recognise

LONG = "The second ground station went on the air on Monday, and 40,000 homes can now order a dish from the firm."
OTHER = "A court in Oslo has fined the maker of phones for slow updates; it will appeal, says a person on its board."


def said(**changes: Any) -> Fields:
    """The fields of a document."""
    return fields_of(Document(**{"headline": "Kestrel opens", "body": LONG, **changes}))


def standing(ours: Fields | None = None, *, is_public: bool = False) -> Counterpart:
    """A story as it was imported, changed since to ``ours``."""
    return Counterpart(7, said(), ours or said(), is_public)


def nothing(number: int) -> None:
    """No story has this number."""


class PlanTests:
    def test_new_document_is_created(self) -> None:
        assert plan(said(), None, "").outcome == Outcome.CREATE

    def test_same_words_are_unchanged(self) -> None:
        assert plan(said(), standing(), "") == Plan(Outcome.UNCHANGED)

    @pytest.mark.parametrize(
        ("ours", "theirs", "is_public", "outcome", "verdicts"),
        [
            ({}, {"byline": "Ann"}, False, Outcome.UPDATE, {"byline": Verdict.TAKE}),
            ({}, {"byline": "Ann"}, True, Outcome.PROPOSE, {"byline": Verdict.PROPOSE}),
            ({"byline": "Bo"}, {}, False, Outcome.UNCHANGED, {"byline": Verdict.KEEP}),
            ({"byline": "Bo"}, {}, True, Outcome.UNCHANGED, {"byline": Verdict.KEEP}),
            ({"byline": "Bo"}, {"byline": "Ann"}, False, Outcome.CONFLICT, {"byline": Verdict.CONFLICT}),
            ({"byline": "Bo"}, {"byline": "Ann"}, True, Outcome.CONFLICT, {"byline": Verdict.CONFLICT}),
            ({"byline": "Ann"}, {"byline": "Ann"}, False, Outcome.UNCHANGED, {}),
            (
                {"byline": "Bo", "language": "ar"},
                {"byline": "Ann", "standfirst": "Two now."},
                False,
                Outcome.CONFLICT,
                {"standfirst": Verdict.TAKE, "byline": Verdict.CONFLICT, "language": Verdict.KEEP},
            ),
        ],
    )
    def test_known_document_is_merged(
        self,
        ours: dict[str, str],
        theirs: dict[str, str],
        is_public: bool,
        outcome: Outcome,
        verdicts: dict[str, Verdict],
    ) -> None:
        planned = plan(said(**theirs), standing(said(**ours), is_public=is_public), "")
        assert planned.outcome == outcome
        assert {change.field: change.verdict for change in planned.changes} == verdicts
        is_waiting = (Verdict.PROPOSE, Verdict.CONFLICT)
        assert [one.field for one in planned.waiting] == [name for name in verdicts if verdicts[name] in is_waiting]
        assert bool(planned.reason) == bool(planned.waiting)

    def test_other_standing_statement_gets_a_warning(self) -> None:
        ours, other = said(statement="We are right."), said(statement="We are wrong.")
        assert plan(ours, None, "We are right.").warnings == ()
        assert plan(ours, None, "").warnings == ()
        assert "standing statement differs" in plan(other, None, "We are right.").warnings[0].message
        assert "standing statement differs" in plan(other, standing(), "We are right.").warnings[0].message


class KeysTests:
    def test_surest_first(self) -> None:
        sources = (StatedSource("SCMP", "https://scmp.example/1"), StatedSource("Nordlys"))
        assert keys_of("a.txt", said(sources=sources, identity="tag:1")) == [
            ("identity", "tag:1"),
            ("address", "//scmp.example/1"),
            ("name", "a.txt"),
            ("story", "kestrel opens", "scmp"),
            ("story", "kestrel opens", "nordlys"),
        ]

    def test_nothing_is_no_mark(self) -> None:
        assert keys_of("", said()) == []

    def test_two_addresses_tell_of_no_story(self) -> None:
        sources = (StatedSource("A", "https://a.example/"), StatedSource("B", "https://b.example/"))
        assert [key[0] for key in keys_of("", said(sources=sources))] == ["story", "story"]


class AlikeTests:
    @pytest.mark.parametrize(
        ("mark", "theirs", "alike"),
        [
            ("name", said(body=OTHER), True),
            ("name", said(headline="Other"), True),
            ("name", said(headline="Other", body=f"{LONG} And more."), True),
            ("name", said(headline="Other", body=OTHER), False),
            ("address", said(headline="KESTREL OPENS", body=OTHER), True),
            ("story", said(body=f"{LONG} {OTHER}"), True),
            ("story", said(body=OTHER), False),
            ("story", said(body="More."), True),
        ],
    )
    def test_by_headline_or_body_and_by_body_alone_where_the_headline_is_the_mark(
        self, mark: str, theirs: Fields, alike: bool
    ) -> None:
        assert is_alike(mark, theirs, said()) == alike


class RecogniseTests:
    def look(self, theirs: Fields, file_name: str = "", **stories: tuple[str, Fields]) -> tuple[int | None, list[str]]:
        """Which of ``stories``, numbered from 1, each a file name and its fields, ``theirs`` is; and the warnings."""
        index: dict[Key, list[int]] = defaultdict(list)
        known = {}
        for number, (name, fields) in enumerate(stories.values(), start=1):
            known[number] = Counterpart(number, fields, fields, is_public=False)
            for key in keys_of(name, fields):
                index[key].append(number)
        found, warnings = recognise(theirs, file_name, index, known.get)
        return found.article_id if found else None, [warning.message for warning in warnings]

    def test_by_file_name(self) -> None:
        assert self.look(said(byline="Ann"), "a.txt", a=("a.txt", said())) == (1, [])

    def test_by_headline_and_source_under_another_file_name(self) -> None:
        theirs = said(headline="KESTREL opens", sources=(StatedSource("scmp"),))
        assert self.look(theirs, "b.txt", a=("a.txt", said(sources=(StatedSource("SCMP"),)))) == (1, [])

    def test_by_address_under_another_headline(self) -> None:
        sources = (StatedSource("SCMP", "https://scmp.example/1"),)
        assert self.look(said(headline="New", sources=sources), "b.txt", a=("a.txt", said(sources=sources))) == (1, [])

    def test_by_identity_whatever_else_it_says(self) -> None:
        theirs = said(headline="New", body=OTHER, identity="tag:1")
        assert self.look(theirs, a=("", said(identity="tag:1"))) == (1, [])

    def test_identity_that_others_may_have_too_is_no_proof(self) -> None:
        known = ("", said(identity="1"))
        assert self.look(said(byline="Ann", identity="1"), a=known) == (1, [])
        number, warnings = self.look(said(headline="New", body=OTHER, identity="1"), a=known)
        assert (number, "has this identity" in warnings[0]) == (None, True)

    def test_other_identity_at_another_address_is_another_story(self) -> None:
        first, second = ((StatedSource("SCMP", f"https://scmp.example/{number}"),) for number in (1, 2))
        known = ("", said(identity="1", sources=first))
        assert self.look(said(identity="2", sources=second), a=known) == (None, [])
        assert self.look(said(identity="2", sources=first), a=known) == (1, [])
        assert self.look(said(identity="1", sources=second), a=known) == (1, [])

    def test_number_of_another_outlet_is_another_story(self) -> None:
        ours, theirs = ((StatedSource("A", f"https://{host}.example/1"),) for host in ("a", "b"))
        assert self.look(said(identity="1", sources=theirs), a=("", said(identity="1", sources=ours))) == (None, [])
        known = ("", said(identity="tag:1", sources=ours))
        assert self.look(said(identity="tag:1", sources=theirs), a=known) == (1, [])

    def test_tracking_does_not_make_another_address(self) -> None:
        ours, theirs = ((StatedSource("A", f"https://a.example/1{end}"),) for end in ("", "?utm_source=rss"))
        assert self.look(said(headline="New", sources=theirs), a=("", said(sources=ours))) == (1, [])

    def test_another_source_or_none_is_another_story(self) -> None:
        known = ("a.txt", said(sources=(StatedSource("SCMP"),)))
        assert self.look(said(sources=(StatedSource("Nordlys"),)), "b.txt", a=known) == (None, [])
        assert self.look(said(), "b.txt", a=known) == (None, [])

    def test_input_without_a_name_is_never_the_same_file(self) -> None:
        assert self.look(said(), "", a=("", said())) == (None, [])

    def test_other_story_under_the_same_file_name_is_kept_apart(self) -> None:
        number, warnings = self.look(said(headline="Other", body=OTHER), "a.txt", a=("a.txt", said()))
        assert number is None
        assert warnings == [
            "another story came under this file name: kept apart, since their texts have little in common"
        ]

    def test_column_of_one_headline_is_a_new_story_each_week(self) -> None:
        sources = (StatedSource("SCMP"), StatedSource("Nordlys"))
        known = ("a.txt", said(headline="In brief", sources=sources))
        number, warnings = self.look(said(headline="In brief", body=OTHER, sources=sources), "b.txt", a=known)
        assert (number, len(warnings)) == (None, 1)
        assert "another story has this headline and source" in warnings[0]

    def test_of_several_with_a_mark_the_alike_one(self) -> None:
        first, second = ("a.txt", said(headline="Other", body=OTHER)), ("a.txt", said(headline="New"))
        assert self.look(said(), "a.txt", a=first, b=second) == (2, [])

    def test_story_that_is_gone_is_none(self) -> None:
        assert recognise(said(), "a.txt", {("name", "a.txt"): [1]}, nothing) == (None, ())

    def test_story_whose_base_is_unknown_is_held_against_what_stands(self) -> None:
        known = Counterpart(1, dict.fromkeys(said()), said(), is_public=False)
        assert recognise(said(headline="New"), "a.txt", {("name", "a.txt"): [1]}, {1: known}.get)[0] == known
