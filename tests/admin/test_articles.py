"""Edie writes, publishes, changes and withdraws stories in the admin."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.catalogue.models import Article, ArticleSource, ArticleTopic, FormerSlug, Source, Topic
from articles.importing.models import Original
from articles.revisions.models import Revision
from articles.summaries.models import Bullet
from articles.summaries.points import import_points
from tests.admin.sheets import LIST, Answers, errors_of, fresh, messages_of, points_of, save, send, sheet, story_path
from tests.world import desk, edie, make_article, make_review

pytestmark = pytest.mark.django_db

ADD = f"{LIST}add/"


class PassageTests:
    def test_passages_behind_a_point_stand_beside_it(self) -> None:
        article = make_article(
            headline="News from Tarn", bullets=["Kestrel has a second ground station.", "Bees dance."]
        )
        page = desk().get(story_path(article)).text
        assert "“Kestrel has switched on a second ground station.”" in page
        assert "Still right" not in page

    def test_edie_finds_a_point_under_review_still_right(self) -> None:
        article = make_article(headline="News from Tarn", bullets=["Kestrel has a second ground station."])
        change = {"body_markdown": "Kestrel has built a second ground station.", "change_kind": "minor"}
        save(article, change_reason="It was built.", **change)
        bullet = Bullet.objects.get()
        assert bullet.under_review_at
        page = desk().get(story_path(article)).text
        assert "Under review: the story has lost a passage behind this point." in page
        assert "Still right" in page
        save(article, **{"bullets-0-is_checked": "on"})
        bullet.refresh_from_db()
        assert bullet.under_review_at is None
        assert [found.exact for found in bullet.evidence.all()] == ["Kestrel has built a second ground station."]
        assert Revision.objects.filter(article=article).count() == 2

    def test_saving_without_a_look_leaves_it_under_review(self) -> None:
        article = make_article(headline="News from Tarn", bullets=["Kestrel has a second ground station."])
        save(article, body_markdown="Nothing is left.", change_kind="minor", change_reason="It has gone.")
        save(article)
        assert Bullet.objects.get().under_review_at


class ChangelistTests:
    def test_columns_say_what_an_editor_looks_for(self) -> None:
        make_article(headline="Kestrel <opens>", sources=["Nordlys", "SCMP"], bullets=["One.", "Two."])
        page = desk().get(LIST)
        for words in ("Kestrel &lt;opens&gt;", "News", "Published", "20 Nov 2026, 12:00", "Nordlys, SCMP", ">2<"):
            assert words in page.text

    def test_unknown_publication_is_said_to_be_added(self) -> None:
        make_article(published_at=None, is_from_archive=True)
        assert ">added " in desk().get(LIST).text

    def test_number_of_queries_is_the_same_for_one_row_and_for_fifty(self) -> None:
        client = desk()

        def count() -> int:
            with CaptureQueriesContext(
                connection,
            ) as queries:
                assert client.get(LIST).status_code == 200
            return len(queries)

        make_article(topics=["A", "B"])
        few = count()
        for number in range(49):
            make_article(topics=["A", f"T{number}"], sources=[f"S{number}", "S"], bullets=["One.", "Two."])
        assert count() == few
        assert few <= 20

    def test_texts_are_not_fetched(self) -> None:
        make_article()
        client = desk()
        with CaptureQueriesContext(connection) as queries:
            client.get(LIST)
        assert not any('"body_markdown"' in query["sql"] for query in queries)

    @pytest.mark.parametrize("query", ["second ground", "Kestrel", "kestrel-opens"])
    def test_search_finds_headline_text_and_address(self, query: str) -> None:
        make_article(headline="Kestrel opens")
        make_article(headline="Other", body="Nothing of the kind.")
        page = desk().get(LIST, {"q": query})
        assert [story.headline for story in page.context["cl"].result_list] == ["Kestrel opens"]

    def test_filters(self) -> None:
        review = make_review(topics=["Keyboards"], sources=["Bench"], language="ar", is_edited=True, is_sample=True)
        make_article(status="draft")
        topic, source = Topic.objects.get(name="Keyboards"), Source.objects.get(name="Bench")
        for query in (
            {"kind__exact": "review"},
            {"status__exact": "published"},
            {"is_edited__exact": "1"},
            {"is_sample__exact": "1"},
            {"language": "ar"},
            {"topics__id__exact": str(topic.pk)},
            {"article_sources__source__id__exact": str(source.pk)},
            {"published_at__year": "2026", "status__exact": "published"},
        ):
            page = desk().get(LIST, query)
            assert list(page.context["cl"].result_list) == [review], query


class OpenTests:
    @pytest.mark.usefixtures("unguarded")
    def test_story_saved_untouched_stays_as_it_was_to_the_microsecond(self) -> None:
        article = make_review(body="One.\n\n* Two\n* Three\n\n> Four", standfirst="A\nB", language="ar")
        at = fresh(article).published_at
        assert at is not None
        Article.objects.update(published_at=at.replace(microsecond=123456), headline="Kestrel  opens")
        before = Article.objects.values().get()
        answer = save(article)
        assert answer.status_code == 302
        assert Article.objects.values().get() == before
        assert Revision.objects.count() == 1
        assert fresh(article).review.specs == [["Weight", "1.2 kg"]]

    @pytest.mark.usefixtures("unguarded")
    def test_imported_story_saved_untouched_makes_no_version(self) -> None:
        article = make_article(bullets=[])
        import_points(article, ["  Two  spaces. ", "Line\nend."])
        stored = points_of(article)
        Article.objects.update(body_markdown="Body.\n", standfirst=" Stand ")
        assert save(article).status_code == 302
        assert points_of(article) == stored
        assert (fresh(article).body_markdown, fresh(article).standfirst) == ("Body.\n", " Stand ")
        assert Revision.objects.count() == 1
        assert Bullet.objects.filter(approved_by=None).count() == 2

    def test_file_that_it_came_from_can_be_read(self) -> None:
        article = make_article()
        Original.objects.create(article=article, file_name="000.txt", sha256="ab" * 32, raw=b"top of page\n<b>\xff")
        page = desk().get(story_path(article))
        for words in ("000.txt", "ab" * 32, "top of page\n&lt;b&gt;\ufffd"):
            assert words in page.text
        assert "Written here" in desk().get(story_path(make_article())).text

    @pytest.mark.parametrize(("status", "is_there"), [("draft", False), ("published", True), ("withdrawn", True)])
    def test_only_a_public_story_is_viewed_on_site(self, status: str, is_there: bool) -> None:
        assert ("View on site" in desk().get(story_path(make_article(status=status))).text) is is_there

    def test_review_is_asked_for_only_where_it_makes_sense(self) -> None:
        assert "review-0-product" in sheet(desk(), ADD)
        assert "review-0-product" in sheet(desk(), story_path(make_review()))
        assert "review-0-product" not in sheet(desk(), story_path(make_article()))

    @pytest.mark.parametrize(
        ("status", "buttons"),
        [
            ("draft", {'name="_review"', 'name="_publish"'}),
            ("in_review", {'name="_publish"'}),
            ("published", {"withdraw/"}),
            ("withdrawn", {'name="_publish"'}),
        ],
    )
    def test_buttons_are_those_that_can_be_pressed(self, status: str, buttons: set[str]) -> None:
        page = desk().get(story_path(make_article(status=status))).text
        assert {sign for sign in ('name="_review"', 'name="_publish"', "withdraw/") if sign in page} == buttons

    def test_reader_of_the_desk_sees_and_changes_nothing(self) -> None:
        viewer = User.objects.create(username="vera", is_staff=True)
        viewer.user_permissions.set(Permission.objects.filter(codename__in=["view_article", "view_bullet"]))
        article = make_article(headline="Old")
        page = desk(viewer).get(story_path(article))
        assert page.status_code == 200
        assert "_publish" not in page.text
        assert desk(viewer).post(story_path(article), {"headline": "New", "_publish": "on"}).status_code == 403
        assert desk(viewer).get(f"{LIST}{article.pk}/withdraw/").status_code == 403
        assert desk(viewer).post(f"{LIST}{article.pk}/withdraw/", {"reason": "So."}).status_code == 403
        assert fresh(article).headline == "Old"


class DraftTests:
    def new(self, **changes: Any) -> Answers:
        words = {"headline": "Kestrel opens", "body_markdown": "One.\r\n\r\n<script>x</script>**Two.**"}
        return {**sheet(desk(), ADD), **words, **changes}

    def test_new_story_is_worded_addressed_and_kept_as_a_draft(self) -> None:
        topic, source = Topic.objects.named("Networks"), Source.objects.named("SCMP")
        answer = send(
            desk(),
            ADD,
            self.new(
                **{
                    "bullets-0-text": "A point.",
                    "bullets-0-override_reason": "Edie was there.",
                    "article_topics-0-topic": topic.pk,
                    "article_sources-0-source": source.pk,
                    "article_sources-0-url": "https://scmp.example/1",
                }
            ),
        )
        article = Article.objects.get()
        assert answer.headers["Location"] == story_path(article)
        assert (article.status, article.slug, article.kind) == ("draft", "kestrel-opens", "news")
        assert article.body_text == "One.\n\nTwo."
        assert "<script>" not in article.body_html
        assert points_of(article) == [(1, "A point.")]
        assert ArticleTopic.objects.get(article=article).topic == topic
        assert ArticleSource.objects.get(article=article).url == "https://scmp.example/1"
        assert not Revision.objects.exists()

    def test_point_written_and_left_ticked_is_approved_by_name(self) -> None:
        send(desk(), ADD, self.new(**{"bullets-0-text": "A point.", "bullets-0-override_reason": "Edie was there."}))
        bullet = Bullet.objects.get()
        assert (bullet.origin, bullet.status, bullet.approved_by) == ("person", "approved", edie())

    def test_point_without_its_tick_is_a_draft(self) -> None:
        answers = self.new(**{"bullets-0-text": "A point.", "bullets-0-override_reason": "Edie was there."})
        del answers["bullets-0-is_approved"]
        send(desk(), ADD, answers)
        assert Bullet.objects.get().status == "draft"

    def test_draft_is_changed_without_a_reason(self) -> None:
        article = make_article(status="draft", bullets=["Old."])
        save(article, headline="New", body_markdown="New body.", **{"bullets-0-text": "New."})
        assert (fresh(article).headline, fresh(article).body_text) == ("New", "New body.")
        assert points_of(article) == [(1, "New.")]
        assert not Revision.objects.exists()

    def test_draft_moves_to_the_address_that_is_wanted(self) -> None:
        article = make_article(status="draft", headline="Kestrel")
        save(article, address="ground-station")
        assert fresh(article).slug == "ground-station"
        assert not FormerSlug.objects.exists()
        save(article, address="", headline="Pell opens")
        assert fresh(article).slug == "pell-opens"

    def test_address_of_another_story_now_or_formerly_is_refused(self) -> None:
        moved = make_article(slug="first")
        save(moved, address="second")
        draft = make_article(status="draft")
        for address in ("first", "second"):
            assert errors_of(save(draft, address=address)) == {
                "address": ["This address leads to another story: choose another one."]
            }

    def test_faulty_form_keeps_what_was_typed(self) -> None:
        answer = send(desk(), ADD, self.new(headline="", **{"bullets-0-text": "Typed <point>."}))
        assert answer.status_code == 200
        assert errors_of(answer) == {"headline": ["This field is required."]}
        assert "Typed &lt;point&gt;." in answer.text
        assert not Article.objects.exists()

    def test_draft_goes_to_review_and_then_to_readers(self) -> None:
        article = make_article(status="draft", published_at=None)
        answer = save(article, "_review")
        assert answer.headers["Location"] == story_path(article)
        assert fresh(article).status == "in_review"
        answer = save(article, "_publish", headline="Last words")
        assert (fresh(article).status, fresh(article).headline) == ("published", "Last words")
        assert fresh(article).published_at is not None
        revision = Revision.objects.get()
        assert (revision.number, revision.text.headline, revision.created_by) == (1, "Last words", edie())
        assert messages_of(answer) == ["“Last words”: Published."]

    def test_new_story_is_published_at_once(self) -> None:
        send(desk(), ADD, self.new(), "_publish")
        assert Article.objects.get().status == "published"
        assert Revision.objects.get().text.headline == "Kestrel opens"

    def test_what_is_published_meanwhile_is_not_sent_to_review(self) -> None:
        article = make_article()
        answer = save(article, "_review")
        assert fresh(article).status == "published"
        assert messages_of(answer) == [f"“{article}”: Only a draft can be sent to review."]
