"""The sentences of an article that may bear out a bullet, each with its place."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from articles.summaries.names import Vocabulary, make_vocabulary
from articles.summaries.numbers import Number, find_numbers
from articles.summaries.sentences import split_sentences
from articles.summaries.words import Word, find_words, fold, key_of


@dataclass(frozen=True)
class Passage:
    """A sentence of an article: ``text == field[start:end]``.

    ``field`` is "headline", "standfirst", "byline" or "body".
    """

    field: str
    start: int
    end: int
    text: str

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """Its words in order."""
        return tuple(find_words(self.text))

    @cached_property
    def keys(self) -> frozenset[str]:
        """What its words count as; two with a hyphen between them also as one word."""
        folded = fold(self.text)
        joined = {
            key_of(one.text + other.text)
            for one, other in zip(self.words, self.words[1:], strict=False)
            if folded[one.end : other.start] == "-"
        }
        return frozenset({word.key for word in self.words} | joined) - {""}

    @cached_property
    def numbers(self) -> tuple[Number, ...]:
        """Its numbers in order."""
        return tuple(find_numbers(self.text))


@dataclass(frozen=True)
class Pool:
    """What evidence may be taken from: the plain text of an article's fields, and their sentences in order."""

    fields: Mapping[str, str]
    passages: tuple[Passage, ...]

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The words of the whole article."""
        return make_vocabulary([p.text for p in self.passages], [p.words for p in self.passages])


def make_pool(body: str, *, headline: str = "", standfirst: str = "", byline: str = "") -> Pool:
    """The pool of an article: the plain text of its body, its blocks apart by blank lines, and its head.

    It takes no credits, source line, standing statement or bullets, so they are not to be in ``body``.
    """
    fields = {"headline": headline, "standfirst": standfirst, "byline": byline, "body": body}
    passages = tuple(
        Passage(name, sentence.start, sentence.end, sentence.text)
        for name, text in fields.items()
        for sentence in split_sentences(text)
    )
    return Pool(fields, passages)
