"""How often something may be done in an hour, counted in the shared cache.

Two windows of an hour are kept, and the one before counts for the part of it that lies less than an hour back: so
nobody gets twice as much by waiting for the stroke of the hour. A cache that is away limits nobody.
"""

import hmac
import logging
import secrets
import time
from collections.abc import Mapping
from math import ceil

from django.core.cache import cache
from django.utils import timezone

log = logging.getLogger(__name__)

HOUR = 3600
DAY = 24 * HOUR


def seconds_to_wait(limits: Mapping[str, int]) -> int:
    """Count one act against each of ``limits``, the most acts in an hour by key; 0 says that it may be done.

    Otherwise nothing is counted, and one will be let through after so many seconds. A limit of 0 is none. The cache
    gets no key as it is: a key may hold what nobody should find there.
    """
    counted: list[str] = []
    try:
        for key, most in {_disguised(key): most for key, most in limits.items() if most}.items():
            wait = _count(key, most)
            if wait:
                for earlier in counted:
                    cache.decr(earlier)
                return wait
            counted.append(_window(key))
    except Exception:
        log.exception("The cache can't count; nothing is limited")
    return 0


def _disguised(text: str) -> str:
    """``text`` as a key from which nobody can tell it: hashed with a salt of the day, which the cache alone knows."""
    salt = cache.get_or_set(f"salt:{timezone.localdate()}", secrets.token_hex, DAY)
    return hmac.digest(str(salt).encode(), text.encode(), "sha256").hex()[:32]


def _count(key: str, most: int) -> int:
    """Count one act, unless it has to wait; then the seconds."""
    name, part = _window(key), time.time() % HOUR / HOUR
    cache.add(name, 0, 2 * HOUR)
    here = cache.incr(name)
    before = cache.get(_window(key, 1), 0)
    if before * (1 - part) + here <= most:
        return 0
    cache.decr(name)
    return ceil(HOUR * max(_rest(before, here - 1, most, part), 0)) + 1


def _rest(before: int, here: int, most: int, part: float) -> float:
    """How much of an hour has to pass until one more fits, with ``part`` of the window gone."""
    if here < most:
        return 1 - (most - 1 - here) / before - part
    return 1 - part + 1 - (most - 1) / here


def _window(key: str, ago: int = 0) -> str:
    return f"limit:{key}:{int(time.time() // HOUR) - ago}"
