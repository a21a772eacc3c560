"""The sentences of an article that may bear out a bullet, each with its place."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from articles.summaries.names import Vocabulary, make_vocabulary
from articles.summaries.number_readers import Number
from articles.summaries.numbers import find_numbers, span_since
from articles.summaries.places import states_in
from articles.summaries.sentences import split_sentences
from articles.summaries.words import Word, find_words, fold, key_of

YEAR = re.compile(r"(?<![\w.,])(?:1[5-9]|20)[0-9]{2}(?![\w.,]\d|\w)")


@dataclass(frozen=True)
class Passage:
    """A sentence of an article: ``text == field[start:end]``.

    ``field`` is "headline", "standfirst", "byline" or "body".
    ``latest_year`` is the last one that the article names, 0 if it names none.
    """

    field: str
    start: int
    end: int
    text: str
    latest_year: int = 0

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """Its words in order."""
        return tuple(find_words(self.text))

    @cached_property
    def keys(self) -> frozenset[str]:
        """What its words count as; two with a hyphen between them also as one word,
        an abbreviated state also as its name.
        """
        folded = fold(self.text)
        joined = {
            key_of(one.text + other.text)
            for one, other in zip(self.words, self.words[1:], strict=False)
            if folded[one.end : other.start] == "-"
        }
        states = {key_of(word) for word in states_in(self.text)}
        return frozenset({word.key for word in self.words} | joined | states) - {""}

    @cached_property
    def numbers(self) -> tuple[Number, ...]:
        """Its numbers in order, then how long before the latest year the years that it names were."""
        found = find_numbers(self.text)
        spans = [span_since(number, self.latest_year) for number in found if number.kind == "year"]
        return (*found, *spans)


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
    latest_year = max((int(year) for text in fields.values() for year in YEAR.findall(text)), default=0)
    passages = tuple(
        Passage(name, sentence.start, sentence.end, sentence.text, latest_year)
        for name, text in fields.items()
        for sentence in split_sentences(text)
    )
    return Pool(fields, passages)
