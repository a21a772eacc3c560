"""Bullets made wrong on purpose, one fault each, the same ones for the same seed."""

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from articles.summaries.numbers import find_numbers
from articles.summaries.numerals import TENS, UNITS
from articles.summaries.wordlists import ANTONYMS, IRREGULAR

KINDS = ("number", "number_word", "outside_name", "same_article_name", "negation", "antonym", "foreign")
NUMBER_WORDS = [*UNITS, *TENS]
AUXILIARY = re.compile(
    r"\b(is|are|was|were|has|have|had|will|would|can|could|should|must|may|might|does|do|did)\b(?! not|n't)"
)
NEGATED = re.compile(r"\b(?:(\w+) not|(\w+)n't|(can)not|no|never)\b ?")
NAME = re.compile(r"(?<=[a-z,] )[A-Z][\w’'-]*[a-zA-Z](?: [A-Z][\w’-]*[a-zA-Z])*")
NOT_NAMES = frozenset(
    "I I'm I'd I've I'll Mr Mrs Ms Miss Dr Sir Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May"
    " June July August September October November December President Minister Prime The A".split()
)


@dataclass(frozen=True)
class Story:
    """A text and the bullets that a person wrote for it."""

    text: str
    bullets: tuple[str, ...]


@dataclass(frozen=True)
class Case:
    """A bullet to be checked against a text: a true one ("true"), or one with a fault of this kind."""

    kind: str
    text: str
    bullet: str
    original: str


def make_cases(stories: Sequence[Story], *, seed: int = 4, times: int = 1) -> Iterator[Case]:
    """Every bullet as it is, and with each fault that it can bear, ``times`` draws a kind."""
    generator = random.Random(seed)  # noqa: S311
    names = [tuple(find_names(story.text)) for story in stories]
    for place, story in enumerate(stories):
        elsewhere = [i for i in range(len(stories)) if i != place]
        for bullet in story.bullets:
            yield Case("true", story.text, bullet, bullet)
            for kind in KINDS:
                made = set()
                for _ in range(times):
                    other = generator.choice(elsewhere)
                    wrong = _corrupt(kind, bullet, story, stories[other], (names[place], names[other]), generator)
                    if wrong and wrong != bullet and wrong not in made:
                        made.add(wrong)
                        yield Case(kind, story.text, wrong, bullet)


def _corrupt(
    kind: str,
    bullet: str,
    story: Story,
    other: Story,
    names: tuple[tuple[str, ...], tuple[str, ...]],
    generator: random.Random,
) -> str:
    outside = [name for name in names[1] if not any(word in story.text for word in name.split())]
    makers: dict[str, Callable[[], str]] = {
        "number": lambda: change_number(bullet, generator),
        "number_word": lambda: change_number_word(bullet, generator),
        "outside_name": lambda: change_name(bullet, names[0], outside, generator),
        "same_article_name": lambda: change_name(bullet, names[0], names[0], generator),
        "negation": lambda: negate(bullet, generator),
        "antonym": lambda: turn_round(bullet, generator),
        "foreign": lambda: generator.choice(other.bullets),
    }
    return makers[kind]()


def change_number(bullet: str, generator: random.Random) -> str:
    """One number in digits made another: its digits moved, one digit changed, or the whole by a step; "" if none."""
    numbers = [n for n in find_numbers(bullet) if re.search(r"\d", n.text)]
    if not numbers:
        return ""
    number = generator.choice(numbers)
    digits = re.search(r"\d[\d.,]*\d|\d", number.text)
    assert digits
    changed = _other_digits(digits[0], generator)
    at = number.start + digits.start()
    return bullet[:at] + changed + bullet[at + len(digits[0]) :]


def _other_digits(written: str, generator: random.Random) -> str:
    for _ in range(20):
        way = generator.randrange(3)
        places = [i for i, c in enumerate(written) if c.isdigit()]
        out = list(written)
        if way == 0 and len(places) > 1:
            moved = [written[i] for i in places]
            generator.shuffle(moved)
            for i, c in zip(places, moved, strict=True):
                out[i] = c
        elif way == 1:
            out[places[0]] = str(generator.randrange(1, 10))
        elif written.isdigit():
            out = list(str(max(2, int(int(written) * generator.uniform(0.3, 3)))))
        changed = "".join(out)
        value, before = (float(re.sub(r"\D", "", text)) for text in (changed, written))
        if abs(value - before) > 0.15 * max(value, before) or (_is_year(before) and value != before):
            return changed if changed[0] != "0" or written[0] == "0" else changed.replace("0", "7", 1)
    return written


def _is_year(value: float) -> bool:
    return 1500 <= value < 2100


