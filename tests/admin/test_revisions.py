"""The record of what was published: to read, not to touch."""

import pytest

from articles.revisions.models import Revision
from tests.world import desk, make_article, max_admin

pytestmark = pytest.mark.django_db

LIST = "/admin/articles/revision/"


class RevisionAdminTests:
    def test_record_is_read(self) -> None:
        make_article(headline="Kestrel <opens>", bullets=["One.", "Two."])
        revision = Revision.objects.get()
        assert "Kestrel &lt;opens&gt;" in desk().get(LIST).text
        page = desk().get(f"{LIST}{revision.pk}/change/").text
        for words in ("1. One.", "2. Two.", "Edie Torres", "second ground station"):
            assert words in page

    def test_nobody_writes_rewrites_or_deletes_it(self) -> None:
        make_article(headline="Kestrel opens")
        revision = Revision.objects.get()
        client = desk(max_admin())
        assert client.get(f"{LIST}add/").status_code == 403
        assert client.post(f"{LIST}{revision.pk}/change/", {"headline": "Else"}).status_code == 403
        assert client.post(f"{LIST}{revision.pk}/delete/", {"post": "yes"}).status_code == 403
        client.post(LIST, {"action": "delete_selected", "_selected_action": [revision.pk], "post": "yes"})
        revision.refresh_from_db()
        assert revision.text.headline == "Kestrel opens"
