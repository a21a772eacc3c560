"""Edie corrects public stories in the admin; Max agrees, declines and seals."""

from pathlib import Path

import pytest
from django.contrib.auth.models import User

from articles.catalogue.models import Article
from articles.corrections.models import Correction, ProposedCorrection
from articles.importing.models import Original
from articles.importing.proposals import ProposedChange
from articles.revisions.models import Revision, RevisionText
from tests.admin.sheets import LIST, errors_of, fresh, messages_of, save
from tests.importing.stories import every_row, run, story, write
from tests.world import correct, desk, edie, make_article, max_admin

pytestmark = pytest.mark.django_db

SIX = "Tarn is open. It has six dishes."
FOUR = SIX.replace("six", "four")
KIND = {"change_kind": "correction", "change_severity": "major", "change_origin": "story"}
CORRECTIONS, PROPOSED, ACCOUNTS = (
    "/admin/articles/correction/",
    "/admin/articles/proposedcorrection/",
    "/admin/auth/user/",
)


class StoryFormTests:
    def test_kind_severity_and_origin_make_a_whole_notice(self) -> None:
        article = make_article(body=SIX)
        assert save(article, body_markdown=FOUR, **KIND).status_code == 302
        correction = Correction.objects.get()
        assert correction.text == "An earlier version said “It has six dishes.” It now says “It has four dishes.”"
        assert (correction.revision.number, correction.published_by) == (2, edie())
        assert fresh(article).body_text == FOUR

    def test_fault_stands_beside_its_field_and_nothing_is_lost(self) -> None:
        article = make_article(body=SIX)
        before = every_row()
        answer = save(article, body_markdown=FOUR, **{**KIND, "change_severity": ""}, change_says="It has nine.")
        assert errors_of(answer).keys() == {"change_severity", "change_says"}
        assert "It has nine." in answer.text
        assert every_row() == before

    def test_note_needs_no_change(self) -> None:
        article = make_article()
        save(article, **{**KIND, "change_kind": "note"}, change_reason="Kestrel is a client of our owner.")
        assert Correction.objects.get().text == "Kestrel is a client of our owner."

    def test_note_is_not_made_by_chance(self) -> None:
        save(make_article(), **KIND)
        assert not Correction.objects.exists()

    def test_notice_that_was_wrong_is_replaced(self) -> None:
        article = make_article(body=SIX)
        first = correct(article, body=FOUR)
        correct(make_article(body=SIX), body=FOUR)
        save(article, body_markdown=SIX, change_supersedes=str(first.pk), **KIND)
        assert Correction.objects.get(article=article, number=2).supersedes == first
        other = Correction.objects.exclude(article=article).get()
        answer = save(article, body_markdown=FOUR, change_supersedes=str(other.pk), **KIND)
        assert "change_supersedes" in errors_of(answer)

    def test_changed_figure_waits_for_a_second_editor(self) -> None:
        article = make_article(body=SIX)
        max_admin()
        answer = save(article, body_markdown=FOUR, **{**KIND, "change_kind": "clarification"})
        assert "The change waits: another editor has to agree" in messages_of(answer)[0]
        assert fresh(article).body_text == SIX
        assert ProposedCorrection.objects.get().made_by == edie()

    def test_without_a_second_editor_the_ground_is_asked_for(self) -> None:
        article = make_article(body=SIX)
        clarify = {**KIND, "change_kind": "clarification"}
        assert "change_ground" in errors_of(save(article, body_markdown=FOUR, **clarify))
        save(article, body_markdown=FOUR, change_ground="Two are being built.", **clarify)
        assert Correction.objects.get().ground == "Two are being built."


class ProposedCorrectionAdminTests:
    @pytest.fixture
    def proposed(self) -> ProposedCorrection:
        max_admin()
        save(make_article(body=SIX, headline="Tarn"), body_markdown=FOUR, **{**KIND, "change_kind": "clarification"})
        return ProposedCorrection.objects.get()

    def test_max_sees_what_would_be_published_and_agrees(self, proposed: ProposedCorrection) -> None:
        client = desk(max_admin())
        path = f"{PROPOSED}{proposed.pk}/change/"
        assert "Waits for a second editor" in client.get(PROPOSED).text
        page = client.get(path).text
        for words in ("It has six dishes.", "This story has been changed to make clear", "Edie Torres", "Tarn"):
            assert words in page
        answer = client.post(path, {"_agree": "on"})
        assert messages_of(answer) == [f"Published: {Correction.objects.get()}."]
        assert Correction.objects.get().seconded_by == max_admin()
        assert 'name="_agree"' not in client.get(path).text

    def test_edie_does_not_agree_with_herself(self, proposed: ProposedCorrection) -> None:
        answer = desk().post(f"{PROPOSED}{proposed.pk}/change/", {"_agree": "on"})
        assert "Another editor has to agree" in messages_of(answer)[0]
        assert not Correction.objects.exists()

    def test_max_declines_with_a_word(self, proposed: ProposedCorrection) -> None:
        client = desk(max_admin())
        path = f"{PROPOSED}{proposed.pk}/change/"
        assert "Say why" in messages_of(client.post(path, {"_decline": "on"}))[0]
        client.post(path, {"_decline": "on", "why": "It is a correction."})
        assert "It is a correction." in client.get(path).text
        assert Article.objects.get().body_text == SIX

    def test_who_may_not_change_stories_decides_nothing(self, proposed: ProposedCorrection) -> None:
        reader = User.objects.create_user("vera", is_staff=True)
        path = f"{PROPOSED}{proposed.pk}/change/"
        assert desk(reader).post(path, {"_agree": "on"}).status_code == 403
        assert desk().get(f"{PROPOSED}999/change/").status_code == 404


