"""A kept page: its copies, its headers, and the conditions that it is asked under."""

import gzip
import time
from typing import Any

import brotli
import pytest
from django.utils.http import http_date

from articles.publishing.entry import MAX_ACCEPTED, Answer, Entry, codings_in
from tests.publishing.asking import Told, ask

BODY = b"<p>Kestrel has switched on a second ground station.</p>" * 20
AN_HOUR_AGO = int(time.time() - 3600) * 1000
GENERATION = (AN_HOUR_AGO, 0, 0)


def make_entry(body: bytes = BODY, status: str = "200 OK", headers: list[tuple[str, str]] | None = None) -> Entry:
    entry = Entry(Answer(status, headers or [("Content-Type", "text/html")], body), GENERATION, None, "newsroom")
    entry.compress()
    return entry


def send(entry: Entry, **changes: Any) -> Told:
    return ask(entry.send, "/", **changes)


class CodingTests:
    @pytest.mark.parametrize(
        ("accepted", "wanted"),
        [
            ("", ()),
            ("gzip, deflate, br", ("br", "gzip")),
            ("gzip", ("gzip",)),
            ("GZIP;Q=0.5", ("gzip",)),
            ("br;q=0.2, gzip;q=0.8", ("gzip", "br")),
            ("br;q=0, gzip", ("gzip",)),
            ("*", ("br", "gzip")),
            ("*;q=0.1, gzip;q=0", ("br",)),
            ("identity, gzip;q=0.5", ()),
            ("identity;q=0.5, gzip;q=0.5", ("gzip",)),
            ("gzip;q=lots", ()),
            ("gzip;level=9", ("gzip",)),
            ("zstd, ,;;q=", ()),
        ],
    )
    def test_best_first(self, accepted: str, wanted: tuple[str, ...]) -> None:
        assert codings_in(accepted) == wanted

    @pytest.mark.parametrize(
        ("accepted", "coding", "read"), [("br", "br", brotli.decompress), ("gzip", "gzip", gzip.decompress)]
    )
    def test_copy_is_the_page(self, accepted: str, coding: str, read: Any) -> None:
        told = send(make_entry(), HTTP_ACCEPT_ENCODING=accepted)
        assert told.headers["Content-Encoding"] == coding
        assert int(told.headers["Content-Length"]) == len(told.body) < len(BODY)
        assert read(told.body) == BODY

    def test_overlong_wish_is_not_read(self) -> None:
        told = send(make_entry(), HTTP_ACCEPT_ENCODING="br" + ", x" * MAX_ACCEPTED)
        assert "Content-Encoding" not in told.headers

    def test_page_goes_out_as_it_is_until_it_is_compressed(self) -> None:
        entry = Entry(Answer("200 OK", [], BODY), GENERATION, None, "newsroom")
        told = send(entry, HTTP_ACCEPT_ENCODING="br")
        assert told.body == BODY
        assert "Content-Encoding" not in told.headers

    def test_short_answer_is_not_worth_it(self) -> None:
        assert Entry(Answer("404 Not Found", [], b"Not here."), GENERATION, None, "newsroom").is_compressed
        assert not Entry(Answer("200 OK", [], BODY), GENERATION, None, "newsroom").is_compressed


class HeaderTests:
    def test_each_copy_has_its_own_tag(self) -> None:
        entry = make_entry()
        tags = {send(entry, HTTP_ACCEPT_ENCODING=accepted).headers["ETag"] for accepted in ("", "gzip", "br")}
        assert len(tags) == 3

    def test_same_page_has_the_same_tag_everywhere(self) -> None:
        assert send(make_entry()).headers["ETag"] == send(make_entry()).headers["ETag"]

    def test_caches_on_the_way_may_keep_it_for_a_second_and_readers_must_ask(self) -> None:
        headers = send(make_entry()).headers
        assert headers["Cache-Control"] == "public, max-age=0, s-maxage=1, stale-while-revalidate=1"
        assert headers["Vary"] == "Accept-Encoding"
        assert headers["Surrogate-Key"] == "newsroom"
        assert headers["Last-Modified"]

    def test_what_django_says_stays_but_what_belongs_to_a_copy_is_made_anew(self) -> None:
        entry = make_entry(
            headers=[
                ("X-Frame-Options", "DENY"),
                ("Cache-Control", "public, max-age=60"),
                ("Vary", "Cookie, Accept-Encoding"),
                ("ETag", '"django"'),
                ("Content-Length", "1"),
            ]
        )
        headers = send(entry).headers
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Cache-Control"] == "public, max-age=60"
        assert headers["Vary"] == "Cookie, Accept-Encoding"
        assert headers["ETag"] != '"django"'
        assert headers["Content-Length"] == str(len(BODY))

    def test_head_has_the_headers_alone(self) -> None:
        entry = make_entry()
        told = send(entry, REQUEST_METHOD="HEAD")
        assert told.headers == send(entry).headers
        assert told.body == b""


