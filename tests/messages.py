"""The catalogues of the interface's words: ``python -m tests.messages`` checks them, ``--update`` renews them.

A catalogue is in order when gathering the words again leaves it as it is, every word has its translation, and what is
compiled is what was translated. GNU gettext does the work.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.system import ROOT, apt_install, clean_environment

# ruff: noqa: T201 (it speaks to the person at the terminal)

PROGRAMS = ("xgettext", "msgmerge", "msguniq", "msgattrib", "msgcat", "msgfmt", "msgunfmt")
# Where words and the settings that say so stand.
PARTS = ("articles", "newsroom", "templates")
GATHER = "makemessages --extension html,txt,py,xml --add-location file --no-wrap --no-obsolete --verbosity 0".split()
GATHER += ["--ignore", "tests", "--ignore", "var"]
# The settings refuse to start without these; the language is the one that the words are written in.
SETTINGS = {"SECRET_KEY": "x", "ALLOWED_HOSTS": "localhost"}


class Unavailable(Exception):  # noqa: N818 (it says what is the matter)
    """GNU gettext is not to be had, and what to do."""


class Refused(Exception):  # noqa: N818 (it carries what was said)
    """A program ended with a fault, and what it said."""


def main(arguments: Sequence[str]) -> int:
    """Check every catalogue, or bring it up to date; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.messages", description="Check the catalogues of words.")
    parser.add_argument("--update", action="store_true", help="gather the words anew and compile what is translated")
    parser.add_argument("language", nargs="?", help="with --update: a language to begin, such as fr")
    options = parser.parse_args(arguments)
    find_or_install()
    if options.update:
        update(ROOT, options.language)
    found = faults(ROOT)
    print("\n".join(found) or "Every catalogue is complete and up to date.")
    return int(bool(found))


def find_or_install() -> None:
    """Make sure of GNU gettext; raise Unavailable if it can't be had."""
    if missing() and not (apt_install("gettext") and not missing()):
        raise Unavailable(f"GNU gettext is not installed ({', '.join(missing())}): apt install gettext")


def missing() -> list[str]:
    """The programs of GNU gettext that are not on the path."""
    return [name for name in PROGRAMS if not shutil.which(name)]


def update(root: Path, language: str | None = None) -> None:
    """Gather the words of the project in ``root`` into its catalogues, begin one for ``language``, compile all."""
    gather(root, language)
    for catalogue in catalogues(root):
        compile_to(catalogue.with_suffix(".mo"), catalogue)


def faults(root: Path) -> list[str]:
    """What is wrong with the catalogues of the project in ``root``, which stays as it is: a line for each fault."""
    committed = catalogues(root)
    if not committed:
        return ["There is no catalogue in articles/locale."]
    with tempfile.TemporaryDirectory(prefix="newsroom-messages-") as name:
        copy = Path(name)
        for part in PARTS:
            shutil.copytree(root / part, copy / part, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(root / "manage.py", copy)
        try:
            gather(copy)
        except Refused as what:
            return [str(what)]
        found = [(path, fault) for path in committed for fault in faults_of(path, copy / path.relative_to(root))]
    return [f"{path.relative_to(root)}: {fault}" for path, fault in found]


def catalogues(root: Path) -> list[Path]:
    """The catalogues of a project, one a language."""
    return sorted((root / "articles" / "locale").glob("*/LC_MESSAGES/django.po"))


def gather(root: Path, language: str | None = None) -> None:
    """Bring the catalogues in ``root`` up to date with its templates and code; begin one for ``language``."""
    which = ["--locale", language] if language else ["--all"]
    if language:
        (root / "articles" / "locale").mkdir(exist_ok=True)
    run([sys.executable, "manage.py", *GATHER, *which], root)


def faults_of(catalogue: Path, gathered: Path) -> Iterator[str]:
    """What is wrong with a catalogue, beside the same one with the words gathered anew."""
    now = entries(gathered)
    if without_notes(entries(catalogue)) != without_notes(now):
        yield "is not up to date: run `python -m tests.messages --update`, translate what is new"
    for entry in now:
        if kind := fault_in(entry):
            yield f"{kind}: {words_of(entry)}"
    compiled = gathered.with_suffix(".mo")
    try:
        compile_to(compiled, catalogue)
    except Refused as what:
        yield str(what)
        return
    standing = catalogue.with_suffix(".mo")
    if not standing.exists() or run(["msgunfmt", standing]) != run(["msgunfmt", compiled]):
        yield "the compiled one is another: run `python -m tests.messages --update`"


def entries(catalogue: Path) -> list[str]:
    """The words of a catalogue with their translations, each as gettext at hand writes it; the head comes first."""
    return run(["msgcat", "--no-wrap", catalogue]).strip().split("\n\n")


def without_notes(found: Sequence[str]) -> list[str]:
    """Entries without what changes with the day or with the version of gettext."""
    return [re.sub(r'^(#,.*|"POT-Creation-Date:.*)\n', "", entry, flags=re.MULTILINE) for entry in found]


def fault_in(entry: str) -> str:
    """What is wrong with one entry, if anything."""
    if entry.startswith("#~"):
        return "obsolete"
    if re.search(r"^#,.*\bfuzzy\b", entry, re.MULTILINE):
        return "fuzzy"
    # A string that is empty, with no lines of it to follow.
    return "untranslated" if re.search(r'^msgstr(\[\d\])? ""(?!\n")', entry, re.MULTILINE) else ""


def words_of(entry: str) -> str:
    """The words that an entry translates, on one line."""
    told = re.search(r"msgid (.*?)\n(?:#~ )?msg(?:id_plural|str)", entry, re.DOTALL)
    return re.sub(r'"\n(?:#~ )?"', "", told[1]) if told else entry


def compile_to(compiled: Path, catalogue: Path) -> None:
    """Compile a catalogue; raise Refused if gettext finds a fault, such as a placeholder that is gone."""
    run(["msgfmt", "--check", "--output-file", os.devnull, catalogue])
    run(["msgfmt", "--output-file", compiled, catalogue])


def run(command: Sequence[str | Path], folder: Path = ROOT) -> str:
    """What a program says, in ``folder`` and without the settings of the shell; raise Refused if it fails."""
    env = {**clean_environment(), **SETTINGS, "VAR_DIR": str(folder / "var"), "LC_ALL": "C.UTF-8"}
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        raise Refused(f"{' '.join(map(str, command[:3]))} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except (Unavailable, Refused) as what:
        sys.exit(str(what))