class CorrectionAdminTests:
    def test_record_is_read_and_nobody_touches_it(self) -> None:
        correction = correct(make_article(body=SIX), body=FOUR)
        client = desk(max_admin())
        assert correction.code in client.get(CORRECTIONS).text
        path = f"{CORRECTIONS}{correction.pk}/"
        assert "It has four dishes." in client.get(f"{path}change/").text
        assert client.get(f"{CORRECTIONS}add/").status_code == 403
        assert client.post(f"{path}change/", {"text": "Else"}).status_code == 403
        assert client.post(f"{path}delete/", {"post": "yes"}).status_code == 403
        before = every_row()
        client.post(CORRECTIONS, {"action": "delete_selected", "_selected_action": [correction.pk], "post": "yes"})
        assert every_row() == before


class SealTests:
    def path(self, article: Article) -> str:
        return f"{LIST}{article.pk}/seal/"

    def test_max_seals_a_withdrawn_story(self) -> None:
        article = make_article(status="withdrawn", headline="A libel")
        client = desk(max_admin())
        assert self.path(article) in client.get(f"{LIST}{article.pk}/change/").text
        assert "Legal cause" in client.get(self.path(article)).text
        assert "Say for what legal cause" in client.post(self.path(article), {"reason": " "}).text
        client.post(self.path(article), {"reason": "A court ordered it."})
        assert fresh(article).status == "sealed"
        assert not RevisionText.objects.exists()
        assert Revision.objects.get(number=3).reason == "A court ordered it."
        assert client.get(f"{LIST}{article.pk}/change/").status_code == 200
        assert client.post(f"{LIST}{article.pk}/change/", {"headline": "Else"}).status_code == 403

    def test_edie_does_not(self) -> None:
        article = make_article(status="withdrawn")
        assert self.path(article) not in desk().get(f"{LIST}{article.pk}/change/").text
        assert desk().post(self.path(article), {"reason": "So."}).status_code == 403
        assert fresh(article).status == "withdrawn"

    def test_published_story_is_withdrawn_first(self) -> None:
        article = make_article()
        answer = desk(max_admin()).post(self.path(article), {"reason": "So."})
        assert "withdraw it first" in messages_of(answer)[0]

    def test_files_that_it_came_from_lose_their_words_and_are_known_still(self, tmp_path: Path) -> None:
        path = write(tmp_path, "a.md", story("headline: A libel", "The libel."))
        run(path, is_publishing=True)
        run(write(tmp_path, "a.md", story("headline: A libel", "The libel, again.")))
        article = Article.objects.get()
        client = desk(max_admin())
        why = {"reason": "It is a libel.", "severity": "critical", "origin": "source"}
        client.post(f"{LIST}{article.pk}/withdraw/", why)
        client.post(self.path(article), {"reason": "A court ordered it."})
        assert bytes(Original.objects.get().raw) == b""
        assert not ProposedChange.objects.exists()
        (result,) = run(path)
        assert result.outcome == "unchanged"


class AccountTests:
    def test_who_signed_the_record_is_not_deleted(self) -> None:
        make_article()
        client = desk(max_admin())
        assert client.post(f"{ACCOUNTS}{edie().pk}/delete/", {"post": "yes"}).status_code == 403
        chosen = {"action": "delete_selected", "_selected_action": [edie().pk], "post": "yes"}
        client.post(ACCOUNTS, chosen)
        assert User.objects.filter(username="edie").exists()
        assert User.objects.get(username="edie").is_active

    def test_account_without_a_signature_goes(self) -> None:
        vera = User.objects.create_user("vera")
        client = desk(max_admin())
        assert client.post(f"{ACCOUNTS}{vera.pk}/delete/", {"post": "yes"}).status_code == 302
        assert not User.objects.filter(username="vera").exists()
