"""Text exports like those of a small publication, as many as wanted: the same number gives the same file.

The words are invented, apart from the small ones that hold English together, and come as often as words do: few
often, most seldom. Stories on one subject share its firm, its product, a person, a place and some of its terms;
the other people and places are their own.
"""

import random
from dataclasses import dataclass, replace
from functools import cache
from itertools import accumulate
from pathlib import Path

# ruff: noqa: S311 (no secret comes of this chance)

SMALL_WORDS = (
    "the of and to in a for that is on with as by from at it has its an are be was which will this have not but been"
    " or more than their were who also had over after about can up into when would could one new other some now between"
    " while under only through most against before during two first last per since still because"
).split()
ONSETS = "b bl br ch cl cr d dr fl fr g gl gr h j k l m n p pl pr qu r s sc sl sp st str t th tr v w z".split()
NUCLEI = "a ai e ea ee i ie o oa oo ou u".split()
CODAS = ["", "", "b", "d", "l", "ll", "m", "n", "nd", "ng", "p", "r", "rd", "rn", "s", "ss", "st", "x"]
ENDINGS = ["", "", "", "s", "ed", "ing", "er", "ion", "al", "ly", "ment", "able"]
SUBJECTS, WORDS = 400, 9000
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
UNITS = ("percent", "million", "users", "stores", "jobs", "hours", "engineers", "countries", "kilometres", "units")
STATEMENT = (
    "As technology moves on, being informed is the only way to keep up.  Through our product reviews and news articles,"
    " we want to aid our readers in doing so. Our news stories are sourced from trustworthy sources, fact-checked by"
    " our team, and presented with the help of AI to make them easier to comprehend. If you notice any errors in our"
    " product reviews or news stories, please email us at  Your input will be important."
)


@dataclass(frozen=True)
class Subject:
    """What stories are about: a firm, its product, the people, places and terms that come with them."""

    firm: str
    product: str
    people: tuple[str, ...]
    places: tuple[str, ...]
    terms: tuple[str, ...]


@dataclass(frozen=True)
class Story:
    """The words of a story before they are put into a file."""

    headline: str
    paragraphs: tuple[str, ...]
    bullets: tuple[str, ...]
    sources: tuple[str, ...]


def write_exports(folder: Path, count: int, *, start: int = 0) -> None:
    """Write so many exports into ``folder``, numbered from ``start``."""
    for number in range(start, start + count):
        (folder / f"{number:06}.txt").write_bytes(export(number))


def export(number: int) -> bytes:
    """One text export, of about 350 words: the shapes that such pages come in change from number to number."""
    chance = random.Random(f"export {number}")
    story = make_story(number)
    parts = ["top of page"]
    if chance.random() < 0.3:
        parts.append(chance.choice(["  • ", ""]) + _person(chance))
    parts.append(story.headline)
    if chance.random() < 0.6:
        year = f", {chance.randint(2019, 2025)}" if chance.random() < 0.5 else ""
        parts.append(f"Updated: {chance.choice(MONTHS)} {chance.randint(1, 28)}{year}")
    parts += _middle(story, chance)
    if chance.random() < 0.95:
        mark = chance.choice("•••-*–")
        parts += [f"  {mark} {bullet}" for bullet in story.bullets]
    if chance.random() < 0.95:
        parts.append(f"Source: {', '.join(story.sources)}")
    if chance.random() < 0.9:
        parts.append(STATEMENT)
    text = "\n\n".join([*parts, "bottom of page"]) + ("\n" if chance.random() < 0.5 else "")
    return text.replace("\n", "\r\n" if chance.random() < 0.1 else "\n").encode()


def _middle(story: Story, chance: random.Random) -> list[str]:
    """The paragraphs with photo credits, a list and the flag "[Edited]" here and there."""
    parts = list(story.paragraphs)
    for _ in range(chance.choice([0, 1, 1, 2])):
        parts.insert(chance.randint(1, len(parts)), f"{chance.choice(['Credits', 'Credit'])}: {_name(chance)}")
    if chance.random() < 0.1:
        parts.insert(2, "\n".join(f"• {chance.choice(vocabulary())} {chance.choice(UNITS)}" for _ in range(3)))
    if chance.random() < 0.2:
        parts[0] = f"[Edited] {parts[0]}"
    return parts


