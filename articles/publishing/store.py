"""Kept pages in memory: as many as their bytes allow; the oldest go first, unless they were read of late."""

from collections import OrderedDict
from threading import Lock

from articles.publishing.entry import Entry
from articles.publishing.generation import Generation
from articles.publishing.key import Key


class Store:
    """Entries by key, of ``max_bytes`` at most in all; safe to use from several threads.

    Reading takes no lock and moves nothing, so that threads do not wait for each other.
    """

    def __init__(self, max_bytes: int) -> None:
        self.max_bytes = max_bytes
        self.bytes = self.hits = self.evictions = 0
        self._entries: OrderedDict[Key, Entry] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._entries)

    def get(self, key: Key, generation: Generation) -> Entry | None:
        """The entry for ``key`` if it is valid in this generation."""
        entry = self._entries.get(key)
        if entry is None or not entry.is_valid(generation):
            return None
        entry.is_read = True
        self.hits += 1
        return entry

    def put(self, key: Key, entry: Entry) -> None:
        """Keep ``entry`` in place of the one before it, whose compressed copies it takes over if they still fit."""
        with self._lock:
            if before := self._entries.pop(key, None):
                entry.take_over(before)
                self.bytes -= before.size
            self._entries[key] = entry
            self.bytes += entry.size
            while self.bytes > self.max_bytes:
                self._let_go()

    def _let_go(self) -> None:
        """Drop the oldest entry, or move it to the end if it was read since it stood there last ("second chance")."""
        key, oldest = next(iter(self._entries.items()))
        if oldest.is_read:
            oldest.is_read = False
            self._entries.move_to_end(key)
            return
        del self._entries[key]
        self.bytes -= oldest.size
        self.evictions += 1
