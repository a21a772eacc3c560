"""Web addresses, made whole and compared."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.importing.addresses import canonical, host_of, web_address

# How long an example takes says more of the machine than of the parser.
UNHURRIED = settings(deadline=None)


class WebAddressTests:
    @pytest.mark.parametrize(
        ("stated", "whole"),
        [
            (" https://a.example/x ", "https://a.example/x"),
            ("/x?y=1#z", "https://base.example/x?y=1#z"),
            ("x", "https://base.example/news/x"),
            ("//b.example/", "https://b.example/"),
            ("http://a.example/a b\u00a0c", "http://a.example/a%20b%C2%A0c"),
            ('http://a.example/"<x>', "http://a.example/%22%3Cx%3E"),
        ],
    )
    def test_made_whole(self, stated: str, whole: str) -> None:
        assert web_address(stated, "https://base.example/news/1") == whole

    @pytest.mark.parametrize(
        "stated", ["", "x", "javascript:alert(1)", "ftp://a.example/", "http://", "http://[x", "http://a:99999/", "/x"]
    )
    def test_none_without_a_base(self, stated: str) -> None:
        assert web_address(stated) == ""

    def test_nothing_is_not_the_base(self) -> None:
        assert web_address(" ", "https://a.example/") == ""

    def test_one_that_no_column_holds_is_none(self) -> None:
        assert web_address("https://a.example/" + "x" * 1000) == ""

    @UNHURRIED
    @given(st.text(), st.text())
    def test_no_text_is_an_error(self, stated: str, base: str) -> None:
        assert web_address(stated, base).startswith(("http://", "https://", "HTTP")) or web_address(stated, base) == ""
        canonical(stated)
        host_of(stated)


class CanonicalTests:
    @pytest.mark.parametrize(
        "other",
        [
            "http://a.example/story",
            "https://www.a.example/story/",
            "https://a.example:443/story#comments",
            "https://A.example/story?utm_source=rss&utm_medium=feed",
            " https://a.example/story?fbclid=x ",
        ],
    )
    def test_same_page(self, other: str) -> None:
        assert canonical(other) == canonical("https://a.example/story")

    @pytest.mark.parametrize(
        "other",
        [
            "https://a.example/Story",
            "https://a.example/story?page=2",
            "https://a.example:8080/story",
            "https://b.example/story",
        ],
    )
    def test_other_page(self, other: str) -> None:
        assert canonical(other) != canonical("https://a.example/story")

    def test_nothing_stays_nothing(self) -> None:
        assert canonical("") == ""


class HostTests:
    def test_host(self) -> None:
        assert host_of("https://www.a.example:8080/x") == "a.example"
        assert host_of("") == host_of("x") == host_of("http://[") == ""
