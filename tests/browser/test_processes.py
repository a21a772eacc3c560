"""Several processes of the site over one database. No browser: it is here because this folder serves the site."""

import sqlite3
from pathlib import Path

from tests.bench.published import WORKERS, Race
from tests.bench.site import running
from tests.live import Site

READS = 2_000


def test_no_answer_is_older_than_its_request_while_an_editor_commits(site: Site, tmp_path: Path) -> None:
    database = tmp_path / "newsroom.sqlite3"
    with sqlite3.connect(site.var / database.name) as source, sqlite3.connect(database) as target:
        source.backup(target)
    (tmp_path / "static").symlink_to(site.var / "static")
    with running(tmp_path, workers=WORKERS) as server:
        race = Race(server.port, database)
        race.run(READS)
    assert (race.stale, race.reads) == (0, READS)
    assert race.committed
