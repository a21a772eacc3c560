"""An editor decides, field by field, on what an import left open."""

from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from articles.catalogue.models import Article, ReviewDetails
from articles.corrections.notices import Notice
from articles.importing import standing
from articles.importing.fields import Fields
from articles.importing.models import Original
from articles.importing.proposals import ProposalError, ProposedChange, ProposedField
from articles.revisions import acts
from articles.revisions.models import Revision
from articles.summaries.models import Bullet
from articles.summaries.points import Point, write_points
from tests.importing.stories import every_row, run, story, write
from tests.world import edie, max_admin

MINOR = Notice("minor", "", "", text="A third opened.")
pytestmark = pytest.mark.django_db

FRONT = "headline: {headline}\npublished_at: 2026-11-20\nbyline: {byline}\ntopics: {topics}\nbullets: {bullets}"
FIRST = {"headline": "Kestrel opens", "byline": "Ann", "topics": "[Networks]", "bullets": "[One., Two.]"}


def put(folder: Path, **changes: str) -> Path:
    """The file of the story, as it came first but for ``changes``."""
    body = changes.pop("body", "It has two now.")
    return write(folder, "a.md", story(FRONT.format(**{**FIRST, **changes}), body))


def article() -> Article:
    return Article.objects.get()


def change() -> ProposedChange:
    """The open proposal."""
    return ProposedChange.objects.open().get()


def undecided() -> set[str]:
    return set(ProposedField.objects.undecided().values_list("field", flat=True))


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    """A draft of which Edie and the file changed byline, topics and bullets, each to something else."""
    path = put(tmp_path)
    run(path)
    Article.objects.update(byline="Edie")
    write_points(article(), [Point("Edie's.", is_approved=True, override="Edie was there.")], by=edie())
    standing.write_details(article(), said := standing.read(article()), {**said, "topics": ["Radio"]})
    run(put(tmp_path, byline="Bo", topics="[Space]", bullets="[One., Three.]"))
    assert undecided() == {"byline", "topics", "bullets"}
    return path


@pytest.fixture
def public(tmp_path: Path) -> Path:
    """A published story whose file came with another headline, body, byline, topics and bullets."""
    path = put(tmp_path)
    run(path, is_publishing=True)
    changes = {"headline": "Kestrel opens two", "byline": "Bo", "topics": "[Space]", "bullets": "[One., Three.]"}
    run(put(tmp_path, body="It has three now.", **changes))
    assert undecided() == {"headline", "body", "byline", "topics", "bullets"}
    return path


class DraftTests:
    def test_taken_fields_stand_as_the_file_says_and_the_others_as_they_did(self, draft: Path) -> None:
        change().take(["byline", "bullets"], by=max_admin())
        assert (article().byline, article().topics.get().name) == ("Bo", "Radio")
        assert [(b.text, b.origin, b.approved_by) for b in Bullet.objects.all()] == [
            ("One.", "imported", max_admin()),
            ("Three.", "imported", max_admin()),
        ]
        assert undecided() == {"topics"}
        assert change().fields.get(field="topics").decided_at is None

    def test_kept_field_stays_and_so_does_the_story(self, draft: Path) -> None:
        before = standing.read(article())
        change().keep(["byline", "topics"], by=edie())
        assert standing.read(article()) == before
        kept = ProposedField.objects.get(field="byline")
        assert (kept.decision, kept.decided_by, kept.decided_at is None) == ("keep", edie(), False)

    def test_last_decision_closes_it_and_the_same_file_is_unchanged_from_then_on(self, draft: Path) -> None:
        proposal = change()
        proposal.take(["topics"], by=edie())
        proposal.keep(["byline", "bullets"], by=edie())
        proposal.refresh_from_db()
        assert (proposal.ending, proposal.closed_at is None) == ("settled", False)
        before = every_row()
        (result,) = run(draft)
        assert (result.outcome, result.message) == ("unchanged", "")
        assert every_row() == before

    def test_later_file_is_merged_against_what_was_decided(self, draft: Path) -> None:
        proposal = change()
        proposal.take(["topics"], by=edie())
        proposal.keep(["byline", "bullets"], by=edie())
        (result,) = run(put(draft.parent, byline="Bo", topics="[Chips]", bullets="[One., Three.]"))
        assert result.outcome == "updated"
        assert {one.field: one.verdict for one in result.changes} == {
            "byline": "keep",
            "topics": "take",
            "bullets": "keep",
        }
        assert (article().byline, article().topics.get().name) == ("Edie", "Chips")

    def test_decision_half_way_and_a_new_file(self, draft: Path) -> None:
        change().keep(["byline"], by=edie())
        run(put(draft.parent, byline="Cy", topics="[Space]", bullets="[One., Three.]"))
        assert undecided() >= {"byline", "topics", "bullets"}
        assert change().fields.get(field="byline").base == "Bo"
        assert change().fields.get(field="topics").base == ["Networks"]


