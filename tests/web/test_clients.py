"""Where a request comes from."""

import pytest
from django.test import RequestFactory
from pytest_django import Settings

from articles.web.clients import network_of


def network(peer: str, forwarded: str = "") -> str:
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    return network_of(RequestFactory(REMOTE_ADDR=peer).get("/", headers=headers))


class NetworkOfTests:
    @pytest.mark.parametrize(
        ("peer", "expected"),
        [
            ("203.0.113.77", "203.0.113.0/24"),
            ("2001:db8:1:2:3:4:5:6", "2001:db8:1::/48"),
            ("::ffff:203.0.113.77", "203.0.113.0/24"),
            ("fe80::1%eth0", "fe80::/48"),
            ("", ""),
            ("/run/site.sock", ""),
        ],
    )
    def test_prefix_of_the_address(self, peer: str, expected: str) -> None:
        assert network(peer) == expected

    @pytest.mark.parametrize(
        ("proxies", "forwarded", "expected"),
        [
            (0, "198.51.100.1", "203.0.113.0/24"),
            (1, "", "203.0.113.0/24"),
            (1, "192.0.2.9, 198.51.100.1", "198.51.100.0/24"),
            (2, "192.0.2.9, 198.51.100.1, 10.0.0.1", "198.51.100.0/24"),
            (2, "198.51.100.1", "198.51.100.0/24"),
            (1, "198.51.100.1:5000", "198.51.100.0/24"),
            (1, "[2001:db8:7::1]:5000", "2001:db8:7::/48"),
            (1, "unknown", ""),
            (1, " , 198.51.100.1 ,", "198.51.100.0/24"),
        ],
    )
    def test_only_what_trusted_proxies_add_counts(
        self, settings: Settings, proxies: int, forwarded: str, expected: str
    ) -> None:
        settings.TRUSTED_PROXIES = proxies
        assert network("203.0.113.77", forwarded) == expected
