"""The list of sources: what a list fills in, and what it leaves alone."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from articles.catalogue.models import Source
from articles.importing.documents import ListedSource
from articles.importing.listing import SourcePlan, find, keep, plan
from articles.importing.pipeline import Options, Result, import_files
from articles.importing.plan import Outcome
from tests.world import NOON

LISTED = ListedSource("Nordlys Tech", "https://n.example/", "https://n.example/feed", "Tech from the north.")
EMPTY = {"name": "Nordlys Tech", "home_page": "", "feed_url": "", "description": ""}


class PlanTests:
    def test_new_outlet(self) -> None:
        planned = plan(LISTED, None)
        assert (planned.outcome, planned.reason) == ("create", "")
        assert planned.changes["feed_url"] == "https://n.example/feed"

    def test_empty_fields_are_filled(self) -> None:
        planned = plan(LISTED, EMPTY | {"description": "Tech from the north."})
        assert planned.outcome == "update"
        assert planned.changes == {"home_page": "https://n.example/", "feed_url": "https://n.example/feed"}
        assert planned.reason == "home page: “https://n.example/”; feed: “https://n.example/feed”"

    def test_same_again(self) -> None:
        standing = EMPTY | {"name": "NORDLYS Tech", "home_page": "http://www.n.example", "description": "Ours."}
        assert plan(ListedSource("Nordlys Tech", "https://n.example/"), standing) == SourcePlan(Outcome.UNCHANGED, {})

    def test_what_an_editor_wrote_stays(self) -> None:
        planned = plan(
            LISTED,
            EMPTY | {"name": "Nordlys", "home_page": "https://n.example/news", "feed_url": "x", "description": "x"},
        )
        assert (planned.outcome, planned.changes) == ("conflict", {})
        assert "home page: “https://n.example/news” stays, the list says “https://n.example/”" in planned.reason
        assert "name: “Nordlys” stays, the list says “Nordlys Tech”" in planned.reason

    def test_gap_beside_a_conflict_is_filled(self) -> None:
        planned = plan(LISTED, EMPTY | {"description": "Ours."})
        assert planned.outcome == "update"
        assert set(planned.changes) == {"home_page", "feed_url"}
        assert planned.reason.endswith("description: “Ours.” stays, the list says “Tech from the north.”")


@pytest.mark.django_db
class KeepTests:
    def test_new_outlet_is_made(self) -> None:
        assert keep(LISTED).outcome == Outcome.CREATE
        source = Source.objects.get()
        assert (source.name, source.slug, source.home_page) == ("Nordlys Tech", "nordlys-tech", "https://n.example/")
        assert (source.feed_url, source.description) == ("https://n.example/feed", "Tech from the north.")
        assert not source.is_licensed
        assert keep(LISTED).outcome == Outcome.UNCHANGED

    def test_dry_run_writes_nothing(self) -> None:
        assert keep(LISTED, is_dry_run=True).outcome == Outcome.CREATE
        assert not Source.objects.exists()

    def test_editor_s_values_are_not_overwritten(self) -> None:
        edited = Source.objects.create(name="nordlys tech", slug="n", home_page="https://n.example/news")
        assert keep(LISTED).outcome == Outcome.UPDATE
        edited.refresh_from_db()
        assert (edited.name, edited.home_page) == ("nordlys tech", "https://n.example/news")
        assert edited.feed_url == "https://n.example/feed"

    def test_outlet_is_known_by_its_feed_under_another_name(self) -> None:
        known = Source.objects.create(name="Nordlys", slug="n", feed_url="http://www.n.example/feed/")
        Source.objects.create(name="Nordlys Tech", slug="nt")
        assert find(LISTED) == known
        assert "name: “Nordlys” stays" in keep(LISTED).reason

    def test_new_feed_starts_afresh(self) -> None:
        source = Source.objects.create(name="Nordlys Tech", slug="n", feed_failures=3, feed_stopped_at=NOON)
        keep(LISTED)
        source.refresh_from_db()
        assert (source.feed_failures, source.feed_stopped_at) == (0, None)
        assert list(Source.objects.with_due_feed(NOON)) == [source]


@pytest.mark.django_db
class FileTests:
    def write(self, folder: Path) -> Path:
        path = folder / "list.opml"
        path.write_text(
            '<opml version="2.0"><body><outline text="A" xmlUrl="https://a.example/f"/>\n'
            '<outline text="Folder"><outline text="B" htmlUrl="https://b.example/"/></outline></body></opml>'
        )
        return path

    def run(self, path: Path, **options: Any) -> list[Result]:
        return list(import_files([str(path)], Options(**options)))

    def test_list_makes_outlets_and_no_stories(self, tmp_path: Path) -> None:
        path = self.write(tmp_path)
        assert [result.outcome for result in self.run(path, is_dry_run=True)] == ["create", "create"]
        assert not Source.objects.exists()
        assert [result.outcome for result in self.run(path)] == ["created", "created"]
        assert [result.outcome for result in self.run(path)] == ["unchanged", "unchanged"]
        assert [source.name for source in Source.objects.all()] == ["A", "B"]

    def test_report(self, tmp_path: Path) -> None:
        path = self.write(tmp_path)
        out = io.StringIO()
        call_command("import_articles", str(path), stdout=out)
        assert out.getvalue().splitlines() == [
            f"created    {path}  A",
            f"created    {path}  B",
            "           line 2: folders are not kept: it stands in Folder",
            "2 created.",
        ]
        out = io.StringIO()
        call_command("import_articles", str(path), "--report", "json", stdout=out)
        assert '"feed_url": "https://a.example/f"' in out.getvalue()

    def test_exported_list_reads_back_and_is_written_the_same_again(self, tmp_path: Path) -> None:
        Source.objects.create(name="Ýmir & Co", slug="ymir", home_page="https://y.example/", description="One\nTwo")
        self.run(self.write(tmp_path))
        first = self.export()
        path = tmp_path / "sources.opml"
        path.write_text(first, encoding="utf-8")
        assert {result.outcome for result in self.run(path)} == {"unchanged"}
        Source.objects.all().delete()
        assert {result.outcome for result in self.run(path)} == {"created"}
        assert self.export() == first

    def export(self) -> str:
        out = io.StringIO()
        call_command("export_sources", stdout=out)
        return out.getvalue()
