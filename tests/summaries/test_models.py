"""What the database refuses of bullets, whoever writes past the verbs."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from articles.catalogue.models import Article
from articles.summaries.models import Bullet, visible_points
from tests.world import NOON, edie, make_article

pytestmark = pytest.mark.django_db


class ConstraintTests:
    def add(self, **fields: Any) -> Bullet:
        article = fields.pop("article", None) or make_article(bullets=[])
        return Bullet.objects.create(**{"article": article, "position": 1, "text": "A.", **fields})

    @pytest.mark.parametrize(
        "wrong",
        [
            {"position": 0},
            {"text": ""},
            {"origin": "rumour"},
            {"status": "shown"},
            {"status": "approved"},
            {"origin": "imported", "status": "approved"},
            {"origin": "machine", "status": "approved", "approved_at": NOON},
            {"origin": "person", "status": "approved", "approved_at": NOON},
            {"status": "draft", "approved_at": NOON},
        ],
    )
    def test_database_refuses(self, wrong: dict[str, Any]) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            self.add(**wrong)

    def test_draft_with_a_name_is_refused(self) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            self.add(approved_by=edie())

    def test_two_bullets_never_share_a_place(self) -> None:
        article = self.add().article
        with pytest.raises(IntegrityError), transaction.atomic():
            self.add(article=article)
        assert self.add(article=article, position=2)

    def test_archives_point_needs_a_time_but_no_name_and_a_machines_needs_both(self) -> None:
        assert self.add(origin="imported", status="approved", approved_at=NOON)
        assert self.add(origin="machine", status="approved", approved_at=NOON, approved_by=edie())


class VisibleTests:
    def test_only_approved_points_come_out_in_order(self) -> None:
        Bullet.objects.create(article=make_article(bullets=["A.", "B."]), position=3, text="Draft.", origin="machine")
        assert [b.text for b in Bullet.objects.visible()] == ["A.", "B."]
        (story,) = Article.objects.all().prefetch_related(visible_points())
        assert [b.text for b in story.points] == ["A.", "B."]  # type: ignore[attr-defined]
