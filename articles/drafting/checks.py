"""System check of the settings for a drafting server."""

from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register  # noqa: A004 (Django's own name)

from articles.drafting.prompt import INSTRUCTIONS, estimate_tokens
from articles.drafting.providers import has_server

# The instructions, an answer, and a story of some length.
FEWEST_TOKENS = estimate_tokens(INSTRUCTIONS) + 3000


@register(Tags.compatibility)
def drafting_is_set_up(app_configs: Any, **kwargs: Any) -> Sequence[CheckMessage]:
    """Report what keeps the drafting server from being asked; nothing where the site has none."""
    return [*_faults()] if has_server() else []


def _faults() -> Iterator[CheckMessage]:
    if find_spec("openai") is None:
        yield Error(
            "DRAFTING_BASE_URL is set, and the SDK that asks the server is not installed.",
            hint="Install the extra “openai”, for example with `uv sync --extra openai`, or unset DRAFTING_BASE_URL.",
            id="articles.E101",
        )
    if not _is_plain_address(settings.DRAFTING_BASE_URL):
        yield Error(
            "DRAFTING_BASE_URL is not an address such as https://api.example/v1.",
            hint="It starts with http:// or https:// and holds no password; a key goes in DRAFTING_API_KEY.",
            id="articles.E102",
        )
    if not (settings.DRAFTING_API_KEY.isascii() and (settings.DRAFTING_API_KEY or "-").isprintable()):
        yield Error(
            "DRAFTING_API_KEY holds characters that cannot be sent.",
            hint="Copy the key again: it is made of letters, digits and signs.",
            id="articles.E103",
        )
    yield from _faulty_ceilings()


def _faulty_ceilings() -> Iterator[CheckMessage]:
    if settings.DRAFTING_TIMEOUT <= 0:
        yield Error("DRAFTING_TIMEOUT has to be more than 0 seconds.", id="articles.E104")
    if settings.DRAFTING_MAX_TOKENS < FEWEST_TOKENS:
        yield Error(
            f"DRAFTING_MAX_TOKENS has to be {FEWEST_TOKENS} at least: a draft takes no fewer.", id="articles.E105"
        )
    if settings.DRAFTING_DAILY_TOKENS < settings.DRAFTING_MAX_TOKENS:
        yield Error("DRAFTING_DAILY_TOKENS has to be DRAFTING_MAX_TOKENS at least.", id="articles.E106")
    prices = (settings.DRAFTING_PRICE_IN, settings.DRAFTING_PRICE_OUT)
    if min(*prices, settings.DRAFTING_DAILY_COST) < 0:
        yield Error("Prices and ceilings cannot be less than 0.", id="articles.E107")
    if settings.DRAFTING_DAILY_COST and not any(prices):
        yield Warning(
            "DRAFTING_DAILY_COST has no effect without prices.",
            hint="Set DRAFTING_PRICE_IN and DRAFTING_PRICE_OUT to what a million tokens cost.",
            id="articles.W101",
        )


def _is_plain_address(text: str) -> bool:
    try:
        address = urlsplit(text)
        _ = address.port
    except ValueError:
        return False
    is_bare = not (address.username or address.password or address.query or address.fragment)
    return address.scheme in ("http", "https") and bool(address.hostname) and is_bare
