"""Who may send a form that needs no account."""

import pytest
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from articles.web.origin import anonymous_act, is_same_origin
from tests.world import rita, sam

OWN = "http://testserver"


@anonymous_act
def act(request: HttpRequest) -> HttpResponse:
    """An act that anyone may do."""
    return HttpResponse("done")


class IsSameOriginTests:
    @pytest.mark.parametrize(
        ("headers", "is_same"),
        [
            ({"Sec-Fetch-Site": "same-origin"}, True),
            ({"Sec-Fetch-Site": "same-site"}, False),
            ({"Sec-Fetch-Site": "cross-site"}, False),
            ({"Sec-Fetch-Site": "none"}, False),
            ({"Sec-Fetch-Site": ""}, False),
            ({"Sec-Fetch-Site": "cross-site", "Origin": OWN}, False),
            ({"Sec-Fetch-Site": "same-origin", "Origin": "null"}, True),
            ({"Origin": OWN}, True),
            ({"Origin": "https://testserver"}, False),
            ({"Origin": "http://testserver:8080"}, False),
            ({"Origin": "http://testserver.elsewhere.example"}, False),
            ({"Origin": "https://elsewhere.example"}, False),
            ({"Origin": "null"}, False),
            ({"Origin": ""}, False),
            ({"Referer": f"{OWN}/about/"}, False),
            ({}, False),
        ],
    )
    def test_only_the_browsers_own_word_counts(self, headers: dict[str, str], *, is_same: bool) -> None:
        assert is_same_origin(RequestFactory().post("/", headers=headers)) is is_same

    def test_scheme_counts(self) -> None:
        factory = RequestFactory()
        assert is_same_origin(factory.post("/", secure=True, headers={"Origin": "https://testserver"}))
        assert not is_same_origin(factory.post("/", secure=True, headers={"Origin": OWN}))


@pytest.mark.django_db
class AnonymousActTests:
    def test_form_of_this_site_is_taken_without_a_token(self) -> None:
        client = Client(enforce_csrf_checks=True, headers={"Sec-Fetch-Site": "same-origin"})
        assert client.post("/settings/", {"theme": "dark", "text": "m"}).status_code == 302

    def test_form_of_another_site_is_refused_in_words(self) -> None:
        response = sam().post("/settings/", {"theme": "dark", "text": "m"})
        assert response.status_code == 403
        assert "not sent from a page of this site" in response.content.decode()
        assert not response.cookies

    @pytest.mark.parametrize("headers", [{}, {"Origin": "null"}])
    def test_program_that_does_not_say_where_it_comes_from_is_refused(self, headers: dict[str, str]) -> None:
        assert act(RequestFactory().post("/", headers=headers)).status_code == 403

    def test_reading_is_free_to_all(self) -> None:
        for method in ("get", "head", "options"):
            assert act(getattr(RequestFactory(), method)("/")).content == b"done"
        assert sam().get("/settings/").status_code == rita().get("/settings/").status_code == 200

    @pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
    def test_every_other_method_is_held_to_it(self, method: str) -> None:
        request = getattr(RequestFactory(), method)("/", headers={"Sec-Fetch-Site": "cross-site"})
        assert act(request).status_code == 403


class SignedInUserTests:
    def test_an_anonymous_act_sees_no_user(self) -> None:
        seen = []

        @anonymous_act
        def view(request: HttpRequest) -> HttpResponse:
            seen.append(request.user.is_authenticated)
            return HttpResponse()

        request = RequestFactory().post("/", headers={"Sec-Fetch-Site": "same-origin"})
        request.user = User(username="edie")
        view(request)
        assert seen == [False]
