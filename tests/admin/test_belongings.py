"""Sources, topics, review details and pictures on a story's form."""

from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image as Picture
from pytest_django import Settings

from articles.catalogue.models import Article, ArticleSource, ArticleTopic, Image, Source, Topic
from tests.admin.sheets import save, sheet, story_path
from tests.catalogue.test_pictures import photo, with_iptc
from tests.world import desk, make_article, make_review, rita

pytestmark = pytest.mark.django_db


def picture(name: str = "dish.png") -> SimpleUploadedFile:
    file = BytesIO()
    Picture.new("RGB", (4, 3)).save(file, "PNG")
    return SimpleUploadedFile(name, file.getvalue(), "image/png")


class TopicTests:
    def topics(self, article: Article) -> list[str]:
        return [str(entry) for entry in ArticleTopic.objects.filter(article=article)]

    def test_topics_are_added_ordered_and_removed(self) -> None:
        article, topic = make_article(topics=["A", "B"]), Topic.objects.named("C")
        save(
            article,
            **{
                "article_topics-0-DELETE": "on",
                "article_topics-2-topic": topic.pk,
                "article_topics-2-position": "1",
            },
        )
        assert self.topics(article) == ["C", "B"]

    def test_same_topic_twice_is_refused_in_words(self) -> None:
        article = make_article(topics=["A", "B"])
        answer = save(article, **{"article_topics-2-topic": Topic.objects.get(name="A").pk})
        assert "This is in the list already" in answer.text
        assert self.topics(article) == ["A", "B"]

    def test_two_topics_changed_into_each_other_are_refused_in_words(self) -> None:
        article = make_article(topics=["A", "B"])
        a, b = Topic.objects.get(name="A"), Topic.objects.get(name="B")
        answer = save(article, **{"article_topics-0-topic": b.pk, "article_topics-1-topic": a.pk})
        assert "to change the order, change the positions" in answer.text
        assert self.topics(article) == ["A", "B"]

    def test_topic_taken_out_and_put_in_again_is_fine(self) -> None:
        article = make_article(topics=["A"])
        again = {"article_topics-0-DELETE": "on", "article_topics-1-topic": Topic.objects.get(name="A").pk}
        assert save(article, **again).status_code == 302
        assert self.topics(article) == ["A"]


class SourceTests:
    def test_same_outlet_counts_twice_with_two_addresses_only(self) -> None:
        article = make_article(sources=[("SCMP", "https://scmp.example/1")])
        more = {"article_sources-1-source": Source.objects.get().pk, "article_sources-1-role": "additional"}
        assert (
            "in the list already" in save(article, **more, **{"article_sources-1-url": "https://scmp.example/1"}).text
        )
        assert save(article, **more, **{"article_sources-1-url": "scmp.example/2"}).status_code == 302
        urls = list(ArticleSource.objects.filter(article=article).values_list("url", flat=True))
        assert urls == ["https://scmp.example/1", "https://scmp.example/2"]

    @pytest.mark.parametrize("url", ["javascript:alert(1)", "not an address"])
    def test_address_is_one_of_the_web(self, url: str) -> None:
        article = make_article()
        assert "Enter a valid URL" in save(article, **{"article_sources-0-url": url}).text


class ReviewDetailsTests:
    def test_lists_are_written_line_by_line(self) -> None:
        article = make_review()
        lists = {
            "review-0-pros": "Quiet\r\n\r\n  Light ",
            "review-0-cons": "",
            "review-0-specs": "Weight: 1.2 kg\r\nPorts: USB-C: 2",
        }
        assert save(article, **lists).status_code == 302
        review = Article.objects.get().review
        assert (review.pros, review.cons) == (["Quiet", "Light"], [])
        assert review.specs == [["Weight", "1.2 kg"], ["Ports", "USB-C: 2"]]

    def test_line_that_is_no_pair_is_named_and_kept(self) -> None:
        answer = save(make_review(), **{"review-0-specs": "Weight: 1.2 kg\r\nHeavy"})
        assert "Line 2: write it as “Name: value”." in answer.text
        assert "Weight: 1.2 kg\nHeavy" in answer.text.replace("\r", "")

    @pytest.mark.parametrize(
        ("change", "words"),
        [
            ({"review-0-score": "11"}, "The score lies outside its scale."),
            ({"review-0-currency": ""}, "Give the price together with its currency."),
            ({"review-0-scale": "0", "review-0-score": ""}, "review_scale_is_positive"),
            ({"review-0-currency": "eur"}, "Enter a valid value."),
            ({"review-0-product": ""}, "This field is required."),
        ],
    )
    def test_figures_that_cannot_be_are_refused(self, change: dict[str, str], words: str) -> None:
        assert words in save(make_review(), **change).text
        assert Article.objects.get().review.score == Decimal(8)

    def test_story_that_becomes_a_review_is_asked_for_its_figures(self) -> None:
        article = make_article()
        save(article, kind="review")
        assert "review-0-product" in sheet(desk(), story_path(article))