def make_story(number: int, *, subject: int | None = None) -> Story:
    """A story of its own; on one of the usual subjects, unless ``subject`` says which."""
    chance = random.Random(f"story {number}")
    common = int(SUBJECTS * chance.random() ** 2)
    usual = make_subject(common if subject is None else subject)
    about = replace(
        usual,
        people=(*usual.people, *(_person(chance) for _ in range(chance.randint(1, 4)))),
        places=(*usual.places, *(_name(chance) for _ in range(chance.randint(1, 3)))),
        terms=tuple(chance.sample(usual.terms, 50)),
    )
    sentences = [_sentence(about, chance) for _ in range(chance.randint(10, 14))]
    paragraphs = []
    while sentences:
        size = chance.randint(1, 3)
        paragraphs.append(" ".join(sentences[:size]))
        del sentences[:size]
    return Story(
        headline=_headline(about, chance),
        paragraphs=tuple(paragraphs),
        bullets=tuple(_sentence(about, chance, longest=16) for _ in range(chance.randint(3, 5))),
        sources=tuple(chance.sample(_outlets(), chance.choice([1, 1, 1, 1, 2, 3]))),
    )


@cache
def make_subject(number: int) -> Subject:
    """A subject, the same for the same number."""
    chance = random.Random(f"subject {number}")
    return Subject(
        firm=f"{_name(chance)} {chance.choice(['Labs', 'Systems', 'Electronics', 'Group', 'Motors'])}",
        product=f"{_name(chance)} {chance.randint(2, 19)}",
        people=(_person(chance),),
        places=(_name(chance),),
        terms=tuple(chance.sample(vocabulary()[200:], 150)),
    )


def _headline(about: Subject, chance: random.Random) -> str:
    words = [chance.choice(about.terms), *_words(about, chance, 9)]
    return f"{about.firm} {' '.join(words)}"[:100].rstrip()


def _sentence(about: Subject, chance: random.Random, longest: int = 32) -> str:
    """A sentence: words, now and then with a name, a figure, a clause or someone's own words."""
    words = _words(about, chance, chance.randint(8, longest - 4))
    if chance.random() < 0.6:
        names = [about.firm, about.product, *about.people, *about.places]
        words.insert(chance.randint(0, len(words)), chance.choice(names))
    if chance.random() < 0.35:
        words.insert(chance.randint(1, len(words)), f"{_figure(chance)} {chance.choice(UNITS)}")
    if chance.random() < 0.5:
        words[len(words) // 2] += ","
    said = " ".join(words)
    said = said[0].upper() + said[1:]
    if chance.random() < 0.1:
        return f"“{said},” said {chance.choice(about.people)}."
    return f"{said}."


def _words(about: Subject, chance: random.Random, count: int) -> list[str]:
    """Words without order: nearly half small ones, the others from the subject's terms and from all words."""
    common = chance.choices(vocabulary(), cum_weights=_frequencies(WORDS), k=count)
    small = chance.choices(SMALL_WORDS, cum_weights=_frequencies(len(SMALL_WORDS)), k=count)
    return [
        small[place] if kind < 0.45 else common[place] if kind < 0.8 else chance.choice(about.terms)
        for place, kind in enumerate(chance.random() for _ in range(count))
    ]


def _figure(chance: random.Random) -> str:
    return chance.choice(
        [str(chance.randint(2, 99)), f"{chance.randint(1, 999)},{chance.randint(0, 999):03}", f"{chance.random():.1f}"]
    )


def _person(chance: random.Random) -> str:
    return f"{_name(chance)} {_name(chance)}"


def _name(chance: random.Random) -> str:
    return _word(chance, chance.choice([1, 2, 2, 3])).capitalize()


def _word(chance: random.Random, syllables: int) -> str:
    return "".join(
        chance.choice(ONSETS) + chance.choice(NUCLEI) + (chance.choice(CODAS) if last else "")
        for last in (number == syllables - 1 for number in range(syllables))
    )


@cache
def vocabulary() -> tuple[str, ...]:
    """Words, the most frequent first."""
    chance = random.Random("vocabulary")
    words: dict[str, None] = {}
    while len(words) < WORDS:
        words[_word(chance, chance.choice([1, 1, 2, 2, 3])) + chance.choice(ENDINGS)] = None
    return tuple(words)


@cache
def _outlets() -> tuple[str, ...]:
    chance = random.Random("outlets")
    return tuple(f"{_name(chance)} {chance.choice(['Post', 'Times', 'Wire', 'Tech'])}" for _ in range(150))


@cache
def _frequencies(count: int) -> list[float]:
    """Running sums of the frequencies of words by rank, after Zipf and Mandelbrot."""
    return list(accumulate(1 / (rank + 2.7) for rank in range(1, count + 1)))
