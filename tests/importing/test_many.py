"""Files and addresses that hold many stories."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from articles.catalogue.models import Article, ArticleSource
from articles.importing.models import Original
from articles.importing.pipeline import Options, Result, import_files, read_before, reparse
from tests.importing.feeds import item, rss
from tests.importing.local_server import Answer, LocalServer
from tests.importing.stories import export

pytestmark = pytest.mark.django_db


def run(*places: Path | str, **options: Any) -> list[Result]:
    return list(import_files([str(place) for place in places], Options(**options)))


def outcomes(results: list[Result]) -> list[str]:
    return [result.outcome for result in results]


@pytest.fixture
def feed(tmp_path: Path) -> Path:
    path = tmp_path / "feed.xml"
    path.write_bytes(rss(item(1), item(2), "<item></item>", item(3)))
    return path


class FeedFileTests:
    def test_each_item_is_a_draft_and_a_bad_one_is_named(self, feed: Path) -> None:
        results = run(feed)
        assert outcomes(results) == ["created", "created", "error", "created"]
        assert (results[2].line, results[2].message) == (4, "item 3: holds nothing that can be read")
        assert sorted(Article.objects.values_list("headline", "status")) == [
            (f"Story {number}", "draft") for number in (1, 2, 3)
        ]
        assert ArticleSource.objects.get(article__headline="Story 2").url == "https://nordlys.example/2"

    def test_original_is_kept_for_each_item(self, feed: Path) -> None:
        run(feed)
        original = Original.objects.get(article__headline="Story 2")
        assert (original.file_name, original.fields["identity"]) == ("feed.xml", "n-2")
        assert json.loads(bytes(original.raw))["items"][0]["url"] == "https://nordlys.example/2"

    def test_second_import_changes_nothing(self, feed: Path) -> None:
        run(feed)
        assert outcomes(run(feed)) == ["unchanged", "unchanged", "error", "unchanged"]
        assert Article.objects.count() == 3

    def test_later_feed_adds_what_is_new(self, feed: Path, tmp_path: Path) -> None:
        run(feed)
        later = tmp_path / "later.xml"
        later.write_bytes(rss(item(4), item(3), item(2, text="Other words.")))
        results = run(later)
        assert outcomes(results) == ["created", "unchanged", "updated"]
        assert Article.objects.get(headline="Story 2").body_text == "Other words."

    def test_same_headline_at_another_address_is_another_story(self, tmp_path: Path) -> None:
        path = tmp_path / "briefs.xml"
        path.write_bytes(rss(*(item(number).replace(f"Story {number}", "In brief") for number in (1, 2))))
        assert outcomes(run(path)) == ["created", "created"]

    def test_same_headline_at_the_same_address_is_the_same_story(self, feed: Path, tmp_path: Path) -> None:
        run(feed)
        other = tmp_path / "other.xml"
        other.write_bytes(rss(item(1).replace("n-1", "other-1").replace("/1<", "/1?utm_source=x<")))
        assert outcomes(run(other)) == ["updated"]
        assert Article.objects.count() == 3

    def test_dry_run_writes_nothing(self, feed: Path) -> None:
        assert outcomes(run(feed, is_dry_run=True)) == ["create", "create", "error", "create"]
        assert not Article.objects.exists()

    def test_item_without_text_stays_a_draft(self, tmp_path: Path) -> None:
        path = tmp_path / "feed.xml"
        path.write_bytes(rss(item(1), item(2, text="")))
        run(path, is_publishing=True)
        assert dict(Article.objects.values_list("headline", "status")) == {"Story 1": "published", "Story 2": "draft"}

    def test_feed_without_items_is_said(self, tmp_path: Path) -> None:
        path = tmp_path / "feed.xml"
        path.write_bytes(rss())
        (result,) = run(path)
        assert (result.outcome, result.message) == ("error", "holds no story")

    def test_report_does_not_print_originals(self, feed: Path) -> None:
        out = io.StringIO()
        with pytest.raises(SystemExit) as end:
            call_command("import_articles", str(feed), "--report", "json", stdout=out)
        report = json.loads(out.getvalue())
        assert end.value.code == 1
        assert report["summary"] == {"files": 4, "is_dry_run": False, "created": 3, "error": 1}
        assert report["documents"][0]["fields"]["identity"] == "n-1"
        assert "original" not in report["documents"][0]["fields"]
        assert report["documents"][2]["line"] == 4


class ReparseTests:
    """A newer parser finds in what was kept of a feed or a page what was found the first time."""

    def reparsed(self) -> list[Result]:
        Original.objects.update(parser_version=0)
        return list(reparse(read_before([]), Options(), places=["kept"]))

    def test_items(self, feed: Path) -> None:
        run(feed)
        assert outcomes(self.reparsed()) == ["unchanged"] * 3

    def test_page_keeps_its_address_and_its_letters(self, server: LocalServer) -> None:
        headers = {"Content-Type": "text/html; charset=iso-8859-1"}
        page = "<html><body><p>Its words, é, and <a href='/x'>a link</a>.</p></body></html>"
        server.answers["/page"] = Answer(body=page.encode("latin-1"), headers=headers)
        run(server.url("/page"))
        (result,) = self.reparsed()
        assert (result.outcome, result.changes) == ("unchanged", ())


class AddressTests:
    def test_page(self, server: LocalServer) -> None:
        page = "<html><head><title>A page</title></head><body><article><p>Its words, é.</p></article></body></html>"
        headers = {"Content-Type": "text/html; charset=iso-8859-1"}
        server.answers["/page"] = Answer(body=page.encode("latin-1"), headers=headers)
        (result,) = run(server.url("/page"))
        article = Article.objects.get()
        assert (result.outcome, article.headline, article.body_text) == ("created", "A page", "Its words, é.")
        assert article.article_sources.get().url == server.url("/page")
        assert Original.objects.get().file_name == server.url("/page")

    def test_feed_with_addresses_of_its_own_kind(self, server: LocalServer) -> None:
        server.answers["/feed"] = Answer(301, headers={"Location": "/new/feed"})
        server.answers["/new/feed"] = Answer(
            body=rss("<item><title>A</title><link>../a</link></item>", head="<title>N</title>")
        )
        (result,) = run(server.url("/feed"))
        assert result.document
        assert result.document.sources[0].url == server.url("/a")

    def test_text_export(self, server: LocalServer) -> None:
        server.answers["/a.txt"] = Answer(body=export("A title", "Text.").encode())
        assert outcomes(run(server.url("/a.txt"))) == ["created"]

    @pytest.mark.parametrize(
        ("path", "message"),
        [
            ("/none", "the server answered 404; check the address"),
            ("/away", "redirected to http://10.0.0.1/: 10.0.0.1 leads to"),
        ],
    )
    def test_failure_does_not_keep_the_others_out(
        self, server: LocalServer, path: str, message: str, feed: Path
    ) -> None:
        server.answers["/away"] = Answer(302, headers={"Location": "http://10.0.0.1/"})
        results = run(server.url(path), feed)
        assert (results[0].outcome, results[0].file) == ("error", server.url(path))
        assert results[0].message.startswith(message)
        assert Article.objects.count() == 3

    def test_private_address_is_refused(self) -> None:
        (result,) = run("http://169.254.169.254/latest/meta-data/")
        assert result.message == "169.254.169.254 leads to 169.254.169.254, which is not a public address: not fetched"


class HostileTests:
    def test_folder_of_traps(self, tmp_path: Path) -> None:
        traps = {
            "bomb.xml": b'<!DOCTYPE rss [<!ENTITY a "aaaa">]><rss>&a;</rss>',
            "docx.html": b"PK\x03\x04",
            "huge.html": b"<p>" + b"x" * 10_000_001,
            "nested.json": b'{"items":' + b"[" * 100_000,
            "other.xml": b"<?xml version='1.0'?><urlset/>",
        }
        for name, raw in traps.items():
            (tmp_path / name).write_bytes(raw)
        results = run(tmp_path)
        assert {Path(result.file).name: result.message for result in results if result.is_error} == {
            "bomb.xml": "declares entities of its own (<!DOCTYPE … [ … ]>), which are not read; take that part out",
            "docx.html": "a ZIP archive or an office document, which is not read: unpack it, and import what is in it",
            "huge.html": "more than 10 MB, which is no single story; split it",
            "nested.json": "not JSON that can be read: nested too deeply, or a number too long",
            "other.xml": "XML of another kind: its first element is <urlset>, and not that of a feed or a list",
        }
        assert len(results) == 5

    def test_half_letters_reach_no_database(self, tmp_path: Path) -> None:
        path = tmp_path / "feed.json"
        path.write_bytes(
            b'{"items": [{"id": "\\ud800", "title": "a\\u0000b", "tags": ["c\\udfff"], "content_text": "x"}]}'
        )
        assert outcomes(run(path)) == ["created"]
        assert Article.objects.get().headline == "ab"
