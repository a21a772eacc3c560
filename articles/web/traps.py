"""What tells people from machines in a form that anybody may send, without a cookie and without a third party.

A form carries a signed time, and a field that only machines see and fill. The tag ``traps`` writes both.
"""

import time
from collections.abc import Mapping

from django.conf import settings
from django.core import signing
from django.utils.translation import gettext_lazy as _

TRAP, STAMP = "website", "stamp"
SALT = "articles.web.traps"
FILLED = _("The field “Website” has to stay empty. It is empty now: send the form again.")
QUICK = _("That was quicker than people write. Wait a few seconds, then send it again.")


def fault_of(sent: Mapping[str, str]) -> str:
    """Why a form that was sent seems to come from a machine, in words for a person; "" if it does not."""
    if sent.get(TRAP):
        return str(FILLED)
    least = settings.FORM_MIN_SECONDS
    shown_at = _time_of(sent.get(STAMP, ""))
    return str(QUICK) if least and (shown_at is None or time.time() - shown_at < least) else ""


def stamp_for(sent: Mapping[str, str]) -> str:
    """The signed time for a form that is shown: now, or for one that comes back when it was shown at first."""
    had = sent.get(STAMP, "")
    return had if _time_of(had) is not None else signing.dumps(int(time.time()), salt=SALT)


def _time_of(stamp: str) -> int | None:
    try:
        shown_at: int = signing.loads(stamp, salt=SALT)
    except signing.BadSignature:
        return None
    return shown_at
