"""The page of a story, put together from what is kept of it."""

import pytest

from articles.catalogue.models import Article
from articles.reading.story_page import make_page, more_like, whole_pages
from tests.world import make_article

pytestmark = pytest.mark.django_db


class MoreLikeTests:
    def more(self, article: Article) -> list[str]:
        """What stands below the story."""
        page = make_page("page", whole_pages([article.pk])[article.pk])
        return [row.html for row in more_like(article, page)]

    def test_newest_of_the_same_topic_and_not_itself(self) -> None:
        article = make_article(topics=["Chips", "Phones"])
        make_article(headline="Bowl", topics=["Chips"])
        make_article(topics=["Phones"])
        make_article(topics=["Chips"], status="draft")
        (row,) = self.more(article)
        assert ">Bowl</a>" in row

    def test_story_without_topic_has_none(self) -> None:
        assert self.more(make_article(topics=[])) == []
