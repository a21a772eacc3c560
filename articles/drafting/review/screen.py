"""What the screen shows: the story sentence by sentence, and each point with its passages and flags."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from articles.catalogue.models import Article
from articles.drafting.review.answers import Answers
from articles.summaries.checks import RED
from articles.summaries.models import Bullet
from articles.summaries.points import check_texts
from articles.summaries.pool import Passage
from articles.summaries.provenance import Run, word_changes
from articles.summaries.report import FlagData, flag_data
from articles.summaries.ties import fields_of, sentences_of
from articles.web.plain_text import BETWEEN_BLOCKS


@dataclass(frozen=True)
class Sentence:
    """A sentence of the story by its number, and the points that it bears out.

    ``anchors`` are the ids under which the points find it: e1 for the first passage of point 1, e1-2 for its second.
    """

    number: int
    passage: Passage
    points: Sequence[int]
    anchors: Sequence[str]
    is_chosen: bool

    @property
    def marks(self) -> str:
        """The numbers of its points, for the style sheet."""
        return " ".join(map(str, self.points))


@dataclass(frozen=True)
class Shown:
    """A passage behind a point: its words, its id, and the numbers of its sentences; none where the story lost it."""

    exact: str
    anchor: str
    sentences: Sequence[int]


@dataclass(frozen=True)
class Row:
    """A point with what the screen says of it, and what the editor has typed so far about it."""

    bullet: Bullet
    passages: Sequence[Shown]
    flags: Sequence[FlagData]
    answers: Answers

    @property
    def is_open(self) -> bool:
        """Whether it waits for an editor: as a draft, or under review."""
        return _is_open(self.bullet)

    @property
    def is_draft(self) -> bool:
        """Whether readers can't see it."""
        return self.bullet.status == Bullet.Status.DRAFT

    @property
    def is_blocked(self) -> bool:
        """Whether red flags stand against it, which take a reason."""
        return any(flag["colour"] == RED for flag in self.flags)

    @property
    def is_ticked(self) -> bool:
        """Whether the editor means to approve it."""
        return self.bullet.pk in self.answers.ticked

    @property
    def wants_reason(self) -> bool:
        """Whether the editor tried to approve it without the reason that its red flags take."""
        return self.answers.is_approval and self.is_blocked and self.is_ticked and not self.override

    @property
    def text(self) -> str:
        """Its words, or those typed in their place."""
        return self.answers.words.get(("text", self.bullet.pk), self.bullet.text)

    @property
    def override(self) -> str:
        """Why it stands in spite of its red flags, as far as it is typed."""
        return self.answers.word("override", self.bullet.pk)

    @property
    def because(self) -> str:
        """Why it is rejected, as far as it is typed."""
        return self.answers.word("because", self.bullet.pk)

    @property
    def is_reworded(self) -> bool:
        """Whether other words are typed for it, not saved yet."""
        return self.text != self.bullet.text

    @property
    def is_touched(self) -> bool:
        """Whether anything is typed or ticked."""
        return self.is_reworded or self.is_ticked or bool(self.override or self.because)

    @property
    def since_draft(self) -> list[Run]:
        """How its words differ from those that it was first drafted with; nothing where they don't."""
        return list(word_changes(self.bullet.drafted_text, self.bullet.text)) if self.bullet.is_reworded else []


@dataclass(frozen=True)
class Screen:
    """The whole screen: ``blocks`` are the headline, the standfirst, the byline and the paragraphs of the story."""

    article: Article
    blocks: Sequence[Sequence[Sentence]]
    rows: Sequence[Row]
    answers: Answers

    @property
    def is_open(self) -> bool:
        """Whether any point waits for an editor."""
        return any(row.is_open for row in self.rows)

    @property
    def is_touched(self) -> bool:
        """Whether the editor has typed or ticked something that is not done yet."""
        left = self.answers
        return bool(left.sentences or left.new_text or left.kind or left.reason) or any(r.is_touched for r in self.rows)


def screen_of(article: Article, answers: Answers) -> Screen:
    """The screen of ``article``, with what the editor has typed so far; two queries."""
    bullets = list(Bullet.objects.filter(article=article).prefetch_related("evidence"))
    sentences, fields = sentences_of(article), fields_of(article)
    flags = _flags(article, bullets)
    rows = [
        Row(bullet, _passages(bullet, fields, sentences), flags.get(bullet.text, bullet.flags), answers)
        for bullet in bullets
    ]
    numbered = [_numbered(number, passage, rows) for number, passage in enumerate(sentences, start=1)]
    return Screen(article, _blocks(numbered, fields), rows, answers)


def _is_open(bullet: Bullet) -> bool:
    return bullet.status == Bullet.Status.DRAFT or bullet.under_review_at is not None


def _flags(article: Article, bullets: Sequence[Bullet]) -> dict[str, list[FlagData]]:
    """What the checks say of the points that wait, by their words; what they said of the others is in the record."""
    waiting = [bullet.text for bullet in bullets if _is_open(bullet)]
    findings = check_texts(article, waiting) if waiting else []
    return {finding.bullet: [flag_data(flag) for flag in finding.flags] for finding in findings}


def _passages(bullet: Bullet, fields: dict[str, str], sentences: Sequence[Passage]) -> list[Shown]:
    shown = []
    for place, found in enumerate(bullet.evidence.all(), start=1):
        stands = fields[found.field][found.start : found.end] == found.exact
        numbers = [
            number
            for number, one in enumerate(sentences, start=1)
            if stands and one.field == found.field and one.start < found.end and found.start < one.end
        ]
        anchor = f"e{bullet.position}-{place}" if place > 1 else f"e{bullet.position}"
        shown.append(Shown(found.exact, anchor, numbers))
    return shown


def _numbered(number: int, passage: Passage, rows: Sequence[Row]) -> Sentence:
    resting = [(row, shown) for row in rows for shown in row.passages if number in shown.sentences]
    return Sentence(
        number=number,
        passage=passage,
        points=list(dict.fromkeys(row.bullet.position for row, _ in resting)),
        anchors=[shown.anchor for _, shown in resting if shown.sentences[0] == number],
        is_chosen=bool(rows) and number in rows[0].answers.sentences,
    )


def _blocks(sentences: Sequence[Sentence], fields: dict[str, str]) -> list[list[Sentence]]:
    """The sentences by their fields, and those of the body by its paragraphs."""

    def block_of(sentence: Sentence) -> tuple[str, int]:
        passage = sentence.passage
        return passage.field, fields[passage.field].count(BETWEEN_BLOCKS, 0, passage.start)

    return [list(group) for _, group in groupby(sentences, key=block_of)]
