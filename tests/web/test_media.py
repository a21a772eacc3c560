"""Uploaded pictures."""

from pathlib import Path

import pytest
from pytest_django import Settings

from tests.world import rita

pytestmark = pytest.mark.django_db  # closing a file's answer looks at the database's connection


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, settings: Settings) -> None:
    folder = tmp_path / "media"
    folder.mkdir()
    (folder / "dish.png").write_bytes(b"\x89PNG")
    (tmp_path / "secret.txt").write_text("secret")
    settings.MEDIA_ROOT = folder


class MediaTests:
    def test_picture_is_served_with_its_type_and_kept_for_a_day(self) -> None:
        response = rita().get("/media/dish.png")
        assert b"".join(response) == b"\x89PNG"
        assert response["Content-Type"] == "image/png"
        assert response["Cache-Control"] == "public, max-age=86400"
        response.close()

    @pytest.mark.parametrize("path", ["nothing.png", "../secret.txt", "%2e%2e/secret.txt"])
    def test_nothing_else_is_served(self, path: str) -> None:
        assert rita().get(f"/media/{path}").status_code in (400, 404)
