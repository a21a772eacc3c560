"""The pages about the publication."""

import pytest

from articles.catalogue.models import SiteStatement
from articles.reading.about import StatementParts, statement_parts
from tests.world import rita

STATEMENT = (
    "We check our facts. If you notice any errors in our stories, please email us at  Your input will be important."
)


class StatementPartsTests:
    def test_lost_address_is_found(self) -> None:
        assert statement_parts(STATEMENT) == StatementParts(
            "We check our facts.", "If you notice any errors in our stories", "Your input will be important."
        )

    def test_address_that_is_there_stays(self) -> None:
        whole = "Errors? Please email us at desk@example.org. Thank you."
        assert statement_parts(whole) == StatementParts(whole, "", "")

    def test_lost_address_at_the_very_end(self) -> None:
        assert statement_parts("If you see errors, please e-mail us at ").ask == "If you see errors"


@pytest.mark.django_db
class AboutTests:
    def test_statement_leads_to_the_form(self) -> None:
        SiteStatement.objects.create(text=STATEMENT)
        page = rita().get("/about/").content.decode()
        assert "We check our facts." in page
        assert "email us" not in page
        assert 'If you notice any errors in our stories, please <a href="/report/">tell us here</a>.' in page

    def test_no_statement_no_section(self) -> None:
        assert "standing statement" not in rita().get("/about/").content.decode()

    @pytest.mark.parametrize("address", ["/about/corrections/", "/about/ai/", "/about/privacy/"])
    def test_pages_answer_without_a_query(self, address: str, django_assert_num_queries: object) -> None:
        with django_assert_num_queries(0):  # type: ignore[operator]
            assert rita().get(address).status_code == 200
