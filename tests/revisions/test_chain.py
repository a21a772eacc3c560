"""The chain of versions: what is hashed, and that nothing can change without its showing."""

import hashlib
import json
from dataclasses import asdict, fields, replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.revisions.chain import Link, Words, hash_of
from articles.revisions.models import Revision
from articles.revisions.verify import broken_link

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
AT = datetime(2026, 11, 22, 17, 40, 44, 123456, tzinfo=UTC)
WORDS = Words("Dish", "Flat.", "Ann", "It has *four*.", "It has four.", ("A point.", "“Another”."))
LINK = Link(2, AT, "Edie", "minor", "Typing error.", WORDS.hash, "", "ab" * 32)

Version = tuple[Revision, Words | None]


def chain_of(texts: list[Words]) -> list[Version]:
    """A sound record with a version of each text."""
    versions: list[Version] = []
    previous_hash = ""
    for number, words in enumerate(texts, start=1):
        link = Link(number, AT + timedelta(hours=number), "Edie", "minor", "Why.", words.hash, "", previous_hash)
        versions.append((Revision(**vars(link), hash=link.hash), words))
        previous_hash = link.hash
    return versions


class FormatTests:
    """Written down in docs/corrections.md: a change here breaks every record that there is."""

    def test_canonical_form_is_json_without_white_space_and_with_its_names_in_order(self) -> None:
        canonical = '{"a":[1,"ä\\n\\"","\\u0001"],"b":""}'
        assert hash_of({"b": "", "a": [1, 'ä\n"', "\x01"]}) == hashlib.sha256(canonical.encode()).hexdigest()

    def test_text(self) -> None:
        canonical = (
            '{"body_markdown":"It has *four*.","body_text":"It has four.","bullets":["A point.","“Another”."],'
            '"byline":"Ann","headline":"Dish","standfirst":"Flat."}'
        )
        assert hashlib.sha256(canonical.encode()).hexdigest() == WORDS.hash

    def test_version(self) -> None:
        canonical = json.dumps(
            {**asdict(LINK), "created_at": "2026-11-22T17:40:44.123456Z"}, sort_keys=True, separators=(",", ":")
        )
        assert hashlib.sha256(canonical.encode()).hexdigest() == LINK.hash

    def test_time_counts_as_a_moment_whatever_its_zone(self) -> None:
        elsewhere = AT.astimezone(timezone(timedelta(hours=5, minutes=30)))
        assert replace(LINK, created_at=elsewhere).hash == LINK.hash


class ChangeTests:
    @pytest.mark.parametrize("name", [field.name for field in fields(Link)])
    def test_every_part_of_a_version_counts(self, name: str) -> None:
        other: Any = {"number": 3, "created_at": AT + timedelta(microseconds=1)}.get(name, "other")
        assert replace(LINK, **{name: other}).hash != LINK.hash

    @pytest.mark.parametrize("name", [field.name for field in fields(Words)])
    def test_every_part_of_a_text_counts(self, name: str) -> None:
        other: Any = ("A point.",) if name == "bullets" else "other"
        assert replace(WORDS, **{name: other}).hash != WORDS.hash

    @given(st.builds(Words, *[TEXT] * 5, st.lists(TEXT).map(tuple)), st.builds(Words, *[TEXT] * 5, st.just(())))
    def test_two_texts_never_share_a_hash(self, one: Words, other: Words) -> None:
        assert (one.hash == other.hash) == (one == other)


class BrokenLinkTests:
    texts = st.lists(st.builds(Words, *[TEXT] * 5, st.lists(TEXT, max_size=3).map(tuple)), min_size=1, max_size=5)

    @given(texts)
    def test_sound_record_holds(self, texts: list[Words]) -> None:
        assert broken_link(chain_of(texts)) == ""

    @given(texts, st.data())
    def test_version_that_is_gone_is_missed_unless_it_was_the_last(
        self, texts: list[Words], data: st.DataObject
    ) -> None:
        versions = chain_of(texts)
        gone = data.draw(st.integers(0, len(versions) - 1))
        del versions[gone]
        assert bool(broken_link(versions)) == (gone < len(versions))

    @given(texts, st.data())
    def test_changed_part_is_found_in_the_first_version_that_it_breaks(
        self, texts: list[Words], data: st.DataObject
    ) -> None:
        versions = chain_of(texts)
        at = data.draw(st.integers(0, len(versions) - 1))
        name = data.draw(st.sampled_from(["by_name", "kind", "reason", "text_hash", "notice_hash", "hash"]))
        revision = versions[at][0]
        setattr(revision, name, f"{getattr(revision, name)}x")
        assert broken_link(versions).startswith(f"version {at + 1}, ")

    @given(texts, st.data())
    def test_version_that_was_made_anew_breaks_the_one_after_it(self, texts: list[Words], data: st.DataObject) -> None:
        versions = chain_of(texts)
        at = data.draw(st.integers(0, len(versions) - 1))
        revision = versions[at][0]
        revision.reason = "Another one."
        revision.hash = revision.link.hash
        expected = f"version {at + 2}, does not follow on the one before it" if at + 1 < len(versions) else ""
        assert broken_link(versions) == expected

    def test_other_text_and_lost_text(self) -> None:
        ((revision, _),) = chain_of([WORDS])
        assert broken_link([(revision, replace(WORDS, headline="Bowl"))]) == (
            "version 1, has another text than was recorded"
        )
        assert broken_link([(revision, None)]) == "version 1, has lost its text"

    def test_two_versions_that_changed_places(self) -> None:
        one, other = chain_of([WORDS, replace(WORDS, headline="Bowl")])
        assert broken_link([other, one]).startswith("version 1, is missing")
