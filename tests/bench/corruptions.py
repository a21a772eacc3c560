"""Bullets made wrong on purpose, with one fault each; the same ones for the same seed.

The names and verbs are found by plain patterns of this module's own, so that a fault is not one that the checks were
written to find.
"""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from articles.summaries.lexicon import ANTONYMS
from tests.bench.stories import Story
from tests.bench.verbs import VERB_FORMS

KINDS = ("number", "number_word", "outside_name", "same_article_name", "negation", "antonym", "foreign")
SMALL = "two three four five six seven eight nine ten eleven twelve thirteen fifteen sixteen eighteen".split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
NUMBER = re.compile(r"(?<![A-Za-z\d.-])\d+(?:[.,]\d+)*")
NUMBER_WORD = re.compile(rf"\b(?:{'|'.join(SMALL + TENS)})\b", re.IGNORECASE)
NAME = re.compile(r"(?<=[a-z,] )[A-Z][\w’'-]*[a-zA-Z](?: [A-Z][\w’-]*[a-zA-Z])*")
NOT_NAMES = frozenset(
    "I I'm I'd I've I'll Mr Mrs Ms Miss Dr Sir Sen Rep Gov Capt Cmdr Lt Gen Col Prof The A President Minister"
    " Prime Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July"
    " August September October November December".split()
)
AUXILIARY = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|should|must|may|might|does|do|did)\b(?! not|n't)"
)
NEGATED = re.compile(r"\b(?:(\w+) not|(\w+)n't|(can)not|no|never)\b ?", re.IGNORECASE)
WHOLE = {"wo": "will", "ca": "can"}  # without "n't"
TRIES = 20
LEAST_CHANGE = 0.15


@dataclass(frozen=True)
class Case:
    """A bullet to be checked against a text: as it was written ("true"), or with a fault of this kind."""

    kind: str
    text: str
    bullet: str


def make_cases(stories: Sequence[Story], *, draws: int, seed: int = 4) -> Iterator[Case]:
    """Each bullet as it is, and with each fault that it can bear, in up to ``draws`` ways a kind."""
    chance = random.Random(seed)  # noqa: S311 (no secret)
    for place, story in enumerate(stories):
        elsewhere = [*stories[:place], *stories[place + 1 :]]
        for bullet in story.bullets:
            yield Case("true", story.text, bullet)
            for kind in KINDS:
                drawn = [corrupt(kind, bullet, story, chance.choice(elsewhere), chance) for _ in range(draws)]
                yield from (
                    Case(kind, story.text, wrong) for wrong in dict.fromkeys(drawn) if wrong not in ("", bullet)
                )


def corrupt(kind: str, bullet: str, story: Story, other: Story, chance: random.Random) -> str:
    """``bullet`` with a fault of this kind, "" if it has nothing to make it from; ``other`` lends what is foreign."""
    match kind:
        case "number":
            return change_number(bullet, chance)
        case "number_word":
            return change_number_word(bullet, chance)
        case "negation":
            return negate(bullet)
        case "antonym":
            return turn_round(bullet, chance)
        case "foreign":
            return chance.choice(other.bullets)
    own = find_names(story.text)
    outside = [name for name in find_names(other.text) if not any(word in story.text for word in name.split())]
    return change_name(bullet, own, own if kind == "same_article_name" else outside, chance)


def change_number(bullet: str, chance: random.Random) -> str:
    """One number in digits made another: its digits shuffled, the first one changed, or the whole by a factor."""
    numbers = list(NUMBER.finditer(bullet))
    if not numbers:
        return ""
    number = chance.choice(numbers)
    changed = (_other_digits(number[0], chance) for _ in range(TRIES))
    wrong = next((digits for digits in changed if _is_far(digits, number[0])), "")
    return bullet[: number.start()] + wrong + bullet[number.end() :] if wrong else ""


def _other_digits(written: str, chance: random.Random) -> str:
    digits = [sign for sign in written if sign.isdigit()]
    way = chance.choice(["shuffle", "first", "factor"])
    if way == "factor" and written.isdigit():
        return str(max(2, int(int(written) * chance.uniform(0.3, 3))))
    if way == "shuffle":
        chance.shuffle(digits)
    else:
        digits[0] = str(chance.randint(1, 9))
    rest = iter(digits)
    return "".join(next(rest) if sign.isdigit() else sign for sign in written)


def _is_far(changed: str, written: str) -> bool:
    """Whether another number is clearly another: by a sixth or so, a year by any."""
    one, other = (int(re.sub(r"\D", "", text)) for text in (changed, written))
    is_year = 1500 <= other < 2100
    return changed[0] != "0" and abs(one - other) > (0 if is_year else LEAST_CHANGE * max(one, other))


def change_number_word(bullet: str, chance: random.Random) -> str:
    """One number word made another of its size."""
    found = list(NUMBER_WORD.finditer(bullet))
    if not found:
        return ""
    match = chance.choice(found)
    kin = TENS if match[0].lower() in TENS else SMALL
    word = chance.choice([word for word in kin if word != match[0].lower()])
    return bullet[: match.start()] + (word.title() if match[0][0].isupper() else word) + bullet[match.end() :]


def find_names(text: str) -> list[str]:
    """Runs of capitalised words in the midst of the sentences of ``text``, without days, months and titles."""
    found = dict.fromkeys(match[0] for match in NAME.finditer(text))
    return [name for name in found if len(name) > 2 and not set(name.split()) & NOT_NAMES]


def change_name(bullet: str, own: Sequence[str], others: Sequence[str], chance: random.Random) -> str:
    """One of the names ``own`` that the bullet has made one of ``others``."""
    said = [name for name in own if re.search(rf"\b{re.escape(name)}\b", bullet)]
    longest = [name for name in said if not any(name != other and name in other for other in said)]
    options = [name for name in others if name not in bullet]
    if not longest or not options:
        return ""
    return bullet.replace(chance.choice(longest), chance.choice(options), 1)


def negate(bullet: str) -> str:
    """A negation taken out where there is one, else put in where a verb is seen."""
    taken = NEGATED.search(bullet)
    if taken:
        kept = next((f"{WHOLE.get(word.lower(), word)} " for word in taken.groups() if word), "")
        return bullet[: taken.start()] + kept + bullet[taken.end() :]
    found = AUXILIARY.search(bullet)
    if found:
        return f"{bullet[: found.end()]} not{bullet[found.end() :]}"
    verb = next((match for match in re.finditer(r"\b[a-z]+\b", bullet) if match[0] in VERB_FORMS), None)
    return f"{bullet[: verb.start()]}{VERB_FORMS[verb[0]]}{bullet[verb.end() :]}" if verb else ""


def turn_round(bullet: str, chance: random.Random) -> str:
    """One word made its opposite."""
    options = [
        (match, opposite)
        for sides in ANTONYMS
        for side, opposite in (sides, sides[::-1])
        for match in re.finditer(rf"\b(?:{'|'.join(side)})(s|d|ed)?\b", bullet, re.IGNORECASE)
    ]
    if not options:
        return ""
    match, opposite = chance.choice(options)
    return bullet[: match.start()] + chance.choice(opposite) + (match[1] or "") + bullet[match.end() :]
