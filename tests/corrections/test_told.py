"""What was reported on a story stands under its record, in our words."""

import pytest
from pytest_django import DjangoAssertNumQueries

from articles.corrections.told import answers_on
from articles.revisions import acts
from tests.world import correct, edie, make_article, make_report, max_admin, rita

pytestmark = pytest.mark.django_db


class AnswersOnTests:
    def test_answer_stands_once_for_all_who_got_it(self) -> None:
        article = make_article(body="Tarn has six dishes.")
        lead = make_report(article)
        make_report(article, duplicate_of=lead, kind="spelling")
        make_report(article, duplicate_of=lead)
        correction = correct(article, body="Tarn has four dishes.", reports=[lead])
        (told,) = answers_on(article)
        assert (told.outcome, told.words, told.anchor) == ("Corrected", correction.text, correction.anchor)
        assert (told.count, told.kinds_in_words) == (3, "A fact is wrong, a name or spelling")

    def test_waiting_and_spam_are_not_told_of(self) -> None:
        article = make_article()
        make_report(article)
        make_report(article).set_aside(by=edie())
        make_report(make_article()).settle(by=edie(), outcome="no_change", answer="No.")
        assert answers_on(article) == []

    def test_first_answer_stays_when_the_reader_contradicts(self) -> None:
        article = make_article()
        report = make_report(article)
        report.settle(by=edie(), outcome="no_change", answer="It has six.")
        report.contradict("But I counted.")
        assert [told.words for told in answers_on(article)] == ["It has six."]
        report.settle(by=edie(), outcome="updated", answer="It has four now.")
        assert [told.words for told in answers_on(article)] == ["It has four now.", "It has six."]

    def test_sealed_story_tells_nothing(self) -> None:
        article = make_article(status="withdrawn")
        make_report(article).settle(by=edie(), outcome="no_change", answer="It says so.")
        assert answers_on(article)
        acts.seal(article, by=max_admin(), reason="By order of a court.")
        article.refresh_from_db()
        assert answers_on(article) == []

    def test_one_query(self, django_assert_num_queries: DjangoAssertNumQueries) -> None:
        article = make_article()
        for _ in range(9):
            make_report(article).settle(by=edie(), outcome="no_change", answer="No.")
        with django_assert_num_queries(1):
            assert len(answers_on(article)) == 9


class PageTests:
    def test_page_has_our_words_and_never_the_readers(self) -> None:
        article = make_article()
        report = make_report(article, what="I live <there>.", quote="a second", url="https://rita.example/")
        report.settle(by=edie(), outcome="no_change", answer="The source <says> so.")
        page = rita().get(article.get_absolute_url()).text
        assert "Edie" not in page.partition('id="answers"')[2]
        assert "What came of reports" in page
        assert "<b>No change</b>: A fact is wrong." in page
        assert "The source &lt;says&gt; so." in page
        for words in ("I live", "rita.example", report.code):
            assert words not in page

    def test_more_than_five_are_folded_away(self) -> None:
        article = make_article()
        for number in range(6):
            make_report(article).settle(by=edie(), outcome="no_change", answer=f"Answer {number}.")
        page = rita().get(article.get_absolute_url()).text
        assert page.index("Answer 1.") < page.index("Earlier answers") < page.index("Answer 0.")

    def test_story_without_answers_says_nothing(self) -> None:
        assert "What came of reports" not in rita().get(make_article().get_absolute_url()).text
