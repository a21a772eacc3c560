"""The check of the catalogues, on a project of three words."""

import shutil
from pathlib import Path

import pytest

from tests import messages, suite
from tests.messages import Refused, Unavailable, fault_in, faults, update
from tests.suite import Tally

MANAGE = """
import sys
from pathlib import Path
from django.conf import settings
from django.core.management import execute_from_command_line

settings.configure(LOCALE_PATHS=[Path(__file__).parent / "articles" / "locale"])
execute_from_command_line(sys.argv)
"""
PAGE = """{% load i18n %}{% translate "Save" %}
{% blocktranslate count n=n %}{{ n }} story{% plural %}{{ n }} stories{% endblocktranslate %}
"""
HEAD = 'msgid ""\nmsgstr ""\n"Language: de\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
HEAD += '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
SAVE = '#: templates/page.html\nmsgid "Save"\nmsgstr "Sichern"\n\n'
STORIES = '#: templates/page.html\n#, python-format\nmsgid "%(n)s story"\nmsgid_plural "%(n)s stories"\n'
TRANSLATED = 'msgstr[0] "%(n)s Bericht"\nmsgstr[1] "%(n)s Berichte"\n'

pytestmark = pytest.mark.skipif(bool(messages.missing()), reason="GNU gettext is not installed")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project whose one catalogue is in order."""
    for folder in ("articles/locale/de/LC_MESSAGES", "newsroom", "templates"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "manage.py").write_text(MANAGE)
    (tmp_path / "templates" / "page.html").write_text(PAGE)
    write(tmp_path, HEAD + SAVE + STORIES + TRANSLATED)
    update(tmp_path)
    return tmp_path


def write(project: Path, catalogue: str) -> None:
    path_in(project).write_text(catalogue, encoding="utf-8")


def change(project: Path, old: str, new: str) -> None:
    """Put ``new`` in the place of ``old`` in the catalogue."""
    text = path_in(project).read_text(encoding="utf-8")
    assert old in text
    write(project, text.replace(old, new))


def path_in(project: Path, language: str = "de") -> Path:
    return project / "articles" / "locale" / language / "LC_MESSAGES" / "django.po"


def faults_without_path(project: Path) -> list[str]:
    """What the check finds in the German catalogue."""
    return [fault.removeprefix("articles/locale/de/LC_MESSAGES/django.po: ") for fault in faults(project)]


class FaultsTests:
    def test_catalogue_in_order(self, project: Path) -> None:
        assert faults(project) == []

    def test_project_stays_as_it_is(self, project: Path) -> None:
        (project / "templates" / "page.html").write_text(PAGE + '{% translate "Close" %}')
        before = path_in(project).read_bytes()
        assert faults(project)
        assert path_in(project).read_bytes() == before

    def test_new_words(self, project: Path) -> None:
        (project / "articles" / "words.py").write_text('_("Close")\n')
        old, new = faults_without_path(project)
        assert old.startswith("is not up to date: run `python -m tests.messages --update`")
        assert new == 'untranslated: "Close"'

    def test_words_that_are_gone(self, project: Path) -> None:
        (project / "templates" / "page.html").write_text(PAGE.replace('{% translate "Save" %}', ""))
        assert [fault[:20] for fault in faults_without_path(project)] == ["is not up to date: r"]

    def test_words_that_moved_within_a_file_are_no_change(self, project: Path) -> None:
        (project / "templates" / "page.html").write_text("\n\n" + PAGE)
        assert faults(project) == []

    @pytest.mark.parametrize(
        ("old", "new", "fault"),
        [
            ('"Sichern"', '""', 'untranslated: "Save"'),
            (TRANSLATED, 'msgstr[0] ""\nmsgstr[1] ""\n', 'untranslated: "%(n)s story"'),
            (SAVE, "#, fuzzy\n" + SAVE, 'fuzzy: "Save"'),
        ],
    )
    def test_what_is_not_translated(self, project: Path, old: str, new: str, fault: str) -> None:
        change(project, old, new)
        update(project)
        assert faults_without_path(project) == [fault]

    def test_a_single_plural_that_is_not_translated(self) -> None:
        assert fault_in('msgid "a"\nmsgid_plural "b"\nmsgstr[0] "x"\nmsgstr[1] ""') == "untranslated"

    def test_a_translation_that_begins_on_the_next_line_is_one(self) -> None:
        assert fault_in('msgid ""\n"a\\n"\n"b"\nmsgstr ""\n"x\\n"\n"y"') == ""

    def test_what_is_obsolete(self, project: Path) -> None:
        change(project, TRANSLATED, TRANSLATED + '\n#~ msgid "Close"\n#~ msgstr "Zu"\n')
        assert [fault[:20] for fault in faults_without_path(project)] == ["is not up to date: r"]

    def test_compiled_from_other_words(self, project: Path) -> None:
        change(project, "Sichern", "Merken")
        assert faults_without_path(project) == ["the compiled one is another: run `python -m tests.messages --update`"]

    def test_never_compiled(self, project: Path) -> None:
        path_in(project).with_suffix(".mo").unlink()
        assert faults_without_path(project) == ["the compiled one is another: run `python -m tests.messages --update`"]

    def test_placeholder_that_is_gone(self, project: Path) -> None:
        change(project, "%(n)s Berichte", "%(m)s Berichte")
        (fault,) = faults(project)
        assert "msgfmt --check" in fault
        assert "argument 'm'" in fault

    def test_no_catalogue_at_all(self, project: Path) -> None:
        shutil.rmtree(project / "articles" / "locale")
        assert faults(project) == ["There is no catalogue in articles/locale."]


class UpdateTests:
    def test_new_words_come_in_and_old_ones_stay_translated(self, project: Path) -> None:
        (project / "templates" / "page.html").write_text(PAGE + '{% translate "Close" %}')
        update(project)
        text = path_in(project).read_text(encoding="utf-8")
        assert 'msgid "Save"\nmsgstr "Sichern"' in text
        assert 'msgid "Close"\nmsgstr ""' in text

    def test_words_of_the_tests_are_none_of_the_interface(self, project: Path) -> None:
        (project / "tests").mkdir()
        (project / "tests" / "page.html").write_text('{% load i18n %}{% translate "Close" %}')
        update(project)
        assert faults(project) == []

    def test_another_language_is_begun(self, project: Path) -> None:
        update(project, "ar")
        text = path_in(project, "ar").read_text(encoding="utf-8")
        assert "nplurals=6" in text
        assert 'msgid "Save"\nmsgstr ""' in text

    def test_fault_is_told_and_nothing_compiled(self, project: Path) -> None:
        change(project, "%(n)s Berichte", "%(m)s Berichte")
        before = path_in(project).with_suffix(".mo").read_bytes()
        with pytest.raises(Refused, match="msgfmt --check"):
            update(project)
        assert path_in(project).with_suffix(".mo").read_bytes() == before


class SuiteTests:
    def test_without_gettext_it_is_not_run(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setattr(messages, "missing", lambda: ["msgfmt"])
        monkeypatch.setattr(messages, "apt_install", lambda _: False)
        with pytest.raises(Unavailable, match="not installed"):
            messages.find_or_install()
        assert suite.catalogues() == Tally(not_run="gettext")
        assert "apt install gettext" in capsys.readouterr().out

    @pytest.mark.parametrize(("found", "tally"), [([], Tally(passed=1)), (["fault"] * 30, Tally(failed=1))])
    def test_what_is_found_counts_once(
        self,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
        found: list[str],
        tally: Tally,
    ) -> None:
        monkeypatch.setattr(messages, "faults", lambda _: found)
        assert suite.catalogues() == tally
        assert ("and 10 more" in capsys.readouterr().out) is bool(found)
