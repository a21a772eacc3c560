"""Edie works through the queue of reports."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.corrections.models import AnswerTemplate, Report
from tests.world import correct, desk, edie, make_article, make_report, max_admin

pytestmark = pytest.mark.django_db

LIST = "/admin/articles/report/"


def form_of(report: Report) -> str:
    return f"{LIST}{report.pk}/change/"


def press(report: Report, button: str, **answers: object) -> str:
    """Edie presses a button on the report's screen; the page that follows."""
    page = desk().post(form_of(report), {button: "1", **answers}, follow=True).text
    report.refresh_from_db()
    return page


class QueueTests:
    def listed(self, **query: str) -> list[Report]:
        return list(desk().get(LIST, query).context["cl"].result_list)

    def test_what_is_overdue_leads_then_severity_then_age(self) -> None:
        now = timezone.now()
        minor, major = make_report(received_at=now), make_report(received_at=now, severity="major")
        late = make_report(received_at=now - timedelta(days=60))
        assert self.listed() == [late, major, minor]
        assert self.listed(state="overdue") == [late]
        page = desk().get(LIST).text
        assert '<strong class="late">Overdue by ' in page
        assert "past the limit of 10</strong>" in page

    def test_states(self) -> None:
        received, checked, answered, spam = make_report(), make_report(), make_report(kind="other"), make_report()
        follower = make_report(duplicate_of=received)
        checked.take_up(by=edie())
        answered.settle(by=edie(), outcome="no_change", answer="No.")
        spam.set_aside(by=edie())
        assert set(self.listed()) == {received, checked}
        assert self.listed(state="received") == [received]
        assert self.listed(state="checked") == [checked]
        assert self.listed(state="answered") == [answered]
        assert self.listed(state="spam") == [spam]
        assert set(self.listed(state="all")) == {received, checked, answered, spam, follower}
        assert self.listed(kind__exact="other", state="all") == [answered]

    def test_owners(self) -> None:
        mine, others, nobodys = make_report(), make_report(), make_report()
        mine.take_up(by=edie())
        others.take_up(by=max_admin())
        assert self.listed(owner="me") == [mine]
        assert self.listed(owner="others") == [others]
        assert self.listed(owner="none") == [nobodys]

    def test_row_says_how_many_readers_wait_and_who_has_it(self) -> None:
        lead = make_report(make_article(headline="Tarn opens"))
        make_report(lead.article, duplicate_of=lead)
        lead.take_up(by=edie(), severity="critical")
        page = desk().get(LIST).text
        for words in ("Tarn opens", "Edie Torres", ">Critical<", '<td class="field-readers">2</td>', "Due "):
            assert words in page

    def test_search_finds_code_words_and_story_in_every_state(self) -> None:
        report = make_report(make_article(headline="Kestrel opens"), quote="400 homes")
        report.settle(by=edie(), outcome="no_change", answer="No.")
        make_report(what="Else.")
        for query in (report.code, "400 homes", "not 400", "Kestrel"):
            assert self.listed(q=query) == [report]

    def test_number_of_queries_is_the_same_for_one_row_and_for_fifty(self) -> None:
        client = desk()
        make_report(make_article()).take_up(by=edie())
        with CaptureQueriesContext(connection) as few:
            client.get(LIST)
        for _ in range(49):
            make_report(make_article()).take_up(by=edie())
        with CaptureQueriesContext(connection) as many:
            client.get(LIST)
        assert len(many) == len(few)

    def test_several_are_taken_up_at_once_but_not_answered_ones(self) -> None:
        waiting, answered = make_report(), make_report()
        answered.settle(by=max_admin(), outcome="no_change", answer="No.")
        chosen = {"action": "take_up_selected", "_selected_action": [waiting.pk, answered.pk]}
        desk().post(f"{LIST}?state=all", chosen)
        waiting.refresh_from_db()
        answered.refresh_from_db()
        assert (waiting.checked_by, answered.checked_by) == (edie(), max_admin())


