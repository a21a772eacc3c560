"""Publishing, changing, withdrawing: each act leaves a numbered record."""

import pytest

from articles.catalogue.models import Article, Source, Topic, Wording
from articles.revisions import acts
from articles.revisions.models import Revision, RevisionText
from articles.summaries.models import Bullet, Evidence, RedFlagsError
from articles.summaries.points import Point, add_drafts, import_points, write_points
from tests.world import NOON, edie, make_article

pytestmark = pytest.mark.django_db


def points_of(article: Article) -> list[Point]:
    return [Point(b.text, is_approved=True, bullet_id=b.pk) for b in Bullet.objects.filter(article=article)]


class SendToReviewTests:
    def test_draft_waits_for_a_second_pair_of_eyes(self) -> None:
        acts.send_to_review(make_article(status="draft"))
        assert Article.objects.get().status == "in_review"
        assert not Revision.objects.exists()

    @pytest.mark.parametrize("status", ["in_review", "published", "withdrawn"])
    def test_only_a_draft_is_sent(self, status: str) -> None:
        article = make_article(status=status)
        with pytest.raises(acts.ActError, match="Only a draft"):
            acts.send_to_review(article)
        assert Article.objects.get().status == status


class PublishTests:
    def test_first_publication_is_version_one_with_words_and_bullets(self) -> None:
        article = make_article(bullets=["One.", "Two."])
        revision = Revision.objects.get(article=article)
        assert (revision.number, revision.kind, revision.text.bullets) == (1, "published", ["One.", "Two."])
        assert revision.by_name == "Edie Torres"

    def test_own_story_gets_its_time_when_published(self) -> None:
        draft = make_article(status="draft", published_at=None)
        acts.publish(draft, by=edie(), at=NOON)
        assert Article.objects.get().published_at == NOON

    def test_archived_story_keeps_its_unknown_date(self) -> None:
        article = make_article(published_at=None, is_from_archive=True)
        assert article.published_at is None
        assert article.listed_at == article.added_at

    def test_published_story_is_not_published_again(self) -> None:
        article = make_article()
        with pytest.raises(acts.ActError, match="published already"):
            acts.publish(article, by=edie())

    def test_drafted_bullets_are_not_in_the_record(self) -> None:
        article = make_article(status="draft", bullets=[])
        write_points(
            article, [Point("Seen.", is_approved=True, override="Edie was there."), Point("Unseen.", False)], by=edie()
        )
        assert acts.publish(article, by=edie()).text.bullets == ["Seen."]


class ChangeTests:
    def test_change_makes_the_next_version_and_marks_the_story(self) -> None:
        article = make_article(headline="Old")
        wording = Wording("New", article.standfirst, article.body_markdown, article.byline)
        revision = acts.change(article, wording, points_of(article), by=edie(), kind="minor", reason="A typing error.")
        assert revision is not None
        assert (revision.number, revision.text.headline, revision.reason) == (2, "New", "A typing error.")
        article.refresh_from_db()
        assert article.is_edited
        assert article.updated_at is not None

    @pytest.mark.parametrize(("kind", "reason"), [("", "Because."), ("published", "Because."), ("minor", "  ")])
    def test_change_without_kind_or_reason_leaves_everything(self, kind: str, reason: str) -> None:
        article = make_article(headline="Old")
        wording = Wording("New", "", "Body.", "")
        with pytest.raises(acts.ActError):
            acts.change(
                article,
                wording,
                [Point("Other.", is_approved=True, override="Edie was there.")],
                by=edie(),
                kind=kind,
                reason=reason,
            )
        article.refresh_from_db()
        assert article.headline == "Old"
        assert [b.text for b in article.bullets.all()] == ["Kestrel has a second ground station."]

    def test_nothing_changed_makes_no_version(self) -> None:
        article = make_article()
        assert acts.change(article, article.wording, points_of(article), by=edie(), kind="", reason="") is None
        assert Revision.objects.filter(article=article).count() == 1

    def test_points_are_reordered(self) -> None:
        article = make_article(bullets=["A.", "B.", "C."])
        first, second, third = points_of(article)
        acts.change(article, article.wording, [third, first, second], by=edie(), kind="minor", reason="Order.")
        assert [(b.position, b.text) for b in article.bullets.all()] == [(1, "C."), (2, "A."), (3, "B.")]

    def test_draft_is_not_changed_this_way(self) -> None:
        draft = make_article(status="draft")
        with pytest.raises(acts.ActError, match="not published"):
            acts.change(draft, draft.wording, [], by=edie(), kind="minor", reason="Because.")


class WithdrawTests:
    def test_withdrawn_story_is_recorded_with_its_reason(self) -> None:
        article = make_article(status="withdrawn")
        assert article.status == "withdrawn"
        assert [r.kind for r in Revision.objects.filter(article=article)] == ["withdrawn", "published"]

    def test_reason_is_demanded(self) -> None:
        article = make_article()
        with pytest.raises(acts.ActError, match="why"):
            acts.withdraw(article, by=edie(), reason=" ")


class RemoveSamplesTests:
    def test_only_samples_go(self) -> None:
        make_article(is_sample=True)
        real = make_article()
        assert acts.remove_samples() == (1, 0, 0)
        assert list(Article.objects.all()) == [real]

    def test_topics_and_sources_of_samples_alone_go_with_them(self) -> None:
        make_article(is_sample=True, topics=["Networks", "Sheep"], sources=["Nordlys Tech", "Sham Wire"])
        make_article(topics=["Networks"], sources=["Nordlys Tech"])
        never_used = Topic.objects.named("Chips")
        assert acts.remove_samples() == (1, 1, 1)
        assert set(Topic.objects.values_list("name", flat=True)) == {"Networks", never_used.name}
        assert [source.name for source in Source.objects.all()] == ["Nordlys Tech"]


