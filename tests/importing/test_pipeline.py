"""From files to stories: everything that belongs to one, or nothing of it."""

import hashlib
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError

from articles.catalogue.models import Article, Image, ReviewDetails, SiteStatement, Source, Topic
from articles.importing import documents
from articles.importing.formats import TOO_HARD
from articles.importing.models import Original
from articles.importing.pipeline import Options, import_files
from articles.revisions import acts
from articles.revisions.models import Revision
from articles.summaries.models import Bullet
from articles.summaries.points import Point
from tests.importing.stories import FIXTURES, SEED, SEED_TITLE, STATEMENT, every_row, export, run, story, write
from tests.world import NOON, edie, make_article

pytestmark = pytest.mark.django_db

REVIEW = """\
headline: "Pell K3: a quiet bargain"
published_at: 2026-11-18T17:20:00Z
topics: [Keyboards, Phones]
sources: [{name: Bench & Bezel, url: "https://bench.example/k3"}, Nordlys Tech]
credit: [Pell, Ann Wu]
bullets: [It is quiet.]
review:
  product: Pell K3
  maker: Pell
  score: 4.5
  scale: 5
  price: 139 GBP
  pros: [Quiet]
  cons: [Heavy]
  verdict: Buy it.
  specs: {Weight: 1.12 kg}
sample: true"""


class SeedTests:
    def test_seed_becomes_a_draft_with_all_that_belongs_to_it(self) -> None:
        (result,) = run(SEED)
        assert (result.outcome, result.warnings) == ("created", ())
        article = Article.objects.get()
        assert (article.headline, article.slug) == (
            SEED_TITLE,
            "xiaomi-partners-with-indian-manufacturer-padget-electronics",
        )
        assert (article.status, article.kind, article.language, article.byline) == ("draft", "news", "en", "")
        assert len(article.body_text.split("\n\n")) == 8
        assert article.summary_line.startswith("Chinese smartphone giant Xiaomi has entered")
        assert [bullet.origin for bullet in article.bullets.visible()] == ["imported"] * 4
        assert [source.source.name for source in article.article_sources.all()] == ["SCMP"]
        assert [(image.credit, image.file.name) for image in Image.objects.all()] == [("Shutterstock", "")]

    def test_dates_say_only_what_is_known(self) -> None:
        before = datetime.now(UTC)
        run(SEED, is_publishing=True)
        article = Article.objects.get()
        assert (article.published_at, article.updated_at) == (None, None)
        assert (article.updated_as_stated, article.is_edited, article.is_from_archive) == ("Jan 9", True, True)
        assert before <= article.added_at == article.listed_at <= datetime.now(UTC)

    def test_statement_is_the_site_s_and_not_the_story_s(self) -> None:
        run(SEED)
        assert SiteStatement.objects.get().text.startswith("As technology advances")
        article = Article.objects.get()
        assert "As technology advances" not in article.body_markdown + article.body_html + article.body_text

    def test_original_is_kept_byte_for_byte(self) -> None:
        run(SEED)
        original = Original.objects.get()
        assert bytes(original.raw) == SEED.read_bytes()
        assert original.sha256 == hashlib.sha256(SEED.read_bytes()).hexdigest()
        assert (original.file_name, original.article) == (SEED.name, Article.objects.get())

    def test_second_import_changes_nothing(self) -> None:
        run(SEED, is_publishing=True)
        before = every_row()
        assert [result.outcome for result in run(FIXTURES / "seeds", is_publishing=True)] == ["unchanged"]
        assert every_row() == before

    def test_second_import_leaves_what_edie_changed(self) -> None:
        run(SEED, is_publishing=True)
        article = Article.objects.get()
        wording = article.wording
        acts.change(
            article,
            wording,
            [Point("Edie's.", is_approved=True, override="Edie was there.")],
            by=edie(),
            kind="minor",
            reason="Shorter.",
        )
        before = every_row()
        assert run(SEED, is_publishing=True)[0].outcome == "unchanged"
        assert every_row() == before
        assert [bullet.text for bullet in Bullet.objects.all()] == ["Edie's."]
        assert Article.objects.get().wording == wording


