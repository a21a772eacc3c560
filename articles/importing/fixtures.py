"""Folders of stories that a new site starts with: each is loaded once."""

from pathlib import Path

from articles.importing.models import LoadedFixture
from articles.importing.pipeline import Options, Result, import_files


def load_once(folder: Path) -> list[Result]:
    """Import and publish the stories of ``folder`` unless that was done before; what became of each file.

    It counts as done once no file fails: what is removed later stays removed.
    """
    if not folder.is_dir() or LoadedFixture.objects.filter(name=folder.name).exists():
        return []
    results = list(import_files([str(folder)], Options(is_publishing=True)))
    if not any(result.is_error for result in results):
        LoadedFixture.objects.get_or_create(name=folder.name)
    return results
