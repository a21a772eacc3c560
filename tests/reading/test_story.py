"""What a story's page shows besides its words."""

import pytest

from articles.catalogue.models import Article, SiteStatement
from articles.reading.story import lead_and_rest, more_like, summary_note
from articles.summaries.models import Bullet, visible_points
from articles.summaries.points import import_points
from tests.world import make_article

AI = "Our news stories are presented with the help of AI."


class LeadAndRestTests:
    def split(self, html: str, standfirst: str = "") -> tuple[str, str]:
        return lead_and_rest(standfirst, html)

    def test_first_paragraph_is_taken_out(self) -> None:
        assert self.split("<p>One.</p>\n<p>Two.</p>") == ("One.", "<p>Two.</p>")

    def test_standfirst_leaves_the_body_whole(self) -> None:
        assert self.split("<p>One.</p>\n<p>Two.</p>", "Standing.") == (
            "Standing.",
            "<p>One.</p>\n<p>Two.</p>",
        )

    def test_single_paragraph_stays(self) -> None:
        assert self.split("<p>One.</p>") == ("", "<p>One.</p>")

    def test_body_that_starts_with_a_heading_stays(self) -> None:
        html = "<h2>Head</h2>\n<p>One.</p>"
        assert self.split(html) == ("", html)


@pytest.mark.django_db
class SummaryNoteTests:
    def note(self, article: Article, statement: str = AI) -> str:
        story = Article.objects.prefetch_related(visible_points()).get(pk=article.pk)
        return summary_note(story, SiteStatement(text=statement))

    def archived(self, **changes: object) -> Article:
        article = make_article(bullets=[], is_from_archive=True, **changes)
        import_points(article, ["A point."])
        return article

    def test_archived_points_stand_under_what_the_publication_says(self) -> None:
        assert self.note(self.archived()) == "imported"

    def test_nothing_is_said_of_ai_where_the_publication_does_not(self) -> None:
        assert self.note(self.archived(), "We write everything by hand. CAIRO.") == ""

    def test_nothing_is_said_of_samples(self) -> None:
        assert self.note(self.archived(is_sample=True)) == ""

    def test_points_of_an_editor_were_checked(self) -> None:
        assert self.note(make_article()) == "checked"

    def test_points_of_a_machine_were_drafted(self) -> None:
        article = make_article()
        Bullet.objects.update(origin="machine")
        assert self.note(article) == "drafted"

    def test_no_points_no_note(self) -> None:
        assert self.note(make_article(bullets=[])) == ""


@pytest.mark.django_db
class MoreLikeTests:
    def test_newest_of_the_same_topic_and_not_itself(self) -> None:
        article = make_article(topics=["Chips", "Phones"])
        other = make_article(topics=["Chips"])
        make_article(topics=["Phones"])
        make_article(topics=["Chips"], status="draft")
        assert list(more_like(article)) == [other]

    def test_story_without_topic_has_none(self) -> None:
        assert more_like(make_article(topics=[])) == []
