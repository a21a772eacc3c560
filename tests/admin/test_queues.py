"""What waits for Edie: the queues of summaries, and the first page of the admin."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.catalogue.models import Article
from articles.corrections.models import Report
from articles.importing.possible_repeats import PossibleRepeat
from articles.summaries.models import Bullet
from articles.summaries.points import add_drafts
from articles.summaries.queues import QUEUES, next_in
from tests.admin.sheets import LIST
from tests.admin.summaries import drafted, path_of
from tests.world import NOON, desk, edie, make_article

pytestmark = pytest.mark.django_db

INDEX = "/admin/"


def waiting(client: Any = None) -> dict[str, int]:
    """What the first page of the admin says is waiting."""
    return {one.label: one.count for one in (client or desk()).get(INDEX).context["waiting"]}


def one_in_each_queue() -> dict[str, Article]:
    lost = make_article()
    Bullet.objects.filter(article=lost).update(under_review_at=NOON)
    return {"needs_summary": make_article(bullets=[]), "needs_approval": drafted(), "under_review": lost}


class ListTests:
    def test_each_queue_lists_its_stories_and_leads_to_their_summaries(self) -> None:
        for queue, article in one_in_each_queue().items():
            page = desk().get(LIST, {"summary": queue})
            assert list(page.context["cl"].result_list) == [article]
            assert re.search(rf'href="{path_of(article)}\?[^"]*queue={queue}', page.text)

    def test_any_other_list_leads_to_the_stories(self) -> None:
        article = drafted()
        for query in ({}, {"summary": "odd"}, {"status__exact": "draft"}):
            page = desk().get(LIST, query)
            assert list(page.context["cl"].result_list) == [article]
            assert f"{LIST}{article.pk}/change/" in page.text

    def test_queue_and_status_together(self) -> None:
        drafted(), drafted(status="published")
        page = desk().get(LIST, {"summary": "needs_approval", "status__exact": "published"})
        assert page.context["cl"].result_count == 1

    def test_form_of_a_story_leads_to_its_summary(self) -> None:
        article = drafted()
        assert f'href="{path_of(article)}"' in desk().get(f"{LIST}{article.pk}/change/").text


class NextTests:
    def test_order_is_that_of_the_list_and_goes_round(self) -> None:
        stories = [drafted(published_at=NOON) for _ in range(3)]
        order = list(QUEUES["needs_approval"].stories_in(Article.objects.newest_first()))
        assert order == stories[::-1]
        found = [next_in(QUEUES["needs_approval"], story) for story in order]
        assert found == [*order[1:], order[0]]

    def test_story_that_left_the_queue_still_has_a_next_one(self) -> None:
        article, other = make_article(), drafted(published_at=NOON)
        assert next_in(QUEUES["needs_approval"], article) == other
        assert next_in(QUEUES["needs_approval"], other) is None


class IndexTests:
    def test_everything_that_waits_is_counted(self) -> None:
        stories = one_in_each_queue()
        Report.objects.create(kind="fact", what="It is 40.", article=stories["under_review"])
        first, second = sorted((stories["needs_summary"], stories["under_review"]), key=lambda story: story.pk)
        PossibleRepeat.objects.create(article=second, other=first, resemblance=0.7)
        assert waiting() == {
            "Reports without an answer": 1,
            "Changes that imports propose": 0,
            "Possible repeats": 1,
            "Summaries: needs summary": 1,
            "Summaries: needs approval": 1,
            "Summaries: under review": 1,
        }

    def test_each_count_leads_to_its_list(self) -> None:
        one_in_each_queue()
        client = desk()
        for one in client.get(INDEX).context["waiting"]:
            page = client.get(one.url)
            assert page.status_code == 200
            assert page.context["cl"].result_count == one.count

    def test_decided_work_waits_no_more(self) -> None:
        first, second = make_article(), make_article()
        PossibleRepeat.objects.create(article=second, other=first, resemblance=0.7).dismiss(by=edie())
        assert set(waiting().values()) == {0}

    def test_editor_is_told_of_what_she_may_see(self) -> None:
        user = User.objects.create_user("olga", is_staff=True)
        assert waiting(desk(user)) == {}
        assert "What waits" not in desk(user).get(INDEX).text
        user.user_permissions.add(Permission.objects.get(codename="view_report"))
        assert list(waiting(desk(User.objects.get(pk=user.pk)))) == ["Reports without an answer"]

    def test_number_of_queries_does_not_grow_with_the_stories(self) -> None:
        client = desk()

        def count() -> int:
            with CaptureQueriesContext(connection) as queries:
                client.get(INDEX)
            return len(queries)

        few = count()
        for article in one_in_each_queue().values():
            add_drafts(article, ["A.", "B."], model="Abridger", prompt_version="")
        assert count() == few
        assert few <= 14
