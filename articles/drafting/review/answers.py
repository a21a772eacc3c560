"""What an editor sends from the screen: the button that was pressed, and all that was typed and ticked."""

from dataclasses import dataclass, field, replace

from django.http import QueryDict

from articles.revisions.seen import texts_in

# What an editor types about one point: its new words, why it stands in spite of red flags, why it is rejected.
TYPED = ("text", "override", "because")


@dataclass(frozen=True)
class Answers:
    """``verb`` says what is to be done, to the point with the key ``key`` if it is about one.

    ``words`` holds what was typed about single points, by the kind of ``TYPED`` and the key. ``ticked`` are the points
    to approve, ``sentences`` the numbers of the chosen sentences; ``kind`` and ``reason`` stand for the whole change.
    """

    verb: str = ""
    key: int = 0
    seen: str = ""
    words: dict[tuple[str, int], str] = field(default_factory=dict)
    ticked: frozenset[int] = frozenset()
    sentences: frozenset[int] = frozenset()
    new_text: str = ""
    kind: str = ""
    reason: str = ""

    @classmethod
    def read(cls, data: QueryDict) -> "Answers":
        """The answers in what a browser sent."""
        verb, _, key = data.get("act", "").partition("-")
        seen = data.get("seen", "")
        return cls(
            verb=verb,
            key=next(iter(_numbers([key])), 0),
            seen=seen,
            words=_words(data, texts_in(seen)),
            ticked=_numbers(data.getlist("tick")),
            sentences=_numbers(data.getlist("sentence")),
            new_text=_plain(data.get("new_text", "")),
            kind=data.get("kind", ""),
            reason=_plain(data.get("reason", "")),
        )

    def word(self, what: str, key: int) -> str:
        """What was typed about a point; "" for nothing."""
        return self.words.get((what, key), "")

    @property
    def is_approval(self) -> bool:
        """Whether the ticked points are to be approved."""
        return self.verb in ("approve", "next")

    def left(self) -> "Answers":
        """What is still open once the act is done: all that it did not use up."""
        if self.is_approval:
            return replace(self._without(self.ticked), kind="", reason="", ticked=frozenset())
        rest = self._without({self.key}) if self.verb in ("reword", "reject") else self
        if self.verb == "passages":
            return replace(rest, sentences=frozenset())
        return replace(rest, new_text="") if self.verb == "add" else rest

    def _without(self, keys: frozenset[int] | set[int]) -> "Answers":
        return replace(self, words={name: text for name, text in self.words.items() if name[1] not in keys})


def _words(data: QueryDict, seen: dict[int, str]) -> dict[tuple[str, int], str]:
    """What was typed about single points; words that stand as the editor saw them were not typed."""
    words = {}
    for name in data:
        what, _, of = name.partition("-")
        for key in _numbers([of]) if what in TYPED else ():
            text = _plain(data.get(name, ""))
            if what != "text" or text.split() != seen.get(key, "").split():
                words[what, key] = text
    return words


def _numbers(values: list[str]) -> frozenset[int]:
    return frozenset(int(value) for value in values if value.isascii() and value.isdecimal() and len(value) < 19)


def _plain(text: str) -> str:
    """Text with plain line ends, without NUL, which no database takes, and without outer white space."""
    return text.replace("\r\n", "\n").replace("\0", "").strip()
