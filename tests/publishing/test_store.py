"""Kept pages in memory: bounded in bytes, the oldest going first unless they were read of late."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.publishing.entry import OVERHEAD, Answer, Entry
from articles.publishing.key import Key
from articles.publishing.store import Store

NOW = (1, 0, 0)


def key_at(path: str) -> Key:
    return Key("http", "testserver", path, "", "", "")


def entry_of(size: int = 0, generation: tuple[int, int, int] = NOW) -> Entry:
    return Entry(Answer("200 OK", [], b"x" * size), generation, None, "newsroom")


class StoreTests:
    def test_gives_back_what_was_put_in(self) -> None:
        store, entry = Store(10 * OVERHEAD), entry_of()
        store.put(key_at("/a/"), entry)
        assert store.get(key_at("/a/"), NOW) is entry
        assert store.get(key_at("/b/"), NOW) is None
        assert (len(store), store.bytes, store.hits) == (1, OVERHEAD, 1)

    def test_entry_of_another_generation_is_none(self) -> None:
        store = Store(10 * OVERHEAD)
        store.put(key_at("/a/"), entry_of())
        assert store.get(key_at("/a/"), (2, 0, 0)) is None
        assert store.hits == 0

    def test_newer_entry_takes_the_place(self) -> None:
        store = Store(10 * OVERHEAD)
        store.put(key_at("/a/"), entry_of(100))
        store.put(key_at("/a/"), newer := entry_of(7))
        assert store.get(key_at("/a/"), NOW) is newer
        assert (len(store), store.bytes) == (1, newer.size)

    def test_the_oldest_go_first_unless_they_were_read(self) -> None:
        store = Store(2 * OVERHEAD)
        for path in ("/a/", "/b/"):
            store.put(key_at(path), entry_of())
        store.get(key_at("/a/"), NOW)
        store.put(key_at("/c/"), entry_of())
        assert [path for path in ("/a/", "/b/", "/c/") if store.get(key_at(path), NOW)] == ["/a/", "/c/"]
        assert store.evictions == 1

    def test_having_been_read_saves_a_page_once(self) -> None:
        store = Store(2 * OVERHEAD)
        for path in ("/a/", "/b/"):
            store.put(key_at(path), entry_of())
        store.get(key_at("/a/"), NOW)
        for path in ("/c/", "/d/", "/e/"):
            store.put(key_at(path), entry_of())
        assert [path for path in ("/a/", "/b/", "/c/", "/d/", "/e/") if store.get(key_at(path), NOW)] == ["/d/", "/e/"]

    def test_page_larger_than_the_store_is_not_kept(self) -> None:
        store = Store(OVERHEAD)
        store.put(key_at("/a/"), entry_of(1))
        assert (len(store), store.bytes) == (0, 0)

    @given(st.lists(st.tuples(st.sampled_from("abcdef"), st.integers(0, 2 * OVERHEAD))))
    def test_never_holds_more_than_it_may_and_always_knows_how_much(self, pages: list[tuple[str, int]]) -> None:
        store = Store(5 * OVERHEAD)
        for path, size in pages:
            store.put(key_at(path), entry_of(size))
            kept = [entry for path in "abcdef" if (entry := store.get(key_at(path), NOW))]
            assert sum(entry.size for entry in kept) == store.bytes <= store.max_bytes
            assert len(kept) == len(store)

    @pytest.mark.parametrize("field", Key._fields)
    def test_keys_that_differ_in_anything_are_two(self, field: str) -> None:
        store = Store(10 * OVERHEAD)
        store.put(key_at("/a/"), entry_of())
        assert store.get(key_at("/a/")._replace(**{field: "other"}), NOW) is None