def change_number_word(bullet: str, generator: random.Random) -> str:
    """One number word made another of its size; "" if there is none."""
    found = [m for m in re.finditer(rf"\b(?:{'|'.join(NUMBER_WORDS[1:])})\b", bullet, re.IGNORECASE)]
    if not found:
        return ""
    match = generator.choice(found)
    kin = TENS if match[0].lower() in TENS else UNITS
    word = generator.choice([w for w in kin if w not in (match[0].lower(), "one")])
    return bullet[: match.start()] + (word.capitalize() if match[0][0].isupper() else word) + bullet[match.end() :]


def change_name(bullet: str, own: Sequence[str], others: Sequence[str], generator: random.Random) -> str:
    """One of the names ``own`` that the bullet has made one of ``others``; "" if it has none."""
    said = [name for name in own if re.search(rf"\b{re.escape(name)}\b", bullet)]
    longest = [name for name in said if not any(name != other and name in other for other in said)]
    options = [name for name in others if name not in bullet]
    if not longest or not options:
        return ""
    name = generator.choice(longest)
    return re.sub(rf"\b{re.escape(name)}\b", generator.choice(options).replace("\\", ""), bullet, count=1)


def find_names(text: str) -> list[str]:
    """Runs of capitalised words in the midst of the sentences of ``text``, and the last words of pairs; days left out."""
    found: dict[str, None] = {}
    for match in NAME.finditer(text):
        words = match[0].split()
        if not set(words) & NOT_NAMES:
            found[match[0]] = None
            if len(words) == 2:
                found[words[-1]] = None
    return [name for name in found if len(name) > 2]


def negate(bullet: str, generator: random.Random) -> str:
    """A negation put in or taken out; "" where no verb is seen."""
    taken = NEGATED.search(bullet)
    if taken:
        kept = taken[1] or taken[2] or taken[3] or ""
        return bullet[: taken.start()] + (kept + " " if kept else "") + bullet[taken.end() :]
    found = AUXILIARY.search(bullet)
    if found:
        return f"{bullet[: found.end()]} not{bullet[found.end() :]}"
    verb = _find_verb(bullet)
    if not verb:
        return ""
    match, base, helper = verb
    return f"{bullet[: match.start()]}{helper} not {base}{bullet[match.end() :]}"


def _find_verb(bullet: str) -> tuple[re.Match[str], str, str] | None:
    for match in re.finditer(r"\b[a-z]+\b", bullet):
        word = match[0]
        if match.start() == 0:
            continue
        if word in VERBS:
            base, helper = VERBS[word]
            return match, base, helper
    return None


def _verb_forms() -> dict[str, tuple[str, str]]:
    forms: dict[str, tuple[str, str]] = {}
    for base in REGULAR:
        stump = base.removesuffix("e")
        past = f"{base[:-1]}ied" if base.endswith("y") and base[-2] not in "aeiou" else f"{stump}ed"
        third = (
            f"{base[:-1]}ies"
            if past.endswith("ied")
            else base + ("es" if base.endswith(("s", "sh", "ch", "x")) else "s")
        )
        forms |= {past: (base, "did"), third: (base, "does")}
    for form, base in IRREGULAR.items():
        if base in STRONG:
            forms[form] = (base, "did")
            forms[f"{base}s"] = (base, "does")
    return forms


STRONG = frozenset(
    "begin blow break bring build buy catch choose come draw drive eat fall feel fight find flee fly get give go grow"
    " hear hide hold keep know lead leave lose mean meet pay ride rise run see seek sell send shake shoot sing sink"
    " sit sleep speak spend stand steal strike swear sweep swim take teach tear think throw wake wear win write".split()
)
REGULAR = (
    "accept accuse admit agree allow announce apologize appear approve arrest ask attack ban beat believe blame call"
    " carry cause change charge claim close confirm continue cover create damage decide deliver demand deny describe"
    " destroy die discover earn elect end enjoy expect explain face fail fear finish follow force gain happen help hit"
    " hope include increase injure insist involve join kill launch like live love manage miss move need offer open"
    " order own partner pass plan play pledge praise prevent promise protect prove provide pull raise reach receive"
    " reclaim recover reject release remain remove replace report require resign retire return reveal save say score"
    " serve share show start stay stop suffer suggest support survive threaten travel try turn urge use visit vote vow"
    " wait walk want warn wed welcome work worry condemn conduct evacuate overturn rally undergo downplay insist"
    " maintain denounce criticize defend deserve donate estimate feature identify overtake recall shut slam step sue"
).split()
VERBS = _verb_forms()


def turn_round(bullet: str, generator: random.Random) -> str:
    """One word made its opposite; "" where none has one."""
    options = []
    for line in ANTONYMS:
        sides = [side.split() for side in line.split("|")]
        for side, opposite in (sides, sides[::-1]):
            for word in side:
                options += [(m, opposite) for m in re.finditer(rf"\b{word}(s|d|ed)?\b", bullet, re.IGNORECASE)]
    if not options:
        return ""
    match, opposite = generator.choice(options)
    return bullet[: match.start()] + generator.choice(opposite) + (match[1] or "") + bullet[match.end() :]