class PublishedTests:
    def test_words_and_bullets_become_one_new_version_with_its_reason(self, public: Path) -> None:
        change().take(["headline", "body", "bullets"], by=edie(), notice=MINOR)
        revision = Revision.objects.get(number=2)
        assert (revision.kind, revision.reason, revision.by_name) == ("minor", "A third opened.", "Edie Torres")
        assert (revision.text.headline, revision.text.body_text, revision.text.byline) == (
            "Kestrel opens two",
            "It has three now.",
            "Ann",
        )
        assert revision.text.bullets == ["One.", "Three."]
        assert (article().slug, article().is_edited, article().byline) == ("kestrel-opens", True, "Ann")
        one, three = Bullet.objects.all()
        assert (one.approved_by, three.approved_by, three.origin) == (None, edie(), "imported")

    @pytest.mark.parametrize(("kind", "reason"), [("", "A third opened."), ("minor", "  "), ("published", "Once.")])
    def test_without_kind_or_reason_nothing_changes(self, public: Path, kind: str, reason: str) -> None:
        before = every_row()
        with pytest.raises(acts.ActError, match="Say what"):
            change().take(["headline", "topics"], by=edie(), notice=Notice(kind, "", "", text=reason))
        assert every_row() == before

    def test_what_no_version_holds_needs_no_reason(self, public: Path) -> None:
        change().take(["topics"], by=edie())
        assert article().topics.get().name == "Space"
        assert Revision.objects.get().number == 1

    def test_bullet_that_an_editor_took_back_stays_hidden(self, public: Path) -> None:
        one, two = Bullet.objects.all()
        points = [Point("One.", is_approved=False, bullet_id=one.pk), Point("Two.", is_approved=True, bullet_id=two.pk)]
        acts.change(article(), article().wording, points, by=edie(), kind="minor", reason="Not so.")
        change().take(["bullets"], by=edie(), notice=MINOR)
        assert [(b.text, b.status) for b in Bullet.objects.all()] == [("One.", "draft"), ("Three.", "approved")]

    def test_last_decision_closes_it(self, public: Path) -> None:
        proposal = change()
        proposal.take(["headline", "body", "byline"], by=edie(), notice=MINOR)
        proposal.keep(["topics", "bullets"], by=edie())
        assert not ProposedChange.objects.open().exists()
        assert run(public)[0].message == ""

    def test_withdrawn_story_changes_in_the_same_way(self, public: Path) -> None:
        acts.withdraw(article(), by=edie(), reason="It is wrong.")
        change().take(["byline"], by=edie(), notice=Notice("correction", "major", "source"))
        assert Revision.objects.get(number=3).text.byline == "Bo"

    def test_date_is_not_taken_away(self, public: Path) -> None:
        write(public.parent, "a.md", story("headline: Kestrel opens\nbyline: Ann", "It has two now."))
        run(public)
        before = every_row()
        assert {"published_at", "is_from_archive"} <= undecided()
        with pytest.raises(ProposalError, match="needs its date"):
            change().take(["published_at"], by=edie())
        assert every_row() == before
        change().take(["published_at", "is_from_archive"], by=edie())
        assert (article().published_at, article().is_from_archive) == (None, True)


