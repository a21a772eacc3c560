"""What pages show of single stories, made once for each state of a story.

A change to one story leaves good what was made of all the others, so that a page that has to be rendered again is
put together from pieces. They are kept in memory by the number that the triggers raise whenever something changes
that readers see of the story (``StoryState``): nothing has to be renewed, for another state has another number.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping, Sequence
from threading import Lock
from typing import Any, Protocol, TypeVar

from django.db import connection
from django.utils import timezone, translation

MAX_CHARACTERS = 16_000_000

M = TypeVar("M")
P = TypeVar("P", bound=Sequence[object])


class Story(Protocol):
    """A story and its state, as ``Article.objects.with_state()`` reads them."""

    pk: int
    state_number: int | None


class Shelf:
    """Pieces by name and state, of ``max_characters`` in all; those longest unused go first. Safe between threads."""

    def __init__(self, max_characters: int) -> None:
        self.max_characters = max_characters
        self.characters = 0
        self._kept: OrderedDict[Hashable, Sequence[object]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable) -> Any:
        """The piece, or None."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def put(self, key: Hashable, piece: Sequence[object]) -> None:
        """Keep a piece, a tuple."""
        with self._lock:
            if key in self._kept:
                return
            self._kept[key] = piece
            self.characters += size_of(piece)
            while self.characters > self.max_characters:
                self.characters -= size_of(self._kept.popitem(last=False)[1])

    def clear(self) -> None:
        """Keep nothing any longer."""
        with self._lock:
            self._kept.clear()
            self.characters = 0


shelf = Shelf(MAX_CHARACTERS)


def pieces_of(
    stories: Sequence[Story],
    names: Sequence[Hashable],
    load: Callable[[list[int]], Mapping[int, M]],
    make: Callable[[Any, M], P],
) -> list[P | None]:
    """The piece of each of ``stories`` by its name: kept, or made of the name and the whole story, and kept.

    ``load`` reads the whole stories with these keys: those alone that lack a piece. What it reads may be newer than
    the state that the stories were read in, never older; one that has gone since has no piece.
    """
    keys = [key_of(story, name) for story, name in zip(stories, names, strict=True)]
    found: list[P | None] = [shelf.get(key) if key else None for key in keys]
    lacking = [place for place, piece in enumerate(found) if piece is None]
    whole = load([stories[place].pk for place in lacking]) if lacking else {}
    for place in lacking:
        if stories[place].pk in whole:
            piece = found[place] = make(names[place], whole[stories[place].pk])
            if key := keys[place]:
                shelf.put(key, piece)
    return found


def key_of(story: Story, name: Hashable) -> Hashable | None:
    """What a piece is kept by, None where it must not be.

    The day counts: a date of this year is shown without it.
    """
    if story.state_number is None or not is_settled():
        return None
    return name, story.pk, story.state_number, timezone.localdate(), translation.get_language()


def is_settled() -> bool:
    """Whether what is read now is there for good: what a transaction has changed may be undone."""
    return not connection.in_atomic_block


def size_of(piece: Sequence[object]) -> int:
    """The characters of the texts in a piece."""
    return sum(len(text) for text in piece if isinstance(text, str))
