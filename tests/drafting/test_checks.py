"""What the system check says of the settings for a drafting server."""

import sys
from decimal import Decimal
from subprocess import run
from typing import Any

import pytest

from articles.drafting import checks
from articles.drafting.checks import drafting_is_set_up

GOOD = "https://api.example/v1"


def faults(settings: Any, **changes: Any) -> list[str | None]:
    for name, value in {"BASE_URL": GOOD, **changes}.items():
        setattr(settings, f"DRAFTING_{name}", value)
    return [message.id for message in drafting_is_set_up(None)]


class SettingsTests:
    def test_site_without_a_server_has_nothing_to_be_faulted(self, settings: Any) -> None:
        assert faults(settings, BASE_URL="", TIMEOUT=0, MAX_TOKENS=0) == []

    @pytest.mark.parametrize("address", [GOOD, "http://127.0.0.1:11434/v1", "http://[::1]:8000/v1", "http://llm/v1"])
    def test_server_of_the_operators_own_choice(self, settings: Any, address: str) -> None:
        assert faults(settings, BASE_URL=address, API_KEY="sk-1_a.b") == []

    @pytest.mark.parametrize(
        "address",
        [
            "api.example/v1",
            "ftp://api.example/v1",
            "file:///etc/passwd",
            "https://",
            "https://me:secret@api.example/v1",
            "https://api.example/v1?key=secret",
            "https://api.example:port/v1",
            "https://[::1/v1",
        ],
    )
    def test_what_is_no_plain_address(self, settings: Any, address: str) -> None:
        assert faults(settings, BASE_URL=address) == ["articles.E102"]

    @pytest.mark.parametrize(
        ("changes", "fault"),
        [
            ({"API_KEY": "sk-…"}, "articles.E103"),
            ({"API_KEY": "sk-1\nX-Other: 2"}, "articles.E103"),
            ({"TIMEOUT": 0.0}, "articles.E104"),
            ({"MAX_TOKENS": 100}, "articles.E105"),
            ({"DAILY_TOKENS": 11_999}, "articles.E106"),
            ({"PRICE_IN": Decimal(-1)}, "articles.E107"),
            ({"DAILY_COST": Decimal(5)}, "articles.W101"),
        ],
    )
    def test_what_cannot_work(self, settings: Any, changes: dict[str, Any], fault: str) -> None:
        assert faults(settings, **changes) == [fault]

    def test_prices_make_a_ceiling_work(self, settings: Any) -> None:
        assert faults(settings, DAILY_COST=Decimal(5), PRICE_OUT=Decimal(10)) == []

    def test_no_message_repeats_a_key(self, settings: Any) -> None:
        faults(settings, BASE_URL="https://me:secret@api.example/", API_KEY="sk-secret\n")
        assert "secret" not in str(drafting_is_set_up(None))

    def test_missing_sdk(self, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(checks, "find_spec", lambda _: None)
        assert faults(settings) == ["articles.E101"]
        (message,) = drafting_is_set_up(None)
        assert "extra “openai”" in str(message.hint)


class ExtraTests:
    def test_site_without_a_server_never_loads_the_sdk(self) -> None:
        code = (
            "import sys; sys.modules['openai'] = sys.modules['httpx'] = None\n"
            "import django; django.setup()\n"
            "from django.core.management import call_command; call_command('check')\n"
            "import articles.urls, articles.drafting.drafts"
        )
        done = run(
            [sys.executable, "-c", code],
            env={"DJANGO_SETTINGS_MODULE": "tests.settings", "PATH": ""},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
