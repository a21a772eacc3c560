"""Structured data: what is known, and nothing else."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from django.template import engines
from hypothesis import given
from hypothesis import strategies as st

from articles.catalogue.models import Article
from articles.feeds.structured import as_json, structured_data
from articles.revisions import acts
from articles.summaries.models import Bullet, visible_points
from articles.summaries.provenance import note_of
from tests.world import NOON, edie, make_article, make_review, rita


def data_of(article: Article) -> dict[str, Any]:
    story = Article.objects.prefetch_related(visible_points()).get(pk=article.pk)
    return structured_data(story, note_of(story, story.points, None))  # type: ignore[attr-defined]


@pytest.mark.django_db
class StructuredDataTests:
    def test_story_with_all_that_can_be_known(self) -> None:
        story = make_article(
            slug="dish",
            headline="Dish",
            standfirst="Flat.",
            byline="Ada Lind",
            published_at=NOON,
            sources=[("Nordlys Tech", "https://nordlys.example/1"), "SCMP"],
        )
        assert data_of(story) == {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": "Dish",
            "description": "Flat.",
            "url": "http://testserver/articles/dish/",
            "mainEntityOfPage": "http://testserver/articles/dish/",
            "inLanguage": "en",
            "isAccessibleForFree": True,
            "datePublished": "2026-11-20T12:00:00+00:00",
            "author": {"@type": "Person", "name": "Ada Lind"},
            "publisher": {
                "@type": "NewsMediaOrganization",
                "name": "Newsroom",
                "url": "http://testserver/",
                "correctionsPolicy": "http://testserver/about/corrections/",
                "actionableFeedbackPolicy": "http://testserver/about/corrections/",
            },
            "isBasedOn": ["https://nordlys.example/1"],
            "hasPart": {
                "@type": "CreativeWork",
                "@id": "http://testserver/articles/dish/#brief",
                "name": "In brief",
                "text": "Kestrel has a second ground station.",
                "editor": [{"@type": "Person", "name": "Edie Torres"}],
            },
        }

    def test_archived_story_of_unknown_date_names_no_date_and_no_author(self) -> None:
        story = make_article(published_at=None, is_from_archive=True, updated_as_stated="Jan 9", sources=["SCMP"])
        data = data_of(story)
        assert not {"datePublished", "dateModified", "author", "isBasedOn"} & data.keys()

    def test_day_alone_where_only_the_day_is_known(self) -> None:
        story = make_article(published_at=datetime(2026, 11, 20, tzinfo=UTC))
        assert data_of(story)["datePublished"] == "2026-11-20"

    def test_part_that_a_machine_drafted_is_named_with_its_source_type(self) -> None:
        story = make_article(bullets=["One.", "Two."])
        Bullet.objects.filter(position=1).update(origin="machine", model="m", prompt_version="1")
        part = data_of(story)["hasPart"]
        assert part["text"] == "One.\nTwo."
        assert part["digitalSourceType"] == "https://schema.org/CompositeWithTrainedAlgorithmicMediaDigitalSource"

    def test_story_without_points_has_no_such_part(self) -> None:
        assert "hasPart" not in data_of(make_article(bullets=[]))

    def test_change_is_dated(self) -> None:
        story = make_article()
        acts.change(story, story.wording, [], by=edie(), kind="minor", reason="Why.")
        story.refresh_from_db()
        assert story.updated_at is not None
        assert data_of(story)["dateModified"] == story.updated_at.isoformat(timespec="seconds")

    def test_long_headline_is_cut(self) -> None:
        assert data_of(make_article(headline="x" * 110))["headline"] == "x" * 110
        assert data_of(make_article(headline="x" * 111))["headline"] == "x" * 109 + "…"

    def test_review_names_product_and_rating(self) -> None:
        data = data_of(make_review())
        assert data["@type"] == "Review"
        assert data["itemReviewed"] == {
            "@type": "Product",
            "name": "Pell K3",
            "brand": {"@type": "Brand", "name": "Pell"},
        }
        assert data["reviewRating"] == {"@type": "Rating", "ratingValue": 8.0, "bestRating": 10.0, "worstRating": 0}

    def test_review_without_score_or_maker_makes_none_up(self) -> None:
        data = data_of(make_review(details={"score": None, "maker": ""}))
        assert "reviewRating" not in data
        assert data["itemReviewed"] == {"@type": "Product", "name": "Pell K3"}

    def test_review_without_details_is_an_article(self) -> None:
        assert data_of(make_article(kind="review"))["@type"] == "NewsArticle"


class AsJsonTests:
    @given(st.dictionaries(st.text(), st.text()))
    def test_holds_no_sign_of_markup_and_reads_back(self, data: dict[str, str]) -> None:
        text = as_json(data)
        assert not set("<>&") & set(text)
        assert json.loads(text) == data


@pytest.mark.django_db
class TagTests:
    def test_page_holds_the_data_and_no_way_out_of_it(self) -> None:
        story = make_article(headline="</script><script>alert(1)</script> & more")
        page = rita().get(story.get_absolute_url()).content.decode()
        block = page.partition('<script type="application/ld+json">')[2].partition("</script>")[0]
        assert json.loads(block)["headline"] == "</script><script>alert(1)</script> & more"
        assert "<script>alert" not in page

    def test_tag_renders_one_script_element(self) -> None:
        template = engines["django"].from_string("{% load structured %}{% structured_data article note notices %}")
        story: Any = Article.objects.prefetch_related(visible_points()).get(pk=make_article().pk)
        html = template.render({"article": story, "note": note_of(story, story.points, None), "notices": []})
        assert html.count("<script") == html.count("</script>") == 1
