"""A file that comes again: what becomes of the story that it is another state of."""

from pathlib import Path
from typing import Any

import pytest

from articles.catalogue.models import Article
from articles.importing.models import ImportedDocument, Original
from articles.importing.proposals import ProposedChange, ProposedField
from articles.revisions import acts
from articles.revisions.models import Revision
from articles.summaries.models import Bullet
from articles.summaries.points import Point
from tests.importing.stories import every_row, export, run, story, write
from tests.world import edie, make_review

pytestmark = pytest.mark.django_db

LONG = "The second ground station went on the air on Monday, and 40,000 homes can now order a dish from the firm."
OTHER = "A court in Oslo has fined the maker of phones for slow updates; it will appeal, says a person on its board."


@pytest.fixture
def first(tmp_path: Path) -> Path:
    """A file as it came first."""
    return write(tmp_path, "a.txt", export("Title of it", LONG, "Credits: Ann", "  • One.", "Source: SCMP"))


def again(first: Path, *lines: str) -> Any:
    """What became of the same file with other lines below its title."""
    write(first.parent, first.name, export("Title of it", *lines))
    return run(first)[0]


def edit(**columns: Any) -> None:
    """Edie edits the only story, a draft."""
    Article.objects.update(**columns)


def waiting() -> dict[str, tuple[Any, Any, Any]]:
    """The fields that wait for an editor: base, ours, theirs."""
    undecided = ProposedField.objects.undecided().filter(change__closed_at=None)
    return {field.field: (field.base, field.ours, field.theirs) for field in undecided}


class DraftTests:
    def test_file_s_changes_are_taken_and_nothing_waits(self, first: Path) -> None:
        run(first)
        result = again(first, f"{LONG} More.", "Credits: Ann", "  • One.", "  • Two.", "Source: SCMP, Nordlys")
        assert (result.outcome, result.slug) == ("updated", "title-of-it")
        article = Article.objects.get()
        assert article.body_text == f"{LONG} More."
        assert [(b.text, b.origin, b.status) for b in Bullet.objects.all()] == [
            ("One.", "imported", "approved"),
            ("Two.", "imported", "approved"),
        ]
        assert [row.source.name for row in article.article_sources.all()] == ["SCMP", "Nordlys"]
        assert not ProposedChange.objects.exists()

    def test_original_moves_on(self, first: Path) -> None:
        run(first)
        again(first, LONG, "Source: Nordlys")
        original = Original.objects.get()
        assert bytes(original.raw) == first.read_bytes()
        assert original.fields["sources"] == [{"name": "Nordlys", "url": ""}]
        before = every_row()
        assert run(first)[0].outcome == "unchanged"
        assert every_row() == before

    def test_edited_field_that_the_file_left_stays(self, first: Path) -> None:
        run(first)
        edit(byline="Edie Torres", standfirst="Two now.")
        result = again(first, f"{LONG} More.", "Credits: Ann", "  • One.", "Source: SCMP")
        assert {change.field: change.verdict for change in result.changes} == {
            "standfirst": "keep",
            "body": "take",
            "byline": "keep",
        }
        article = Article.objects.get()
        assert (article.byline, article.standfirst, article.body_text) == ("Edie Torres", "Two now.", f"{LONG} More.")

    def test_field_that_both_changed_stays_and_waits_while_the_others_are_taken(self, first: Path) -> None:
        run(first)
        edit(updated_as_stated="Jan 9")
        result = again(first, "Updated: Jan 10", f"{LONG} More.", "Credits: Ann", "  • One.", "Source: SCMP")
        assert (result.outcome, result.is_error) == ("conflict", False)
        article = Article.objects.get()
        assert (article.updated_as_stated, article.body_text) == ("Jan 9", f"{LONG} More.")
        assert waiting() == {"updated_as_stated": ("", "Jan 9", "Jan 10")}
        change = ProposedChange.objects.get()
        assert (change.why, change.sha256) == ("conflict", Original.objects.get().sha256)

    def test_story_in_review_is_a_draft_still(self, first: Path) -> None:
        run(first)
        acts.send_to_review(Article.objects.get())
        assert again(first, LONG).outcome == "updated"

    def test_address_stays_with_another_headline(self, first: Path) -> None:
        run(first)
        write(first.parent, first.name, export("New title", LONG))
        assert run(first)[0].outcome == "updated"
        assert (Article.objects.get().headline, Article.objects.get().slug) == ("New title", "title-of-it")

    def test_other_bytes_of_the_same_words_change_the_original_alone(self, first: Path) -> None:
        run(first)
        before = every_row()
        first.write_text(first.read_text() + "\n\n\n")
        (result,) = run(first)
        assert (result.outcome, result.changes) == ("unchanged", ())
        after = every_row()
        assert bytes(Original.objects.get().raw) == first.read_bytes()
        assert {name for name in after if after[name] != before[name]} == {"Original"}

    def test_file_that_goes_back_takes_the_story_back(self, first: Path) -> None:
        run(first)
        raw = first.read_bytes()
        again(first, OTHER)
        first.write_bytes(raw)
        assert run(first)[0].outcome == "updated"
        assert Article.objects.get().body_text == LONG


