"""Places under other names: a country and its people, an American state and its abbreviations."""

import re
from collections.abc import Iterable, Iterator

from articles.summaries.lexicon import DEMONYMS, STATES

COUNTRY_ENDINGS = frozenset(
    ["", *"a and e en ey i ia ium land lands o os stan istan y s as us on al ica iland".split()]
)
PEOPLE_ENDINGS = frozenset(
    "an ans ar ean eans ese er ers i ian ians ic ine ines ish is ite ites n ns nese nian nians nish no tish vian vians"
    " wegian in ins ch uese uguese lander landers".split()
)
# "Spokane, Wash.", "Norfolk, VA", "Sen. Ann Lee, D-Md."
STATE = re.compile(rf"(?:(?<=, )|(?<=\b[DRI]-))(?:{'|'.join(map(re.escape, STATES))})(?!\w)")


def states_in(text: str) -> list[str]:
    """The words of the names of the states that ``text`` abbreviates."""
    return [word for match in STATE.finditer(text) for word in STATES[match[0]].split()]


def kindred(low: str, names: Iterable[str]) -> Iterator[str]:
    """Those of ``names`` that name the same place as ``low`` does, or its people; all in lower case."""
    country = DEMONYMS.get(low, low)
    for form in names:
        if DEMONYMS.get(form, form) == country or are_kin(low, form):
            yield form


def are_kin(one: str, other: str) -> bool:
    """Whether one names a place and the other its people: India and Indian, Italy and Italian."""
    size = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    if size < 3 or size < min(len(one), len(other)) - 3:
        return False
    ends = (one[size:], other[size:])
    return any(place in COUNTRY_ENDINGS and people in PEOPLE_ENDINGS for place, people in (ends, ends[::-1]))
