"""One rendering at a time for each page."""

from collections.abc import Callable
from threading import Event, Lock

from articles.publishing.entry import Entry
from articles.publishing.key import Key

# Seconds after which a request no longer waits for another one's rendering.
PATIENCE = 30


class Flight:
    """A rendering under way, and what came of it."""

    def __init__(self) -> None:
        self.is_over = Event()
        self.entry: Entry | None = None


class Flights:
    """The renderings under way; safe to use from several threads."""

    def __init__(self) -> None:
        self._flights: dict[Key, Flight] = {}
        self._lock = Lock()

    def join(self, key: Key, render: Callable[[], Entry | None]) -> Entry | None:
        """What ``render`` gives, or what it gives to another thread that renders the same page already.

        None where that page is none to be kept, or takes too long to wait for.
        """
        with self._lock:
            flight, is_own = self._flights.get(key), False
            if flight is None:
                flight, is_own = self._flights.setdefault(key, Flight()), True
        if not is_own:
            flight.is_over.wait(PATIENCE)
            return flight.entry
        try:
            flight.entry = render()
        finally:
            with self._lock:
                del self._flights[key]
            flight.is_over.set()
        return flight.entry
