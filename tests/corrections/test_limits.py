"""Reports are taken from people, and not without measure."""

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings

from articles.corrections.models import Report
from tests.world import SAME_ORIGIN, make_article, rita

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true", "HX-Target": "report-form"}


@pytest.fixture(autouse=True)
def _one_proxy(settings: Settings) -> None:
    settings.TRUSTED_PROXIES = 1


def browser(address: str) -> Client:
    return Client(headers={**SAME_ORIGIN, "X-Forwarded-For": address})


def send(what: str, path: str = "/report/", address: str = "192.0.2.1", **more: Any) -> HttpResponse:
    return browser(address).post(path, {"kind": "fact", "what": what, **more})  # type: ignore[return-value]


class LimitTests:
    def test_ten_an_hour_from_one_network(self) -> None:
        answers = [send(f"Fault {number}.", address=f"192.0.2.{number}").status_code for number in range(11)]
        assert answers == [303] * 10 + [429]
        assert send("Fault 12.", address="198.51.100.1").status_code == 303

    def test_refusal_says_when_and_loses_nothing(self) -> None:
        for number in range(10):
            send(f"Fault {number}.")
        page = send("My <words>.", url="https://a.example/1")
        assert int(page.headers["Retry-After"]) > 0
        assert "send it again after" in page.content.decode()
        assert "My &lt;words&gt;.</textarea>" in page.content.decode()
        assert 'value="https://a.example/1"' in page.content.decode()
        assert Report.objects.count() == 10

    def test_refusal_comes_as_a_fragment_too(self) -> None:
        for number in range(10):
            send(f"Fault {number}.")
        client = Client(headers={**SAME_ORIGIN, **HTMX, "X-Forwarded-For": "192.0.2.1"})
        page = client.post("/report/", {"kind": "fact", "what": "One more."})
        assert page.status_code == 429
        assert page.text.lstrip().startswith("<title>Error: ")
        assert "One more.</textarea>" in page.text

    def test_limit_of_a_story(self, settings: Settings) -> None:
        settings.SENT_PER_STORY = 2
        path = f"{make_article().get_absolute_url()}report/"
        answers = [send(f"{number}", path, f"10.0.{number}.1").status_code for number in range(3)]
        assert answers == [303, 303, 429]
        assert send("4", f"{make_article().get_absolute_url()}report/", "10.0.2.1").status_code == 303

    def test_limits_can_be_lifted(self, settings: Settings) -> None:
        settings.SENT_PER_NETWORK = settings.SENT_PER_STORY = 0
        assert {send(f"Fault {number}.").status_code for number in range(15)} == {303}

    def test_mistakes_in_the_form_do_not_count(self) -> None:
        for _ in range(15):
            assert send("").status_code == 422
        assert send("Fault.").status_code == 303

    def test_forwarded_address_means_nothing_without_a_proxy(self, settings: Settings) -> None:
        settings.TRUSTED_PROXIES = 0
        answers = [send(f"Fault {number}.", address=f"10.0.{number}.1").status_code for number in range(11)]
        assert answers[-1] == 429

    def test_same_words_are_taken_three_times(self) -> None:
        words = "Buy the best watches of the world from us, cheap and fast."
        paths = [f"{make_article().get_absolute_url()}report/" for _ in range(4)]
        answers = [send(f"{words} {' ' * n}", path, f"10.0.{n}.1").status_code for n, path in enumerate(paths)]
        assert answers == [303, 303, 303, 429]

    def test_short_words_may_be_the_same(self) -> None:
        paths = [f"{make_article().get_absolute_url()}report/" for _ in range(5)]
        assert {send("Typo.", path, f"10.0.{n}.1").status_code for n, path in enumerate(paths)} == {303}

    def test_links_are_limited(self) -> None:
        page = send("See http://a.example https://b.example HTTPS://c.example http://d.example")
        assert page.status_code == 422
        assert "Keep to 3 links." in page.content.decode()
        assert send("See http://a.example https://b.example https://c.example").status_code == 303


class TrapTests:
    def test_form_carries_a_time_and_a_hidden_field(self) -> None:
        page = rita().get("/report/").text
        assert 'name="stamp" value="' in page
        assert 'name="website"' in page

    def test_filled_trap_is_refused_in_words_and_nothing_is_lost(self) -> None:
        page = send("My words.", website="https://spam.example")
        assert page.status_code == 422
        assert "has to stay empty" in page.content.decode()
        assert "My words.</textarea>" in page.content.decode()
        assert "spam.example" not in page.content.decode()
        assert not Report.objects.exists()

    def test_too_quick_is_refused_and_goes_through_a_little_later(self, settings: Settings) -> None:
        settings.FORM_MIN_SECONDS = 3
        page = send("My words.")
        assert page.status_code == 422
        assert "quicker than people write" in page.content.decode()
        assert not Report.objects.exists()