Versions = list[tuple[Revision, RevisionText | None]]


def versions(*kinds: str) -> Versions:
    """A record as another site has it: a version of each of ``kinds``."""
    made: Versions = []
    previous_hash = ""
    for number, kind in enumerate(kinds, start=1):
        text = RevisionText(headline="H", bullets=["One."])
        revision = Revision(number=number, created_at=NOON, by_name="Ann", kind=kind, reason="Old.")
        revision.text_hash, revision.previous_hash = text.words.hash, previous_hash
        revision.hash = previous_hash = revision.link.hash
        made.append((revision, text))
    return made


def as_it_was(**changes: str) -> Article:
    """A draft with the words of those versions."""
    article = make_article(status="draft", headline="H", standfirst="", **changes)
    Article.objects.filter(pk=article.pk).update(body_markdown="", body_html="", body_text="")
    return Article.objects.get(pk=article.pk)


class RestoreTests:
    def test_story_is_back_with_its_whole_record(self) -> None:
        draft = as_it_was()
        acts.restore(draft, "withdrawn", versions("published", "withdrawn"))
        assert Article.objects.get().status == "withdrawn"
        kept = Revision.objects.filter(article=draft).values_list("number", "kind", "by_name", "created_at")
        assert list(kept) == [(2, "withdrawn", "Ann", NOON), (1, "published", "Ann", NOON)]
        assert RevisionText.objects.count() == 2

    @pytest.mark.parametrize("status", ["published", "withdrawn"])
    def test_record_of_its_own_is_not_mixed_with_another(self, status: str) -> None:
        article = make_article(status=status)
        before = list(Revision.objects.values())
        with pytest.raises(acts.ActError, match="a record of its own"):
            acts.restore(article, "published", versions("published"))
        assert list(Revision.objects.values()) == before

    @pytest.mark.parametrize("status", ["draft", "in_review", "rumour"])
    def test_what_was_never_published_has_none(self, status: str) -> None:
        with pytest.raises(acts.ActError, match="never published"):
            acts.restore(make_article(status="draft"), status, versions("published"))

    def test_published_story_without_a_version_is_refused(self) -> None:
        with pytest.raises(acts.ActError, match="never published"):
            acts.restore(make_article(status="draft"), "published", [])
        assert Article.objects.get().status == "draft"

    def test_record_that_was_tampered_with_is_refused(self) -> None:
        record = versions("published", "minor")
        record[1][0].reason = "Another one."
        with pytest.raises(acts.ActError, match="version 2, is not as it was recorded"):
            acts.restore(as_it_was(), "published", record)
        assert not Revision.objects.exists()

    def test_record_without_its_beginning_is_refused(self) -> None:
        with pytest.raises(acts.ActError, match="version 1, is missing"):
            acts.restore(as_it_was(), "published", versions("published", "minor")[1:])


class ApprovePointsTests:
    """Edie approves drafts of a machine, beside the story that readers see already."""

    def drafts(self, article: Article, *texts: str) -> list[acts.Approval]:
        return [acts.Approval(b) for b in add_drafts(article, texts, model="extractive", prompt_version="1")]

    def test_readers_see_the_points_with_a_new_version_that_says_why(self) -> None:
        article = make_article(bullets=["Kestrel has a second ground station."])
        approvals = self.drafts(article, "40,000 homes can order a dish.")
        revision = acts.approve_points(article, approvals, by=edie(), kind="update", reason=" A point was added. ")
        assert revision is not None
        assert (revision.number, revision.kind, revision.reason, revision.by_name) == (
            2,
            "update",
            "A point was added.",
            "Edie Torres",
        )
        assert revision.text.bullets == ["Kestrel has a second ground station.", "40,000 homes can order a dish."]
        assert Article.objects.get().updated_at
        assert set(Evidence.objects.values_list("version", flat=True)) == {2}

    @pytest.mark.parametrize(("kind", "reason"), [("", "Because."), ("published", "Because."), ("update", " ")])
    def test_without_a_kind_and_a_reason_nothing_is_approved(self, kind: str, reason: str) -> None:
        article = make_article(bullets=[])
        approvals = self.drafts(article, "40,000 homes can order a dish.")
        with pytest.raises(acts.ActError):
            acts.approve_points(article, approvals, by=edie(), kind=kind, reason=reason)
        assert not Bullet.objects.visible().exists()
        assert Revision.objects.count() == 1

    def test_one_red_flag_and_nothing_is_approved(self) -> None:
        article = make_article(bullets=[])
        approvals = self.drafts(article, "40,000 homes can order a dish.", "81,000 homes can order a dish.")
        with pytest.raises(RedFlagsError, match="81,000"):
            acts.approve_points(article, approvals, by=edie(), kind="update", reason="A summary.")
        assert not Bullet.objects.visible().exists()
        second = acts.Approval(approvals[1].bullet, override="The firm has told us.")
        assert acts.approve_points(article, [approvals[0], second], by=edie(), kind="update", reason="A summary.")

    def test_story_that_nobody_reads_yet_needs_no_reason(self) -> None:
        article = make_article(status="draft", bullets=[])
        assert acts.approve_points(article, self.drafts(article, "40,000 homes can order a dish."), by=edie()) is None
        assert Bullet.objects.visible().exists()
        assert not Revision.objects.exists()

    def test_name_behind_a_publications_point_is_nothing_new_to_readers(self) -> None:
        article = make_article(bullets=[])
        import_points(article, ["40,000 homes can order a dish."])
        assert acts.approve_points(article, [acts.Approval(Bullet.objects.get())], by=edie()) is None
        assert Bullet.objects.get().approved_by_name == "Edie Torres"
        assert Revision.objects.count() == 1
