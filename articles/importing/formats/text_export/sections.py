"""The parts of a review within a page: lines and sections that a label or a figure makes known."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from articles.importing.documents import LineWarning, fold
from articles.importing.formats.text_export.body import find_headings
from articles.importing.formats.text_export.figures import LABEL_ALONE, Price, Score, read_price, read_score
from articles.importing.formats.text_export.labels import unwrap
from articles.importing.formats.text_export.lines import Line, Lines, Warnings
from articles.importing.formats.text_export.tail import SUMMARY_HEADING

LABELS = {
    "pros": "advantages|for|good|highs|hits|likes|positives|pro|pros|reasons to buy|strengths|the good|the highs"
    "|the pros|thumbs up|upsides|we like|what i like|what i liked|what we like|what we liked|what we love|what's good",
    "cons": "against|bad|con|cons|disadvantages|dislikes|downsides|lows|misses|negatives|reasons to avoid|the bad"
    "|the cons|the lows|thumbs down|we don't like|weaknesses|what could be better|what i didn't like|what i don't like"
    "|what we didn't like|what we dislike|what we don't like|what's bad|what's not so good",
    "verdict": "bottom line|conclusion|final thoughts|final verdict|final words|our verdict|the bottom line"
    "|the verdict|verdict",
    "specs": "full specifications|full specs|key specifications|key specs|spec sheet|specifications|specs"
    "|tech specs|technical specifications|technical specs",
    "heading": "pros & cons|pros and cons|the good and the bad|for and against",
}
PART_OF = {label: part for part, labels in LABELS.items() for label in labels.split("|")}
LABELLED = re.compile(r"\W*(?P<label>[^:\u2013\u2014]{2,40}?)\s*(?::\s*(?P<rest>.*)|\s[\u2013\u2014-]\s+(?P<said>.*))?")
LABEL_SIGNS = frozenset("✓✔✅✗✘❌👉")
PAIR = re.compile(r"(?P<name>[^:\t|]{1,40}?)(?:\s*:\s*|\s*\t+\s*|\s+\|\s+)(?P<value>.{1,300})")
BETWEEN_POINTS = re.compile(r"\s*[;|•]\s*|\s+/\s+")
BETWEEN_SHORT_POINTS = re.compile(r"\s*,\s*(?:and\s+)?")
POINT_LENGTH, MOST_POINT_WORDS, MOST_VERDICT = 100, 5, 3


@dataclass
class Found:
    """The parts that were found, and the places of the lines that said nothing else."""

    pros: list[str] = field(default_factory=list)
    cons: list[str] = field(default_factory=list)
    verdict: list[str] = field(default_factory=list)
    specs: list[tuple[str, str]] = field(default_factory=list)
    score: Score | None = None
    price: Price | None = None
    used: set[int] = field(default_factory=set)
    warnings: Warnings = field(default_factory=list)

    @property
    def has_parts(self) -> bool:
        return bool(self.pros or self.cons or self.verdict or self.specs or self.score or self.price)

    @property
    def is_review(self) -> bool:
        """Whether the parts make the page a review, whatever its title is."""
        is_judged = bool(self.pros or self.cons or self.verdict or self.specs or self.price)
        return bool((self.score and is_judged) or (self.pros and self.cons))


def find_parts(lines: Lines, credited: list[int]) -> Found:
    """The parts of a review among ``lines``; nothing of it counts unless the page is a review."""
    return _Search(lines, credited).run()


def part_of(line: Line) -> tuple[str, str]:
    """The part of a review that a line labels, and what else the line says; "" twice for any other line."""
    is_label = line.is_text or line.sign in LABEL_SIGNS
    match = LABELLED.fullmatch(unwrap(line.says)) if is_label else None
    part = PART_OF.get(match["label"].casefold().replace("\u2019", "'"), "") if match else ""
    return (part, match["rest"] or match["said"] or "") if match and part else ("", "")


class _Search:
    """One walk over the lines of a page, from label to label."""

    def __init__(self, lines: Lines, credited: list[int]) -> None:
        self.lines = lines
        self.found = Found()
        texts = [place for place, line in enumerate(lines) if line.is_text]
        self.scores = {place: score for place in texts if (score := read_score(lines[place].says))}
        self.prices = {place: price for place in texts if (price := read_price(lines[place].says))}
        self.labelled = {place: part for place in range(len(lines)) if (part := self.label_at(place))}
        # A figure is no sentence, and yet a heading may follow it.
        others = [place for place in range(len(lines)) if place not in self.scores and place not in self.prices]
        self.headings = {others[place] for place in find_headings([lines[other] for other in others], credited)}

    def run(self) -> Found:
        """Every part, each from the one section that has it."""
        takers: dict[str, Callable[[int, str], bool]] = {
            "pros": self.take_pros,
            "cons": self.take_cons,
            "verdict": self.take_verdict,
            "specs": self.take_specs,
        }
        self.take_score()
        self.take_price()
        for part, take in takers.items():
            places = self.places_of(part)
            if len(places) == 1 and take(places[0], part_of(self.lines[places[0]])[1]):
                self.found.used.add(places[0])
            elif places:
                twice = _("“%(line)s” is a section twice: kept in the text")
                other = _("“%(line)s” heads no such part of a review: kept in the text")
                self.warn_of_line(places[-1], twice if len(places) > 1 else other)
        self.drop_headings()
        return self.found

    def label_at(self, place: int) -> str:
        return "" if place in self.scores or place in self.prices else part_of(self.lines[place])[0]

    def places_of(self, part: str) -> list[int]:
        """Where sections of this part start; of several that judge, one that is called the verdict counts."""
        places = [place for place, other in self.labelled.items() if other == part]
        named = [place for place in places if part in self.lines[place].says.casefold()]
        return named if len(places) > 1 and len(named) == 1 else places

    def warn(self, place: int, message: str) -> None:
        self.found.warnings.append(LineWarning(self.lines[place].number, message))

    def warn_of_line(self, place: int, message: str) -> None:
        """Warn with a message that quotes the line."""
        self.warn(place, message % {"line": self.lines[place].says})

    def take_score(self) -> None:
        """The one score that the page states, or the one of several that a word such as "Overall" leads."""
        sound = {place: score for place, score in self.scores.items() if not score.fault}
        labelled = {place: score for place, score in sound.items() if score.is_labelled}
        chosen = labelled if len(labelled) == 1 else sound
        same = {(score.value, score.scale) for score in chosen.values()}
        for place, score in self.scores.items():
            if score.fault:
                self.warn(place, score.fault)
            elif len(same) > 1:
                self.warn_of_line(place, _("“%(line)s” is one of several scores: kept in the text"))
            elif place in chosen:
                self.found.score = score
                self.use(place, score.more)
                self.use_label_above(place)

    def use(self, place: int, more: str) -> None:
        """Count a line as said, unless it says more than the figure that was read from it."""
        if more:
            self.warn(place, _("a figure was read from this line, which says more: kept in the text as well"))
        else:
            self.found.used.add(place)

    def use_label_above(self, place: int) -> None:
        above = self.lines[place - 1] if place else None
        if above and above.is_text and LABEL_ALONE.fullmatch(above.says) and not part_of(above)[0]:
            self.found.used.add(place - 1)

    def take_price(self) -> None:
        """The first price that the page states exactly."""
        for place, price in self.prices.items():
            if price.fault:
                self.warn(place, price.fault)
            elif self.found.price:
                self.warn_of_line(place, _("“%(line)s” is a second price: kept in the text"))
            else:
                self.found.price = price
                self.use(place, price.more)

    def take_pros(self, place: int, rest: str) -> bool:
        self.found.pros = self.points(place, rest)
        return bool(self.found.pros)

    def take_cons(self, place: int, rest: str) -> bool:
        self.found.cons = self.points(place, rest)
        return bool(self.found.cons)

    def points(self, place: int, rest: str) -> list[str]:
        """The points behind a label or in the lines below it."""
        if rest:
            return split_points(rest)
        places = self.items_below(place) or self.short_lines_below(place)
        self.found.used.update(places)
        return [self.lines[other].says for other in places]

    def items_below(self, place: int) -> list[int]:
        """The items below a label: those of the first one's sign, and what is set in deeper."""
        places: list[int] = []
        for other in range(place + 1, len(self.lines)):
            line = self.lines[other]
            if not line.is_item or other in self.labelled:
                break
            first = self.lines[places[0]] if places else line
            is_like = line.sign == first.sign or (line.is_numbered and first.is_numbered)
            if not is_like and line.indent <= first.indent:
                break
            places.append(other)
        return places

    def short_lines_below(self, place: int) -> list[int]:
        places: list[int] = []
        for other in range(place + 1, len(self.lines)):
            if not self.is_prose(other) or len(self.lines[other].says) > POINT_LENGTH:
                break
            places.append(other)
        return places

    def is_prose(self, place: int) -> bool:
        """Whether a line is text of the section that it stands in, and starts no other."""
        line = self.lines[place]
        starts_another = place in self.headings or place in self.labelled or SUMMARY_HEADING.fullmatch(line.says)
        return line.is_text and not (starts_another or place in self.scores or place in self.prices)

    def take_verdict(self, place: int, rest: str) -> bool:
        """The words of the verdict: those behind the label, or the few paragraphs below it."""
        if rest:
            self.found.verdict = [rest]
            return True
        places: list[int] = []
        for other in range(place + 1, len(self.lines)):
            if self.is_prose(other):
                places.append(other)
            elif other not in self.scores and other not in self.prices:
                break
        if not 0 < len(places) <= MOST_VERDICT:
            return False
        self.found.used.update(places)
        self.found.verdict = [self.lines[other].says for other in places]
        return True

    def take_specs(self, place: int, rest: str) -> bool:
        """The lines "Name: value" below the label."""
        for other in range(place + 1, len(self.lines)):
            line = self.lines[other]
            pair = PAIR.fullmatch(line.text if line.is_text else line.says) if line.is_text or line.is_item else None
            if other in self.found.used and not self.labelled.get(other):
                continue
            if not pair or other in self.labelled or other in self.scores:
                break
            self.found.used.add(other)
            price = read_price(line.says)
            if price and not (price.fault or price.more or self.found.price):
                self.found.price = price
            else:
                self.found.specs.append((fold(pair["name"]), fold(pair["value"])))
        return bool(self.found.specs)

    def drop_headings(self) -> None:
        """Count "Pros and cons" as said where the lists that it heads were taken."""
        for place, part in self.labelled.items():
            if part == "heading" and place + 1 in self.found.used and place + 1 in self.labelled:
                self.found.used.add(place)


def split_points(text: str) -> list[str]:
    """Points on one line: parted by semicolons or bars, or by commas if that leaves each of them short."""
    points = BETWEEN_POINTS.split(text)
    short = BETWEEN_SHORT_POINTS.split(text.removesuffix("."))
    if len(points) == 1 and all(0 < len(point.split()) <= MOST_POINT_WORDS for point in short):
        points = short
    return [point for point in points if point]
