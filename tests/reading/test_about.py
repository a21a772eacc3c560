"""The pages about the publication."""

import pytest
from pytest_django import Settings

from articles.catalogue.models import SiteStatement
from articles.corrections.notices import Kind, Severity
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


class AboutCorrectionsTests:
    def page(self) -> str:
        return rita().get("/about/corrections/").text

    def test_names_every_kind_of_notice_and_every_severity(self) -> None:
        page = self.page().replace("’", "'")
        for words in [*Kind.labels, *(severity.value.capitalize() for severity in Severity)]:
            assert f'<th scope="row">{words}</th>' in page

    def test_leads_to_the_log_and_the_record(self) -> None:
        assert 'href="/corrections/"' in self.page()
        assert 'href="/corrections/record/"' in self.page()

    def test_address_of_a_person_where_there_is_one(self, settings: Settings) -> None:
        assert "mailto:" not in self.page()
        settings.CONTACT_EMAIL = "people@example.org"
        assert '<a href="mailto:people@example.org">people@example.org</a>' in self.page()

    def test_mails_are_promised_where_mail_is_set_up(self, settings: Settings) -> None:
        assert "ask for a mail" not in self.page()
        settings.EMAIL_IS_SET_UP = True
        assert "ask for a mail" in self.page()
