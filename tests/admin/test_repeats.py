"""Edie decides whether two stories are the same."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission, User

from articles.catalogue.models import ArticleSource
from articles.importing.possible_repeats import PossibleRepeat
from tests.admin.sheets import messages_of
from tests.world import desk, edie, make_article, max_admin

pytestmark = pytest.mark.django_db

LIST = "/admin/articles/possiblerepeat/"


def make_repeat() -> PossibleRepeat:
    kept = make_article(headline="Kestrel opens", sources=["SCMP"])
    repeat = make_article(headline="A mast at last", status="draft", sources=["Nordlys"], body="Other <b>words</b>.")
    return PossibleRepeat.objects.create(article=repeat, other=kept, resemblance=0.634)


def page_of(repeat: PossibleRepeat) -> str:
    return f"{LIST}{repeat.pk}/change/"


def decide(repeat: PossibleRepeat, button: str, client: Any = None) -> Any:
    return (client or desk()).post(page_of(repeat), {button: "Yes"}, follow=True)


class ListTests:
    def test_open_pairs_come_first(self) -> None:
        decided, waiting = make_repeat(), make_repeat()
        decided.dismiss(by=edie())
        page = desk().get(LIST)
        assert list(page.context["cl"].result_list) == [waiting, decided]
        assert "63%" in page.text
        assert "Two stories" in page.text

    @pytest.mark.parametrize(("state", "count"), [("open", 1), ("same", 0), ("two", 1), ("odd", 2)])
    def test_filter(self, state: str, count: int) -> None:
        make_repeat().dismiss(by=edie())
        make_repeat()
        assert desk().get(LIST, {"state": state}).context["cl"].result_count == count


class DecideTests:
    def test_page_shows_both_stories_and_two_buttons(self) -> None:
        text = desk().get(page_of(make_repeat())).text
        assert "“A mast at last” came after “Kestrel opens”" in text
        assert "Draft. Source: Nordlys." in text
        assert "Published. Source: SCMP." in text
        assert "Other words." in text
        assert 'value="The same story"' in text
        assert 'value="Two stories"' in text

    def test_same_story(self) -> None:
        repeat = make_repeat()
        answer = decide(repeat, "_same")
        assert messages_of(answer) == ["Decided: the same story."]
        assert 'name="_same"' not in answer.text
        assert "decided by Edie Torres" in answer.text
        assert [link.source.name for link in ArticleSource.objects.filter(role="also")] == ["Nordlys"]

    def test_two_stories(self) -> None:
        repeat = make_repeat()
        assert messages_of(decide(repeat, "_two")) == ["Decided: two stories."]
        repeat.refresh_from_db()
        assert repeat.is_same is False

    def test_second_decision_is_refused_in_words(self) -> None:
        repeat = make_repeat()
        repeat.dismiss(by=edie())
        answer = decide(repeat, "_same", desk(max_admin()))
        assert messages_of(answer) == ["Somebody has decided on these two stories already."]
        assert not ArticleSource.objects.filter(role="also").exists()

    def test_nobody_adds_or_deletes_a_pair(self) -> None:
        repeat = make_repeat()
        client = desk(max_admin())
        assert client.get(f"{LIST}add/").status_code == 403
        assert client.post(f"{LIST}{repeat.pk}/delete/", {"post": "yes"}).status_code == 403

    def test_who_may_only_look_does_not_decide(self) -> None:
        onlooker = User.objects.create_user("olga", is_staff=True)
        onlooker.user_permissions.add(Permission.objects.get(codename="view_possiblerepeat"))
        repeat = make_repeat()
        assert 'name="_same"' not in desk(onlooker).get(page_of(repeat)).text
        assert decide(repeat, "_same", desk(onlooker)).status_code == 403

    def test_pair_that_is_not_there(self) -> None:
        assert desk().get(f"{LIST}999/change/").status_code == 404
