"""Asking the feeds of outlets, against a real server."""

import io
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.management import call_command

from articles.catalogue.models import Article, ArticleSource, Source
from articles.importing import polling
from articles.importing.models import FeedItem, Original
from articles.importing.polling import Poll, poll_due
from tests.importing.feeds import item, rss
from tests.importing.local_server import Answer, LocalServer
from tests.world import NOON

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
LONG = " ".join(f"word{number}" for number in range(100))


def outlet(server: LocalServer, path: str = "/feed", **fields: Any) -> Source:
    name = fields.pop("name", "Nordlys Tech")
    return Source.objects.create(name=name, slug=name.lower().replace(" ", "-"), feed_url=server.url(path), **fields)


def ask(at: datetime = NOON) -> list[Poll]:
    """Ask what is due at ``at``."""
    with time_machine.travel(at, tick=False):
        return list(poll_due())


def notes(polls: list[Poll]) -> list[str]:
    return [poll.note for poll in polls]


class DraftTests:
    def test_new_items_become_drafts_of_the_outlet(self, server: LocalServer) -> None:
        source = outlet(server)
        dated = item(1).replace("</item>", "<pubDate>Fri, 20 Nov 2026 09:00:00 GMT</pubDate></item>")
        server.answers["/feed"] = Answer(body=rss(dated, item(2), head="<title>A title of its own</title>"))
        assert notes(ask()) == ["2 new"]
        article = Article.objects.get(headline="Story 1")
        assert (article.status, article.published_at, article.is_from_archive) == ("draft", None, False)
        assert (article.added_at, article.updated_as_stated) == (NOON, "")
        link = article.article_sources.get()
        assert (link.source, link.url, link.headline) == (source, "https://nordlys.example/1", "Story 1")
        seen = FeedItem.objects.get(article=article)
        assert (seen.source, seen.identity, seen.link) == (source, "n-1", "//nordlys.example/1")
        assert seen.published_at == datetime(2026, 11, 20, 9, tzinfo=UTC)

    def test_newest_item_is_added_last(self, server: LocalServer) -> None:
        outlet(server)
        server.answers["/feed"] = Answer(body=rss(item(2), item(1)))
        ask()
        assert [article.headline for article in Article.objects.order_by("pk")] == ["Story 1", "Story 2"]

    def test_excerpt_only(self, server: LocalServer) -> None:
        outlet(server, name="Nordlys *Tech*")
        server.answers["/feed"] = Answer(body=rss(item(1, text=LONG)))
        ask()
        article = Article.objects.get()
        first, mark = article.body_text.split("\n\n")
        assert first == " ".join(LONG.split()[:60]) + " …"
        assert mark == "Excerpt. The whole report is at Nordlys *Tech*."
        assert '<a href="https://nordlys.example/1"' in article.body_html
        assert b"word60" not in bytes(Original.objects.get().raw)

    def test_short_text_is_marked_as_an_excerpt_too(self, server: LocalServer) -> None:
        outlet(server)
        server.answers["/feed"] = Answer(
            body=rss(item(1, text="Few words.").replace("<link>https://nordlys.example/1</link>", ""))
        )
        ask()
        assert Article.objects.get().body_text == "Few words.\n\nExcerpt. The whole report is at Nordlys Tech."

    def test_licensed_outlet_gives_the_full_text(self, server: LocalServer) -> None:
        outlet(server, is_licensed=True)
        server.answers["/feed"] = Answer(body=rss(item(1, text=LONG)))
        ask()
        assert Article.objects.get().body_text == LONG
        assert b"word99" in bytes(Original.objects.get().raw)

    def test_json_feed(self, server: LocalServer) -> None:
        outlet(server)
        server.answers["/feed"] = Answer(body=b'{"items": [{"id": 1, "title": "A", "content_text": "One."}]}')
        assert notes(ask()) == ["1 new"]


