"""What to do with a file, given what was imported before."""

from articles.importing.documents import Document, StatedSource
from articles.importing.plan import Outcome, Standing, plan

KESTREL = Document(headline="Kestrel opens", body="Text.", sources=(StatedSource("SCMP"), StatedSource("Nordlys")))


class PlanTests:
    def standing(self) -> Standing:
        known = Standing()
        known.add(KESTREL, "a.txt", "hash-a")
        return known

    def test_new_story_is_created(self) -> None:
        assert plan(KESTREL, "a.txt", "hash-a", Standing()).outcome == Outcome.CREATE

    def test_same_bytes_are_unchanged_under_any_name(self) -> None:
        assert plan(KESTREL, "b.txt", "hash-a", self.standing()).outcome == Outcome.UNCHANGED

    def test_same_file_name_with_other_bytes_has_changed(self) -> None:
        planned = plan(Document("Other", "Text."), "a.txt", "hash-b", self.standing())
        assert planned.outcome == Outcome.CHANGED
        assert (
            "this file has changed since it was imported; left as it stands: edit the story in the admin"
            in planned.reason
        )

    def test_same_headline_from_one_same_source_has_changed(self) -> None:
        again = Document("KESTREL opens", "More.", sources=(StatedSource("nordlys"),))
        assert plan(again, "b.txt", "hash-b", self.standing()).outcome == Outcome.CHANGED

    def test_same_headline_from_another_source_is_another_story(self) -> None:
        other = Document("Kestrel opens", "More.", sources=(StatedSource("Sham Wire"),))
        assert plan(other, "b.txt", "hash-b", self.standing()).outcome == Outcome.CREATE

    def test_same_headline_without_a_source_is_another_story(self) -> None:
        assert plan(Document("Kestrel opens", "More."), "b.txt", "hash-b", self.standing()).outcome == Outcome.CREATE

    def test_input_without_a_name_is_never_the_same_file(self) -> None:
        known = Standing()
        known.add(KESTREL, "", "hash-a")
        assert plan(Document("Other", "Text."), "", "hash-b", known).outcome == Outcome.CREATE

    def test_other_standing_statement_gets_a_warning(self) -> None:
        known = Standing(statement="We are right.")
        same, other = (Document("A", "Text.", statement=words) for words in ("We are right.", "We are wrong."))
        assert plan(same, "a", "a", known).warnings == ()
        assert "standing statement differs" in plan(other, "a", "a", known).warnings[0].message

    def test_first_standing_statement_stays(self) -> None:
        known = Standing()
        known.add(Document("A", "Text.", statement="First."), "a", "a")
        known.add(Document("B", "Text.", statement="Second."), "b", "b")
        assert known.statement == "First."