class CreateTests:
    def test_review_with_everything(self, tmp_path: Path) -> None:
        write(tmp_path, "k3.md", story(REVIEW))
        assert run(tmp_path)[0].outcome == "created"
        article = Article.objects.get()
        assert (article.kind, article.is_sample, article.is_from_archive) == ("review", True, False)
        assert article.published_at == datetime(2026, 11, 18, 17, 20, tzinfo=UTC)
        assert [row.topic.name for row in article.article_topics.all()] == ["Keyboards", "Phones"]
        assert [(row.source.name, row.url, row.position) for row in article.article_sources.all()] == [
            ("Bench & Bezel", "https://bench.example/k3", 1),
            ("Nordlys Tech", "", 2),
        ]
        assert [(image.credit, image.position) for image in Image.objects.all()] == [("Pell", 0), ("Ann Wu", 0)]
        review = ReviewDetails.objects.get(article=article)
        review.full_clean()
        assert (review.product, review.maker, review.verdict) == ("Pell K3", "Pell", "Buy it.")
        assert (review.score, review.scale, review.price, review.currency) == (
            Decimal("4.5"),
            Decimal(5),
            Decimal(139),
            "GBP",
        )
        assert (review.pros, review.cons, review.specs) == (["Quiet"], ["Heavy"], [["Weight", "1.12 kg"]])

    def test_drafts_are_no_version_and_published_stories_are_the_first(self, tmp_path: Path) -> None:
        draft = write(tmp_path, "a.txt", export("Draft of it", "Text."))
        public = write(tmp_path, "b.md", story(REVIEW))
        run(draft)
        assert not Revision.objects.exists()
        run(public, is_publishing=True)
        revision = Revision.objects.get()
        assert (revision.number, revision.kind, revision.reason, revision.by_name) == (1, "published", "", "")
        assert revision.text.bullets == ["It is quiet."]
        assert revision.article.is_published

    def test_topics_and_sources_of_other_stories_are_used_again(self, tmp_path: Path) -> None:
        make_article(topics=["phones"], sources=["bench & bezel"])
        write(tmp_path, "k3.md", story(REVIEW))
        run(tmp_path)
        assert set(Topic.objects.values_list("name", flat=True)) == {"phones", "Keyboards"}
        assert set(Source.objects.values_list("name", flat=True)) == {"bench & bezel", "Nordlys Tech"}

    def test_stories_of_one_headline_get_their_own_addresses(self, tmp_path: Path) -> None:
        write(tmp_path, "a.txt", export("In brief", "Text."))
        write(tmp_path, "b.txt", export("In brief", "Other."))
        run(tmp_path)
        assert set(Article.objects.values_list("slug", flat=True)) == {"in-brief", "in-brief-2"}

    def test_day_of_the_export_orders_stories_and_dates_none(self) -> None:
        run(SEED, as_of=NOON, is_publishing=True)
        article = Article.objects.get()
        assert (article.added_at, article.listed_at, article.published_at) == (NOON, NOON, None)

    def test_standing_statement_of_the_site_is_not_replaced(self, tmp_path: Path) -> None:
        SiteStatement.objects.create(text="We are right.")
        write(tmp_path, "a.txt", export("Title of it", "Text.", STATEMENT))
        (result,) = run(tmp_path)
        assert result.outcome == "created"
        assert "standing statement differs" in result.warnings[-1].message
        assert SiteStatement.objects.get().text == "We are right."


class KnownFileTests:
    def test_story_that_was_written_here_is_no_import(self, tmp_path: Path) -> None:
        make_article(headline="Title of it", sources=["SCMP"])
        assert run(write(tmp_path, "b.txt", export("Title of it", "More.", "Source: SCMP")))[0].outcome == "created"

    def test_same_bytes_twice_in_one_folder_are_one_story(self, tmp_path: Path) -> None:
        for name in ("a.txt", "b.txt"):
            write(tmp_path, name, export("Title of it", "Text."))
        assert [result.outcome for result in run(tmp_path, is_dry_run=True)] == ["create", "unchanged"]
        assert [result.outcome for result in run(tmp_path)] == ["created", "unchanged"]
        assert Article.objects.count() == 1


class ThriftTests:
    def test_story_takes_few_queries(self, tmp_path: Path, django_assert_max_num_queries: Any) -> None:
        """Beyond those of the run: a savepoint, two for the address, one for the look-up of repeats, two for the
        generation that readers see, one for each kind of row, the run's among them."""
        lines = ("Text.", "Credits: Ann", "Credits: Bo", "  • One.", "  • Two.", "Source: SCMP, Nordlys", STATEMENT)
        for number in range(20):
            write(tmp_path, f"{number}.txt", export(f"Title {number}", *lines))
        with django_assert_max_num_queries(20 * 15 + 20):
            assert {result.outcome for result in run(tmp_path)} == {"created"}
        with django_assert_max_num_queries(4):
            assert {result.outcome for result in run(tmp_path)} == {"unchanged"}

    def test_known_file_is_read_only_on_request(self) -> None:
        run(SEED)
        assert run(SEED)[0].document is None
        (result,) = run(SEED, is_reading_all=True)
        assert (result.outcome, result.document and result.document.headline) == ("unchanged", SEED_TITLE)


