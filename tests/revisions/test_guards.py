"""Sam attacks the record: with SQL, through the ORM, by bulk and by replacement."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Model

from articles.catalogue.models import Article
from articles.corrections import acts as corrections
from articles.corrections.models import Correction
from articles.revisions.models import Revision, RevisionText
from tests.world import correct, make_article

pytestmark = pytest.mark.django_db


def every_row() -> list[Any]:
    """The record as the database has it, and the stories it is of."""
    models: list[type[Model]] = [Revision, RevisionText, Correction, Article]
    return [list(model._default_manager.order_by("pk").values()) for model in models]


def sql(statement: str) -> Callable[[], Any]:
    """A statement sent past everything."""

    def send() -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement)

    return send


def copy_of(model: type[Model], **changes: str) -> Callable[[], Any]:
    """Write a row in place of one that is there, as REPLACE does on SQLite; ``changes`` are in SQL."""
    table = model._meta.db_table
    columns = [field.column for field in model._meta.concrete_fields if not field.generated]
    verb = "INSERT OR REPLACE" if connection.vendor == "sqlite" else "INSERT"
    values = ", ".join(changes.get(column, column) for column in columns)
    return sql(f"{verb} INTO {table} ({', '.join(columns)}) SELECT {values} FROM {table}")  # noqa: S608


def change_one(model: type[Model], name: str) -> Callable[[], Any]:
    """Change a row through the ORM and save it."""

    def send() -> None:
        row = model._default_manager.all()[0]
        setattr(row, name, "x" * 64)
        row.save()

    return send


def refuse(attack: Callable[[], Any]) -> None:
    """The database refuses it and nothing has changed."""
    before = every_row()
    with pytest.raises(IntegrityError), transaction.atomic():
        attack()
    assert every_row() == before


@pytest.fixture
def record() -> Article:
    """A story with two versions and a notice."""
    article = make_article(headline="Dish", slug="dish")
    correct(article, headline="Bowl")
    return Article.objects.get()


@pytest.mark.usefixtures("record")
class RecordTests:
    @pytest.mark.parametrize(
        "attack",
        [
            sql("UPDATE articles_revision SET reason = 'Other.'"),
            sql("UPDATE articles_revision SET is_sample = TRUE"),
            sql("UPDATE articles_revision SET created_by_id = NULL, by_name = 'Sam'"),
            sql("DELETE FROM articles_revision WHERE number = 2"),
            sql("UPDATE articles_revisiontext SET body_text = 'Other.'"),
            sql("DELETE FROM articles_revisiontext"),
            sql("UPDATE articles_correction SET text = 'Other.'"),
            sql("UPDATE articles_correction SET is_sample = TRUE"),
            sql("DELETE FROM articles_correction"),
            lambda: Revision.objects.all().delete(),
            lambda: Revision.objects.update(reason="Other."),
            lambda: Revision.objects.bulk_update([Revision(pk=Revision.objects.all()[0].pk, reason="x")], ["reason"]),
            lambda: Revision.objects.all()._raw_delete("default"),
            lambda: RevisionText.objects.all().delete(),
            lambda: RevisionText.objects.update(headline="Other"),
            lambda: Correction.objects.update(severity="minor"),
            lambda: Correction.objects.all()._raw_delete("default"),
            change_one(Revision, "hash"),
            change_one(RevisionText, "headline"),
            change_one(Correction, "text"),
            copy_of(Revision, reason="'Other.'"),
            copy_of(Revision, id="id + 100", reason="'Other.'"),
            copy_of(Revision, number="3"),
            copy_of(RevisionText, headline="'Other'"),
            copy_of(Correction, text="'Other.'"),
            copy_of(Correction, id="999", text="'Other.'"),
            copy_of(Correction, id="999", number="2", code="'C-2'"),
        ],
    )
    def test_nothing_published_is_rewritten_or_deleted(self, attack: Callable[[], Any]) -> None:
        refuse(attack)

    def test_version_that_follows_on_nothing_is_refused(self) -> None:
        first = Revision.objects.get(number=1)
        for number, previous_hash in ((4, "ab"), (3, "ab"), (3, first.hash)):
            row = Revision(article=first.article, number=number, previous_hash=previous_hash, kind="published")
            row.hash = row.text_hash = "ab"
            refuse(row.save)

    def test_tables_are_not_emptied(self) -> None:
        if connection.vendor == "postgresql":
            connection.check_constraints()
            refuse(sql("TRUNCATE articles_correction CASCADE"))
            refuse(sql("TRUNCATE articles_revisiontext"))
            refuse(sql("TRUNCATE articles_article CASCADE"))
        else:
            refuse(sql("DELETE FROM articles_article"))

    def test_refusal_says_what_to_do(self) -> None:
        with pytest.raises(IntegrityError, match="publish a correction instead"), transaction.atomic():
            Revision.objects.update(reason="Other.")


@pytest.mark.usefixtures("record")
class StoryTests:
    @pytest.mark.parametrize(
        "attack",
        [
            *(
                sql(f"UPDATE articles_article SET {name} = 'Other'")  # noqa: S608
                for name in ("headline", "standfirst", "byline", "body_markdown", "body_text", "body_html", "status")
            ),
            sql("UPDATE articles_article SET status = 'draft'"),
            sql("UPDATE articles_article SET status = 'withdrawn'"),
            sql("UPDATE articles_article SET status = 'sealed'"),
            sql("UPDATE articles_article SET is_sample = TRUE"),
            sql("UPDATE articles_article SET id = id + 1"),
            sql("DELETE FROM articles_article"),
            lambda: Article.objects.update(body_markdown="Other.", body_html="<p>Other.</p>", body_text="Other."),
            change_one(Article, "headline"),
            change_one(Article, "byline"),
            copy_of(Article, headline="'Other'"),
            copy_of(Article, id="999", status="'draft'"),
        ],
    )
    def test_words_and_status_change_only_with_a_version(self, attack: Callable[[], Any]) -> None:
        refuse(attack)

    def test_story_does_not_begin_as_published(self) -> None:
        refuse(lambda: Article.objects.create(headline="New", slug="new", status="published", is_from_archive=True))

    def test_draft_is_not_declared_published(self) -> None:
        draft = make_article(status="draft")
        refuse(lambda: Article.objects.filter(pk=draft.pk).update(status="published"))

    def test_what_no_version_holds_can_be_changed(self) -> None:
        Article.objects.update(language="en-GB", slug="bowl")
        assert Article.objects.get().slug == "bowl"

    def test_draft_is_free(self) -> None:
        draft = make_article(status="draft")
        Article.objects.filter(pk=draft.pk).update(headline="Other", body_markdown="Other.")
        draft.delete()


class SampleTests:
    def test_samples_go_with_all_that_was_recorded_of_them(self) -> None:
        sample, kept = make_article(is_sample=True), make_article()
        first = correct(sample, headline="Bowl")
        correct(sample, headline="Cup", supersedes=first)
        correct(kept, headline="Jug")
        assert corrections.remove_samples()[0] == 1
        assert Article.objects.get() == kept
        assert (Revision.objects.count(), RevisionText.objects.count(), Correction.objects.count()) == (2, 2, 1)

    def test_rows_of_samples_are_not_rewritten_either(self) -> None:
        make_article(is_sample=True)
        refuse(sql("UPDATE articles_revision SET reason = 'Other.'"))
