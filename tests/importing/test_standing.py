"""A story as it stands, in the fields of a document, and the way back."""

from typing import Any

import pytest

from articles.catalogue.models import Article, ArticleSource, Image
from articles.importing import standing
from articles.importing.fields import MERGED, Fields, put
from articles.importing.models import Original
from articles.importing.standing import read, wording_of
from articles.summaries.models import Bullet, Evidence
from articles.summaries.points import Point, write_points
from tests.importing.stories import FIXTURES, run
from tests.world import edie, make_article, make_review

pytestmark = pytest.mark.django_db


def draft(**changes: Any) -> Article:
    return make_article(status="draft", **changes)


def change(article: Article, **values: Any) -> Article:
    """``article`` after a write of ``values`` over what it says."""
    before = read(article)
    standing.write(article, before, {**before, **values})
    return Article.objects.get(pk=article.pk)


class ReadTests:
    def test_every_seed_and_sample_stands_as_it_was_read(self) -> None:
        run(FIXTURES / "seeds", FIXTURES / "samples", is_publishing=True)
        originals = list(Original.objects.select_related("article"))
        assert len(originals) > 10
        for original in originals:
            said = read(original.article)
            assert set(said) == set(MERGED)
            assert {name: said[name] for name in MERGED} == {name: original.fields[name] for name in MERGED}

    def test_drafts_of_bullets_and_pictures_with_a_credit_count(self) -> None:
        article = draft(bullets=["One."])
        write_points(article, [Point("One.", is_approved=False)], by=edie())
        Image.objects.create(article=article, file="a.jpg", width=9, height=9, alt="A dish", credit="Ann")
        Image.objects.create(article=article, file="b.jpg", width=9, height=9, alt="A mast")
        fields = read(article)
        assert (fields["bullets"], fields["credits"]) == (["One."], [{"name": "Ann", "after_paragraph": 1}])


class WriteTests:
    def test_evidence_moves_with_words_that_change_under_bullets_that_stay(self) -> None:
        article = draft(body="Kestrel has switched on a second ground station.")
        before = Evidence.objects.get()
        article = change(article, body="In other news.\n\nKestrel has switched on a second ground station.")
        after = Evidence.objects.get()
        assert (after.pk, after.exact) == (before.pk, before.exact)
        assert article.body_text[after.start : after.end] == before.exact

    def test_words_come_with_their_html(self) -> None:
        article = change(draft(), headline="New", body="More *words*.")
        assert (article.headline, article.standfirst, article.body_markdown) == (
            "New",
            "The second in a year.",
            "More *words*.",
        )
        assert (article.body_html, article.body_text) == ("<p>More <em>words</em>.</p>", "More words.")

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("kind", "review"),
            ("language", "ar"),
            ("published_at", "2020-02-02T02:02:00+00:00"),
            ("published_at", None),
            ("updated_as_stated", "Jan 9"),
            ("is_edited", True),
            ("is_from_archive", True),
            ("is_sample", True),
            ("topics", ["Phones", "Networks"]),
            ("topics", []),
            ("sources", [{"name": "SCMP", "url": ""}, {"name": "SCMP", "url": "https://scmp.example/1"}]),
            ("sources", []),
            ("credits", [{"name": "Ann", "after_paragraph": 0}, {"name": "Bo", "after_paragraph": 3}]),
            ("bullets", ["Two.", "Kestrel has a second ground station."]),
            ("bullets", []),
        ],
    )
    def test_field_is_what_was_written_and_the_others_stay(self, name: str, value: Any) -> None:
        article = draft()
        before = read(article)
        assert before[name] != value
        assert read(change(article, **{name: value})) == {**before, name: value}

    def test_no_difference_writes_nothing(self, django_assert_num_queries: Any) -> None:
        article = draft()
        before = read(article)
        with django_assert_num_queries(0):
            standing.write(article, before, before)


class BulletTests:
    def test_bullet_that_stays_keeps_its_approver_and_a_new_one_is_the_publication_s(self) -> None:
        article = change(draft(bullets=["One.", "Two."]), bullets=["New.", "Two."])
        new, two = Bullet.objects.filter(article=article)
        assert (new.position, new.origin, new.approved_by, new.status) == (1, "imported", None, "approved")
        assert (two.position, two.origin, two.approved_by) == (2, "person", edie())

    def test_same_words_twice_are_two_bullets(self) -> None:
        article = change(draft(bullets=["One."]), bullets=["One.", "One."])
        assert [bullet.origin for bullet in Bullet.objects.filter(article=article)] == ["person", "imported"]


class SourceTests:
    def test_outlet_that_stays_keeps_its_part_and_headline(self) -> None:
        article = draft(sources=[("SCMP", "https://scmp.example/1"), "Nordlys"])
        row = ArticleSource.objects.get(article=article, position=1)
        row.role, row.headline = ArticleSource.Role.ADDITIONAL, "Its headline"
        row.save()
        change(article, sources=[{"name": "Sham Wire", "url": ""}, {"name": "scmp", "url": "https://scmp.example/1"}])
        wire, scmp = ArticleSource.objects.filter(article=article)
        assert (wire.source.name, wire.role, wire.position) == ("Sham Wire", "original", 1)
        assert (scmp.pk, scmp.role, scmp.headline, scmp.position) == (row.pk, "additional", "Its headline", 2)


class CreditTests:
    def test_picture_that_is_here_outlives_its_credit(self) -> None:
        article = draft()
        picture = Image.objects.create(
            article=article, position=1, file="a.jpg", width=9, height=9, alt="A dish", credit="Ann"
        )
        Image.objects.create(article=article, position=2, credit="Bo")
        change(article, credits=[{"name": "Cy", "after_paragraph": 1}])
        assert [(image.pk, image.credit) for image in Image.objects.all()] == [(picture.pk, "Cy")]
        change(article, credits=[])
        assert [(image.file.name, image.credit) for image in Image.objects.all()] == [("a.jpg", "")]
        change(article, credits=[{"name": "Di", "after_paragraph": 1}, {"name": "Ed", "after_paragraph": 2}])
        assert [image.credit for image in Image.objects.all()] == ["", "Di", "Ed"]


class ReviewTests:
    def test_part_of_a_review(self) -> None:
        article = make_review(status="draft")
        before = read(article)
        after = put(before, "review.score", {"score": "9", "scale": "10"})
        standing.write(article, before, after)
        assert read(Article.objects.get(pk=article.pk)) == after

    def test_review_comes_and_goes(self) -> None:
        review: Fields | None = read(make_review(status="draft"))["review"]
        article = change(draft(), review=review)
        assert read(article)["review"] == review
        assert read(change(article, review=None))["review"] is None


class WordingTests:
    def test_words_among_the_fields(self) -> None:
        article = draft()
        assert wording_of(read(article)) == article.wording
