"""Stories and what belongs to them: their verbs, and what the database refuses whoever writes."""

from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from articles.catalogue.models import (
    Article,
    ArticleSource,
    ArticleTopic,
    FormerSlug,
    Image,
    ReviewDetails,
    SiteStatement,
    Source,
    Topic,
)
from articles.catalogue.models.review import check_lines, check_pairs
from articles.revisions.models import Revision
from tests.world import NOON, make_article, make_review

pytestmark = pytest.mark.django_db


def refused() -> Any:
    """The database refuses what happens inside."""
    return pytest.raises(IntegrityError)


class ArticleConstraintTests:
    @pytest.mark.parametrize(
        "wrong",
        [
            {"slug": ""},
            {"headline": ""},
            {"kind": "advert"},
            {"status": "gone"},
            {"status": "published", "published_at": None},
        ],
    )
    def test_database_refuses(self, wrong: dict[str, Any]) -> None:
        article = make_article()
        with refused(), transaction.atomic():
            Article.objects.filter(pk=article.pk).update(**wrong)

    def test_two_stories_never_share_an_address(self) -> None:
        first, second = make_article(), make_article()
        with refused(), transaction.atomic():
            Article.objects.filter(pk=second.pk).update(slug=first.slug)

    def test_archived_story_may_lack_its_date(self) -> None:
        article = make_article(published_at=None, is_from_archive=True)
        assert article.is_published
        assert article.listed_at == article.added_at

    def test_story_with_a_record_is_not_deleted(self) -> None:
        article = make_article()
        with pytest.raises(ProtectedError):
            article.delete()
        assert Revision.objects.filter(article=article).exists()


class AddressTests:
    def test_address_left_behind_is_never_given_to_another_story(self) -> None:
        article = make_article(headline="Kestrel opens")
        article.take_slug("moved")
        article.save()
        assert FormerSlug.objects.get(slug="kestrel-opens").article == article
        assert make_article(headline="Kestrel opens").slug == "kestrel-opens-2"

    def test_story_may_go_back_to_its_own_old_address(self) -> None:
        article = make_article(headline="Kestrel opens")
        for wanted in ("moved", "kestrel-opens"):
            article.take_slug(wanted)
            article.save()
        assert article.slug == "kestrel-opens"
        assert [former.slug for former in FormerSlug.objects.all()] == ["moved"]

    def test_draft_leaves_no_address_behind(self) -> None:
        article = make_article(status="draft")
        article.take_slug("moved")
        assert not FormerSlug.objects.exists()

    def test_taken_addresses_are_those_of_others(self) -> None:
        first, second = make_article(slug="first"), make_article(slug="second")
        first.take_slug("third")
        first.save()
        assert second.is_slug_taken("first")
        assert second.is_slug_taken("third")
        assert not second.is_slug_taken("second")
        assert not first.is_slug_taken("first")

    def test_no_two_stories_had_the_same_address(self) -> None:
        FormerSlug.objects.create(article=make_article(), slug="old")
        with refused(), transaction.atomic():
            FormerSlug.objects.create(article=make_article(), slug="old")


class ReviewDetailsTests:
    @pytest.mark.parametrize(
        "wrong",
        [
            {"product": ""},
            {"score": Decimal("10.1")},
            {"score": Decimal("-0.1")},
            {"scale": Decimal(0), "score": None},
            {"currency": ""},
            {"price": None},
            {"price": Decimal(-1)},
        ],
    )
    def test_database_refuses(self, wrong: dict[str, Any]) -> None:
        make_review()
        with refused(), transaction.atomic():
            ReviewDetails.objects.update(**wrong)

    def test_review_without_score_and_price_is_fine(self) -> None:
        make_review(details={"score": None, "price": None, "currency": ""})
        assert ReviewDetails.objects.get().score_percent is None

    def test_score_is_drawn_as_a_share_of_its_scale(self) -> None:
        make_review(details={"score": "4.5", "scale": "5"})
        review = ReviewDetails.objects.get()
        assert (review.score_percent, review.score_label, review.scale_label) == (Decimal("90.0"), "4.5", "5")

    @pytest.mark.parametrize("value", ["text", ["a", ""], ["a", 1], [["a"]], None, {"a": "b"}])
    def test_list_of_texts(self, value: object) -> None:
        with pytest.raises(ValidationError):
            check_lines(value)
        check_lines(["a", "b"])

    @pytest.mark.parametrize("value", ["text", ["a"], [["a"]], [["a", ""]], [["a", "b", "c"]], [("a", "b")], None])
    def test_list_of_pairs(self, value: object) -> None:
        with pytest.raises(ValidationError):
            check_pairs(value)
        check_pairs([["a", "b"]])


class LabelTests:
    @pytest.mark.parametrize("model", [Source, Topic])
    @pytest.mark.parametrize("wrong", [{"name": ""}, {"slug": ""}, {"name": "scmp"}, {"slug": "scmp"}])
    def test_database_refuses(self, model: type[Source] | type[Topic], wrong: dict[str, str]) -> None:
        model.objects.create(name="SCMP", slug="scmp")
        with refused(), transaction.atomic():
            model.objects.create(**{"name": "Other", "slug": "other", **wrong})

    @pytest.mark.parametrize("model", [Source, Topic])
    def test_name_is_found_in_whatever_case(self, model: type[Source] | type[Topic]) -> None:
        first = model.objects.named("Nordlys  Tech")
        assert model.objects.named(" nordlys TECH ") == first
        assert (first.name, first.slug) == ("Nordlys Tech", "nordlys-tech")

    def test_label_in_use_is_not_deleted(self) -> None:
        make_article()
        for label in (Source.objects.get(), Topic.objects.get()):
            with pytest.raises(ProtectedError):
                label.delete()


class JoinTests:
    def test_story_is_filed_under_a_topic_once(self) -> None:
        article = make_article(topics=["Phones"])
        with refused(), transaction.atomic():
            ArticleTopic.objects.create(article=article, topic=Topic.objects.get(), position=2)

    def test_story_rests_once_on_each_report_of_an_outlet(self) -> None:
        article = make_article(sources=[("SCMP", "https://scmp.example/1")])
        again = {"article": article, "source": Source.objects.get(), "position": 2}
        assert ArticleSource.objects.create(**again, url="https://scmp.example/2")
        with refused(), transaction.atomic():
            ArticleSource.objects.create(**again, url="https://scmp.example/1")

    def test_part_that_an_outlet_plays_is_known(self) -> None:
        make_article()
        with refused(), transaction.atomic():
            ArticleSource.objects.update(role="rumour")


class ImageTests:
    @pytest.mark.parametrize("wrong", [{}, {"caption": "A dish."}, {"file": "images/dish.png", "credit": "Edie"}])
    def test_picture_without_words_and_row_without_picture_and_credit_are_refused(self, wrong: dict[str, str]) -> None:
        Image.objects.create(article=make_article(), credit="Shutterstock")
        with refused(), transaction.atomic():
            Image.objects.update(**{"credit": "", "caption": "", **wrong})

    def test_credit_alone_is_enough(self) -> None:
        assert Image.objects.create(article=make_article(), credit="Shutterstock")


class SiteStatementTests:
    def test_there_is_one(self) -> None:
        SiteStatement.objects.create(text="We check.", changed_at=NOON)
        for number in (1, 2):
            with refused(), transaction.atomic():
                SiteStatement.objects.bulk_create([SiteStatement(id=number, text="We check twice.")])