class PublishedTests:
    @pytest.mark.parametrize("status", ["published", "withdrawn"])
    def test_readers_see_no_change_and_an_editor_a_proposal(self, first: Path, status: str) -> None:
        run(first, is_publishing=True)
        if status == "withdrawn":
            acts.withdraw(Article.objects.get(), by=edie(), reason="It is wrong.")
        before = every_row()
        result = again(first, "Updated: Jan 9", f"{LONG} More.", "  • Two.", "Source: Nordlys")
        assert result.outcome == "proposed"
        after = every_row()
        assert {name for name in after if after[name] != before[name]} == {
            "Original",
            "ProposedChange",
            "ProposedField",
        }
        assert {change.field for change in result.changes} == set(waiting())
        assert set(waiting()) == {"body", "updated_as_stated", "bullets", "sources", "credits"}
        assert ProposedChange.objects.get().why == "published"

    def test_conflict_is_named_as_such(self, first: Path) -> None:
        run(first, is_publishing=True)
        article = Article.objects.get()
        acts.change(
            article,
            article.wording,
            [Point("Edie's.", is_approved=True, override="Edie was there.")],
            by=edie(),
            kind="minor",
            reason="S.",
        )
        assert again(first, LONG, "Credits: Ann", "  • Two.", "Source: SCMP").outcome == "conflict"
        assert waiting() == {"bullets": (["One."], ["Edie's."], ["Two."])}
        assert ProposedChange.objects.get().why == "conflict"

    def test_what_waits_keeps_its_base_and_comes_again_with_the_next_file(self, first: Path) -> None:
        run(first, is_publishing=True)
        again(first, f"{LONG} More.", "Credits: Ann", "  • One.", "Source: SCMP")
        assert again(first, f"{LONG} More.", "Credits: Ann", "  • Two.", "Source: SCMP").outcome == "proposed"
        assert waiting() == {"body": (LONG, LONG, f"{LONG} More."), "bullets": (["One."], ["One."], ["Two."])}
        endings = ProposedChange.objects.order_by("pk").values_list("ending", flat=True)
        assert list(endings) == ["replaced", ""]

    def test_file_that_goes_back_proposes_nothing_any_more(self, first: Path) -> None:
        run(first, is_publishing=True)
        raw = first.read_bytes()
        again(first, OTHER)
        first.write_bytes(raw)
        assert run(first)[0].outcome == "unchanged"
        assert waiting() == {}
        assert ProposedChange.objects.get().ending == "replaced"

    def test_same_proposal_under_other_bytes_stays_the_same(self, first: Path) -> None:
        run(first, is_publishing=True)
        again(first, OTHER)
        change = ProposedChange.objects.get()
        first.write_text(first.read_text() + "\n\n")
        assert run(first)[0].outcome == "proposed"
        assert ProposedChange.objects.get() == change

    def test_version_is_none(self, first: Path) -> None:
        run(first, is_publishing=True)
        again(first, OTHER)
        assert Revision.objects.get().number == 1


class RecogniseTests:
    def test_other_file_name_with_the_same_headline_and_source_updates_the_story(self, first: Path) -> None:
        run(first)
        other = write(first.parent, "b.txt", export("TITLE of it", f"{LONG} More.", "Source: Nordlys, SCMP"))
        assert run(other)[0].outcome == "updated"
        assert Article.objects.get().body_text == f"{LONG} More."
        assert set(Original.objects.values_list("file_name", flat=True)) == {"a.txt", "b.txt"}
        assert {result.outcome for result in run(first.parent)} == {"unchanged"}

    def test_headline_that_an_editor_changed_is_recognised_still(self, first: Path) -> None:
        run(first)
        edit(headline="Edie's headline")
        other = write(first.parent, "b.txt", export("Title of it", f"{LONG} More.", "Source: SCMP"))
        assert run(other)[0].outcome == "updated"
        assert Article.objects.get().headline == "Edie's headline"

    def test_headline_that_an_editor_gave_is_recognised_too(self, first: Path) -> None:
        run(first)
        edit(headline="New title")
        other = write(first.parent, "b.txt", export("New title", f"{LONG} More.", "Source: SCMP"))
        assert run(other)[0].outcome == "updated"

    def test_each_file_is_held_against_what_it_said_itself(self, first: Path) -> None:
        run(first)
        other = write(first.parent, "b.txt", export("Title of it", LONG, "Credits: Bo", "Source: SCMP"))
        run(other)
        result = again(first, f"{LONG} More.", "Credits: Ann", "  • One.", "Source: SCMP")
        assert {change.field: change.verdict for change in result.changes} == {
            "body": "take",
            "credits": "keep",
            "bullets": "keep",
        }

    def test_story_of_the_same_address_under_a_new_headline_and_name(self, tmp_path: Path) -> None:
        front = "headline: {}\nsources: [{{name: SCMP, url: 'https://scmp.example/1'}}]"
        run(write(tmp_path, "a.md", story(front.format("Old"), LONG)))
        assert run(write(tmp_path, "b.md", story(front.format("New"), f"{LONG} More.")))[0].outcome == "updated"
        assert Article.objects.get().headline == "New"

    def test_other_story_in_a_file_of_the_same_name_is_a_story_of_its_own(self, first: Path, tmp_path: Path) -> None:
        run(first)
        (tmp_path / "other").mkdir()
        namesake = write(tmp_path / "other", "a.txt", export("Another title", OTHER))
        (result,) = run(namesake)
        assert (result.outcome, Article.objects.count()) == ("created", 2)
        assert "another story came under this file name" in result.warnings[-1].message
        write(tmp_path / "other", "a.txt", export("Another title", f"{OTHER} More."))
        assert [one.outcome for one in (*run(namesake), *run(first))] == ["updated", "unchanged"]
        assert set(Article.objects.values_list("body_text", flat=True)) == {LONG, f"{OTHER} More."}

    def test_second_file_of_one_story_in_a_first_run(self, first: Path) -> None:
        write(first.parent, "b.txt", export("Title of it", f"{LONG} More.", "Source: SCMP"))
        assert [one.outcome for one in run(first.parent, is_dry_run=True)] == ["create", "update"]
        assert [one.outcome for one in run(first.parent)] == ["created", "updated"]
        assert [one.outcome for one in run(first.parent)] == ["unchanged", "unchanged"]
        assert Article.objects.count() == 1

    def test_story_that_was_deleted_comes_anew(self, first: Path) -> None:
        run(first)
        Article.objects.get().delete()
        assert again(first, OTHER).outcome == "created"


