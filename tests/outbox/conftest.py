"""A folder for the errands of each test."""

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def errands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which the tasks of ``errands`` leave their traces."""
    monkeypatch.setenv("ERRANDS", str(tmp_path))
    return tmp_path