class StaleTests:
    def test_story_that_was_edited_meanwhile_is_held_against_the_file_anew(self, draft: Path) -> None:
        Article.objects.update(byline="Max")
        with pytest.raises(ProposalError, match="edited meanwhile"):
            change().take(["byline", "topics"], by=edie())
        assert (article().byline, article().topics.get().name) == ("Max", "Radio")
        assert change().fields.get(field="byline").ours == "Max"
        change().take(["byline", "topics"], by=edie())
        assert (article().byline, article().topics.get().name) == ("Bo", "Space")

    def test_edit_of_another_field_does_no_harm(self, draft: Path) -> None:
        Article.objects.update(byline="Max", standfirst="Two.")
        change().take(["topics"], by=edie())
        assert (article().byline, article().standfirst, article().topics.get().name) == ("Max", "Two.", "Space")

    def test_field_that_became_the_same_waits_no_longer(self, draft: Path) -> None:
        Article.objects.update(byline="Bo")
        with pytest.raises(ProposalError, match="edited meanwhile"):
            change().take(["byline"], by=edie())
        agreed = ProposedField.objects.get(field="byline")
        assert (agreed.decision, agreed.decided_by) == ("agreed", None)
        assert undecided() == {"topics", "bullets"}

    def test_keeping_is_never_stale(self, draft: Path) -> None:
        Article.objects.update(byline="Max")
        change().keep(["byline"], by=edie())
        assert article().byline == "Max"


class RefusalTests:
    def test_field_that_does_not_wait(self, draft: Path) -> None:
        before = every_row()
        with pytest.raises(ProposalError, match="headline, language: decided already, or not proposed"):
            change().take(["byline", "headline", "language"], by=edie())
        with pytest.raises(ProposalError, match="headline"):
            change().keep(["headline"], by=edie())
        assert every_row() == before

    def test_field_that_is_decided(self, draft: Path) -> None:
        change().keep(["byline"], by=edie())
        with pytest.raises(ProposalError, match="byline: decided already"):
            change().take(["byline"], by=edie())

    @pytest.mark.parametrize("verb", ["take", "keep"])
    def test_proposal_that_a_later_import_replaced(self, draft: Path, verb: str) -> None:
        old = change()
        run(put(draft.parent, byline="Cy"))
        before = every_row()
        with pytest.raises(ProposalError, match="closed"):
            getattr(old, verb)(["byline"], by=edie())
        assert every_row() == before

    def test_part_of_a_review_that_is_gone(self, tmp_path: Path) -> None:
        front = "headline: Pell K3\nreview: {{product: Pell K3, score: {}}}"
        path = write(tmp_path, "k3.md", story(front.format(7)))
        run(path)
        ReviewDetails.objects.update(score="7.5")
        write(tmp_path, "k3.md", story(front.format(8)))
        run(path)
        ReviewDetails.objects.all().delete()
        with pytest.raises(ProposalError, match="edited meanwhile"):
            change().take(["review.score"], by=edie())
        with pytest.raises(ProposalError, match="no review figures any more"):
            change().take(["review.score"], by=edie())
        change().keep(["review.score"], by=edie())
        assert not ReviewDetails.objects.exists()


class OnlyOneTests:
    def test_database_holds_one_open_proposal_for_a_story(self, draft: Path) -> None:
        original = Original.objects.get()
        with pytest.raises(IntegrityError), transaction.atomic():
            ProposedChange.objects.create(article=article(), original=original, sha256="x", why="conflict")

    def test_other_file_that_changes_nothing_leaves_what_waits(self, draft: Path) -> None:
        fields: Fields = Original.objects.get().fields
        other = write(draft.parent, "b.md", story(FRONT.format(**{**FIRST, "byline": "Edie"}), "It has two now."))
        Original.objects.update(fields={**fields, "sources": [{"name": "SCMP", "url": ""}]})
        other.write_text(other.read_text().replace("byline:", "sources: [SCMP]\nbyline:"))
        assert run(other)[0].outcome == "unchanged"
        assert change().original.file_name == "a.md"


def test_every_decision_has_a_name_and_a_time(db: Any) -> None:
    original = Original(file_name="a.txt", sha256="a", raw=b"")
    original.article = Article(headline="H", slug="h")
    original.article.save()
    original.save()
    proposal = ProposedChange.objects.create(article=original.article, original=original, sha256="a", why="conflict")
    with pytest.raises(IntegrityError), transaction.atomic():
        ProposedField.objects.create(change=proposal, field="byline", verdict="conflict", decision="take")
