"""A new local site: its first stories and its editor, once."""

import io
import stat
from pathlib import Path

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.db.models import Count
from pytest_django import Settings

from articles.catalogue.models import Article
from articles.importing.models import LoadedFixture
from articles.summaries.models import Bullet
from articles.summaries.points import import_points
from tests.importing.stories import export, story
from tests.world import make_article

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(tmp_path: Path, settings: Settings) -> Path:
    """A folder for what the run writes, with one seed and one sample in ``fixtures``."""
    settings.VAR_DIR = tmp_path / "var"
    settings.SITE_URL = "http://127.0.0.1:8000"
    for name, text in (
        ("seeds/a.txt", export("Seed of it", "Text.")),
        ("samples/b.md", story("headline: B\nsample: true")),
    ):
        path = tmp_path / "fixtures" / name
        path.parent.mkdir(parents=True)
        path.write_text(text)
    return tmp_path


def set_up(home: Path) -> tuple[int, str, str]:
    """The exit code, and what the command prints to its two outputs."""
    out, err = io.StringIO(), io.StringIO()
    code = 0
    try:
        call_command("set_up_local", fixtures=home / "fixtures", stdout=out, stderr=err)
    except SystemExit as end:
        code = int(str(end.code))
    return code, out.getvalue(), err.getvalue()


class StoriesTests:
    def test_seeds_and_samples_are_published(self, home: Path) -> None:
        code, out, err = set_up(home)
        assert (code, err) == (0, "")
        assert "Stories: 2 created." in out
        assert set(Article.objects.published().values_list("headline", "is_sample")) == {
            ("Seed of it", False),
            ("B", True),
        }

    def test_second_run_reads_no_file_and_brings_nothing_back(self, home: Path) -> None:
        set_up(home)
        call_command("remove_samples", stdout=io.StringIO())
        (home / "fixtures" / "samples" / "b.md").write_text("broken")
        (home / "fixtures" / "seeds" / "a.txt").unlink()
        code, out, err = set_up(home)
        assert (code, out, err) == (0, "Editors sign in at http://127.0.0.1:8000/admin/\n", "")
        assert [article.headline for article in Article.objects.all()] == ["Seed of it"]

    def test_story_that_fails_is_named_and_tried_again(self, home: Path) -> None:
        broken = home / "fixtures" / "samples" / "c.md"
        broken.write_text("---\nkind: news\n---\nText.")
        code, _, err = set_up(home)
        assert code == 1
        assert err == f"error      {broken}:2: headline: missing; every story needs one\n"
        assert [fixture.name for fixture in LoadedFixture.objects.all()] == ["seeds"]
        broken.write_text(story("headline: C"))
        assert set_up(home)[0] == 0
        assert Article.objects.published().count() == 3

    def test_folder_that_is_not_there_is_passed_over(self, home: Path) -> None:
        (home / "fixtures").rename(home / "gone")
        assert set_up(home)[0] == 0
        assert not LoadedFixture.objects.exists()

    def test_the_project_s_own_fixtures_by_default(self, settings: Settings, tmp_path: Path) -> None:
        settings.VAR_DIR = tmp_path
        call_command("set_up_local", stdout=io.StringIO())
        assert {fixture.name for fixture in LoadedFixture.objects.all()} == {"seeds", "samples"}
        seed = Bullet.objects.filter(article__headline__startswith="Xiaomi Partners").annotate(count=Count("evidence"))
        assert list(seed.order_by("position").values_list("count", flat=True)) == [2, 2, 1, 1]

    def test_points_that_an_interrupted_run_left_get_their_passages(self, home: Path) -> None:
        import_points(make_article(bullets=[]), ["Kestrel has a second ground station."])
        set_up(home)
        assert Bullet.objects.get(tied_at__isnull=False).evidence.exists()


class EditorTests:
    def test_password_is_printed_once_and_kept_for_the_owner_alone(self, home: Path) -> None:
        _, out, _ = set_up(home)
        kept = home / "var" / "editor-password.txt"
        password = kept.read_text().strip()
        assert stat.S_IMODE(kept.stat().st_mode) == 0o600
        assert len(password) >= 16
        assert f"Sign in at http://127.0.0.1:8000/admin/ as editor with the password {password}" in out
        assert "change it at http://127.0.0.1:8000/admin/password_change/" in out
        assert authenticate(username="editor", password=password) == User.objects.get()

    def test_every_site_has_its_own_password(self, home: Path) -> None:
        passwords = set()
        for _ in range(2):
            User.objects.all().delete()
            set_up(home)
            passwords.add((home / "var" / "editor-password.txt").read_text())
        assert len(passwords) == 2

    def test_older_password_file_is_replaced_with_its_rights(self, home: Path) -> None:
        kept = home / "var" / "editor-password.txt"
        kept.parent.mkdir()
        kept.write_text("old")
        kept.chmod(0o644)
        set_up(home)
        assert stat.S_IMODE(kept.stat().st_mode) == 0o600
        assert authenticate(username="editor", password=kept.read_text().strip())

    def test_editor_may_write_and_answer_but_not_rewrite_records_or_manage_accounts(self, home: Path) -> None:
        set_up(home)
        editor = User.objects.get()
        assert (editor.is_staff, editor.is_superuser) == (True, False)
        assert [group.name for group in editor.groups.all()] == ["Editors"]
        may = [
            "change_article",
            "add_bullet",
            "delete_bullet",
            "view_report",
            "change_report",
            "view_revision",
            "add_source",
        ]
        may_not = ["change_revision", "delete_revision", "add_original", "delete_report", "change_formerslug"]
        assert [right for right in may if not editor.has_perm(f"articles.{right}")] == []
        assert [right for right in may_not if editor.has_perm(f"articles.{right}")] == []
        assert not editor.has_module_perms("auth")

    def test_account_that_is_there_is_left_alone(self, home: Path) -> None:
        User.objects.create_user("editor", password="chosen by Edie")
        set_up(home)
        editor = authenticate(username="editor", password="chosen by Edie")
        assert isinstance(editor, User)
        assert not editor.is_staff
        assert not Group.objects.exists()
        assert not (home / "var").exists()


class RemoveSamplesTests:
    def test_says_how_many(self, home: Path) -> None:
        set_up(home)
        out = io.StringIO()
        call_command("remove_samples", stdout=out)
        assert out.getvalue() == "Removed: 1 sample stories, 0 topics and 0 sources.\n"
        assert [article.headline for article in Article.objects.all()] == ["Seed of it"]
