"""An import that is killed, again and again, and what then stands in the database."""

import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import islice
from pathlib import Path

from articles.importing.decoding import decode
from articles.importing.formats import parse
from tests.bench.exports import write_exports
from tests.system import ROOT, clean_environment

# With more, a run would often be over before it is killed.
MOST_NEW = 25
# A story takes some milliseconds: each of its steps should have its turn to be struck.
LONGEST_WAIT = 0.01

WHOLE = """
    SELECT original.raw, article.headline, article.body_html <> '' AND article.body_text <> '',
        (SELECT count(*) FROM articles_bullet WHERE article_id = article.id AND status = 'approved'),
        (SELECT count(*) FROM articles_articlesource WHERE article_id = article.id),
        (SELECT count(*) FROM articles_image WHERE article_id = article.id),
        (SELECT count(*) FROM articles_likeness WHERE article_id = article.id),
        (SELECT count(*) FROM articles_revision WHERE article_id = article.id AND number = 1)
    FROM articles_article AS article LEFT JOIN articles_original AS original ON original.article_id = article.id
"""
PARENTLESS = """
    SELECT (SELECT count(*) FROM articles_revision) - (SELECT count(*) FROM articles_article),
        (SELECT count(*) FROM articles_original) - (SELECT count(*) FROM articles_article),
        (SELECT count(*) FROM articles_search) - (SELECT count(*) FROM articles_article)
"""


class Site:
    """A site of its own in ``folder``, with exports to import; ``seed`` decides when its imports are killed."""

    def __init__(self, folder: Path, seed: int, files: int) -> None:
        self.folder = folder
        self.files = files
        self.chance = random.Random(seed)  # noqa: S311 (no secret)
        self.exports = folder / "exports"
        self.exports.mkdir()
        write_exports(self.exports, files, start=seed * files)

    def kill_import(self) -> int:
        """Start an import and kill it at some moment; the number of stories that then stand there, all whole."""
        new, wait = self.chance.randint(1, MOST_NEW), self.chance.uniform(0, LONGEST_WAIT)
        with self.manage("import_articles", str(self.exports), "--publish") as run:
            assert run.stdout
            created = (line for line in run.stdout if line.startswith("created"))
            for _ in islice(created, new):
                pass
            time.sleep(wait)
            run.kill()
        if run.wait() != -signal.SIGKILL:
            raise AssertionError("The import was over before it was killed: give it more files.")
        return self.check()

    def complete(self) -> None:
        """Import to the end, twice: every file is a story, once."""
        totals = [self.run("import_articles", str(self.exports), "--publish") for _ in range(2)]
        assert totals[1] == f"{self.files} unchanged."
        assert self.check() == self.files

    def check(self) -> int:
        """How many stories there are; raise AssertionError if one of them is not whole or anything is without one."""
        with closing(sqlite3.connect(self.folder / "newsroom.sqlite3")) as database:
            rows = database.execute(WHOLE).fetchall()
            assert database.execute(PARENTLESS).fetchone() == (0, 0, 0)
            assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        for raw, *found in rows:
            assert raw is not None, f"{found[0]} has no original"
            document = parse(decode(raw)[0])
            parts = [len(document.bullets), len(document.sources), len(document.credits)]
            assert found == [document.headline, 1, *parts, 1, 1]
        assert len({raw for raw, *_ in rows}) == len(rows)
        return len(rows)

    def run(self, *arguments: str) -> str:
        """Run a command to its end; the last line that it prints."""
        with self.manage(*arguments) as run:
            output, _ = run.communicate()
        assert run.returncode == 0, output
        return str(output.strip().rpartition("\n")[2])

    @contextmanager
    def manage(self, *arguments: str) -> Iterator["subprocess.Popen[str]"]:
        """A running command of this site, which ends with the block at the latest."""
        environment = {
            **clean_environment(),
            "VAR_DIR": str(self.folder),
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "PYTHONUNBUFFERED": "1",
        }
        run = subprocess.Popen(
            [sys.executable, "manage.py", *arguments], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
        )
        try:
            with run:
                yield run
        finally:
            run.kill()


def kill_and_complete(folder: Path, *, seed: int, kills: int, files: int) -> list[int]:
    """Kill the import of ``files`` exports so many times, then complete it; how many stories each kill left."""
    site = Site(folder, seed, files)
    site.run("migrate")
    counts = [site.kill_import() for _ in range(kills)]
    assert counts == sorted(counts), "a kill lost stories that stood there before"
    site.complete()
    return counts
