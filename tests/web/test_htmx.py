"""The seam between pages and fragments."""

import pytest
from django.test import RequestFactory

from articles.web.htmx import wanted_fragment
from tests.world import make_article, rita

HTMX = {"HX-Request": "true"}


class WantedFragmentTests:
    @pytest.mark.parametrize(
        ("headers", "fragment"),
        [
            ({**HTMX, "HX-Target": "results"}, "results"),
            ({**HTMX, "HX-Target": "results--some-story"}, "results"),
            ({**HTMX, "HX-Target": "results--"}, "results"),
            ({**HTMX, "HX-Target": "other"}, ""),
            ({**HTMX, "HX-Target": ""}, ""),
            (HTMX, ""),
            ({}, ""),
            ({"HX-Target": "results"}, ""),
            ({"HX-Request": "yes", "HX-Target": "results"}, ""),
            ({**HTMX, "HX-Target": "results", "HX-Boosted": "true"}, ""),
            ({**HTMX, "HX-Target": "results", "HX-History-Restore-Request": "true"}, ""),
        ],
    )
    def test_the_view_decides_what_the_client_may_have(self, headers: dict[str, str], fragment: str) -> None:
        request = RequestFactory().get("/", headers=headers)
        assert wanted_fragment(request, ("results", "points")) == fragment


@pytest.mark.django_db
class RenderPageTests:
    def test_page_and_fragment_are_told_apart_by_caches(self) -> None:
        address = f"{make_article(bullets=['A point.']).get_absolute_url()}brief/"
        page = rita().get(address)
        fragment = rita().get(address, headers={**HTMX, "HX-Target": "points--1"})
        assert b"<html" in page.content
        assert b"<html" not in fragment.content
        assert b"A point." in page.content
        assert b"A point." in fragment.content
        for response in (page, fragment):
            assert {"HX-Request", "HX-Target"} <= set(response["Vary"].split(", "))

    def test_page_without_fragments_is_one_for_all(self) -> None:
        assert "HX-Request" not in rita().get("/about/", headers=HTMX).get("Vary", "")
