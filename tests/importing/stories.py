"""Files to import, for the tests of this folder."""

from pathlib import Path

from django.conf import settings

FIXTURES: Path = settings.BASE_DIR / "fixtures"
SEED = FIXTURES / "seeds" / "000_aa4c654beb1b2aa2.txt"
SEED_TITLE = "Xiaomi Partners with Indian Manufacturer Padget Electronics"

STATEMENT = (
    "Our news stories are fact-checked by our team, and presented with the help of AI. If you notice any errors in our "
    "product reviews or news stories, please email us at Your input will be important."
)


def export(*lines: str) -> str:
    """A page of the old site as text: ``lines`` between the page chrome, a blank line after each."""
    return "\n\n".join(["top of page", *lines, "bottom of page"])


def story(front: str = "headline: Kestrel opens a station", body: str = "It has two now.") -> str:
    """A Markdown story."""
    return f"---\n{front}\n---\n{body}\n"