class ScreenTests:
    def test_passage_stands_marked_in_its_story_beside_the_readers_words(self) -> None:
        article = make_article(headline="Kestrel <opens>", body="It has <400> homes.\n\nMore.")
        report = make_report(
            article,
            quote="<400>",
            prefix="of ",
            suffix=" homes",
            email="rita@example.org",
            version=1,
            right="It is 40.",
        )
        page = desk().get(form_of(report)).text
        for words in (
            "Kestrel &lt;opens&gt;",
            'It has <mark id="passage">&lt;400&gt;</mark> homes.',
            "… of <mark>&lt;400&gt;</mark> homes …",
            "rita@example.org",
            "version 1",
            'href="https://nordlys.example/1"',
            "It is 40.",
            f'href="{article.get_absolute_url()}"',
            f'href="{report.get_absolute_url()}"',
        ):
            assert words in page

    def test_passage_that_is_gone_or_never_was_is_said_to_be(self) -> None:
        article = make_article(body="Tarn has six dishes.")
        gone, never = make_report(article, quote="six dishes", version=1), make_report(article, quote="ten", version=1)
        correct(article, body="Tarn has four dishes.")
        assert (
            'and no longer stand in the story:</b> “<bdi lang="en">six dishes</bdi>”' in desk().get(form_of(gone)).text
        )
        assert (
            'stand in the story as the reader wrote them:</b> “<bdi lang="en">ten</bdi>”'
            in desk().get(form_of(never)).text
        )

    def test_others_on_the_passage_and_on_the_story(self) -> None:
        article = make_article()
        lead, other = make_report(article), make_report(article, kind="spelling")
        follower = make_report(article, duplicate_of=lead, what="Forty-one.")
        page = desk().get(form_of(lead)).text
        assert "What 2 readers say" in page
        assert "Forty-one." in page
        assert f"{other}</a>" in page.partition("Other reports on this story")[2]
        assert "Answer all 2" in page
        page = desk().get(form_of(follower)).text
        assert f'It gets the answer to <a href="{form_of(lead)}">{lead}</a>' in page
        assert 'name="_answer"' not in page

    def test_sent_words_are_not_rewritten(self) -> None:
        report = make_report()
        forged = {"what": "Else.", "email": "x@example.org", "kind": "other", "outcome": "no_change", "words": "No."}
        press(report, "_answer", **forged)
        assert (report.what, report.email, report.kind) == ("It is 40, not 400.", "", "fact")
        assert report.answer == "No."

    def test_number_of_queries_does_not_grow(self) -> None:
        client = desk()
        lead = make_report(make_article())

        def count() -> int:
            with CaptureQueriesContext(connection) as queries:
                client.get(form_of(lead))
            return len(queries)

        count()
        few = count()
        for _ in range(8):
            make_report(lead.article, duplicate_of=lead)
            make_report(lead.article)
        assert count() == few

    def test_who_may_only_look_sees_no_button(self) -> None:
        viewer = User.objects.create(username="vera", is_staff=True)
        viewer.user_permissions.set(Permission.objects.filter(codename="view_report"))
        report = make_report(make_article())
        page = desk(viewer).get(form_of(report)).text
        for button in ("_answer", "_take_up", "_spam", "_duplicate"):
            assert f'name="{button}"' not in page
        assert "?kind=correction" not in page
        assert desk(viewer).post(form_of(report), {"_take_up": "on"}).status_code == 403

    def test_reports_are_neither_added_nor_deleted_even_by_max(self) -> None:
        report = make_report()
        client = desk(max_admin())
        assert client.get(f"{LIST}add/").status_code == 403
        assert client.post(f"{LIST}{report.pk}/delete/", {"post": "yes"}).status_code == 403
        client.post(LIST, {"action": "delete_selected", "_selected_action": [report.pk], "post": "yes"})
        assert Report.objects.get() == report
        assert client.get(f"{LIST}404/change/").status_code == 404


