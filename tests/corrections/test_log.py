"""The public log of what was wrong, and the figures drawn from it."""

import csv
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from articles.catalogue.models import Article
from articles.corrections import acts
from articles.corrections.models import Correction, Report
from tests.world import BODY, NOON, correct, edie, make_article, max_admin, rita

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def put_right(article: Article | None = None, says: str = "4,000", **changes: Any) -> Correction:
    """Edie corrects a figure of the story."""
    return correct(article or make_article(), body=BODY.replace("40,000", says), **changes)


def make_report(article: Article | None, hours_ago: float, **changes: Any) -> Report:
    received = NOW - timedelta(hours=hours_ago)
    return Report.objects.create(
        **{"article": article, "kind": "fact", "what": "No.", "received_at": received} | changes
    )


def text_of(address: str, client: Client | None = None) -> str:
    page = (client or rita()).get(address)
    assert page.status_code == 200
    return page.text


class LogTests:
    def test_says_what_we_wrote_and_what_it_now_says(self) -> None:
        story = make_article(headline="Kestrel & co")
        put_right(story)
        page = text_of("/corrections/")
        assert "It says that <del>40,000</del> homes can now order a dish." in page
        assert "It says that <ins>4,000</ins> homes can now order a dish." in page
        assert f'<a href="{story.get_absolute_url()}">Kestrel &amp; co</a>' in page
        assert f'<a href="{story.get_absolute_url()}history/2/">See the change in full</a>' in page

    def test_says_who_found_it_and_how_long_it_took(self) -> None:
        story = make_article()
        put_right(story, reports=[make_report(story, 3.5)])
        assert "Reported by a reader. Put right in 3 h 30 min." in text_of("/corrections/")

    def test_what_nobody_reported_was_found_by_an_editor(self) -> None:
        put_right(origin="source")
        page = text_of("/corrections/")
        assert "Found by an editor." in page
        assert "The error came from the source." in page

    def test_newest_first_and_the_older_behind_a_link(self) -> None:
        story, codes = make_article(), []
        for number in range(22):
            with time_machine.travel(NOW + timedelta(minutes=number)):
                codes.append(put_right(story, says=f"{number + 1}").code)
        first = rita().get("/corrections/")
        assert [entry.code for entry in first.context["page"].rows] == codes[:1:-1]
        assert f'href="{first.context["older_url"].replace("&", "&amp;")}" rel="next"' in first.text
        second = rita().get(f"/corrections/{first.context['older_url']}")
        assert [entry.code for entry in second.context["page"].rows] == codes[1::-1]
        assert not second.context["older_url"]

    def test_wrong_notice_and_the_one_that_replaced_it_lead_to_each_other(self) -> None:
        story = make_article()
        wrong = put_right(story)
        right = put_right(story, says="400", supersedes=wrong)
        page = text_of("/corrections/")
        assert f'href="/corrections/{right.code}/">Replaced by {right.code}</a>' in page
        assert f'href="/corrections/{wrong.code}/">Replaces {wrong.code}</a>' in page

    def test_withdrawal_is_told_in_its_own_words(self) -> None:
        story = make_article()
        acts.withdraw(story, by=edie(), reason="its source has taken it back.")
        assert "We no longer stand by this story because its source has taken it back." in text_of("/corrections/")

    def test_words_of_a_sealed_story_are_gone(self) -> None:
        story = make_article()
        put_right(story)
        acts.withdraw(story, by=edie(), reason="its source has taken it back.")
        acts.seal(story, by=max_admin(), reason="A court said so.")
        for address in ("/corrections/", "/corrections/feed.atom", "/corrections/corrections.csv"):
            answer = rita().get(address)
            page = answer.text if not answer.streaming else body_of(answer)
            assert "order a dish" not in page
            assert "taken it back" not in page

    def test_words_are_escaped(self) -> None:
        correct(make_article(), body=BODY.replace("40,000", "<b>4</b> & 5"))
        page = text_of("/corrections/")
        assert "<b>4" not in page

    def test_empty_log_says_so(self) -> None:
        assert "No corrections yet" in text_of("/corrections/")

    def test_is_in_the_navigation_and_the_sitemap(self) -> None:
        assert '<a href="/corrections/" aria-current="page">Corrections</a>' in text_of("/corrections/")
        assert '<a href="/corrections/">Corrections</a>' in text_of("/")
        assert "http://testserver/corrections/record/" in text_of("/sitemap-pages.xml")

    @pytest.mark.parametrize("count", [1, 15])
    def test_queries_do_not_grow(self, count: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
        for number in range(count):
            put_right(make_article(topics=[f"Topic {number}"], sources=[f"Source {number}"]))
        client = rita()
        with django_assert_num_queries(7):
            client.get("/corrections/")

    def test_page_that_never_was_is_not_found(self) -> None:
        assert rita().get("/corrections/?before=nonsense").status_code == 404

    def test_only_reading_is_allowed(self) -> None:
        assert rita().post("/corrections/").status_code == 405
        assert not rita().get("/corrections/").cookies


class LogFilterTests:
    @pytest.fixture
    def codes(self) -> list[str]:
        """A major correction of our own, and a minor clarification of what a source got wrong, of October."""
        first = put_right(make_article(topics=["Phones"], sources=["SCMP"]))
        with time_machine.travel(NOW - timedelta(days=40)):
            story = make_article(topics=["Networks"], sources=["Nordlys Tech"])
            words = {"body": BODY.replace("switched on", "opened"), "kind": "clarification"}
            second = correct(story, **words, severity="minor", origin="source")
        return [first.code, second.code]

    @pytest.mark.parametrize(
        ("query", "is_first"),
        [
            *(("kind=correction", True), ("kind=clarification", False)),
            *(("severity=major", True), ("severity=minor", False)),
            *(("origin=story", True), ("origin=source", False)),
            *(("topic=phones", True), ("topic=networks", False)),
            *(("source=scmp", True), ("source=nordlys-tech", False)),
            *(("month=2026-11", True), ("month=2026-10", False)),
            ("kind=correction&source=scmp&month=2026-11", True),
        ],
    )
    def test_filter(self, codes: list[str], query: str, is_first: bool) -> None:
        page = rita().get(f"/corrections/?{query}")
        assert [entry.code for entry in page.context["page"].rows] == [codes[0 if is_first else 1]]
        assert "Show all corrections" in page.text

    def test_filters_limit_together(self, codes: list[str]) -> None:
        page = rita().get("/corrections/?kind=correction&severity=minor")
        assert not page.context["page"].rows
        assert "No correction is of this kind" in page.text

    def test_choice_is_kept_in_the_form_and_in_the_links(self, codes: list[str]) -> None:
        page = text_of("/corrections/?source=scmp&month=2026-11")
        assert '<option value="scmp" selected>SCMP</option>' in page
        assert '<option value="2026-11" selected>November 2026</option>' in page
        assert 'href="/corrections/corrections.csv?source=scmp&amp;month=2026-11"' in page

    def test_source_without_corrections_gives_an_empty_list(self, codes: list[str]) -> None:
        make_article(sources=["Oriel Wire"])
        page = rita().get("/corrections/?source=oriel-wire")
        assert not page.context["page"].rows
        assert "don’t know" not in page.text

    @pytest.mark.parametrize(
        "query", ["kind=gossip", "severity=x", "origin=x", "source=none", "topic=a%00b", "month=2026-13", "month=x"]
    )
    def test_filter_that_can_not_be_used_is_left_out_and_said_so(self, codes: list[str], query: str) -> None:
        page = rita().get(f"/corrections/?{query}")
        assert len(page.context["page"].rows) == 2
        assert "so it is left out" in page.text

    def test_story_under_two_topics_stands_once(self) -> None:
        put_right(make_article(topics=["Phones", "Networks"], sources=[("SCMP", "https://a.example/1"), "SCMP"]))
        for query in ("topic=phones", "source=scmp"):
            assert len(rita().get(f"/corrections/?{query}").context["page"].rows) == 1


class TotalsTests:
    def test_sentence(self) -> None:
        story = make_article()
        put_right(story, reports=[make_report(story, 5)])
        put_right(story, says="400")
        make_article()
        page = text_of("/corrections/")
        assert "we published <b>2</b> stories and corrected <b>1</b> of them." in page
        assert "was put right within <b>5 hours</b> of the first report." in page

    def test_without_reports_no_time_is_made_up(self) -> None:
        make_article()
        page = text_of("/corrections/")
        assert "published <b>1</b> story and corrected <b>none</b> of them." in page
        assert "put right within" not in page

    def test_samples_and_what_is_older_than_a_year_do_not_count(self) -> None:
        put_right(make_article(is_sample=True))
        put_right(make_article(published_at=NOON - timedelta(days=400)))
        page = text_of("/corrections/")
        assert "we published <b>0</b> stories and corrected <b>none</b>" in page
        assert "The entries marked as samples are invented and not counted." in page


class CorrectionTests:
    def test_stands_at_its_code_for_good(self) -> None:
        story = make_article()
        found = put_right(story, reports=[make_report(story, 2)])
        page = text_of(f"/corrections/{found.code}/")
        assert found.text in page.replace("&quot;", '"')
        assert "<del>40,000</del>" in page
        assert "Edie Torres" in page
        assert f'href="{story.get_absolute_url()}#correction-1"' in page
        assert f'href="{story.get_absolute_url()}history/2/"' in page

    def test_code_is_read_as_people_write_it(self) -> None:
        code = put_right().code
        answer = rita().get(f"/corrections/{code.lower().replace('-', '')}/")
        assert (answer.status_code, answer.headers["Location"]) == (301, f"/corrections/{code}/")

    @pytest.mark.parametrize("code", ["C-0000-0000-0000", "x", "R-7F3K-92QD-M4XT", "%00"])
    def test_unknown_code_is_not_found(self, code: str) -> None:
        assert rita().get(f"/corrections/{code}/").status_code == 404

    def test_notice_that_was_replaced_says_so(self) -> None:
        story = make_article()
        wrong = put_right(story)
        right = put_right(story, says="400", supersedes=wrong)
        page = text_of(f"/corrections/{wrong.code}/")
        assert "This notice was wrong, and stands here as it was published." in page
        assert f'href="/corrections/{right.code}/"' in page
        assert f'href="/corrections/{wrong.code}/"' in text_of(f"/corrections/{right.code}/")

    def test_names_no_reader(self) -> None:
        story = make_article()
        report = make_report(story, 2, email="rita@example.org", what="My own words.")
        page = text_of(f"/corrections/{put_right(story, reports=[report]).code}/")
        for private in ("rita@example.org", "My own words.", report.code):
            assert private not in page

    def test_queries(self, django_assert_num_queries: DjangoAssertNumQueries) -> None:
        code, client = put_right().code, rita()
        with django_assert_num_queries(1):
            client.get(f"/corrections/{code}/")


def body_of(answer: Any) -> str:
    return b"".join(answer.streaming_content).decode()


class LogCsvTests:
    def rows(self, query: str = "") -> list[dict[str, str]]:
        answer = rita().get(f"/corrections/corrections.csv{query}")
        assert answer.streaming
        assert answer.headers["Content-Type"] == "text/csv; charset=utf-8; header=present"
        assert answer.headers["Content-Disposition"] == 'attachment; filename="corrections.csv"'
        return list(csv.DictReader(body_of(answer).splitlines()))

    def test_row(self) -> None:
        story = make_article(headline='Kestrel, "co"')
        found = put_right(story)
        (row,) = self.rows()
        assert row["code"] == found.code
        assert row["headline"] == 'Kestrel, "co"'
        assert row["story_url"] == f"http://testserver{story.get_absolute_url()}"
        assert (row["version"], row["kind"], row["published_by"]) == ("2", "correction", "Edie Torres")
        assert row["we_wrote"] == "It says that 40,000 homes can now order a dish."
        assert row["url"] == f"http://testserver/corrections/{found.code}/"

    def test_replacement_is_named_both_ways(self) -> None:
        story = make_article()
        wrong = put_right(story)
        with time_machine.travel(NOW + timedelta(hours=1)):
            right = put_right(story, says="400", supersedes=wrong)
        newest, oldest = self.rows()
        assert (newest["replaces"], newest["replaced_by"]) == (wrong.code, "")
        assert (oldest["replaces"], oldest["replaced_by"]) == ("", right.code)

    @pytest.mark.parametrize("headline", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "＝1"])
    def test_no_cell_is_a_formula(self, headline: str) -> None:
        put_right(make_article(headline=headline))
        assert self.rows()[0]["headline"] == f"'{headline}"

    def test_filters_apply(self) -> None:
        put_right()
        assert self.rows("?kind=clarification") == []
        assert len(self.rows("?kind=correction")) == 1

    def test_queries_do_not_grow(self, django_assert_num_queries: DjangoAssertNumQueries) -> None:
        for _ in range(5):
            put_right()
        with django_assert_num_queries(1):
            self.rows()