class ConditionTests:
    @pytest.mark.parametrize("accepted", ["", "gzip", "br"])
    @pytest.mark.parametrize("form", ["{}", "W/{}", '"other", {}'])
    def test_reader_who_has_it_is_told_so(self, accepted: str, form: str) -> None:
        entry = make_entry()
        tag = send(entry, HTTP_ACCEPT_ENCODING=accepted).headers["ETag"]
        told = send(entry, HTTP_ACCEPT_ENCODING=accepted, HTTP_IF_NONE_MATCH=form.format(tag))
        assert (told.status, told.body) == (304, b"")
        assert told.headers.keys() == {"Cache-Control", "Vary", "Last-Modified", "ETag"}
        assert told.headers["ETag"] == tag

    def test_star_matches_whatever_there_is(self) -> None:
        assert send(make_entry(), HTTP_IF_NONE_MATCH="*").status == 304

    @pytest.mark.parametrize("tags", ['"other"', "other", "", '"*"', "\xff"])
    def test_other_tag_gets_the_page(self, tags: str) -> None:
        told = send(make_entry(), HTTP_IF_NONE_MATCH=tags, HTTP_IF_MODIFIED_SINCE=None)
        assert (told.status, told.body) == (200, BODY)

    def test_tag_of_another_copy_gets_the_page(self) -> None:
        entry = make_entry()
        tag = send(entry).headers["ETag"]
        assert send(entry, HTTP_ACCEPT_ENCODING="gzip", HTTP_IF_NONE_MATCH=tag).status == 200

    @pytest.mark.parametrize(("seconds", "status"), [(-60, 200), (0, 200), (1, 200), (2, 304), (3600, 304)])
    def test_time_counts_if_it_is_clearly_after_the_last_change(self, seconds: int, status: int) -> None:
        since = http_date(AN_HOUR_AGO // 1000 + seconds)
        assert send(make_entry(), HTTP_IF_MODIFIED_SINCE=since).status == status

    def test_what_it_says_itself_is_such_a_time(self) -> None:
        entry = make_entry()
        assert send(entry, HTTP_IF_MODIFIED_SINCE=send(entry).headers["Last-Modified"]).status == 304

    def test_tag_counts_more_than_time(self) -> None:
        since = http_date(time.time())
        assert send(make_entry(), HTTP_IF_NONE_MATCH='"other"', HTTP_IF_MODIFIED_SINCE=since).status == 200

    def test_time_that_is_none_is_passed_over(self) -> None:
        assert send(make_entry(), HTTP_IF_MODIFIED_SINCE="yesterday").status == 200

    def test_only_a_page_can_be_unchanged(self) -> None:
        entry = make_entry(status="404 Not Found")
        assert send(entry, HTTP_IF_NONE_MATCH="*").status == 404


class ValidityTests:
    def test_ends_with_its_generation(self) -> None:
        assert make_entry().is_valid(GENERATION)
        assert not make_entry().is_valid((AN_HOUR_AGO + 1, 0, 0))

    def test_ends_when_it_is_said_to(self) -> None:
        answer = Answer("404 Not Found", [], b"")
        assert Entry(answer, GENERATION, time.monotonic() + 60, "newsroom").is_valid(GENERATION)
        assert not Entry(answer, GENERATION, time.monotonic(), "newsroom").is_valid(GENERATION)

    def test_same_page_of_the_next_generation_takes_the_copies_over(self) -> None:
        before = make_entry()
        after = Entry(before.answer, (AN_HOUR_AGO + 1, 0, 0), None, "newsroom")
        after.take_over(before)
        assert after.replies is before.replies
        other = Entry(before.answer._replace(body=BODY + b"!"), GENERATION, None, "newsroom")
        other.take_over(before)
        assert not other.is_compressed
