"""What the site gives a browser for reading without a network."""

import json
import re

import pytest
from django.contrib.staticfiles import finders
from pytest_django import Settings

from articles.reading.offline import FILES, ICONS, shell
from tests.world import rita


class WorkerTests:
    def test_is_a_script_that_says_nothing_of_how_long_it_is_good_so_that_it_is_checked_at_each_visit(self) -> None:
        response = rita().get("/sw.js")
        assert response["Content-Type"].startswith("text/javascript")
        assert "Cache-Control" not in response

    def test_names_the_shell_and_its_files(self) -> None:
        text = rita().get("/sw.js").content.decode()
        urls, version = shell()
        assert f'"shell-{version}"' in text
        files = re.search(r"^const FILES = (.*);$", text, re.MULTILINE)
        assert files is not None
        assert json.loads(files[1].replace("\\u002D", "-")) == urls
        assert "{{" not in text
        assert "{%" not in text

    def test_switched_off_it_clears_up_and_goes(self, settings: Settings) -> None:
        settings.OFFLINE_READING = False
        text = rita().get("/sw.js").content.decode()
        assert "unregister" in text
        assert "fetch" not in text
        assert 'rel="manifest"' not in rita().get("/offline/").content.decode()

    @pytest.mark.parametrize("path", [*FILES, *(icon for icon, _, _ in ICONS)])
    def test_files_are_there(self, path: str) -> None:
        assert finders.find(path)


class ManifestTests:
    def test_says_what_installing_needs(self, settings: Settings) -> None:
        settings.SITE_NAME = "The Kestrel"
        response = rita().get("/manifest.webmanifest")
        assert response["Content-Type"] == "application/manifest+json"
        manifest = response.json()
        assert manifest["name"] == "The Kestrel"
        assert manifest["start_url"] == "/"
        assert {icon["sizes"] for icon in manifest["icons"]} == {"192x192", "512x512"}
        assert "maskable" in {icon["purpose"] for icon in manifest["icons"]}


class OfflinePageTests:
    def test_says_what_is_still_here(self) -> None:
        page = rita().get("/offline/").content.decode()
        assert "You are offline." in page
        assert "Your saved stories are still here." in page
        assert '<meta name="robots" content="noindex">' in page
