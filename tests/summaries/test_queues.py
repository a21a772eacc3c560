"""The queues of editors: which stories wait for what."""

import pytest

from articles.catalogue.models import Article
from articles.summaries.models import Bullet
from articles.summaries.points import Point, import_points, write_points
from articles.summaries.queues import needing_approval, needing_summary, under_review
from tests.world import NOON, edie, make_article

pytestmark = pytest.mark.django_db


@pytest.fixture
def stories() -> dict[str, Article]:
    """A story in each state."""
    made = {
        "none": make_article(bullets=[]),
        "none, yet to be published": make_article(status="draft", bullets=[]),
        "none, withdrawn": make_article(status="withdrawn", bullets=[]),
        "approved": make_article(),
        "imported": make_article(bullets=[]),
        "drafted": make_article(),
        "drafted, withdrawn": make_article(status="withdrawn"),
        "unfinished": make_article(status="in_review", bullets=[]),
        "lost": make_article(),
    }
    import_points(made["imported"], ["A."])
    for name in ("drafted", "drafted, withdrawn"):
        Bullet.objects.create(article=made[name], position=2, text="B.", origin="machine")
    write_points(made["unfinished"], [Point("C.", is_approved=False)], by=edie())
    made["lost"].bullets.update(under_review_at=NOON)
    return made


def named(stories: dict[str, Article], found: object) -> set[str]:
    pks = {article.pk for article in found}  # type: ignore[attr-defined]
    return {name for name, article in stories.items() if article.pk in pks}


class QueueTests:
    def test_stories_without_any_point_need_a_summary(self, stories: dict[str, Article]) -> None:
        found = needing_summary(Article.objects.all())
        assert named(stories, found) == {"none", "none, yet to be published"}

    def test_drafts_of_machines_and_people_need_approval(self, stories: dict[str, Article]) -> None:
        assert named(stories, needing_approval(Article.objects.all())) == {"drafted", "unfinished"}

    def test_points_that_lost_their_evidence_are_under_review(self, stories: dict[str, Article]) -> None:
        assert named(stories, under_review(Article.objects.all())) == {"lost"}

    def test_queues_are_narrowed_and_sorted_like_any_stories(self, stories: dict[str, Article]) -> None:
        found = needing_approval(Article.objects.published()).newest_first()
        assert named(stories, found) == {"drafted"}
