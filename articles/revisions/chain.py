"""The chain of a story's versions: what is hashed, and how.

A hash is the SHA-256, in lower-case hexadecimal, of JSON in its canonical form (RFC 8785): names in the order of the
alphabet, no white space between tokens, UTF-8. The text of a version has a hash of its own, so that a text can be
taken out of the record and the chain still holds.
"""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any


@dataclass(frozen=True)
class Words:
    """The text of a version: its words and its visible bullets in their order."""

    headline: str
    standfirst: str
    byline: str
    body_markdown: str
    body_text: str
    bullets: tuple[str, ...]

    @property
    def hash(self) -> str:
        """The hash of the text."""
        return hash_of(asdict(self))


@dataclass(frozen=True)
class Link:
    """A version without its text: who published it when and why, the hashes of its text and of its public notice.

    ``notice_hash`` is "" for a version without a notice, ``previous_hash`` "" for the first.
    """

    number: int
    created_at: datetime
    by_name: str
    kind: str
    reason: str
    text_hash: str
    notice_hash: str
    previous_hash: str

    @property
    def hash(self) -> str:
        """The hash of the version, which the next one carries."""
        at = self.created_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        return hash_of({**asdict(self), "created_at": at})


def hash_of(content: dict[str, Any]) -> str:
    """The hash of texts, whole numbers, lists and objects of these."""
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
