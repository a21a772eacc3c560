"""Files to import and how to import them, for the tests of this folder."""

from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings

from articles.importing.models import ImportedDocument, ImportRun
from articles.importing.pipeline import Options, Result, import_files

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


def write(folder: Path, name: str, text: str) -> Path:
    """A file of this name in ``folder``."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def run(*places: Path | str, **options: Any) -> list[Result]:
    """Import; what became of each document."""
    return list(import_files([str(place) for place in places], Options(**options)))


def every_row() -> dict[str, list[dict[str, Any]]]:
    """All that the site holds, but for the record of what imports did."""
    models = set(apps.get_app_config("articles").get_models()) - {ImportRun, ImportedDocument}
    return {model.__name__: list(model._default_manager.order_by("pk").values()) for model in models}
