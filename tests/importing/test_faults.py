"""A real import, killed: what was written is whole, and a second run completes it."""

from pathlib import Path

from tests.importing.faults import kill_and_complete


def test_import_killed_five_times_is_completed_without_a_half_or_a_double_story(tmp_path: Path) -> None:
    counts = kill_and_complete(tmp_path, seed=1, kills=5, files=150)
    assert 0 < counts[0] < counts[-1] < 150