class RecordTests:
    def rows(self, address: str = "/corrections/record/") -> Any:
        return rita().get(address).context

    def test_reports_count_in_their_month(self) -> None:
        story = make_article()
        found = [make_report(story, 10), make_report(story, 4)]
        put_right(story, reports=found)
        turned_down = make_report(None, 6)
        turned_down.settle(by=edie(), outcome="no_change", answer="It is right.")
        make_report(story, 24 * 40)
        months = self.rows()["months"]
        assert len(months) == 12
        this, before = months[0], months[1]
        assert (this.start.month, this.stories, this.corrections) == (11, 1, 1)
        assert (this.reports.received, this.reports.upheld) == (3, 2)
        assert this.reports.to_answer == timedelta(hours=6)
        assert this.reports.to_fix == timedelta(hours=7)
        assert (before.reports.received, before.reports.to_answer) == (1, None)

    def test_one_month_alone(self) -> None:
        make_report(make_article(), 24 * 40)
        context = self.rows("/corrections/record/?month=2026-10")
        assert [month.reports.received for month in context["months"]] == [1]
        assert context["outlets"] == []

    def test_outlets_have_their_stories_beside_them(self) -> None:
        story = make_article(sources=["SCMP", "Nordlys Tech", ("SCMP", "https://scmp.example/1")])
        make_article(sources=["SCMP"])
        put_right(story, reports=[make_report(story, 5), make_report(story, 3)])
        nordlys, scmp = self.rows()["outlets"]
        assert (scmp.source.name, scmp.stories, scmp.corrected, scmp.rate) == ("SCMP", 2, 1, None)
        assert (scmp.reports.received, scmp.reports.upheld, scmp.reports.to_fix) == (2, 2, timedelta(hours=4))
        assert (nordlys.stories, nordlys.corrected) == (1, 1)

    def test_rate_needs_twenty_stories(self) -> None:
        stories = [make_article(sources=["SCMP"]) for _ in range(19)]
        put_right(stories[0])
        assert self.rows()["outlets"][0].rate is None
        assert "too few stories" in text_of("/corrections/record/")
        make_article(sources=["SCMP"])
        assert self.rows()["outlets"][0].rate == 5.0

    def test_samples_do_not_count(self) -> None:
        story = make_article(is_sample=True)
        put_right(story, reports=[make_report(story, 5)])
        context = self.rows()
        assert context["outlets"] == []
        assert (context["months"][0].stories, context["months"][0].corrections) == (0, 0)
        assert context["months"][0].reports.received == 0

    def test_earlier_months_behind_a_link(self) -> None:
        make_report(None, 24 * 500)
        page = rita().get("/corrections/record/")
        assert 'href="?before=2025-12" rel="next"' in page.text
        earlier = self.rows("/corrections/record/?before=2025-12")["months"]
        assert (earlier[0].start.year, earlier[0].start.month) == (2025, 11)
        assert sum(month.reports.received for month in earlier) == 1

    @pytest.mark.parametrize("query", ["month=2026-13", "before=x", "after=x", "month=%00"])
    def test_what_is_no_month_is_not_found(self, query: str) -> None:
        assert rita().get(f"/corrections/record/?{query}").status_code == 404

    @pytest.mark.parametrize("count", [1, 8])
    def test_queries_do_not_grow(self, count: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
        for number in range(count):
            story = make_article(sources=[f"Source {number}"])
            put_right(story, reports=[make_report(story, 5)])
        client = rita()
        with django_assert_num_queries(8):
            client.get("/corrections/record/")