class SeenBeforeTests:
    def test_item_is_not_added_twice_even_if_its_draft_was_deleted(self, server: LocalServer) -> None:
        outlet(server)
        server.answers["/feed"] = Answer(body=rss(item(1), item(2)))
        ask()
        Article.objects.get(headline="Story 1").delete()
        assert notes(ask(NOON + HOUR)) == ["nothing new"]
        assert Article.objects.get().headline == "Story 2"
        assert FeedItem.objects.filter(article=None).count() == 1

    def test_changed_identity_at_the_same_address_is_the_same_item(self, server: LocalServer) -> None:
        outlet(server)
        server.answers["/feed"] = Answer(body=rss(item(1)))
        ask()
        server.answers["/feed"] = Answer(body=rss(item(1).replace("n-1", "x-1").replace("/1<", "/1/?utm_source=rss<")))
        assert notes(ask(NOON + HOUR)) == ["nothing new"]

    def test_address_that_items_share_tells_nothing(self, server: LocalServer) -> None:
        outlet(server, home_page="https://nordlys.example/show")
        shared = [item(number).replace(f"nordlys.example/{number}", "nordlys.example/show") for number in (1, 2, 3)]
        server.answers["/feed"] = Answer(body=rss(*shared[:2]))
        assert notes(ask()) == ["2 new"]
        server.answers["/feed"] = Answer(body=rss(shared[2]))
        assert notes(ask(NOON + HOUR)) == ["1 new"]

    def test_same_identity_at_another_outlet_is_another_item(self, server: LocalServer) -> None:
        outlet(server)
        outlet(server, "/other", name="Sham Wire")
        server.answers["/feed"] = Answer(body=rss(item(1)))
        server.answers["/other"] = Answer(body=rss(item(1, text="Other words."), head="<title>Sham</title>"))
        assert notes(ask()) == ["1 new", "1 new"]
        assert ArticleSource.objects.values("source").distinct().count() == 2

    def test_same_feed_at_two_outlets_makes_one_draft(self, server: LocalServer) -> None:
        outlet(server)
        outlet(server, name="Sham Wire")
        server.answers["/feed"] = Answer(body=rss(item(1)))
        ask()
        assert Article.objects.count() == 1
        assert FeedItem.objects.filter(article=Article.objects.get()).count() == 2

    def test_items_without_a_name_are_told_apart_by_their_words(self, server: LocalServer) -> None:
        outlet(server)
        bare = [f"<item><title>{words}</title><description>x</description></item>" for words in ("One", "Two", "One")]
        server.answers["/feed"] = Answer(body=rss(*bare, head="<title>N</title>"))
        assert notes(ask()) == ["2 new"]
        assert notes(ask(NOON + HOUR)) == ["nothing new"]

    def test_identity_of_any_length(self, server: LocalServer) -> None:
        outlet(server)
        server.answers["/feed"] = Answer(body=rss(item(1).replace("n-1", "n" * 3000)))
        assert notes(ask()) == ["1 new"]
        assert notes(ask(NOON + HOUR)) == ["nothing new"]

    def test_feed_without_end_gives_its_first_items(self, server: LocalServer, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(polling, "MOST_ITEMS", 2)
        outlet(server)
        server.answers["/feed"] = Answer(body=rss(*map(item, range(9))))
        assert notes(ask()) == ["2 new"]
        assert notes(ask(NOON + HOUR)) == ["nothing new"]


class PolitenessTests:
    def test_conditions_are_sent_and_304_is_honoured(self, server: LocalServer) -> None:
        source = outlet(server)
        stamps = {"ETag": '"a1"', "Last-Modified": "Fri, 20 Nov 2026 12:00:00 GMT"}
        server.answers["/feed"] = Answer(body=rss(item(1)), headers=stamps)
        ask()
        source.refresh_from_db()
        assert (source.feed_etag, source.feed_modified) == ('"a1"', stamps["Last-Modified"])
        server.answers["/feed"] = Answer(304)
        assert notes(ask(NOON + HOUR)) == ["nothing new"]
        asked = server.asked[1]
        assert (asked["If-None-Match"], asked["If-Modified-Since"]) == ('"a1"', stamps["Last-Modified"])
        source.refresh_from_db()
        assert (source.feed_etag, source.feed_checked_at) == ('"a1"', NOON + HOUR)

    def test_feed_is_asked_once_an_hour(self, server: LocalServer) -> None:
        outlet(server)
        server.answers["/feed"] = Answer(body=rss())
        ask()
        assert ask(NOON + timedelta(minutes=59)) == []
        assert len(ask(NOON + HOUR)) == 1

    @pytest.mark.parametrize("status", [301, 308])
    def test_moved_for_good(self, server: LocalServer, status: int) -> None:
        source = outlet(server)
        server.answers["/feed"] = Answer(status, headers={"Location": "/new"})
        server.answers["/new"] = Answer(body=rss(item(1)))
        assert notes(ask()) == [f"1 new; moved for good to {server.url('/new')}"]
        source.refresh_from_db()
        assert source.feed_url == server.url("/new")

    def test_moved_for_now(self, server: LocalServer) -> None:
        source = outlet(server)
        server.answers["/feed"] = Answer(302, headers={"Location": "/new"})
        server.answers["/new"] = Answer(body=rss(item(1)))
        assert notes(ask()) == ["1 new"]
        source.refresh_from_db()
        assert source.feed_url == server.url("/feed")

    def test_moved_to_what_is_no_feed(self, server: LocalServer) -> None:
        source = outlet(server)
        server.answers["/feed"] = Answer(301, headers={"Location": "/sorry"})
        server.answers["/sorry"] = Answer(body=b"<html>Sorry</html>")
        ask()
        source.refresh_from_db()
        assert source.feed_url == server.url("/feed")

    def test_address_that_an_editor_changed_meanwhile_stays(self, server: LocalServer) -> None:
        source = outlet(server)
        server.answers["/feed"] = Answer(301, headers={"Location": "/new"})
        server.answers["/new"] = Answer(body=rss(item(1)))
        Source.objects.filter(pk=source.pk).update(feed_url="https://n.example/by-edie")
        polling.poll(source)
        source.refresh_from_db()
        assert source.feed_url == "https://n.example/by-edie"

    def test_gone_feed_is_given_up_with_a_note(self, server: LocalServer) -> None:
        source = outlet(server)
        server.answers["/feed"] = Answer(410)
        assert notes(ask()) == ["stopped: the outlet has taken this feed down (410 Gone)"]
        source.refresh_from_db()
        assert (source.feed_stopped_at, source.feed_note[:7]) == (NOON, "stopped")
        assert ask(NOON + timedelta(days=30)) == []
        source.start_feed(server.url("/new"))
        server.answers["/new"] = Answer(body=rss(item(1)))
        assert notes(ask()) == ["1 new"]

    @pytest.mark.parametrize(
        ("stated", "wait"),
        [
            ("7200", 2 * HOUR),
            ("Sat, 21 Nov 2026 12:00:00 GMT", 24 * HOUR),
            ("60", HOUR),
            ("99999999", timedelta(days=7)),
        ],
    )
    def test_retry_after(self, server: LocalServer, stated: str, wait: timedelta) -> None:
        source = outlet(server)
        server.answers["/feed"] = Answer(429, headers={"Retry-After": stated})
        (note,) = notes(ask())
        source.refresh_from_db()
        assert source.feed_next_at == NOON + wait
        assert note == f"failed: the server answered 429; asked again after {NOON + wait:%Y-%m-%d %H:%M}"

    def test_back_off(self, server: LocalServer) -> None:
        source = outlet(server)
        server.answers["/feed"] = Answer(500)
        at, waits = NOON, []
        for _ in range(8):
            assert len(ask(at)) == 1
            source.refresh_from_db()
            assert source.feed_next_at
            waits.append((source.feed_next_at - at) // HOUR)
            at = source.feed_next_at
        assert waits == [1, 2, 4, 8, 16, 24, 24, 24]
        assert source.feed_failures == 8
        server.answers["/feed"] = Answer(body=rss(item(1)))
        assert notes(ask(at)) == ["1 new"]
        source.refresh_from_db()
        assert (source.feed_failures, source.feed_next_at, source.feed_note) == (0, at + HOUR, "1 new")


class BadFeedTests:
    def test_one_bad_feed_does_not_stop_the_others(self, server: LocalServer) -> None:
        bad = {
            "/html": b"<html>Sorry</html>",
            "/bomb": b'<!DOCTYPE rss [<!ENTITY a "aaaa">]><rss>&a;</rss>',
            "/zip": b"PK\x03\x04",
            "/endless": b"x" * 5_000_001,
            "/empty": b"",
        }
        for path, body in bad.items():
            outlet(server, path, name=path[1:])
            server.answers[path] = Answer(body=body)
        outlet(server, "/none", name="none")
        Source.objects.create(name="private", slug="private", feed_url="http://10.0.0.1/feed")
        outlet(server, name="good")
        server.answers["/feed"] = Answer(body=rss(item(1)))
        polls = {poll.source.name: poll.note for poll in ask()}
        assert polls.pop("good") == "1 new"
        assert {name: re.split(r"; | \(| is in it", note)[0] for name, note in polls.items()} == {
            "html": "failed: line 1: no feed that can be read: no RSS, Atom or RDF",
            "bomb": "failed: line 1: declares entities of its own",
            "zip": "failed: line 1: a ZIP archive or an office document, which is not read: unpack it, and import what",
            "endless": "failed: more than 5 MB",
            "empty": "failed: line 1: no feed that can be read: no RSS, Atom or RDF",
            "none": "failed: the server answered 404",
            "private": "failed: 10.0.0.1 leads to 10.0.0.1, which is not a public address: not fetched",
        }

    def test_fault_of_ours_does_not_stop_the_others(self, server: LocalServer, monkeypatch: pytest.MonkeyPatch) -> None:
        outlet(server, name="A")
        outlet(server, name="B")
        server.answers["/feed"] = Answer(body=rss(item(1)))
        take = polling._take
        monkeypatch.setattr(
            polling, "_take", lambda source, *rest: 1 / 0 if source.name == "A" else take(source, *rest)
        )
        assert notes(ask()) == ["failed: see the log", "1 new"]
        assert ask() == []

    def test_bad_item_does_not_keep_the_others_out(self, server: LocalServer) -> None:
        outlet(server)
        server.answers["/feed"] = Answer(body=rss(item(1), "<item></item>", item(2)))
        assert notes(ask()) == ["2 new, 1 could not be read"]

    def test_what_could_not_be_kept_is_asked_for_again(
        self, server: LocalServer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        source = outlet(server)
        server.answers["/feed"] = Answer(body=rss(item(1), item(2)), headers={"ETag": '"a1"'})
        keep = polling._keep

        def fail(source: Source, document: Any, now: datetime) -> Article:
            if document.headline == "Story 1":
                raise RecursionError
            return keep(source, document, now)

        monkeypatch.setattr(polling, "_keep", fail)
        assert notes(ask()) == ["1 new, 1 could not be read"]
        source.refresh_from_db()
        assert source.feed_etag == ""
        monkeypatch.undo()
        assert notes(ask(NOON + HOUR)) == ["1 new"]

    def test_two_at_once_ask_once(self, server: LocalServer) -> None:
        source = outlet(server)
        server.answers["/feed"] = Answer(body=rss(item(1)))
        same = Source.objects.get(pk=source.pk)
        assert polling._claim(source)
        assert not polling._claim(same)


class FetchFeedsTests:
    def test_one_line_a_feed(self, server: LocalServer) -> None:
        outlet(server, name="A")
        outlet(server, "/gone", name="B")
        Source.objects.create(name="Without a feed", slug="c")
        server.answers["/feed"] = Answer(body=rss(item(1)))
        server.answers["/gone"] = Answer(410)
        out = io.StringIO()
        call_command("fetch_feeds", stdout=out)
        assert out.getvalue().splitlines() == [
            "A: 1 new",
            "B: stopped: the outlet has taken this feed down (410 Gone)",
        ]

    def test_worker_logs_the_same(self, server: LocalServer, caplog: pytest.LogCaptureFixture) -> None:
        outlet(server, name="A")
        server.answers["/feed"] = Answer(body=rss(item(1)))
        with caplog.at_level("INFO", logger="articles.importing.polling"):
            polling.ask_feeds.call()
            polling.ask_feeds.call()
        assert [record.getMessage() for record in caplog.records if record.name == polling.__name__] == ["A: 1 new"]