class ButtonTests:
    def test_taken_up_with_a_severity_and_taken_over(self) -> None:
        report = make_report()
        page = press(report, "_take_up", severity="critical")
        assert (report.state, report.checked_by, report.severity) == ("being checked", edie(), "critical")
        assert f"{report}: Taken up." in page
        desk(max_admin()).post(form_of(report), {"_take_over": "1"})
        report.refresh_from_db()
        assert report.checked_by == max_admin()
        assert "Take over from Max Okafor" in desk().get(form_of(report)).text

    def test_answer_in_words_goes_out_under_the_editors_name_and_leads_to_the_next(self) -> None:
        report, following = make_report(), make_report()
        page = press(report, "_answer", outcome="corrected", words="You are right.\r\nThank you.")
        assert (report.outcome, report.answer) == ("corrected", "You are right.\nThank you.")
        assert (report.answered_by, report.checked_by) == (edie(), edie())
        assert f"<title>Report {following} |" in page
        page = press(following, "_answer", outcome="no_change", words="No.")
        assert "<title>Reports |" in page

    @pytest.mark.parametrize(
        ("answers", "fault"),
        [
            ({"outcome": "no_change", "words": " "}, "Say in public what came of the report."),
            ({"outcome": "never", "words": "Half an answer."}, "is not one of the available choices"),
        ],
    )
    def test_half_an_answer_is_refused_and_kept(self, answers: dict[str, str], fault: str) -> None:
        report = make_report()
        page = press(report, "_answer", **answers)
        assert fault in page
        assert answers["words"] in page
        assert report.state == "received"

    def test_words_of_a_story_are_not_put_right_in_words_alone(self) -> None:
        report = make_report(make_article())
        press(report, "_answer", outcome="clarified", words="It meant something else.")
        assert report.is_waiting

    def test_answer_once_given_stands(self) -> None:
        report = make_report()
        report.settle(by=edie(), outcome="corrected", answer="You are right.")
        page = desk().get(form_of(report)).text
        assert "Our answer: Corrected" in page
        assert 'name="words"' not in page
        assert "answered already" in press(report, "_answer", outcome="no_change", words="No.")
        assert report.outcome == "corrected"

    def test_template_goes_under_what_was_typed_and_sends_nothing(self) -> None:
        report, template = make_report(), AnswerTemplate.objects.create(title="Thanks", text="Thank you for it.")
        page = press(report, "_template", _template=template.pk, outcome="updated", words="You are right.")
        assert "You are right.\n\nThank you for it.</textarea>" in page
        assert '<option value="updated" selected>' in page
        assert report.is_waiting
        assert "Half.</textarea>" in press(report, "_template", _template="x", words="Half.")

    def test_duplicate_by_its_code_however_it_is_typed(self) -> None:
        article = make_article()
        lead, report = make_report(article), make_report(article)
        press(report, "_duplicate", code=lead.code.lower().replace("-", " "))
        assert report.duplicate_of == lead
        assert "Separated." in press(report, "_separate")
        assert report.duplicate_of is None

    def test_duplicate_of_nothing_or_of_another_story_is_refused(self) -> None:
        report, elsewhere = make_report(make_article()), make_report(make_article())
        assert "There is no report with this code." in press(report, "_duplicate", code="R-0000")
        assert "Give the code of another report on the same story." in press(report, "_duplicate", code=elsewhere.code)
        assert report.duplicate_of is None

    def test_spam_and_back(self) -> None:
        report = make_report()
        press(report, "_spam")
        assert report.set_aside_by == edie()
        assert "Not spam" in desk().get(form_of(report)).text
        press(report, "_not_spam")
        assert report.is_waiting

    def test_contradicted_answer_is_shown_with_both_sides(self) -> None:
        report = make_report()
        report.settle(by=edie(), outcome="no_change", answer="It has six.")
        report.contradict("But I counted.")
        page = desk().get(form_of(report)).text
        for words in ("It has six.", "But I counted.", 'name="_answer"'):
            assert words in page


class AnswerTemplateTests:
    def test_some_are_there_to_begin_with_and_can_be_edited(self) -> None:
        template = AnswerTemplate.objects.get(title="As the source has it")
        desk().post(
            f"/admin/articles/answertemplate/{template.pk}/change/", {"title": "Source", "text": "Our source says so."}
        )
        assert "Source</button>" in desk().get(form_of(make_report())).text
