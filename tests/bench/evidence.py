"""How well the checks tell a bullet that is right from one made wrong on purpose, and what they cost."""

import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from math import sqrt

from articles.summaries.checks import RED, Finding, check_bullet
from articles.summaries.pool import make_pool
from articles.summaries.weights import english_weights
from tests.bench.corruptions import KINDS, make_cases
from tests.bench.figures import Figure
from tests.bench.stories import Story, read_held_out, read_stories

DRAWS = 5
Z = 1.96  # for 95 %
FLAG_KINDS = {"number_word": "number", "outside_name": "name", "same_article_name": "name", "foreign": "unsupported"}


def evidence(size: int) -> Iterator[Figure]:
    """Recall and false alarms by kind of fault, the score's AUC, and the cost; over up to ``size`` stories a set.

    ``recall`` is the share of wrong bullets with a flag of the kind that the fault asks for, ``false`` the share of
    right ones with such a flag; ``red`` counts red flags alone. ``low`` and ``high`` bound the 95 % interval (Wilson;
    for the AUC Hanley and McNeil). The AUC is taken over as many cases of each kind.
    """
    yield from measure("evidence", read_stories(size))
    yield from measure("evidence.held_out", read_held_out(size))


def measure(name: str, stories: Sequence[Story]) -> Iterator[Figure]:
    """The figures of one set of stories, their names beginning with ``name``."""
    found = check_cases(stories)
    yield Figure(f"{name}.true.cases", len(found["true"]), "cases")
    for kind in KINDS:
        flag = FLAG_KINDS.get(kind, kind)
        yield Figure(f"{name}.{kind}.cases", len(found[kind]), "cases")
        yield from ratio(f"{name}.{kind}.recall", [has_flag(finding, flag) for finding in found[kind]])
        yield from ratio(f"{name}.{kind}.false", [has_flag(finding, flag) for finding in found["true"]])
        if flag in ("number", "name"):  # which have both colours
            yield from ratio(f"{name}.{kind}.red.recall", [has_flag(finding, flag, RED) for finding in found[kind]])
            yield from ratio(f"{name}.{kind}.red.false", [has_flag(finding, flag, RED) for finding in found["true"]])
    fewest = min(len(found[kind]) for kind in KINDS)
    wrong = [finding.score for kind in KINDS for finding in spread(found[kind], fewest)]
    yield from area(f"{name}.auc", [finding.score for finding in found["true"]], wrong)
    yield Figure(f"{name}.cpu", cost_of(stories) * 1000, "ms")


def check_cases(stories: Sequence[Story]) -> dict[str, list[Finding]]:
    """What the checks say of every case, by kind of fault."""
    pools = {story.text: make_pool(story.text, headline=story.headline) for story in stories}
    found: dict[str, list[Finding]] = defaultdict(list)
    for case in make_cases(stories, draws=DRAWS):
        found[case.kind].append(check_bullet(case.bullet, pools[case.text], english_weights()))
    return found


def spread(findings: Sequence[Finding], count: int) -> list[Finding]:
    """So many of ``findings``, evenly spaced."""
    return [findings[place * len(findings) // count] for place in range(count)]


def has_flag(finding: Finding, kind: str, colour: str = "") -> bool:
    """Whether a bullet has a flag of this kind, and of this colour if one is given."""
    return any(flag.kind == kind and colour in ("", flag.colour) for flag in finding.flags)


def ratio(name: str, hits: Sequence[bool]) -> Iterator[Figure]:
    """The share of hits with the Wilson interval; nothing where there are no cases."""
    count = len(hits)
    if not count:
        return
    share = sum(hits) / count
    middle = share + Z * Z / (2 * count)
    margin = Z * sqrt(share * (1 - share) / count + Z * Z / (4 * count * count))
    scale = 1 + Z * Z / count
    yield from bounded(name, share, (middle - margin) / scale, (middle + margin) / scale)


def area(name: str, right: Sequence[float], wrong: Sequence[float]) -> Iterator[Figure]:
    """How often a right bullet scores above a wrong one (ties count half), with the interval of Hanley and McNeil."""
    pairs = len(right) * len(wrong)
    share = sum((one > other) + (one == other) / 2 for one in right for other in wrong) / pairs
    above, below = share / (2 - share), 2 * share * share / (1 + share)
    spread = share * (1 - share) + (len(right) - 1) * (above - share**2) + (len(wrong) - 1) * (below - share**2)
    margin = Z * sqrt(spread / pairs)
    yield from bounded(name, share, share - margin, share + margin)


def bounded(name: str, value: float, low: float, high: float) -> Iterator[Figure]:
    """A ratio and its interval as three figures."""
    yield Figure(name, value, "ratio")
    yield Figure(f"{name}.low", max(0.0, low), "ratio")
    yield Figure(f"{name}.high", min(1.0, high), "ratio")


def cost_of(stories: Sequence[Story]) -> float:
    """Seconds of processor time a bullet, its share of reading the article included."""
    start = time.process_time()
    for story in stories:
        pool = make_pool(story.text, headline=story.headline)
        for bullet in story.bullets:
            check_bullet(bullet, pool, english_weights())
    return (time.process_time() - start) / sum(len(story.bullets) for story in stories)