class ImageTests:
    @pytest.fixture(autouse=True)
    def _media(self, settings: Settings, tmp_path: Any) -> None:
        settings.MEDIA_ROOT = tmp_path

    def test_picture_is_kept_with_its_size(self) -> None:
        article = make_article()
        save(article, **{"images-0-file": picture(), "images-0-alt": "A dish.", "images-0-credit": "Edie"})
        image = Image.objects.get(article=article)
        assert (image.width, image.height, image.alt) == (4, 3, "A dish.")

    def test_picture_comes_with_renditions_and_the_credit_that_it_states(self, tmp_path: Any) -> None:
        file = SimpleUploadedFile("dish.jpg", with_iptc(photo(600, 400), (110, b"Ann Wu")), "image/jpeg")
        article = make_article()
        save(article, **{"images-0-file": file, "images-0-alt": "A dish."})
        image = Image.objects.get(article=article)
        assert image.credit == "Ann Wu"
        assert b"Ann Wu" not in (tmp_path / str(image.file.name)).read_bytes()
        page = rita().get(article.get_absolute_url()).text
        for width in (480, 600):
            address = f"/media/renditions/{image.file.name}/{width}.webp"
            assert f"{address} {width}w" in page
            assert (tmp_path / address.removeprefix("/media/")).read_bytes()[8:12] == b"WEBP"
        assert '<span class="credit">Ann Wu</span>' in page
        make_article()
        home = rita().get("/topics/networks/").text
        assert f'<img src="/media/renditions/{image.file.name}/thumbnail.jpg" width="240" height="180" alt=""' in home
        image.file.delete()
        assert not any(path.is_file() for path in tmp_path.rglob("*"))

    def test_picture_that_cannot_be_read_to_its_end_is_refused(self) -> None:
        file = SimpleUploadedFile("dish.jpg", photo(600, 400)[:900], "image/jpeg")
        answer = save(make_article(), **{"images-0-file": file, "images-0-alt": "A dish."})
        assert "save it again as JPEG, PNG or WebP" in answer.text

    def test_credit_alone_is_enough(self) -> None:
        article = make_article()
        assert save(article, **{"images-0-credit": "Shutterstock"}).status_code == 302
        assert Image.objects.get(article=article).file.name == ""

    def test_picture_needs_words(self) -> None:
        assert "Describe the picture" in save(make_article(), **{"images-0-file": picture()}).text
        assert "at least its credit" in save(make_article(), **{"images-0-caption": "Nothing."}).text

    @pytest.mark.parametrize(
        "file",
        [
            SimpleUploadedFile("a.svg", b'<svg xmlns="http://www.w3.org/2000/svg"/>', "image/svg+xml"),
            SimpleUploadedFile("a.png", b'<svg xmlns="http://www.w3.org/2000/svg"/>', "image/png"),
            SimpleUploadedFile("a.png", b"<script>", "image/png"),
            picture("a.html"),
            picture("a.eps"),
        ],
    )
    def test_what_is_not_a_picture_for_browsers_is_refused(self, file: SimpleUploadedFile) -> None:
        file.seek(0)
        answer = save(make_article(), **{"images-0-file": file, "images-0-alt": "A dish."})
        assert answer.status_code == 200
        assert not Image.objects.exists()
