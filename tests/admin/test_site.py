"""The admin as a whole: what it calls itself, and that it stands under the site's strict policy."""

import re

import pytest
from django.test import Client

from articles.corrections.models import Report
from articles.web.headers import CONTENT_SECURITY_POLICY
from tests.world import desk, make_review, max_admin

pytestmark = pytest.mark.django_db

INLINE = re.compile(
    r"<[^>]*\s(?:style|on\w+)=|<style|<script(?![^>]*\ssrc=)(?![^>]*application/json)[^>]*>", re.IGNORECASE
)
PAGES = [
    "",
    "articles/",
    "articles/article/",
    "articles/article/add/",
    "articles/article/{story}/change/",
    "articles/article/{story}/history/",
    "articles/article/{story}/summary/",
    "articles/article/{story}/withdraw/",
    "articles/report/",
    "articles/report/{report}/change/",
    "articles/importrun/",
    "articles/importrun/add/",
    "articles/proposedchange/",
    "articles/queuedtask/",
    "articles/revision/",
    "articles/correction/",
    "articles/proposedcorrection/",
    "articles/source/",
    "articles/source/add/",
    "articles/topic/add/",
    "articles/sitestatement/add/",
    "auth/user/",
    "auth/user/add/",
    "password_change/",
]


class SiteTests:
    def test_admin_goes_by_the_name_of_the_site(self) -> None:
        page = Client().get("/admin/login/").text
        assert "<title>Log in | Newsroom</title>" in page
        assert "Django" not in page

    @pytest.mark.parametrize("path", PAGES)
    def test_page_holds_no_inline_script_or_style(self, path: str) -> None:
        story = make_review()
        report = Report.objects.create(kind="fact", what="It is 40.", article=story)
        page = desk(max_admin()).get("/admin/" + path.format(story=story.pk, report=report.pk))
        assert page.status_code == 200
        assert page.headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
        assert INLINE.findall(page.text) == []

    def test_finder_of_inline_script_can_fail(self) -> None:
        for wrong in (
            '<p style="x">',
            '<a href="#" onclick="x">',
            "<style>",
            "<script>x</script>",
            '<script type="module">',
        ):
            assert INLINE.search(wrong), wrong
        assert not INLINE.search('<script src="/static/x.js" async></script><p data-style="x">')
