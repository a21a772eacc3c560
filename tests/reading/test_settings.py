"""Theme and text size."""

import pytest

from tests.world import edie, rita, sam

pytestmark = pytest.mark.django_db


class SettingsTests:
    def test_choice_is_kept_and_shown(self) -> None:
        client = rita()
        response = client.post("/settings/", {"theme": "dark", "text": "l"})
        assert response.cookies["reading"].value == "dark.l"
        page = client.get("/about/").content.decode()
        assert 'data-theme="dark" data-text="l"' in page

    def test_defaults_take_the_cookie_away(self) -> None:
        client = rita()
        client.post("/settings/", {"theme": "dark", "text": "l"})
        response = client.post("/settings/", {"theme": "auto", "text": "m"})
        assert response.cookies["reading"]["max-age"] == 0

    def test_unknown_values_fall_back(self) -> None:
        client = rita()
        client.cookies["reading"] = '"><script>.huge'
        assert '<html dir="ltr" lang="en">' in client.get("/about/").content.decode()

    def test_back_to_the_page_before(self) -> None:
        response = rita().post("/settings/", {}, headers={"Referer": "http://testserver/about/?x=1"})
        assert response["Location"] == "/about/?x=1"

    @pytest.mark.parametrize("referer", ["https://elsewhere.example/about/", "", "//elsewhere.example/"])
    def test_never_to_another_site(self, referer: str) -> None:
        assert rita().post("/settings/", {}, headers={"Referer": referer})["Location"] == "/settings/"

    def test_other_site_is_refused_in_words(self) -> None:
        response = sam().post("/settings/", {"theme": "dark"})
        assert response.status_code == 403
        assert not response.cookies
        assert "was not sent from a page of this site" in response.content.decode()

    def test_form_works_without_token_for_an_editor_too(self) -> None:
        client = rita()
        client.force_login(edie())
        assert client.post("/settings/", {"theme": "dark"}).status_code == 302
