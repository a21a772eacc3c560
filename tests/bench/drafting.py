"""How close drafted bullets come to those that people wrote, against the first three sentences of each story."""

from collections.abc import Iterator, Sequence

from articles.drafting.extractive import SHORTEST, draft_bullets, read_sentences
from articles.summaries.weights import english_weights
from tests.bench.figures import Figure
from tests.bench.rouge import Rouge, rouge
from tests.bench.stories import Story, read_held_out, read_stories


def drafting(size: int) -> Iterator[Figure]:
    """ROUGE in points of a hundred over up to ``size`` stories a set: of the drafter, and of the first three."""
    yield from measure("drafting", read_stories(size))
    yield from measure("drafting.held_out", read_held_out(size))


def measure(name: str, stories: Sequence[Story]) -> Iterator[Figure]:
    """The figures of one set of stories, their names beginning with ``name``."""
    yield Figure(f"{name}.stories", len(stories), "stories")
    yield from mean(name, [rouge(draft_bullets(story.text, english_weights()), story.bullets) for story in stories])
    yield from mean(f"{name}.first_three", [rouge(first_three(story), story.bullets) for story in stories])
    full = [rouge(first_three(story, least=SHORTEST), story.bullets) for story in stories]
    yield from mean(f"{name}.first_three_full", full)


def first_three(story: Story, *, least: int = 0) -> list[str]:
    """The first three sentences of a story with so many words at least, headings passed over as the drafter does.

    With six words a sentence bylines and times are passed over as well.
    """
    return [sentence for sentence in read_sentences(story.text) if len(sentence.split()) >= least][:3]


def mean(name: str, scores: list[Rouge]) -> Iterator[Figure]:
    """The mean of each score."""
    for field in Rouge._fields:
        value = 100 * sum(getattr(score, field) for score in scores) / len(scores)
        yield Figure(f"{name}.rouge_{field}", value, "points")
