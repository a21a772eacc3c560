"""Edie imports stories by hand: she sees the plan first, and the history tells what was done."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.catalogue.models import Article
from articles.importing import forms
from articles.importing.models import ImportRun, Original
from articles.importing.uploads import Upload, UploadedFile
from tests.admin.sheets import messages_of
from tests.importing.stories import every_row, export, story
from tests.world import NOON, desk, edie, max_admin

pytestmark = pytest.mark.django_db

LIST = "/admin/articles/importrun/"
ADD = f"{LIST}add/"


def file(name: str, text: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode())


def hand_in(*files: SimpleUploadedFile, text: str = "", wanted: str = "auto", client: Any = None) -> Any:
    """The answer to the form of an import."""
    return (client or desk()).post(ADD, {"chosen": list(files), "text": text, "format": wanted})


def errors_of(answer: Any) -> str:
    return " ".join(message for found in answer.context["form"].errors.values() for message in found)


class UploadTests:
    def test_form_says_that_nothing_happens_yet(self) -> None:
        page = desk().get(ADD)
        assert page.status_code == 200
        assert "Nothing is imported yet" in page.text
        assert 'type="file"' in page.text
        assert f'href="{ADD}"' in desk().get(LIST).text

    def test_files_and_text_are_held_and_nothing_imported(self) -> None:
        answer = hand_in(file("a.txt", export("Title a", "Text.")), file("b.md", story()), text="Title c\n\nText.")
        upload = Upload.objects.get()
        assert answer.headers["Location"] == f"{LIST}uploads/{upload.pk}/"
        assert [(held.label, held.name) for held in upload.held()] == [
            ("a.txt", "a.txt"),
            ("b.md", "b.md"),
            ("pasted text", ""),
        ]
        assert not Article.objects.exists()

    @pytest.mark.parametrize("text", ["", " \r\n "])
    def test_nothing_to_import(self, text: str) -> None:
        answer = hand_in(text=text)
        assert errors_of(answer) == "Choose a file, or paste the text of a story."
        assert "<title>Error: Import stories" in answer.text

    def test_empty_file_is_named(self) -> None:
        assert "empty" in errors_of(hand_in(file("a.txt", "")))

    def test_file_that_is_too_big(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(forms, "MAX_BYTES", 4)
        assert "a.txt: more than 0 MB" in errors_of(hand_in(file("a.txt", "Too long.")))
        assert not Upload.objects.exists()

    def test_files_that_are_too_big_together(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(forms, "MOST_BYTES", 10)
        assert "choose fewer files" in errors_of(hand_in(file("a.txt", "Six s."), file("b.txt", "Six s.")))

    def test_export_of_a_site_is_for_the_command(self) -> None:
        answer = hand_in(file("site.jsonl", '{"newsroom":1}\n'))
        assert "site.jsonl: the export of a whole site comes in by the command import_articles" in errors_of(answer)

    def test_what_nobody_came_back_for_goes_after_a_day(self) -> None:
        with time_machine.travel(NOON):
            hand_in(text="Title a\n\nText.")
        with time_machine.travel(NOON + timedelta(hours=25)):
            hand_in(text="Title b\n\nText.")
        assert [bytes(held.raw) for held in UploadedFile.objects.all()] == [b"Title b\n\nText."]

    def test_only_those_who_may_add_stories(self) -> None:
        reader = User.objects.create_user("reader", is_staff=True)
        reader.user_permissions.add(Permission.objects.get(codename="view_importrun"))
        assert desk(reader).get(LIST).status_code == 200
        assert ADD not in desk(reader).get(LIST).text
        assert desk(reader).get(ADD).status_code == 403
        assert hand_in(text="Title a\n\nText.", client=desk(reader)).status_code == 403


class PlanTests:
    def plan(self, *files: SimpleUploadedFile, **options: Any) -> str:
        """Where the plan of these files stands."""
        return str(hand_in(*files, **options).headers["Location"])

    def test_plan_shows_every_change_with_its_diff_and_writes_nothing(self) -> None:
        desk().post(self.plan(file("a.txt", export("Title <a>", "Text.", "More."))))
        Article.objects.update(byline="Edie")
        path = self.plan(
            file("a.txt", export("Title <a>", "Text.", "Other words.")),
            file("b.txt", export("Title b", "Text.", "Updated: Jan 9")),
            file("c.txt", export("Updated: Jan 9")),
        )
        before = every_row()
        page = desk().get(path).text
        assert every_row() == before
        for words in (
            "Update: Title &lt;a&gt;",
            "Body: taken from the file",
            "Byline: kept as edited here",
            "removed: </span>More.</del>",
            "added: </span>Other words.</ins>",
            "Create: Title b",
            "Line 7: out of its place: kept in the text",
            "Error: c.txt",
            "c.txt, line 3: no title",
            "Dry run, nothing was written: 1 to create, 1 failed, 1 to update.",
        ):
            assert words in page, words

    def test_button_does_it_and_the_report_tells_of_it(self) -> None:
        path = self.plan(file("a.txt", export("Title a", "Text.")), file("c.txt", export("Updated: Jan 9")))
        client = desk()
        answer = client.post(path)
        run = ImportRun.objects.get()
        assert answer.headers["Location"] == f"{LIST}{run.pk}/change/"
        assert messages_of(answer) == ["1 created, 1 failed."]
        assert (run.by, run.places) == (edie(), ["a.txt", "c.txt"])
        article = Article.objects.get()
        assert (article.headline, article.status) == ("Title a", "draft")
        assert Original.objects.get().file_name == "a.txt"
        page = client.get(answer.headers["Location"]).text
        for words in ("Title a</a>", "Created", "c.txt", "Line 3: no title", "edie"):
            assert words in page, words

    def test_second_press_of_the_button_finds_nothing(self) -> None:
        path = self.plan(text="Title a\n\nText.")
        desk().post(path)
        before = every_row()
        assert desk().post(path).status_code == 404
        assert desk().get(path).status_code == 404
        assert every_row() == before

    def test_nobody_else_sees_it(self) -> None:
        path = self.plan(text="Title a\n\nText.")
        assert desk(max_admin()).get(path).status_code == 404
        assert desk(max_admin()).post(path).status_code == 404

    def test_format_that_was_chosen_is_used(self) -> None:
        page = desk().get(self.plan(text="Title a\n\nText.", wanted="markdown")).text
        assert "no front matter" in page

    def test_same_file_again_is_unchanged(self) -> None:
        desk().post(self.plan(file("a.txt", export("Title a", "Text."))))
        assert "Unchanged: Title a" in desk().get(self.plan(file("a.txt", export("Title a", "Text.")))).text


class HistoryTests:
    def test_runs_are_listed_with_their_outcomes_and_never_changed(self) -> None:
        run = ImportRun.objects.create(places=["archive"], by=None)
        ImportRun.objects.create(places=["feed"]).finish({"created": 2, "error": 1})
        page = desk().get(LIST).text
        for words in ("archive", "Stopped, or still running.", "feed", "2 created, 1 failed."):
            assert words in page, words
        path = f"{LIST}{run.pk}/"
        assert desk(max_admin()).post(f"{path}delete/", {"post": "yes"}).status_code == 403
        assert desk().get(f"{path}change/").status_code == 200
        assert "a command" in desk().get(f"{path}change/").text

    def test_report_comes_in_pages_at_a_steady_price(self) -> None:
        run = ImportRun.objects.create(places=["archive"])
        client = desk()

        def count() -> int:
            with CaptureQueriesContext(connection) as queries:
                client.get(f"{LIST}{run.pk}/change/")
            return len(queries)

        few = count()
        for number in range(150):
            run.documents.create(file=f"{number}.txt", outcome="error", changes=[{"field": "body", "verdict": "take"}])
        assert count() <= few + 2
        first, second = (client.get(f"{LIST}{run.pk}/change/?p={page}").text for page in (1, 2))
        assert "99.txt" in first
        assert "149.txt" in second
        assert "1 to 100 of 150" in first
        assert "Body: taken from the file" in first

    def test_run_that_is_not_there(self) -> None:
        assert desk().get(f"{LIST}99/change/").status_code == 404
