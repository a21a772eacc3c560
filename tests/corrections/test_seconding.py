"""Edie writes a clarification of a figure; Max agrees or declines."""

import pytest

from articles.catalogue.models import Article
from articles.corrections.drafts import CorrectionError, Draft
from articles.corrections.models import Correction, ProposedCorrection, Report
from articles.corrections.notices import Notice
from articles.corrections.seconding import agree, decline, propose
from articles.summaries.models import Bullet
from articles.summaries.points import Point
from tests.world import correct, edie, make_article, max_admin

pytestmark = pytest.mark.django_db

SIX = "Tarn is open. It has six dishes."
FOUR = SIX.replace("six", "four")


@pytest.fixture
def proposed() -> ProposedCorrection:
    """What Edie would publish, with the answer to a report."""
    article = make_article(body=SIX, bullets=["Tarn is open.", "It has six."])
    points = [Point(bullet.text, True, bullet.pk) for bullet in Bullet.objects.filter(article=article)]
    report = Report.objects.create(article=article, kind="fact", what="It has four.")
    wording = article.wording.__class__(**{**vars(article.wording), "body": FOUR})
    notice = Notice("clarification", "minor", "source", ground="Two are being built.")
    return propose(Draft(article, wording, points, notice, [report]), by=edie())


class ProposeTests:
    def test_nothing_is_published_yet(self, proposed: ProposedCorrection) -> None:
        assert Article.objects.get().body_text == SIX
        assert not Correction.objects.exists()
        assert Report.objects.get().answered_at is None
        assert list(ProposedCorrection.objects.open()) == [proposed]


class AgreeTests:
    def test_it_is_published_in_both_names(self, proposed: ProposedCorrection) -> None:
        correction = agree(proposed, by=max_admin())
        assert Article.objects.get().body_text == FOUR
        assert (correction.by_name, correction.seconded_by_name) == ("Edie Torres", "Max Okafor")
        assert (correction.kind, correction.ground) == ("clarification", "Two are being built.")
        assert Report.objects.get().correction == correction
        assert [bullet.text for bullet in Bullet.objects.all()] == ["Tarn is open.", "It has six."]
        proposed.refresh_from_db()
        assert (proposed.ending, proposed.closed_by) == ("agreed", max_admin())

    def test_nobody_agrees_with_themselves(self, proposed: ProposedCorrection) -> None:
        with pytest.raises(CorrectionError, match="Another editor"):
            agree(proposed, by=edie())
        assert ProposedCorrection.objects.open().exists()

    def test_story_that_was_changed_meanwhile(self, proposed: ProposedCorrection) -> None:
        correct(proposed.article, headline="New")
        with pytest.raises(CorrectionError, match="changed since"):
            agree(proposed, by=max_admin())
        assert Article.objects.get().body_text == SIX

    def test_it_is_settled_once(self, proposed: ProposedCorrection) -> None:
        agree(proposed, by=max_admin())
        with pytest.raises(CorrectionError, match="closed"):
            agree(proposed, by=max_admin())
        with pytest.raises(CorrectionError, match="closed"):
            decline(proposed, by=max_admin(), why="Too late.")


class DeclineTests:
    def test_story_stays_and_the_editor_learns_why(self, proposed: ProposedCorrection) -> None:
        decline(proposed, by=max_admin(), why="It is a correction.")
        proposed.refresh_from_db()
        assert (proposed.ending, proposed.why) == ("declined", "It is a correction.")
        assert Article.objects.get().body_text == SIX

    def test_a_word_is_demanded(self, proposed: ProposedCorrection) -> None:
        with pytest.raises(CorrectionError, match="Say why"):
            decline(proposed, by=max_admin(), why=" ")
        assert ProposedCorrection.objects.open().exists()
