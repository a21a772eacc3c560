"""Every word of the desk, of the record and of what ends a story is there for translators."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from articles.catalogue.models import Article, Wording
from articles.corrections import desk as acts
from articles.corrections.drafts import Draft
from articles.corrections.models import AnswerTemplate, Report
from articles.corrections.notices import Notice
from articles.corrections.seconding import decline, propose
from articles.revisions.models import Revision
from articles.summaries.points import Point
from tests.web.pseudo import bracketed, untranslated
from tests.world import correct, desk, edie, make_article, make_report, max_admin

pytestmark = pytest.mark.django_db

BODY = "Tarn has six dishes on its roof. Each is new."
FIXED = BODY.replace("six", "four")
HEADLINE = "Tarn builds a roof"
# Names, addresses, and what people wrote.
NAMES = ["Newsroom", "Edie Torres", "Max Okafor", "edie", "max", "Edie", "Max", "Nordlys Tech", "Thanks", HEADLINE]
ADDRESSES = ["rita@example.org", "https://a.example/", "https://nordlys.example/1"]
WRITTEN = ["It is four.", "It was four.", "We counted.", "Count anew.", "It is wrong.", BODY, "R-…"]
WRITTEN += ["Tarn has six dishes.", "Tarn has six dishes on its roof.", "six dishes"]
# Django's own, on the picture of a lens, which has no translation.
DJANGOS = ["Search"]
DATA = [*NAMES, *ADDRESSES, *WRITTEN, *DJANGOS]


def story() -> Article:
    return make_article(headline=HEADLINE, standfirst="", body=BODY, bullets=["Tarn has six dishes."])


def told(article: Article | None, **changes: Any) -> Report:
    """A report with all that a reader can say."""
    sent: dict[str, Any] = {
        "what": "It is four.",
        "right": "It was four.",
        "url": "https://a.example/",
        "email": "rita@example.org",
    }
    if article:
        sent |= {"quote": "six dishes", "prefix": "Tarn has ", "suffix": " on its roof", "version": 1}
    return make_report(article, **{**sent, **changes})


def outside(path: str, *data: str, by: User | None = None, sent: dict[str, str] | None = None) -> list[str]:
    """The words of a page of the admin, or of what follows on a form, that no translator sees: title and content."""
    client = desk(by)
    with bracketed():
        answer = client.get(path) if sent is None else client.post(path, sent, follow=True)
    assert answer.status_code == 200
    parts = re.findall(r"<title>.*?</title>|<main.*</main>", answer.text, re.DOTALL)
    assert len(parts) == 2
    titles = AnswerTemplate.objects.values_list("title", "text")
    return untranslated("".join(parts), *DATA, *data, *(words for pair in titles for words in pair))


class QueueTests:
    def test_reports_in_every_state(self) -> None:
        late, checked, answered, spam = told(story()), told(None), told(story()), told(None)
        Report.objects.filter(pk=late.pk).update(received_at=timezone.now() - timedelta(days=60))
        checked.take_up(by=edie())
        acts.answer([answered], by=edie(), outcome="no_change", words="We counted.")
        spam.set_aside(by=edie())
        codes = [report.code for report in (late, checked, answered, spam)]
        assert outside("/admin/articles/report/?state=all", *codes) == []
        assert outside("/admin/articles/report/", *codes) == []

    def test_actions(self) -> None:
        report = told(None)
        sent = {"action": "take_up_selected", "_selected_action": str(report.pk)}
        assert outside("/admin/articles/report/", report.code, sent=sent) == []


class DeskTests:
    def outside(self, report: Report, *data: str, sent: dict[str, str] | None = None) -> list[str]:
        codes = Report.objects.values_list("code", flat=True)
        return outside(f"/admin/articles/report/{report.pk}/change/", *codes, *data, sent=sent)

    def test_with_followers_a_proposal_and_what_came_before(self) -> None:
        article = story()
        AnswerTemplate.objects.create(title="Thanks", text="We counted.")
        before = told(article, quote="Each is new.")
        acts.answer([before], by=edie(), outcome="no_change", words="We counted.")
        report = told(article)
        assert self.outside(report, "Each is new.") == []
        follower = told(article, duplicate_of=report)
        acts.take_up(report, by=max_admin())
        proposal(article, [report])
        assert self.outside(report, "Each is new.") == []
        assert self.outside(follower, "Each is new.") == []

    def test_on_the_site_answered_contradicted_and_spam(self) -> None:
        report = told(None)
        assert self.outside(report) == []
        acts.answer([report], by=edie(), outcome="no_change", words="We counted.")
        assert self.outside(report) == []
        report.refresh_from_db()
        acts.contradict(report, "Count anew.")
        assert self.outside(report) == []
        report.refresh_from_db()
        acts.set_aside(report, by=edie())
        assert self.outside(report) == []

    def test_passage_that_is_gone_and_answer_by_a_notice(self) -> None:
        report, other = told(article := story()), told(article, quote="seven dishes")
        correction = correct(article, body=FIXED, reports=[report])
        assert self.outside(report, correction.code, correction.text) == []
        assert self.outside(other, "seven dishes") == []
        assert self.outside(told(Article.objects.get(pk=article.pk)), "six dishes") == []

    def test_what_the_buttons_say(self) -> None:
        lead, report = told(article := story()), told(article)
        assert self.outside(report, sent={"_answer": "1", "words": "", "outcome": "no_change"}) == []
        assert self.outside(report, sent={"_duplicate": "1", "code": "R-1"}) == []
        assert self.outside(report, "R-1", sent={"_duplicate": "1", "code": report.code}) == []
        assert self.outside(report, sent={"_take_up": "1", "severity": "minor"}) == []
        assert self.outside(report, sent={"_duplicate": "1", "code": lead.code}) == []

    def test_putting_right(self) -> None:
        report = told(article := story())
        path = f"/admin/articles/report/{report.pk}/correct/"
        assert outside(path, report.code) == []
        told(article, duplicate_of=report)
        assert outside(f"{path}?kind=correction", report.code) == []
        sent = {"version": "1", "passage": BODY, "headline": HEADLINE, "change_kind": ""}
        assert outside(path, report.code, sent=sent) == []
        assert outside(f"/admin/articles/report/{told(article, quote='').pk}/correct/", *codes()) == []

    def test_templates(self) -> None:
        AnswerTemplate.objects.create(title="Thanks", text="We counted.")
        assert outside("/admin/articles/answertemplate/") == []
        assert outside("/admin/articles/answertemplate/add/") == []


def codes() -> list[str]:
    return list(Report.objects.values_list("code", flat=True))


def proposal(article: Article, reports: list[Report]) -> Any:
    """Edie would call a change of a figure a clarification."""
    notice = Notice("clarification", "major", "story", text="We make clear.", ground="We counted.")
    points = [Point("Tarn has six dishes.", is_approved=True)]
    return propose(Draft(article, Wording(HEADLINE, "", FIXED, ""), points, notice, reports), by=edie())


class RecordTests:
    def test_corrections(self) -> None:
        correction = correct(story(), body=FIXED)
        written = (correction.code, correction.text, correction.wrote, correction.says)
        assert outside("/admin/articles/correction/", *written) == []
        assert outside(f"/admin/articles/correction/{correction.pk}/change/", *written) == []

    def test_versions(self) -> None:
        correction = correct(story(), body=FIXED)
        revision = Revision.objects.get(number=2)
        written = (correction.text, FIXED, revision.hash, revision.previous_hash)
        assert outside("/admin/articles/revision/", *written) == []
        assert outside(f"/admin/articles/revision/{revision.pk}/change/", *written) == []

    def test_proposals(self) -> None:
        proposed = proposal(story(), [])
        path = f"/admin/articles/proposedcorrection/{proposed.pk}/change/"
        written = ("We make clear.", FIXED)
        assert outside("/admin/articles/proposedcorrection/", *written) == []
        assert outside(path, *written, by=max_admin()) == []
        assert outside(path, *written, by=max_admin(), sent={"_decline": "1"}) == []
        decline(proposed, by=max_admin(), why="It is wrong.")
        assert outside(path, *written) == []
        assert outside("/admin/articles/proposedcorrection/", *written) == []


class EndTests:
    def test_withdrawing_and_sealing(self) -> None:
        article = story()
        path = f"/admin/articles/article/{article.pk}/"
        assert outside(f"{path}withdraw/") == []
        assert outside(f"{path}withdraw/", sent={"reason": ""}) == []
        assert outside(f"{path}seal/", by=max_admin()) == []
        assert outside(f"{path}seal/", by=max_admin(), sent={"reason": ""}) == []
