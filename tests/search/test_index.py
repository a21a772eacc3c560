"""The search index: kept in order by the database alone, whoever writes."""

import pytest
from django.core.management import call_command
from django.db import connection, models

from articles.catalogue.models import Article, Wording
from articles.publishing.triggers import GENERATION
from articles.revisions import acts
from articles.revisions.guards import PREFIX
from articles.search import index
from articles.summaries.models import Bullet
from articles.summaries.points import Point
from articles.web import triggers
from tests.world import edie, make_article

pytestmark = pytest.mark.django_db


def rows() -> list[tuple[str, str, str]]:
    """Headline, text and bullets of every row, by headline."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT headline, body, bullets FROM articles_search ORDER BY headline")
        return [(headline, body, bullets) for headline, body, bullets in cursor.fetchall()]


def headlines() -> list[str]:
    return [headline for headline, _, _ in rows()]


class StoryTriggerTests:
    def test_published_story_is_one_row_of_headline_text_and_bullets(self) -> None:
        make_article(headline="Dish", standfirst="Flat.", body="One.\n\nTwo.", bullets=["A.", "B."])
        assert rows() == [("Dish", "Flat.\n\nOne.\n\nTwo.", "A.\nB.")]

    def test_story_without_standfirst_starts_with_its_body(self) -> None:
        make_article(headline="Dish", standfirst="", body="One.", bullets=[])
        assert rows() == [("Dish", "One.", "")]

    @pytest.mark.parametrize("status", ["draft", "in_review", "withdrawn"])
    def test_other_stories_are_not_there(self, status: str) -> None:
        make_article(status=status)
        assert rows() == []

    def test_story_joins_when_it_is_published_and_leaves_when_it_is_withdrawn(self) -> None:
        story = make_article(headline="Dish", status="draft")
        acts.publish(story, by=edie())
        assert headlines() == ["Dish"]
        acts.withdraw(story, by=edie(), reason="Its source has taken it back.")
        assert headlines() == []

    def test_change_of_words_shows(self) -> None:
        story = make_article(headline="Dish", bullets=["A."])
        acts.change(
            story,
            Wording("Bowl", "", "New.", ""),
            [Point("C.", is_approved=True, override="Edie was there.")],
            by=edie(),
            kind="minor",
            reason="Why.",
        )
        assert rows() == [("Bowl", "New.", "C.")]

    @pytest.mark.usefixtures("unguarded")
    def test_sql_past_every_verb_counts(self) -> None:
        story = make_article(headline="Dish")
        with connection.cursor() as cursor:
            cursor.execute("UPDATE articles_article SET headline = 'Bowl' WHERE id = %s", [story.pk])
        assert headlines() == ["Bowl"]

    @pytest.mark.usefixtures("unguarded")
    def test_stories_made_at_once_are_there(self) -> None:
        stories = [
            Article(slug=f"s{n}", headline=f"Story {n}", status="published", is_from_archive=True) for n in range(3)
        ]
        Article.objects.bulk_create(stories)
        assert headlines() == ["Story 0", "Story 1", "Story 2"]

    def test_deleted_story_is_gone_and_leaves_the_others(self) -> None:
        make_article(headline="Kept", is_sample=False)
        make_article(headline="Gone", is_sample=True)
        acts.remove_samples()
        assert headlines() == ["Kept"]


class BulletTriggerTests:
    def test_draft_is_left_out_until_it_is_approved(self) -> None:
        story = make_article(bullets=["A."])
        draft = Bullet.objects.create(article=story, position=2, text="B.")
        assert rows()[0][2] == "A."
        draft.approve(by=edie(), flags=[])
        draft.save()
        assert rows()[0][2] == "A.\nB."

    def test_bullets_stand_in_their_order(self) -> None:
        story = make_article(bullets=["A.", "B.", "C."])
        Bullet.objects.filter(article=story, text="A.").update(position=9)
        assert rows()[0][2] == "B.\nC.\nA."

    def test_deleted_bullet_is_gone(self) -> None:
        story = make_article(bullets=["A.", "B."])
        Bullet.objects.filter(article=story, text="A.").delete()
        assert rows()[0][2] == "B."

    def test_bullet_that_moves_leaves_one_story_and_joins_the_other(self) -> None:
        first = make_article(headline="First", bullets=["A."])
        second = make_article(headline="Second", bullets=["B."])
        Bullet.objects.filter(article=first).update(article=second, position=2)
        assert [bullets for _, _, bullets in rows()] == ["", "B.\nA."]

    def test_bullets_written_while_a_story_is_a_draft_are_there_once_it_is_published(self) -> None:
        story = make_article(status="draft", bullets=["A.", "B."])
        Bullet.objects.filter(article=story, text="B.").update(text="C.")
        acts.publish(story, by=edie())
        assert rows()[0][2] == "A.\nC."


class InstallTests:
    def test_fills_the_index_from_what_is_there(self) -> None:
        make_article(headline="Dish", bullets=["A.", "B."])
        make_article(status="draft")
        before = rows()
        assert index.install(connection) == 1
        assert rows() == before
        assert index.is_in_order(connection)

    def test_mends_an_index_that_is_gone(self) -> None:
        make_article(headline="Dish")
        index.uninstall(connection)
        assert not index.is_in_order(connection)
        index.install(connection)
        assert headlines() == ["Dish"]
        make_article(headline="Bowl")
        assert headlines() == ["Bowl", "Dish"]

    def test_command_says_how_many_stories_there_are(self, capsys: pytest.CaptureFixture[str]) -> None:
        make_article()
        call_command("rebuild_search_index")
        assert capsys.readouterr().out == "The search index holds 1 story.\n"

    def test_every_trigger_is_missed(self) -> None:
        for name, table in trigger_names():
            with connection.cursor() as cursor:
                cursor.execute(f"DROP TRIGGER {name}" + (f" ON {table}" if connection.vendor == "postgresql" else ""))
            assert not index.is_in_order(connection), name
            index.install(connection)
            assert index.is_in_order(connection)


def trigger_names() -> list[tuple[str, str]]:
    """The triggers of the index and the tables that they watch."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute("SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal")
        found = [(name, table) for name, table in cursor.fetchall() if name.startswith(index.PREFIX)]
    assert len(found) >= 6
    return found


@pytest.mark.django_db(transaction=True)
class RebuiltTableTests:
    """A later migration may rebuild the tables that the triggers watch."""

    @pytest.mark.parametrize(("model", "name"), [(Article, "byline"), (Bullet, "origin")])
    def test_table_can_be_rebuilt_and_the_index_mended(self, model: type[models.Model], name: str) -> None:
        make_article(headline="Dish")
        field = model._meta.get_field(name)
        assert isinstance(field, models.CharField)
        wider: models.CharField[str, str] = models.CharField(max_length=300)
        wider.set_attributes_from_name(name)
        wider.model = model
        # Which name other tables, as a migration would.
        triggers.uninstall(connection, GENERATION)
        with connection.schema_editor() as editor:
            editor.alter_field(model, field, wider)
        try:
            assert index.is_in_order(connection) == (connection.vendor == "postgresql")
        finally:
            with connection.schema_editor() as editor:
                editor.alter_field(model, wider, field)
            index.install(connection)
            triggers.install(connection)
        assert headlines() == ["Dish"]
        make_article(headline="Bowl", bullets=["A."])
        assert headlines() == ["Bowl", "Dish"]

    def test_emptied_tables_empty_the_index(self) -> None:
        make_article()
        triggers.uninstall(connection, PREFIX)
        call_command("flush", interactive=False, verbosity=0)
        assert rows() == []
