"""Edie decides on what an import left open."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User

from articles.catalogue.models import Article
from articles.importing.proposals import ProposedChange, ProposedField
from articles.revisions.models import Revision
from tests.admin.sheets import messages_of
from tests.importing.stories import every_row, run, story, write
from tests.world import desk, max_admin

pytestmark = pytest.mark.django_db

LIST = "/admin/articles/proposedchange/"
FRONT = "headline: Kestrel opens\npublished_at: 2026-11-20\nbyline: {}\ntopics: [{}]"


@pytest.fixture
def change(tmp_path: Path) -> ProposedChange:
    """A published story whose file came with another byline, topic and body."""
    path = write(tmp_path, "a.md", story(FRONT.format("Ann", "Networks"), "It has two."))
    run(path, is_publishing=True)
    write(tmp_path, "a.md", story(FRONT.format("Bo", "Space"), "It has <three>."))
    run(path)
    return ProposedChange.objects.get()


def path_of(change: ProposedChange) -> str:
    return f"{LIST}{change.pk}/change/"


def decide(change: ProposedChange, client: Any = None, **sides: str) -> Any:
    """The answer to the form with these sides, and kind and reason among them."""
    names = {one.field: f"side-{one.pk}" for one in change.fields.all()}
    return (client or desk()).post(path_of(change), {names.get(name, name): value for name, value in sides.items()})


def errors_of(answer: Any) -> str:
    return " ".join(message for found in answer.context["form"].errors.values() for message in found)


class ListTests:
    def test_open_ones_come_first_and_can_be_chosen(self, change: ProposedChange) -> None:
        page = desk().get(LIST).text
        for words in ("Kestrel opens", "a.md", "Waits for a decision", "Changed in the file; the story is published"):
            assert words in page, words
        assert list(desk().get(LIST, {"state": "open"}).context["cl"].result_list) == [change]
        assert list(desk().get(LIST, {"state": "settled"}).context["cl"].result_list) == []

    def test_nobody_makes_or_deletes_one_by_hand(self, change: ProposedChange) -> None:
        assert desk(max_admin()).get(f"{LIST}add/").status_code == 403
        assert desk(max_admin()).get(f"{LIST}{change.pk}/delete/").status_code == 403


class DecideTests:
    def test_page_shows_both_sides_and_asks_for_the_reason(self, change: ProposedChange) -> None:
        page = desk().get(path_of(change)).text
        for words in (
            "Body</h2>",
            "removed: </span>It has two.</del>",
            "added: </span>It has &lt;three&gt;.</ins>",
            "Take what the file says",
            "Keep what the story says",
            'name="change_reason"',
            "Correction",
        ):
            assert words in page, words

    def test_each_field_goes_its_way(self, change: ProposedChange) -> None:
        answer = decide(
            change, body="take", topics="take", byline="keep", change_kind="minor", change_reason="A third one."
        )
        assert answer.headers["Location"] == path_of(change)
        assert messages_of(answer) == ["Decided."]
        article = Article.objects.get()
        assert (article.body_text, article.byline, article.topics.get().name) == ("It has .", "Ann", "Space")
        revision = Revision.objects.get(number=2)
        assert (revision.kind, revision.reason, revision.by_name) == ("minor", "A third one.", "Edie Torres")
        change.refresh_from_db()
        assert change.ending == "settled"
        page = desk().get(path_of(change)).text
        assert "Left as it stood by Edie Torres" in page
        assert 'type="radio"' not in page

    def test_some_now_and_some_later(self, change: ProposedChange) -> None:
        decide(change, topics="take")
        assert Article.objects.get().topics.get().name == "Space"
        assert set(ProposedField.objects.undecided().values_list("field", flat=True)) == {"body", "byline"}
        assert desk().get(path_of(change)).text.count('role="radiogroup"') == 2

    def test_words_without_a_reason_are_refused_and_what_was_typed_stays(self, change: ProposedChange) -> None:
        before = every_row()
        answer = decide(change, body="take", topics="keep", change_kind="minor")
        assert "Say what changed and why" in errors_of(answer)
        assert every_row() == before
        assert '<option value="minor" selected>' in answer.text
        assert answer.text.count("checked") == 3

    def test_nothing_chosen(self, change: ProposedChange) -> None:
        assert errors_of(decide(change)) == "Choose a side for at least one field."
        assert "Select a valid choice" in errors_of(decide(change, body="both"))

    @pytest.mark.usefixtures("unguarded")
    def test_story_that_was_edited_meanwhile_is_shown_anew(self, change: ProposedChange) -> None:
        Article.objects.update(byline="Max")
        answer = decide(change, byline="take", change_kind="minor", change_reason="His name.")
        assert "edited meanwhile" in messages_of(answer)[0]
        assert Article.objects.get().byline == "Max"
        assert "removed: </span>Max</del>" in desk().get(path_of(change)).text

    def test_draft_asks_for_no_reason(self, tmp_path: Path) -> None:
        path = write(tmp_path, "b.md", story("headline: B\nbyline: Ann"))
        run(path)
        Article.objects.update(byline="Edie")
        write(tmp_path, "b.md", story("headline: B\nbyline: Bo"))
        run(path)
        change = ProposedChange.objects.get()
        page = desk().get(path_of(change)).text
        assert 'name="change_reason"' not in page
        assert "Byline: changed here and in the file" in page
        assert "What the import before said" in page
        assert "<p>Ann</p>" in page
        decide(change, byline="take")
        assert Article.objects.get().byline == "Bo"

    def test_closed_one_decides_nothing(self, change: ProposedChange) -> None:
        change.close("replaced")
        before = every_row()
        answer = decide(change, topics="take")
        assert "closed" in messages_of(answer)[0]
        assert every_row() == before

    def test_those_who_may_not_change_stories_only_look(self, change: ProposedChange) -> None:
        reader = User.objects.create_user("reader", is_staff=True)
        assert desk(reader).get(path_of(change)).status_code == 403
        reader.user_permissions.add(Permission.objects.get(codename="view_proposedchange"))
        page = desk(reader).get(path_of(change))
        assert 'type="radio"' not in page.text
        assert decide(change, client=desk(reader), topics="take").status_code == 403
        assert ProposedField.objects.undecided().count() == 3

    def test_proposal_that_is_not_there(self) -> None:
        assert desk().get(f"{LIST}99/change/").status_code == 404
