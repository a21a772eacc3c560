"""Kept pages in memory: as many as their bytes allow, the ones longest unread going first."""

from collections import OrderedDict
from threading import Lock

from articles.publishing.entry import Entry
from articles.publishing.generation import Generation
from articles.publishing.key import Key


class Store:
    """Entries by key, of ``max_bytes`` at most in all; safe to use from several threads."""

    def __init__(self, max_bytes: int) -> None:
        self.max_bytes = max_bytes
        self.bytes = self.hits = self.evictions = 0
        self._entries: OrderedDict[Key, Entry] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._entries)

    def get(self, key: Key, generation: Generation) -> Entry | None:
        """The entry for ``key`` if it is valid in this generation."""
        with self._lock:
            entry = self._entries.get(key)
            if entry is None or not entry.is_valid(generation):
                return None
            self._entries.move_to_end(key)
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
                _, oldest = self._entries.popitem(last=False)
                self.bytes -= oldest.size
                self.evictions += 1