class NothingHalfWrittenTests:
    def test_dry_run_writes_nothing(self) -> None:
        before = every_row()
        (result,) = run(SEED, is_dry_run=True, is_publishing=True)
        assert (result.outcome, result.document and result.document.headline) == ("create", SEED_TITLE)
        assert every_row() == before

    @pytest.mark.parametrize("step", ["import_points", "standing.write_review", "acts.publish"])
    def test_refusal_half_way_leaves_nothing_and_the_others_go_on(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
    ) -> None:
        before = every_row()

        def refuse(*args: object, **kwargs: object) -> None:
            assert Article.objects.exists()
            raise IntegrityError("CHECK constraint failed")

        with monkeypatch.context() as patch:
            patch.setattr(f"articles.importing.store.{step}", refuse)
            (result,) = run(write(tmp_path, "a.md", story(REVIEW)), is_publishing=True)
        assert result.outcome == "error"
        assert "the database refused it (CHECK constraint failed); nothing of it was kept" in result.message
        assert every_row() == before
        assert run(tmp_path)[0].outcome == "created"

    def test_failure_in_one_file_keeps_no_other_out(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        for name in "abc":
            write(tmp_path, f"{name}.txt", export(f"Title {name}", "Text."))
        take_slug = Article.take_slug

        def refuse_b(article: Article, wanted: str = "") -> None:
            if article.headline == "Title b":
                raise IntegrityError("UNIQUE constraint failed")
            take_slug(article, wanted)

        monkeypatch.setattr(Article, "take_slug", refuse_b)
        assert [result.outcome for result in run(tmp_path)] == ["created", "error", "created"]
        assert set(Article.objects.values_list("headline", flat=True)) == {"Title a", "Title c"}

    def test_outlet_that_went_with_a_failure_is_made_anew(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        write(tmp_path, "a.md", story("headline: A\ntopics: [Phones]\nsources: [Nordlys]\nreview: {product: P}"))
        write(tmp_path, "b.md", story("headline: B\ntopics: [Phones]\nsources: [Nordlys]"))

        def refuse(*args: object) -> None:
            raise IntegrityError("CHECK constraint failed")

        monkeypatch.setattr("articles.importing.standing.write_review", refuse)
        assert [result.outcome for result in run(tmp_path)] == ["error", "created"]
        assert (Topic.objects.get().name, Source.objects.get().name) == ("Phones", "Nordlys")

    def test_markdown_nested_beyond_reason_is_kept_as_plain_words(self, tmp_path: Path) -> None:
        body = "\n".join("    " * depth + "- x" for depth in range(300))
        (result,) = run(write(tmp_path, "a.md", story(body=body)))
        assert (result.outcome, (0, str(TOO_HARD)) in result.warnings) == ("created", True)
        article = Article.objects.get()
        assert (article.body_markdown, article.body_text.split()) == (body, body.split())

    def test_race_for_the_same_file_is_lost_in_words(self, tmp_path: Path) -> None:
        for name in "ab":
            write(tmp_path, f"{name}.txt", export(f"Title {name}", "Text."))
        late = import_files([str(tmp_path)], Options())
        assert next(late).outcome == "created"
        run(tmp_path / "b.txt")
        result = next(late)
        assert (result.outcome, Article.objects.count()) == ("error", 2)
        assert "nothing of it was kept" in result.message


class LengthTests:
    @pytest.mark.parametrize(
        ("limit", "model", "field"),
        [
            ("HEADLINE_LENGTH", "Article", "headline"),
            ("BYLINE_LENGTH", "Article", "byline"),
            ("LANGUAGE_LENGTH", "Article", "language"),
            ("UPDATED_LENGTH", "Article", "updated_as_stated"),
            ("CREDIT_LENGTH", "Image", "credit"),
            ("TOPIC_LENGTH", "Topic", "name"),
            ("SOURCE_LENGTH", "Source", "name"),
            ("URL_LENGTH", "ArticleSource", "url"),
            ("PRODUCT_LENGTH", "ReviewDetails", "product"),
            ("PRODUCT_LENGTH", "ReviewDetails", "maker"),
        ],
    )
    def test_parsers_let_through_what_the_columns_hold(self, limit: str, model: str, field: str) -> None:
        column = apps.get_model("articles", model)._meta.get_field(field)
        assert getattr(documents, limit) == column.max_length


class FixtureTests:
    def test_every_seed_and_sample_is_read_without_a_word(self) -> None:
        results = run(FIXTURES / "seeds", FIXTURES / "samples", is_publishing=True)
        assert [(result.file, result.message) for result in results if result.outcome != "created"] == []
        assert [result.file for result in results if result.warnings] == []
        assert Article.objects.published().filter(is_sample=True).count() == len(results) - 1
        assert Article.objects.get(is_sample=False).headline == SEED_TITLE
        for article in Article.objects.all():
            article.full_clean(exclude=["listed_at"])