class ReviewTests:
    def test_part_of_a_review_that_both_changed(self, tmp_path: Path) -> None:
        front = "headline: Pell K3\nreview: {{product: Pell K3, score: {}, verdict: {}}}"
        path = write(tmp_path, "k3.md", story(front.format(7, "Buy it.")))
        run(path)
        review = Article.objects.get().review
        review.score = "7.5"
        review.save()
        write(tmp_path, "k3.md", story(front.format(8, "Wait.")))
        assert run(path)[0].outcome == "conflict"
        assert waiting() == {
            "review.score": (
                {"score": "7", "scale": "10"},
                {"score": "7.5", "scale": "10"},
                {"score": "8", "scale": "10"},
            )
        }
        review.refresh_from_db()
        assert (str(review.score), review.verdict) == ("7.5", "Wait.")

    def test_review_that_an_editor_added_is_no_business_of_the_file(self, first: Path) -> None:
        run(first)
        other = make_review(status="draft").review
        other.pk, other.article = None, Article.objects.get(headline="Title of it")
        other.save(force_insert=True)
        result = again(first, f"{LONG} More.", "Credits: Ann", "  • One.", "Source: SCMP")
        assert {change.field: change.verdict for change in result.changes} == {"body": "take", "review": "keep"}


class EarlierImportTests:
    """Files that came before their fields were kept."""

    def test_base_is_what_the_parser_reads_in_the_kept_bytes(self, first: Path) -> None:
        run(first)
        Original.objects.update(fields={}, parser_version=0)
        edit(byline="Edie Torres")
        result = again(first, f"{LONG} More.", "Credits: Ann", "  • One.", "Source: SCMP")
        assert {change.field: change.verdict for change in result.changes} == {"body": "take", "byline": "keep"}

    def test_bytes_that_the_parser_refuses_now_leave_every_difference_to_an_editor(self, first: Path) -> None:
        run(first)
        Original.objects.update(fields={}, parser_version=0, raw=b"")
        assert again(first, f"{LONG} More.", "Credits: Ann", "  • One.", "Source: SCMP").outcome == "conflict"
        assert waiting() == {"body": (None, LONG, f"{LONG} More.")}

    def test_field_that_is_new_since_is_blank_in_the_base(self, first: Path) -> None:
        run(first)
        original = Original.objects.get()
        del original.fields["byline"], original.fields["is_sample"]
        original.save()
        assert again(first, LONG, "Credits: Ann", "  • One.", "Source: Nordlys").outcome == "updated"


class DryRunTests:
    def test_merge_is_planned_and_nothing_written(self, first: Path) -> None:
        run(first, is_publishing=True)
        run(write(first.parent, "b.txt", export("Draft of it", OTHER)))
        first.write_text(export("Title of it", "New."))
        write(first.parent, "b.txt", export("Draft of it", f"{OTHER} More."))
        write(first.parent, "c.txt", export("Third", "Text."))
        rows, runs = every_row(), ImportedDocument.objects.count()
        planned = run(first.parent, is_dry_run=True)
        assert [result.outcome for result in planned] == ["propose", "update", "create"]
        assert every_row() == rows
        assert ImportedDocument.objects.count() == runs
        done = run(first.parent)
        assert [result.outcome for result in done] == ["proposed", "updated", "created"]
        assert [result.changes for result in done] == [result.changes for result in planned]
        assert [result.warnings for result in done] == [result.warnings for result in planned]
