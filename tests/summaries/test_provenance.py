"""What may be said of where points come from: no more than is known of them."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.catalogue.models import Article, SiteStatement
from articles.summaries.models import Bullet, visible_points
from articles.summaries.points import add_drafts, approve, import_points, reword
from articles.summaries.provenance import Making, Run, SummaryNote, makings_of, note_of, word_changes
from tests.world import edie, make_article, max_admin, rita

STATEMENT = "Our news stories are presented with the help of AI."
DISH = "40,000 homes can order a dish."
STATION = "Kestrel has switched on a second ground station."


def points_of(article: Article) -> list[Bullet]:
    story: Any = Article.objects.prefetch_related(visible_points()).get(pk=article.pk)
    points: list[Bullet] = story.points
    return points


def note(article: Article, statement: str = STATEMENT) -> SummaryNote:
    return note_of(article, points_of(article), SiteStatement(text=statement))


def archived(**changes: object) -> Article:
    article = make_article(bullets=[], is_from_archive=True, **changes)
    import_points(article, ["A point."])
    return article


def drafted(*texts: str, prompt_version: str = "1", override: str = "") -> Article:
    article = make_article(bullets=[])
    for bullet in add_drafts(article, texts, model="some-model", prompt_version=prompt_version):
        approve(article, bullet, by=edie(), override=override)
    return article


@pytest.mark.django_db
class NoteTests:
    def test_archived_points_stand_under_what_the_publication_says_and_no_more(self) -> None:
        found = note(archived())
        assert (found.is_stated, found.is_drafted, found.names, found.checked_at) == (True, False, (), None)

    def test_nothing_is_said_of_ai_where_the_publication_does_not(self) -> None:
        assert not note(archived(), "We write everything by hand. CAIRO.").is_stated
        article = archived()
        assert not note_of(article, points_of(article), None).is_stated

    def test_nothing_is_said_of_samples(self) -> None:
        assert not note(archived(is_sample=True)).is_stated

    def test_points_of_an_editor_name_the_editor(self) -> None:
        found = note(make_article())
        assert (found.is_drafted, found.checked_by, found.is_partial) == (False, "Edie Torres", False)

    def test_points_of_a_machine_name_everyone_who_approved_them_and_the_last_time(self) -> None:
        article = drafted(DISH)
        (second,) = add_drafts(article, [STATION], model="m", prompt_version="1")
        approve(article, second, by=max_admin())
        found = note(article)
        assert (found.is_drafted, found.checked_by) == (True, "Edie Torres and Max Okafor")
        assert found.checked_at == points_of(article)[1].approved_at

    def test_names_make_a_phrase(self) -> None:
        assert SummaryNote(False, False, False, ("A", "B", "C"), None, "").checked_by == "A, B and C"
        assert SummaryNote(False, False, False, (), None, "").checked_by == ""

    def test_editors_name_does_not_cover_what_only_the_publication_approved(self) -> None:
        article = archived()
        (draft,) = add_drafts(article, [DISH], model="m", prompt_version="1")
        approve(article, draft, by=edie())
        assert note(article).is_partial

    def test_no_points_no_note(self) -> None:
        found = note(make_article(bullets=[]))
        assert found == SummaryNote(False, False, False, (), None, "")


@pytest.mark.django_db
class SourceTypeTests:
    """The codes of the IPTC as schema.org names them."""

    def code(self, article: Article) -> str:
        return note(article).source_type.removeprefix("https://schema.org/").removesuffix("DigitalSource")

    def test_words_of_a_trained_model_as_it_drafted_them(self) -> None:
        assert self.code(drafted(DISH, STATION)) == "TrainedAlgorithmicMedia"

    def test_words_of_a_trained_model_that_an_editor_changed(self) -> None:
        article = make_article(status="draft", bullets=[])
        (draft,) = add_drafts(article, [DISH], model="m", prompt_version="1")
        reword(draft, "Now 40,000 homes can order a dish.", by=edie())
        draft.refresh_from_db()
        approve(article, draft, by=edie())
        assert self.code(article) == "CompositeWithTrainedAlgorithmicMedia"

    def test_words_of_a_trained_model_beside_those_of_a_person(self) -> None:
        article = make_article(bullets=[STATION])
        (draft,) = add_drafts(article, [DISH], model="m", prompt_version="1")
        approve(article, draft, by=edie())
        assert self.code(article) == "CompositeWithTrainedAlgorithmicMedia"

    def test_sentences_picked_without_a_trained_model(self) -> None:
        assert self.code(drafted(DISH, prompt_version="")) == "AlgorithmicallyEnhanced"

    def test_archived_points_have_the_code_that_says_what_the_publication_does(self) -> None:
        assert self.code(archived()) == "CompositeWithTrainedAlgorithmicMedia"
        assert self.code(archived(is_sample=True)) == ""

    def test_people_alone_have_none(self) -> None:
        assert self.code(make_article()) == ""


@pytest.mark.django_db
class MakingTests:
    def making(self, article: Article) -> Making:
        (found,) = makings_of(points_of(article))
        return found

    def test_draft_published_word_for_word_shows_no_change(self) -> None:
        found = self.making(drafted(DISH))
        assert (found.changes, found.edits, found.overridden) == ((), [], [])

    def test_reworded_draft_shows_what_became_of_its_words_and_who_reworded_it(self) -> None:
        article = make_article(status="draft", bullets=[])
        (draft,) = add_drafts(article, ["81,000 homes can order a dish."], model="m", prompt_version="1")
        reword(draft, DISH, by=max_admin())
        draft.refresh_from_db()
        approve(article, draft, by=edie())
        found = self.making(article)
        assert found.changes == (Run("-", "81,000"), Run("+", "40,000"), Run("", "homes can order a dish."))
        assert [edit.by_name for edit in found.edits] == ["Max Okafor"]

    def test_overridden_flags_are_named(self) -> None:
        found = self.making(drafted("81,000 homes can order a dish.", override="The firm has told us."))
        assert (found.overridden, found.point.override) == (["“81,000”"], "The firm has told us.")

    def test_flag_against_a_point_as_a_whole(self) -> None:
        assert "the whole point" in self.making(drafted("Bees dance.", override="Edie was there.")).overridden

    def test_first_words_of_an_editor_are_not_shown(self) -> None:
        article = make_article(bullets=[DISH])
        Bullet.objects.update(drafted_text="Something hasty.")
        assert self.making(article).changes == ()


class WordChangesTests:
    words = st.text("ab \n", max_size=12)

    @given(words, words)
    def test_both_texts_can_be_read_off(self, before: str, after: str) -> None:
        runs = list(word_changes(before, after))
        for text, other in ((before, "+"), (after, "-")):
            assert " ".join(run.text for run in runs if run.sign != other).split() == text.split()

    def test_same_words_are_one_run(self) -> None:
        assert list(word_changes("A b.", "A  b.")) == [Run("", "A b.")]


@pytest.mark.django_db
class PagesTests:
    """What Rita reads under the points and on the page behind that line."""

    def test_line_under_the_points_of_a_machine(self) -> None:
        article = drafted(DISH)
        page = rita().get(article.get_absolute_url()).text
        assert "Summary drafted with AI, checked by Edie Torres, <time" in page
        assert f'href="{article.get_absolute_url()}summary/"' in page
        assert 'href="/about/ai/"' in page

    def test_line_under_imported_points_is_the_publications_alone(self) -> None:
        SiteStatement.objects.create(text=STATEMENT)
        page = rita().get(archived().get_absolute_url()).text
        assert "The publication says that this summary was made with the help of AI and checked by its team." in page
        assert "checked by " not in page.replace("checked by its team", "")

    def test_line_where_an_editor_stands_behind_some(self) -> None:
        article = archived()
        (draft,) = add_drafts(article, [DISH], model="m", prompt_version="1")
        approve(article, draft, by=edie())
        assert "Some points drafted with AI, checked by Edie Torres" in rita().get(article.get_absolute_url()).text

    def test_page_tells_how_each_point_was_made(self) -> None:
        article = make_article(bullets=[STATION])
        right, wrong = add_drafts(article, ["81,000 homes.", "99 dishes."], model="some-model", prompt_version="v7")
        reword(right, DISH, by=max_admin())
        right.refresh_from_db()
        approve(article, right, by=edie())
        approve(article, wrong, by=max_admin(), override="The firm <told> us.")
        page = rita().get(f"{article.get_absolute_url()}summary/").text
        for words in (
            "Written by an editor.",
            "Drafted by a machine",
            "some-model, prompt v7",
            '<del><span class="vh" dir="ltr" lang="en">removed: </span>81,000',
            "Max Okafor, <time",
            "Published word for word as it was drafted.",
            "An editor approved this point although the check flagged",
            "“99”",
            "The firm &lt;told&gt; us.",
            "found by a program",
            'content="noindex"',
        ):
            assert words in page, words

    def test_page_of_a_story_without_points_says_so(self) -> None:
        page = rita().get(f"{make_article(bullets=[]).get_absolute_url()}summary/").text
        assert "This story has no summary yet." in page

    @pytest.mark.parametrize("page", ["summary", "brief"])
    def test_withdrawn_story_shows_its_notice_alone(self, page: str) -> None:
        article = make_article(status="withdrawn")
        answer = rita().get(f"{article.get_absolute_url()}{page}/")
        assert (answer.status_code, answer.url) == (302, article.get_absolute_url())  # type: ignore[attr-defined]

    @pytest.mark.parametrize("status", ["draft", "in_review"])
    def test_story_that_is_not_published_has_no_page(self, status: str) -> None:
        assert rita().get(f"{make_article(status=status).get_absolute_url()}summary/").status_code == 404
